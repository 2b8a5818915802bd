"""Where readers of a site that another tool made come from: the addresses that tool gives its feeds."""

from collections.abc import Mapping
from types import MappingProxyType

from syndicate.settings.schema import RedirectSettings

_ATOM, _RSS = "/feeds/all/atom.xml", "/feeds/all/rss.xml"
#: By the kind of site. Each in its own format, so that a reader meets what it knows.
_BY_KIND: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "jekyll": (("/feed.xml", _ATOM),),  # jekyll-feed lib/jekyll-feed/generator.rb
        "hugo": (("/index.xml", _RSS),),  # Hugo, outputFormats.rss.baseName
        "eleventy": (("/feed/feed.xml", _ATOM),),  # @11ty/eleventy-plugin-rss, as its page shows it
        "zola": (("/atom.xml", _ATOM),),  # Zola, feed_filenames
        "pelican": (("/feeds/all.atom.xml", _ATOM),),  # Pelican, FEED_ALL_ATOM
        "astro": (("/rss.xml", _RSS),),  # @astrojs/rss, as its page shows it
    }
)


def suggestions(kind: str) -> tuple[RedirectSettings, ...]:
    """Give the redirects that a site of this kind will want, to the feed that holds every post."""
    return tuple(RedirectSettings(from_=old, to=new) for old, new in _BY_KIND.get(kind, ()))
