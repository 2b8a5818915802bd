"""From a page's source to HTML that may be shown: Markdown, and the sanitiser last."""

from syndicate.posts import kramdown
from syndicate.posts.manuscript import Rendered
from syndicate.posts.rendering import finished


def render(source: str, *, markdown: bool, base: str) -> Rendered:
    """Give the HTML of ``source``, its templates filled in; relative addresses are seen from ``base``."""
    return finished(kramdown.render(source) if markdown else source, base=base)
