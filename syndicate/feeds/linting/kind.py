"""Which format a feed is in."""

from enum import StrEnum


class Kind(StrEnum):
    """The formats that are known."""

    ATOM = "Atom"
    RSS = "RSS"
    JSON = "JSON Feed"
