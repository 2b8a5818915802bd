"""How the site sets up its texts (markup/goldmark/goldmark_config/config.go)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from syndicate.posts.markdown import GOLDMARK, Dialect
from syndicate.posts.sources.hugo.values import at, table, text, truth
from syndicate.posts.sources.hugo.videos import UNASKED, Privacy, read_privacy


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What a page's text is read as."""

    dialect: Dialect = GOLDMARK
    #: ``## Head {#id}``
    heading_attributes: bool = True
    #: ``{.class}`` on a line of its own.
    block_attributes: bool = False
    #: Opening and closing of what is none of Markdown's business (mathematics, mostly).
    passthrough: tuple[tuple[str, str], ...] = ()
    #: Of the videos in it.
    privacy: Privacy = UNASKED


def read_markup(raw: Mapping[str, Any]) -> Markup:
    """Give the site's set-up; ``raw`` is its configuration, keys in lower case."""
    goldmark = table(at(raw, "markup", "goldmark"))
    extensions = table(goldmark.get("extensions"))
    return Markup(
        dialect=replace(
            _extras(table(extensions.get("extras")), _extended(extensions)),
            emoji=truth(raw.get("enableemoji")),
            raw_html=truth(at(goldmark, "renderer", "unsafe")),
            hard_breaks=truth(at(goldmark, "renderer", "hardwraps")),
        ),
        heading_attributes=_is_on(at(goldmark, "parser", "attribute", "title"), default=True),
        block_attributes=_is_on(at(goldmark, "parser", "attribute", "block"), default=False),
        passthrough=_passthrough(table(extensions.get("passthrough"))),
        privacy=read_privacy(raw),
    )


def _extended(extensions: Mapping[str, Any]) -> Dialect:
    footnotes = extensions.get("footnote")
    return replace(
        GOLDMARK,
        smart=not _is_on(at(extensions, "typographer", "disable"), default=False),
        autolink=_is_on(extensions.get("linkify"), default=True),
        definitions=_is_on(extensions.get("definitionlist"), default=True),
        footnotes=_is_on(at(table(footnotes), "enable"), default=_is_on(footnotes, default=True)),
        strikethrough=_is_on(extensions.get("strikethrough"), default=True),
        tables=_is_on(extensions.get("table"), default=True),
        tasks=_is_on(extensions.get("tasklist"), default=True),
        cjk_emphasis=_is_on(at(extensions, "cjk", "enable"), default=False),
    )


def _extras(extras: Mapping[str, Any], dialect: Dialect) -> Dialect:
    on = {key for key, settings in extras.items() if _is_on(at(table(settings), "enable"), default=False)}
    return replace(
        dialect,
        strikethrough=dialect.strikethrough or "delete" in on,
        marks="mark" in on,
        insertions="insert" in on,
        superscripts="superscript" in on,
        # "~" means one thing or the other.
        subscripts="subscript" in on and not dialect.strikethrough,
    )


def _is_on(value: object, *, default: bool) -> bool:
    return default if value is None or isinstance(value, dict) else truth(value)


def _passthrough(settings: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if not truth(settings.get("enable")):
        return ()
    delimiters = table(settings.get("delimiters"))
    listed = [pair for kind in ("block", "inline") for pair in _list(delimiters.get(kind))]
    pairs = [tuple(map(text, pair)) for pair in listed if isinstance(pair, list)]
    return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2 and all(pair))  # noqa: PLR2004 - a pair


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
