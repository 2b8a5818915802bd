"""What a format is: add a module beside the three in ``formats``, and one line in their registry."""

from collections.abc import Callable
from dataclasses import dataclass

from syndicate.feeds.feed import Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a feed down."""

    #: What the settings call it.
    name: str
    #: What people call it.
    title: str
    #: In the feed's folder.
    filename: str
    #: Without parameters.
    media_type: str
    #: The whole document; the same bytes for the same feed.
    write: Callable[[Feed], bytes]
