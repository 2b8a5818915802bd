"""Atom 1.0 (RFC 4287)."""

from syndicate.feeds.feed import Feed
from syndicate.feeds.format import Format


def write(feed: Feed) -> bytes:
    """Give the feed as an Atom document."""
    from syndicate.feeds.formats import generator

    return generator.atom(feed, filename=ATOM.filename, media_type=ATOM.media_type)


ATOM = Format(name="atom", title="Atom", filename="atom.xml", media_type="application/atom+xml", write=write)
