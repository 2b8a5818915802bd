"""When a file says it was published and changed. Pure."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from syndicate.errors import PostError
from syndicate.posts import dates
from syndicate.posts.facts import Values, key_of, scalar
from syndicate.posts.front_matter import Document


def date_in(document: Document, values: Values, keys: Iterable[str], zone: tzinfo) -> datetime | None:
    """Give the instant under the first of ``keys`` that says anything; ``PostError`` where that is none."""
    key = key_of(values, keys)
    if not key:
        return None
    found = dates.parse(scalar(values[key]), zone)
    if found is None:
        raise _no_date(document, key, scalar(values[key]))
    return found


def last_change(
    document: Document, values: Values, keys: Iterable[str], *, zone: tzinfo, published: datetime
) -> tuple[datetime, tuple[str, ...]]:
    """Give the author's word for the last change, else ``published``; and a warning where it is no date."""
    try:
        return date_in(document, values, keys, zone) or published, ()
    except PostError as error:
        return published, (str(error),)


def _no_date(document: Document, key: str, given: str) -> PostError:
    return PostError(
        document.path,
        f'{key} "{given[:60]}" is not a date',
        "use YYYY-MM-DD HH:MM:SS +0000",
        line=document.head.lines.get(key),
    )
