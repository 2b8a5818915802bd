"""Markdown as kramdown reads it: bridged in the source, rendered by comrak, finished in the HTML."""

from syndicate.posts.kramdown.abbreviations import abbreviated, taken_abbreviations
from syndicate.posts.kramdown.finishing import finished
from syndicate.posts.kramdown.lines import bridged
from syndicate.posts.markdown import KRAMDOWN
from syndicate.posts.markdown import render as render_commonmark

__all__ = ["render", "to_commonmark"]


def render(source: str) -> str:
    """Give the HTML of ``source``, with raw HTML kept: sanitise it."""
    text, abbreviations = taken_abbreviations(source.replace("\r\n", "\n"))
    # Without a line end comrak passes over the definition of a link at the very end.
    html = finished(render_commonmark(f"{to_commonmark(text)}\n", KRAMDOWN))
    return abbreviated(html, abbreviations) if abbreviations else html


def to_commonmark(source: str) -> str:
    """Give ``source`` so that CommonMark reads it as kramdown does; code is left alone."""
    text = source
    # What few posts hold is loaded with the first that does.
    if "{:" in text or "markdown=" in text:
        from syndicate.posts.kramdown.extensions import without_extensions

        text = without_extensions(text)
    if "$$" in text:
        from syndicate.posts.kramdown.math import with_math_as_text

        text = with_math_as_text(text)
    if "|" in text:
        from syndicate.posts.kramdown.tables import with_tables

        text = with_tables(text)
    return bridged(text)
