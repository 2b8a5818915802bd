"""From a page's source to HTML that may be shown: Markdown, and the sanitiser last."""

from syndicate.posts.kramdown import to_commonmark
from syndicate.posts.manuscript import Rendered
from syndicate.posts.markdown import KRAMDOWN
from syndicate.posts.markdown import render as render_markdown
from syndicate.posts.sanitising import sanitise


def render(source: str, *, markdown: bool, base: str) -> Rendered:
    """Give the HTML of ``source``, its templates filled in; relative addresses are seen from ``base``."""
    html = render_markdown(to_commonmark(source), KRAMDOWN) if markdown else source
    safe = sanitise(html, base=base)
    warnings = ["is nested too deeply and was flattened; flatten it yourself"] if safe.flattened else []
    return Rendered(html=safe.html.strip(), warnings=tuple(warnings))
