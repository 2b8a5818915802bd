"""Why a post's own head keeps it back, in words that name where it says so. Pure."""

from collections.abc import Iterable
from datetime import datetime

from syndicate.model.post import Omission, Omitted
from syndicate.posts.facts import Values, key_of
from syndicate.posts.front_matter import Document


def left_out(document: Document, values: Values) -> Omitted | None:
    """Give why ``draft: true`` or ``published: false`` leaves a post out; ``None`` where neither does."""
    if values.get("draft") is True:
        return because(document, Omission.DRAFT, "draft", "`draft: true`")
    if values.get("published") is False:
        return because(document, Omission.UNPUBLISHED, "published", "`published: false`")
    return None


def from_future(document: Document, published: datetime, keys: Iterable[str]) -> Omitted:
    """Give a post that waits for its date, which stands under the first of ``keys`` or in its name."""
    line = document.head.lines.get(key_of(document.head.values, keys))
    rule = f"its date on line {line}" if line else "the date in its name"
    return Omitted(path=document.path, why=Omission.FUTURE, until=published, rule=rule)


def because(document: Document, why: Omission, key: str, words: str) -> Omitted:
    """Give a post that is left out for what stands under ``key``, in the author's own ``words``."""
    line = document.head.lines.get(key)
    where = f"on line {line}" if line else "among the site's defaults"
    return Omitted(path=document.path, why=why, rule=f"{words} {where}")
