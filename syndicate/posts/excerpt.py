"""A post's opening, cut in its Markdown source.

Pure: source and front matter in, source of the opening out. It is rendered once, for every channel.
Hugo's own rule cuts what is rendered: ``rendered_excerpt``.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from syndicate.model.post import ExcerptOrigin
from syndicate.posts import html_opening
from syndicate.posts.code_blocks import Fences, all_outside_code
from syndicate.posts.words import OPENING_WORDS, count_words

MORE = "<!--more-->"

#: lib/jekyll/excerpt.rb MKDWN_LINK_REF_REGEX.
_DEFINITION = re.compile(r"^ {0,3}(\[[^\]\n]+\])(:.+)$", re.MULTILINE)
_LIQUID_TAG = re.compile(r"\{%-?\s*(\w+)(?:(?!\{%|%\}).)*%\}", re.DOTALL)
_LIQUID_BLOCKS = frozenset(
    {"capture", "case", "comment", "for", "highlight", "if", "ifchanged", "raw", "tablerow", "unless"}
)
#: What may be the label of a link that is defined elsewhere.
LABEL = re.compile(r"\[[^\[\]\n]+\]")
_FOOTNOTE_REFERENCE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_FOOTNOTE_DEFINITION = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_SPACES = re.compile(" *")
_MAX_INDENT = 80
_BLANK_BEFORE = re.compile(r"(?:^|(?<=\n))[ \t]*\Z")
_BLANK_AFTER = re.compile(r"[ \t\r]*(?:\n|\Z)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_TEXT = re.compile(r"\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a post and its site say about excerpts."""

    #: The front matter's own excerpt (Hugo: ``summary``); ``None`` when it has none.
    own: str | None
    #: The front matter's separator; ``None`` when it names none.
    page_separator: str | None
    site_separator: str
    description: str
    #: Where Hugo's rule ends an opening that nobody marked.
    opening_words: int = OPENING_WORDS
    #: Whether Hugo's rule counts characters where a word isn't plain ASCII.
    by_characters: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What was cut, still as source."""

    source: str
    origin: ExcerptOrigin
    #: Whether the post goes on after it.
    truncated: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one kind of source is cut."""

    #: Every place where a mark stands outside of code, in order.
    places: Callable[[str, str], Iterator[int]]
    #: The first whole blocks, and whether more follow.
    first: Callable[[str], tuple[str, bool]]
    #: The opening with what it needs of the text from there on, and without what has no place in it.
    trimmed: Callable[[str, str, int], str]


_EMPTY = Opening(source="", origin=ExcerptOrigin.NONE, truncated=True)


def best(body: str, wishes: Wishes, grammar: Grammar) -> Opening:
    """Give the opening by our own order: what the author marked, else said, else the first whole blocks."""
    if wishes.own is not None and wishes.own.strip():
        return _said(wishes.own, ExcerptOrigin.FRONT_MATTER, body)
    for separator, origin in _marks(wishes):
        marked = _before(body, separator, origin, grammar)
        if marked:
            return marked
    if wishes.description:
        return _said(wishes.description, ExcerptOrigin.DESCRIPTION, body)
    return _opening(without_markers(body, separators(wishes), grammar), grammar)


def jekyll(body: str, wishes: Wishes, grammar: Grammar) -> Opening:
    """Give what Jekyll takes (lib/jekyll/excerpt.rb): cut in code too, and all of it without a mark."""
    del grammar  # to Jekyll it is all the same
    if wishes.own is not None:
        return _said(wishes.own, ExcerptOrigin.FRONT_MATTER, body)
    own_separator = wishes.page_separator is not None
    separator = wishes.page_separator if wishes.page_separator is not None else wishes.site_separator
    if not separator:
        return _EMPTY
    head, mark, _ = body.partition(separator)
    rest = len(head) + len(mark)
    if rest == len(body):
        return Opening(source=head, origin=ExcerptOrigin.WHOLE, truncated=False)
    origin = ExcerptOrigin.PAGE_SEPARATOR if own_separator else ExcerptOrigin.SITE_SEPARATOR
    return Opening(source=_with_definitions(head, body, rest), origin=origin, truncated=True)


def separators(wishes: Wishes) -> tuple[str, ...]:
    """Give the marks that may stand in the body, each of which is no part of its text."""
    given = (wishes.page_separator or "", wishes.site_separator, MORE)
    # Only what looks like a tag or a comment: "." or a blank line is text.
    return tuple(dict.fromkeys(mark for mark in given if mark.startswith("<")))


def without_markers(body: str, marks: Iterable[str], grammar: Grammar) -> str:
    """Give the body without excerpt marks: ``<excerpt/>`` would be an open tag that swallows the article.

    A mark within a paragraph becomes a space, so that the paragraph stays one.
    """
    for mark in marks:
        pieces = []
        end = 0
        for start in grammar.places(body, mark):
            before = body[end:start]
            end = start + len(mark)
            if _alone(body, start, end):
                pieces.append(before)
            else:
                pieces.append(f"{before.rstrip(' ')} ")
                end = _SPACES.match(body, end).end()  # type: ignore[union-attr] # it matches nothing at least
        body = "".join((*pieces, body[end:]))
    return body


def definitions(source: str) -> dict[str, str]:
    """Give the link definitions in ``source`` by their labels, brackets included and in lower case."""
    return {match[1].lower(): match[0] for match in _DEFINITION.finditer(source)}


def _marks(wishes: Wishes) -> Iterator[tuple[str, ExcerptOrigin]]:
    if wishes.page_separator:
        yield wishes.page_separator, ExcerptOrigin.PAGE_SEPARATOR
    if wishes.site_separator.strip():  # Jekyll's default, a blank line, is nobody's choice
        yield wishes.site_separator, ExcerptOrigin.SITE_SEPARATOR
    yield MORE, ExcerptOrigin.MORE


def _before(body: str, separator: str, origin: ExcerptOrigin, grammar: Grammar) -> Opening | None:
    """Give what stands before ``separator``; ``None`` when it isn't there, or nothing is before it."""
    found = next(grammar.places(body, separator), -1)
    head = body[:found] if found != -1 else ""
    if not head.strip():
        return None
    # The rest is never cut off: to copy long texts costs more than all that is done here.
    rest = found + len(separator)
    return Opening(source=grammar.trimmed(head, body, rest), origin=origin, truncated=_goes_on(body, rest))


def _said(text: str, origin: ExcerptOrigin, body: str) -> Opening:
    return Opening(source=text, origin=origin, truncated=_goes_on(body, 0))


def _goes_on(body: str, position: int) -> bool:
    return _TEXT.search(body, position) is not None


def _opening(body: str, grammar: Grammar) -> Opening:
    head, rest = grammar.first(body)
    if not head.strip():
        return Opening(source="", origin=ExcerptOrigin.NONE, truncated=False)
    origin = ExcerptOrigin.OPENING if rest else ExcerptOrigin.WHOLE
    return Opening(source=grammar.trimmed(head, body, 0), origin=origin, truncated=rest)


def _first_blocks(body: str) -> tuple[str, bool]:
    taken: list[str] = []
    words = 0
    blocks = _blocks(body)
    for block in blocks:
        taken.append(block)
        words += count_words(block)
        if words >= OPENING_WORDS:
            break
    rest = any(not _FOOTNOTE_DEFINITION.match(block) and not _is_definitions(block) for block in blocks)
    while rest and len(taken) > 1 and _HEADING.match(taken[-1]):
        taken.pop()
    return "\n\n".join(taken), rest


def _blocks(body: str) -> Iterator[str]:
    """Give the body's blocks: runs of lines between blank ones, fenced code whole."""
    fences = Fences()
    lines: list[str] = []
    for line in body.splitlines():
        code = fences.take(line)
        if code or line.strip():
            lines.append(line)
        elif lines:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)


def _is_definitions(block: str) -> bool:
    return all(_DEFINITION.match(line) for line in block.split("\n"))


def _with_definitions(head: str, body: str, rest: int) -> str:
    """Close the Liquid blocks that the cut left open; append the link definitions that it refers to."""
    head = _with_blocks_closed(head) if "{%" in head else head
    labels = set(LABEL.findall(head))
    if not labels:
        return head
    definitions = [match[0] for match in _DEFINITION.finditer(body[rest:]) if match[1] in labels]
    return "\n\n".join((head, "\n".join(definitions))) if definitions else head


def _with_blocks_closed(head: str) -> str:
    """As lib/jekyll/excerpt.rb sanctify_liquid_tags."""
    for name in dict.fromkeys(reversed(_LIQUID_TAG.findall(head))):
        if name in _LIQUID_BLOCKS and not re.search(rf"\{{%-?\s*end{name}\b", head):
            head += f"\n{{% end{name} %}}"
    return head


def _without_footnotes(source: str) -> str:
    """Take footnote marks and notes out: an excerpt has no foot."""
    if "[^" not in source:
        return source
    kept = []
    fences = Fences()
    for line in source.split("\n"):
        if fences.take(line) or "`" in line:
            kept.append(line)
        elif not _FOOTNOTE_DEFINITION.match(line):
            kept.append(_FOOTNOTE_REFERENCE.sub("", line))
    return "\n".join(kept)


def _alone(body: str, start: int, end: int) -> bool:
    """Say whether the mark has its line to itself."""
    before = _BLANK_BEFORE.search(body, max(0, start - _MAX_INDENT), start)
    return before is not None and _BLANK_AFTER.match(body, end) is not None


MARKDOWN = Grammar(
    places=all_outside_code,
    first=_first_blocks,
    trimmed=lambda head, body, rest: _without_footnotes(_with_definitions(head, body, rest)),
)
#: Of a source that is HTML already.
HTML = Grammar(
    places=html_opening.all_outside_code,
    first=html_opening.first_elements,
    trimmed=lambda head, _body, _rest: head,
)
