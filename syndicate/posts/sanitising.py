"""HTML from a post made safe for feeds, mail and pages; it runs last, what it lets through is read."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from types import MappingProxyType
from typing import TYPE_CHECKING

from syndicate.posts import links, players
from syndicate.posts.nesting import cap_nesting, cap_roughly
from syndicate.posts.plain import clean

if TYPE_CHECKING:
    from nh3 import Cleaner

#: The parser's own cost grows with the square of the depth; text this deep is nobody's prose.
_PARSED_DEPTH = 1_000

#: Of all that one can fill in only the box of a task list stays, and nobody can tick it.
_OTHER_INPUT = re.compile(r"<input\b(?![^<>]*\stype=[\"']?checkbox\b)[^<>]*>?", re.IGNORECASE)
_BOX = MappingProxyType({"input": MappingProxyType({"type": "checkbox", "disabled": ""})})
#: Feeds and mail run no script: what stands there for such readers is for ours.
_NOSCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)

#: What stands in a frame stands elsewhere on the web: a link leads there.
#: What is quoted may hold anything; where quotes don't pair, nothing counts as quoted.
_FRAME = re.compile(
    r"<iframe\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?|[^<>]*?)"
    r"(?:/>|>(?:(?!<iframe\b|</iframe).)*(?:</iframe\s*>)?)",
    re.DOTALL | re.IGNORECASE,
)
_FRAME_ATTRIBUTE = re.compile(
    r"""(?<![\w-])([a-z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""", re.IGNORECASE
)
#: What the frame of a player may say besides where and what it is, and how.
_FRAME_SAYS = MappingProxyType(
    {
        "width": re.compile(r"\d{1,4}%?", re.ASCII),
        "height": re.compile(r"\d{1,4}%?", re.ASCII),
        "loading": re.compile("lazy|eager"),
        "referrerpolicy": re.compile("no-referrer|same-origin|(?:strict-)?origin(?:-when-cross-origin)?"),
    }
)
#: Of what a page may lend to a frame: nothing that looks at or listens to a reader.
_LENT = frozenset(
    {
        "accelerometer", "autoplay", "clipboard-write", "encrypted-media", "fullscreen", "gyroscope",
        "picture-in-picture", "web-share",
    }
)  # fmt: skip

_TAGS = frozenset(
    [
        "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br",
        "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
        "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
        "iframe", "img", "input", "ins", "kbd", "li", "main", "mark", "ol", "p", "picture", "pre", "q",
        "rp", "rt", "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub",
        "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul",
        "var", "video", "wbr",
    ]
)  # fmt: skip
#: Dropped with what is inside them; any other unknown tag leaves its text.
_DROPPED_WHOLE = frozenset(
    [
        "script", "style", "template", "noembed", "noframes", "object", "embed", "applet", "math",
        "svg", "title", "textarea", "select", "option", "xmp", "plaintext", "frameset",
    ]
)  # fmt: skip
_EVERYWHERE = frozenset({"title", "lang", "dir"})
_ATTRIBUTES = MappingProxyType(
    {
        "*": _EVERYWHERE,
        "a": frozenset({"href", "id"}),
        "li": frozenset({"id", "value"}),
        "sup": frozenset({"id"}),
        "img": frozenset({"src", "srcset", "sizes", "alt", "width", "height"}),
        "input": frozenset({"type", "checked", "disabled"}),
        "iframe": frozenset({"src", "allow", "allowfullscreen", *_FRAME_SAYS}),
        "source": frozenset({"src", "srcset", "sizes", "type", "media"}),
        "audio": frozenset({"src", "controls"}),
        "video": frozenset({"src", "poster", "controls", "width", "height"}),
        "code": frozenset({"class"}),
        "ol": frozenset({"start", "reversed", "type"}),
        "td": frozenset({"align", "colspan", "rowspan"}),
        "th": frozenset({"align", "colspan", "rowspan", "scope"}),
        "col": frozenset({"span"}),
        "colgroup": frozenset({"span"}),
        "time": frozenset({"datetime"}),
        "del": frozenset({"datetime", "cite"}),
        "ins": frozenset({"datetime", "cite"}),
        "q": frozenset({"cite"}),
        "blockquote": frozenset({"cite"}),
        "bdo": frozenset({"dir"}),
        "details": frozenset({"open"}),
    }
)
_TABLE_BODY = re.compile("</?tbody>")
#: What can't begin or end a tag, and is written no other way in HTML.
_TEXT = r"[^<>&\r\xa0]*+"
_STANDING_OUT = "|".join(f"<{tag}>{_TEXT}</{tag}>" for tag in ("em", "strong", "code"))
_BLOCKS = "|".join(
    rf"<{tag}>{_TEXT}(?:(?:{_STANDING_OUT}){_TEXT})*</{tag}>\n*+"
    for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6")
)
#: Paragraphs and headings, of which words may stand out, and no attribute: as most excerpts are.
_UNTOUCHED = re.compile(f"(?:{_BLOCKS})*")
#: Longer texts are cleaned without being looked at: few are so plain.
_MOST_UNTOUCHED = 10_000
#: Given an address as written: the one it means.
Resolve = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class _Seen:
    """How the addresses in the text at hand are read."""

    base: str
    resolve: Resolve


#: The one cleaner asks for it as it comes to each address.
_SEEN: ContextVar[_Seen] = ContextVar("seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanitised:
    """HTML that may be shown to anybody."""

    html: str
    #: Whether tags were dropped because they were nested too deeply.
    flattened: bool


def as_written(address: str) -> str | None:
    """Give the address itself: where the site's generator knows no others than browsers do."""
    return address


def sanitise(html: str, *, base: str, resolve: Resolve = as_written) -> Sanitised:
    """Give ``html`` with nothing that runs or submits; addresses are absolute, seen from ``base``.

    Frames are those of ``posts.players``, empty and with a handful of attributes; any other is a link.
    ``resolve`` makes an address of one that only the site's generator understands, or ``None``.
    """
    cleaned = clean(html)
    if len(cleaned) <= _MOST_UNTOUCHED and _UNTOUCHED.fullmatch(cleaned):
        return Sanitised(html=cleaned, flattened=False)  # as the cleaner would, at a tenth of the cost
    framed = _FRAME.sub(_frame(base), _NOSCRIPT.sub("", cleaned))
    rough = cap_roughly(_OTHER_INPUT.sub("", framed), limit=_PARSED_DEPTH)
    safe = _cleaned(rough, _Seen(base, resolve))
    capped = cap_nesting(safe)
    if capped == safe:
        return Sanitised(html=_without_implied(safe, html), flattened=False)
    # The sanitiser has the last word; the addresses are absolute by now.
    return Sanitised(html=_without_implied(_cleaned(capped, _Seen(base, as_written)), html), flattened=True)


def _without_implied(safe: str, html: str) -> str:
    """Give it without the bodies of tables that HTML implies, where ``html`` writes out none."""
    return _TABLE_BODY.sub("", safe) if "<tbody>" in safe and "tbody" not in html.lower() else safe


def _frame(base: str) -> Callable[[re.Match[str]], str]:
    """Give what mends a frame: one of a player by closing it, any other by a link."""

    def mended(frame: re.Match[str]) -> str:
        said: dict[str, str] = {}
        for match in _FRAME_ATTRIBUTE.finditer(frame[1]):
            said.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
        address = links.absolute(said.get("src", ""), base) if said.get("src") else None
        if not address or not address.startswith(("http://", "https://")):
            return ""
        if not players.is_player(address):
            return players.link_to(address, said.get("title", ""))
        kept = {name: said[name] for name in said if name in _ATTRIBUTES["iframe"] | {"title"}}
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        return f"<iframe{attributes}></iframe>"

    return mended


def _cleaned(html: str, seen: _Seen) -> str:
    token = _SEEN.set(seen)
    try:
        return players.emptied(_cleaner().clean(html))
    finally:
        _SEEN.reset(token)


@cache
def _cleaner() -> "Cleaner":
    """Give the one cleaner: to make it costs three times what it takes to clean an excerpt."""
    import nh3

    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_admitted,
        set_tag_attribute_values={tag: dict(values) for tag, values in _BOX.items()},
        url_schemes={*links.SCHEMES, "data"},
        link_rel=None,
    )


def _admitted(tag: str, attribute: str, value: str) -> str | None:
    if tag == "iframe" and attribute not in _EVERYWHERE:
        return _of_frame(attribute, value)
    return _of_others(attribute, value)


def _of_others(attribute: str, value: str) -> str | None:
    seen = _SEEN.get()
    if attribute in {"href", "cite"}:
        found = seen.resolve(value)
        return None if found is None else links.absolute(found, seen.base)
    if attribute in {"src", "poster"}:
        found = seen.resolve(value)
        return None if found is None else links.absolute_picture(found, seen.base)
    if attribute == "srcset":
        return links.absolute_set(value, seen.base)
    if attribute == "id":  # only footnotes: an id could take the place of one of the page's own
        return value if value.startswith(("fn", "fnref")) else None
    if attribute == "class":
        return value if value.startswith("language-") and " " not in value else None
    return value


def _of_frame(attribute: str, value: str) -> str | None:
    if attribute == "src":
        found = links.absolute(value, _SEEN.get().base)
        return found if found and players.is_player(found) else None
    if attribute == "allow":
        lent = (each.strip().lower() for each in value.split(";"))
        return "; ".join(each for each in lent if each in _LENT) or None
    if attribute == "allowfullscreen":
        return ""
    return value if _FRAME_SAYS[attribute].fullmatch(value) else None
