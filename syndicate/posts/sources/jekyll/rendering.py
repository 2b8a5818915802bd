"""From a page's source to HTML and text that may be shown: Liquid, Markdown, and the sanitiser last."""

from dataclasses import dataclass

from syndicate.posts.kramdown import to_commonmark
from syndicate.posts.markdown import render as render_markdown
from syndicate.posts.sanitising import sanitise
from syndicate.posts.sources.jekyll.liquid import Surroundings, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """HTML for readers, and what was lost on the way."""

    html: str
    #: Each without its path: ``what; what to do``.
    warnings: tuple[str, ...]


def render(source: str, surroundings: Surroundings, *, markdown: bool, base: str) -> Rendered:
    """Give the HTML of ``source``; relative addresses are seen from ``base``."""
    filled = fill(source, surroundings)
    html = render_markdown(to_commonmark(filled.text)) if markdown else filled.text
    safe = sanitise(html, base=base)
    warnings = [f"{shown} can't be rendered and was left out; write it out" for shown in filled.removed]
    if safe.flattened:
        warnings.append("is nested too deeply and was flattened; flatten it yourself")
    return Rendered(html=safe.html.strip(), warnings=tuple(warnings))
