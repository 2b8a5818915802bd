"""RSS 2.0 (https://www.rssboard.org/rss-specification)."""

from syndicate.feeds.feed import Feed
from syndicate.feeds.format import Format


def write(feed: Feed) -> bytes:
    """Give the feed as an RSS document."""
    from syndicate.feeds.formats import generator

    return generator.rss(feed, filename=RSS.filename, media_type=RSS.media_type)


RSS = Format(name="rss", title="RSS", filename="rss.xml", media_type="application/rss+xml", write=write)
