"""From a page's source to HTML and text that may be shown: Liquid, Markdown, and the sanitiser last."""

from syndicate.posts.kramdown import to_commonmark
from syndicate.posts.manuscript import Rendered
from syndicate.posts.markdown import KRAMDOWN
from syndicate.posts.markdown import render as render_markdown
from syndicate.posts.rendering import finished
from syndicate.posts.sources.jekyll.liquid import Surroundings, fill


def render(source: str, surroundings: Surroundings, *, markdown: bool, base: str) -> Rendered:
    """Give the HTML of ``source``; relative addresses are seen from ``base``."""
    filled = fill(source, surroundings)
    html = render_markdown(to_commonmark(filled.text), KRAMDOWN) if markdown else filled.text
    return finished(html, base=base, removed=filled.removed)
