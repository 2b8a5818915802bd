"""Whether the texts are HTML that every reader shows alike, and nothing that one would throw away."""

import re
from collections.abc import Iterator

from syndicate.feeds.linting.document import Document, Text
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.rule import Rule, rule
from syndicate.feeds.linting.xml_reading import ATOM, local_name
from syndicate.model.finding import Severity, Spot

_ATOM = frozenset({Kind.ATOM})
_TEXT_TYPES = frozenset({"text", "html", "xhtml"})
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;.*)?", re.ASCII)
_XHTML_DIV = "{http://www.w3.org/1999/xhtml}div"
#: Tags that somebody meant as such, closed as they are.
_TAGS = re.compile(r"<(a|b|i|em|strong|span|code|sub|sup|p|u|small)\b[^<>]*>[^<>]*</\1>", re.IGNORECASE)
_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_NAMED = 3


@rule(
    "dangerous-html",
    Severity.WARNING,
    title="No text runs or loads anything",
    why="Readers take it out, and what depended on it is gone; one that doesn't lets it run.",
    source="RFC 4287 §8.1; W3C, Feed validation: SecurityRisk",
)
def dangerous_html(feed: Document) -> Iterator[Spot]:
    """Find scripts, handlers, frames, forms and addresses that are programs."""
    for part, text in _texts(feed):
        if text.markup.dangerous:
            what = f"its {text.name} holds {_listed(text.markup.dangerous)}"
            yield Spot(what, "take it out", text.line, part)


@rule(
    "unknown-tag",
    Severity.WARNING,
    title="Every tag is one of HTML's",
    why="It swallows what stands after it, up to the end of the article: a marker such as <excerpt/> does.",
    source="HTML Living Standard §4, §13.1; W3C, Feed validation: NotHtml",
)
def unknown_tag(feed: Document) -> Iterator[Spot]:
    """Find tags that HTML hasn't got."""
    for part, text in _texts(feed):
        if text.markup.unknown:
            what = f"its {text.name} holds {_listed(text.markup.unknown)}, which HTML hasn't got"
            yield Spot(what, "take it out of the text, or write it in code", text.line, part)


@rule(
    "unclosed-tag",
    Severity.WARNING,
    title="Every tag that is opened is closed",
    why="What stands after it looks like it too: bold to the end, in some readers for every later post.",
    source="HTML Living Standard §13.1.2; W3C, Feed validation: NotHtml",
)
def unclosed_tag(feed: Document) -> Iterator[Spot]:
    """Find tags without their other half."""
    for part, text in _texts(feed):
        if text.markup.unclosed:
            what = f"its {text.name} leaves {_listed(text.markup.unclosed)} without its other half"
            yield Spot(what, "close it", text.line, part)


@rule(
    "relative-url",
    Severity.WARNING,
    title="Pictures and links in texts have whole addresses",
    why="Most readers know no page to see them from: pictures are missing, links lead astray.",
    source="W3C, Feed validation: ContainsRelRef; RSS Advisory Board, Best Practices: relative URLs",
)
def relative_url(feed: Document) -> Iterator[Spot]:
    """Find relative ones, also where xml:base would say from where: few readers heed it."""
    for part, text in _texts(feed):
        if text.markup.relative:
            what = f"its {text.name} leads to {_listed(text.markup.relative)}"
            yield Spot(what, 'write whole addresses, with "https://"', text.line, part)


@rule(
    "double-escaping",
    Severity.WARNING,
    title="Nothing is escaped twice",
    why="People read “&amp;” where an “&” was meant.",
    source="W3C, Feed validation: double escaping; RFC 4287 §3.1.1",
)
def double_escaping(feed: Document) -> Iterator[Spot]:
    """Find it outside of code, in plain texts and in HTML."""
    for part, text in _texts(feed):
        plain = [] if text.html or text.name not in {"title", "subtitle"} else _ESCAPED.findall(text.value)
        found = (*text.markup.twice, *dict.fromkeys(plain))
        if found:
            what = f"people will read {_listed(found)} in its {text.name}"
            yield Spot(what, "escape it once", text.line, part)


@rule(
    "html-in-title",
    Severity.HINT,
    title="A plain title holds no tags",
    why="One reader shows the tags as letters, the other drops them.",
    source="RFC 4287 §4.2.14 with §3.1.1.1; JSON Feed 1.1, Items: title (plain text)",
)
def html_in_title(feed: Document) -> Iterator[Spot]:
    """Find them in titles that are said to be plain."""
    for part, text in _texts(feed):
        if text.name == "title" and not text.html and (found := _TAGS.search(text.value)):
            remedy = "leave them out" + (', or say type="html"' if feed.kind is Kind.ATOM else "")
            yield Spot(f"its title holds {found[0]!r}", remedy, text.line, part)


@rule(
    "text-type",
    Severity.ERROR,
    title="An Atom text says how it is written in one of the ways there are",
    why='Readers drop a content whose type they can\'t read; type="CDATA" is the best known one.',
    source="RFC 4287 §3.1.1, §4.1.3.1",
    kinds=_ATOM,
)
def text_type(feed: Document) -> Iterator[Spot]:
    """Find others."""
    for part, owner in [("", feed.node), *((entry.part, entry.node) for entry in feed.entries)]:
        for name in ("title", "subtitle", "summary", "rights", "content"):
            for each in owner.findall(f"{ATOM}{name}"):
                kind = each.get("type", "text")
                media = name == "content" and _MEDIA_TYPE.fullmatch(kind)
                if kind not in _TEXT_TYPES and not media:
                    what = f"<{name}> has the type {kind!r}"
                    yield Spot(what, 'write type="html" or type="text"', each.sourceline, part)


@rule(
    "xhtml-div",
    Severity.ERROR,
    title="XHTML in Atom stands in one div",
    why="Readers take the div away and show what is in it; without one they show nothing.",
    source="RFC 4287 §3.1.1.3",
    kinds=_ATOM,
)
def xhtml_div(feed: Document) -> Iterator[Spot]:
    """Find other things, and several."""
    for each in feed.node.iter(f"{ATOM}content", f"{ATOM}summary", f"{ATOM}title"):
        if each.get("type") == "xhtml" and [child.tag for child in each] != [_XHTML_DIV]:
            what = f'<{local_name(each)} type="xhtml"> holds something else than one <div> of XHTML'
            yield Spot(what, "put one <div> around it", each.sourceline)


@rule(
    "category-term",
    Severity.ERROR,
    title="A category has a name",
    why="Readers filter by it.",
    source="RFC 4287 §4.2.2.1; RSS 2.0, category; JSON Feed 1.1, tags",
)
def category_term(feed: Document) -> Iterator[Spot]:
    """Find categories without."""
    for entry in feed.entries:
        if feed.kind is Kind.JSON:
            tags = entry.node.get("tags")
            empty = isinstance(tags, list) and any(isinstance(tag, str) and not tag.strip() for tag in tags)
        elif feed.kind is Kind.ATOM:
            empty = any(not each.get("term") for each in entry.node.findall(f"{ATOM}category"))
        else:
            empty = any(not (each.text or "").strip() for each in entry.node.findall("category"))
        if empty:
            yield Spot("a category of it has no name", "name it, or leave it out", entry.line, entry.part)


def _texts(feed: Document) -> Iterator[tuple[str, Text]]:
    yield from (("", text) for text in feed.texts)
    for entry in feed.entries:
        yield from ((entry.part, text) for text in entry.texts)


def _listed(found: tuple[str, ...]) -> str:
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more


RULES: tuple[Rule, ...] = (
    dangerous_html,
    unknown_tag,
    unclosed_tag,
    relative_url,
    double_escaping,
    html_in_title,
    text_type,
    xhtml_div,
    category_term,
)
