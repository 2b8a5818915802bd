"""When a client already has what it asks for (RFC 9110 §13); pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a client may hold of a resource."""

    #: Entity tags of every encoding of it, quoted; a cache on the way may have weakened them.
    tags: tuple[str, ...]
    modified: datetime

    def last_modified(self, *, now: datetime) -> str:
        """Give the ``Last-Modified`` field's value (RFC 9110 §5.6.7, §8.8.2): of a second that is over.

        What changes twice within one second would else look the same to who asks by date.
        """
        shown = min(self.modified, now - timedelta(seconds=1))
        return format_datetime(shown.astimezone(UTC).replace(microsecond=0), usegmt=True)


def is_fresh(validators: Validators, *, none_match: str | None, modified_since: str | None) -> bool:
    """Give whether 304 is the answer; ``If-None-Match`` wins (RFC 9110 §13.1.3)."""
    if none_match is not None:
        offered = {tag.strip().removeprefix("W/") for tag in none_match.split(",")}
        return "*" in offered or not offered.isdisjoint(validators.tags)
    if modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(modified_since)
    except ValueError:
        return False
    if since.tzinfo is None:  # "-0000": UTC of unknown origin
        since = since.replace(tzinfo=UTC)
    return validators.modified.replace(microsecond=0) <= since
