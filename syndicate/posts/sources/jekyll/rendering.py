"""From a page's source to HTML that may be shown: Markdown, and the sanitiser last."""

from syndicate.posts import kramdown
from syndicate.posts.manuscript import Rendered
from syndicate.posts.sanitising import sanitise


def render(source: str, *, markdown: bool, base: str) -> Rendered:
    """Give the HTML of ``source``, its templates filled in; relative addresses are seen from ``base``."""
    html = kramdown.render(source) if markdown else source
    safe = sanitise(html, base=base)
    warnings = ["is nested too deeply and was flattened; flatten it yourself"] if safe.flattened else []
    return Rendered(html=safe.html.strip(), warnings=tuple(warnings))
