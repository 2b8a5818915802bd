"""Shortcodes in a text, taken apart (parser/pageparser/pagelexer_shortcode.go). Linear in the text. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

#: A longer tag is none; nobody writes one, and it bounds what an unclosed one costs.
MAX_TAG = 2_000
_OPENING = re.compile(r"\{\{(?P<kind>[<%])")
_NAME = re.compile(r"\s*(?P<close>/)?\s*(?P<name>\w[\w./-]*)")
_WORD = re.compile(
    r"\s*(?:(?P<key>[\w-]+)\s*=\s*)?"
    r"(?:\"(?P<quoted>(?:[^\"\\\n]|\\.)*)\"|`(?P<raw>[^`]*)`|\\\"(?P<escaped>(?:[^\"\\]|\\(?!\"))*)\\\"|(?P<bare>[^\s\"`{}<>%=/]+))"
)
_CLOSING = MappingProxyType({"<": ">}}", "%": "%}}"})
#: The end of a tag, by its kind.
_END = MappingProxyType({kind: re.compile(rf"\s*(?P<own>/)?\s*{end}") for kind, end in _CLOSING.items()})
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One shortcode, or what looks like one."""

    #: In the text, its braces included.
    start: int
    end: int
    #: "<", or "%" for one whose result is Markdown.
    kind: str
    #: "" for a tag that can't be read.
    name: str = ""
    closes: bool = False
    #: Whether it closes itself: ``{{< x />}}``.
    complete: bool = False
    #: Those without a key, in order.
    listed: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    #: What an escaped one (``{{</* x */>}}``) shows; ``None`` for a real one.
    shown: str | None = None

    def value(self, key: str, position: int | None = None) -> str:
        """Give the value of a key, else of a place in the list; "" when it is absent."""
        if key in self.named:
            return self.named[key]
        return self.listed[position] if position is not None and position < len(self.listed) else ""


def closing_of(kind: str) -> str:
    """Give what closes a tag that opened with ``{{<`` or ``{{%``."""
    return _CLOSING[kind]


def tags(text: str) -> Iterator[Tag]:
    """Give every shortcode in ``text``, in order; an opening that nothing closes is a nameless tag."""
    position = 0
    ends = {"<": -1, "%": -1}
    while match := _OPENING.search(text, position):
        kind = match["kind"]
        if ends[kind] < match.end():
            found = text.find(closing_of(kind), match.end())
            ends[kind] = found if found != -1 else len(text)
        tag = _escaped(text, match) or _read(text, match, ends[kind])
        yield tag
        position = tag.end


def pairs(found: list[Tag]) -> dict[int, int]:
    """Give, by place in ``found``, the closing tag of each opening one that has one.

    What is left open within a pair stands alone.
    """
    matched: dict[int, int] = {}
    open_tags: list[int] = []
    places: dict[str, list[int]] = {}
    for index, tag in enumerate(found):
        if not tag.name or tag.complete:
            continue
        waiting = places.setdefault(tag.name, [])
        if not tag.closes:
            waiting.append(len(open_tags))
            open_tags.append(index)
        elif waiting:
            place = waiting[-1]
            matched[open_tags[place]] = index
            for left in open_tags[place:]:
                places[found[left].name].pop()
            del open_tags[place:]
    return matched


def _escaped(text: str, match: re.Match[str]) -> Tag | None:
    """Give the tag that is only shown: ``{{</* x */>}}``."""
    if not text.startswith("/*", match.end()):
        return None
    kind = match["kind"]
    closing = f"*/{closing_of(kind)}"
    end = text.find(closing, match.end() + 2, match.end() + MAX_TAG)
    if end == -1:
        return None
    shown = f"{match[0]}{text[match.end() + 2 : end]}{closing[2:]}"
    return Tag(start=match.start(), end=end + len(closing), kind=kind, shown=shown)


def _read(text: str, match: re.Match[str], end: int) -> Tag:
    """Read one tag up to its closing braces, which may also stand in one of its values.

    Of one that can't be read only the opening is taken, or all of it where it ends on its line at ``end``.
    """
    kind = match["kind"]
    limit = min(len(text), match.start() + MAX_TAG)
    head = _NAME.match(text, match.end(), limit)
    if end > limit or head is None:
        return Tag(start=match.start(), end=match.end(), kind=kind)
    listed, named, position = _values(text, head.end(), limit)
    rest = _END[kind].match(text, position, limit)
    if rest is None:
        over = "\n" not in text[match.end() : end]
        return Tag(start=match.start(), end=end + len(closing_of(kind)) if over else match.end(), kind=kind)
    return Tag(
        start=match.start(),
        end=rest.end(),
        kind=kind,
        name=head["name"],
        closes=bool(head["close"]),
        complete=bool(rest["own"]),
        listed=tuple(listed),
        named=named,
    )


def _values(text: str, position: int, limit: int) -> tuple[list[str], dict[str, str], int]:
    """Give the values without and with a key, and where they end."""
    listed: list[str] = []
    named: dict[str, str] = {}
    while word := _WORD.match(text, position, limit):
        if word["key"]:
            named[word["key"].lower()] = _value(word)
        else:
            listed.append(_value(word))
        position = word.end()
    return listed, named, position


def _value(word: re.Match[str]) -> str:
    if word["quoted"] is not None:
        return _ESCAPE.sub(r"\1", word["quoted"])
    return next((word[name] for name in ("raw", "escaped", "bare") if word[name] is not None), "")
