"""From a page's source to HTML that may be shown: shortcodes, Markdown, and the sanitiser last."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from syndicate.posts.manuscript import Rendered
from syndicate.posts.sanitising import sanitise
from syndicate.posts.sources.hugo import goldmark
from syndicate.posts.sources.hugo.markup import Markup
from syndicate.posts.sources.hugo.passthrough import passed_through
from syndicate.posts.sources.hugo.shortcodes import Surroundings, filling


def surroundings_of(
    *, page: Mapping[str, Any], site: Mapping[str, Any], markup: Markup, address_of: Callable[[str], str]
) -> Surroundings:
    """Give what the shortcodes of a page may ask for."""
    permissive = replace(markup, dialect=replace(markup.dialect, raw_html=True))
    return Surroundings(
        page=page,
        site=site,
        address_of=address_of,
        privacy=markup.privacy,
        markdown=lambda source: goldmark.render(source, markup),
        markdown_with_html=lambda source: goldmark.render(source, permissive),
    )


def render(
    source: str,
    surroundings: Surroundings,
    *,
    markdown: bool,
    base: str,
    delimiters: tuple[tuple[str, str], ...],
) -> Rendered:
    """Give the HTML of ``source``; relative addresses are seen from ``base``."""
    fill = filling(source, surroundings)
    text = passed_through(fill.text(source), delimiters, keep=fill.keep)
    made = surroundings.markdown(text) if markdown else text
    raw = fill.placed(made)
    safe = sanitise(raw, base=base)
    warnings = [f"{lost} can't be rendered, only its text is shown; write it out" for lost in fill.lost]
    if safe.flattened:
        warnings.append("is nested too deeply and was flattened; flatten it yourself")
    return Rendered(html=safe.html.strip(), raw=raw, warnings=tuple(warnings))
