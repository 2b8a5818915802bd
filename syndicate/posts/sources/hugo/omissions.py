"""Which of Hugo's rules leaves a page out, in words that name where the rule stands. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from syndicate.model.post import Omission, Omitted
from syndicate.posts.front_matter import Document
from syndicate.posts.manuscript import END_OF_TIME
from syndicate.posts.sources.hugo.page_dates import Dates
from syndicate.posts.sources.hugo.values import table, text, truth

_NEVER = frozenset({"never", "false"})


def by_head(document: Document, values: Mapping[str, Any], *, drafts: bool) -> Omitted | None:
    """Give why a page's ``values``, its head over what was handed down, keep it back."""
    build = table(values.get("build")) or table(values.get("_build"))
    if truth(values.get("headless")):
        return _because(document, Omission.UNPUBLISHED, "headless", "`headless: true`")
    if values.get("published") is False:
        return _because(document, Omission.UNPUBLISHED, "published", "`published: false`")
    for key, leaves_out in (("render", _NEVER), ("list", _NEVER | {"local"})):
        said = text(build.get(key)).lower()
        if said in leaves_out:
            return _because(document, Omission.UNPUBLISHED, "build", f"`build.{key}: {said}`")
    if truth(values.get("draft")) and not drafts:
        return _because(document, Omission.DRAFT, "draft", "`draft: true`")
    return None


def by_date(
    document: Document, dates: Dates, *, now: datetime, future: bool, expired: bool
) -> Omitted | None:
    """Give why a page waits for its time, or is past it."""
    if dates.expiry and dates.expiry <= now < END_OF_TIME and not expired:
        return _because(document, Omission.EXPIRED, "expirydate", "`expiryDate`")
    if dates.publish and dates.publish > now and not future:
        waits = _because(document, Omission.FUTURE, "publishdate", "`publishDate`, or `date`,")
        until = dates.publish.astimezone(UTC)
        return Omitted(path=document.path, why=waits.why, until=until, rule=waits.rule)
    return None


def _because(document: Document, why: Omission, key: str, words: str) -> Omitted:
    lines = {name.lower(): line for name, line in document.head.lines.items()}
    line = lines.get(key) or lines.get(f"_{key}")
    where = f"on line {line}" if line else "in its front matter, a section's `cascade` or the site's"
    return Omitted(path=document.path, why=why, rule=f"{words} {where}")
