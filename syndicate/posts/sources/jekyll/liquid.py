"""Liquid in a post's text: what is simple is filled in, the rest is taken out and named.

Nothing is run, so nothing can loop, read files or see the machine.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from syndicate.posts.sources.jekyll.facts import scalar

#: Neither runs past the next opening, which keeps the search linear.
_TOKEN = re.compile(
    r"\{%-?\s*(?P<tag>\w+)(?P<rest>(?:(?!\{%|%\}).)*?)-?%\}|\{\{-?(?P<output>(?:(?!\{\{|\}\}).)*?)-?\}\}",
    re.DOTALL,
)
#: An opening that nothing closes; Jekyll stops its build there.
_LEFTOVER = re.compile(r"\{%|\{\{")
#: Characters of a template that a warning quotes.
_SHOWN = 60
_NAME = re.compile(r"(?:site|page)(?:\.[\w-]+)+")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
#: Tags whose inside is dropped, or kept as it stands.
_VERBATIM = MappingProxyType({"raw": "endraw", "comment": "endcomment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a post's templates may refer to."""

    site: Mapping[str, Any]
    page: Mapping[str, Any]
    baseurl: str
    #: Absolute, base path included.
    home: str
    #: The address of a document by its path, or of a post by its name; "" when there is none.
    address_of: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A text without templates."""

    text: str
    #: What was taken out, each once, as it stood there: ``{% include x %}``.
    removed: tuple[str, ...] = ()


def fill(source: str, surroundings: Surroundings) -> Filled:
    """Give ``source`` with its Liquid filled in or taken out."""
    if "{%" not in source and "{{" not in source:
        return Filled(text=source)
    pieces: list[str] = []
    removed: list[str] = []
    position = 0
    while match := _TOKEN.search(source, position):
        pieces.append(_LEFTOVER.sub("", source[position : match.start()]))
        position = match.end()
        if match["tag"] in _VERBATIM or match["tag"] == "highlight":
            text, position = _block(source, match)
            pieces.append(text)
            continue
        value = _value(match, surroundings)
        if value is None:
            removed.append(_shown(match[0]))
        pieces.append(value or "")
    pieces.append(_LEFTOVER.sub("", source[position:]))
    return Filled(text="".join(pieces), removed=tuple(dict.fromkeys(removed)))


def _block(source: str, opening: re.Match[str]) -> tuple[str, int]:
    """Give what a block becomes, and where the text goes on; an unclosed block ends with the text."""
    ending = _VERBATIM.get(opening["tag"], "endhighlight")
    closing = re.compile(rf"\{{%-?\s*{ending}\s*-?%\}}").search(source, opening.end())
    inside = source[opening.end() : closing.start() if closing else len(source)]
    position = closing.end() if closing else len(source)
    if opening["tag"] == "comment":
        return "", position
    return (inside if opening["tag"] == "raw" else _fenced(inside, opening["rest"])), position


def _fenced(code: str, options: str) -> str:
    language = (options.split() or [""])[0]
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"\n{fence}{language}\n{code.strip(chr(10))}\n{fence}\n"


def _value(match: re.Match[str], surroundings: Surroundings) -> str | None:
    if match["tag"] in {"link", "post_url"}:
        address = surroundings.address_of(match["rest"].strip())
        return f"{surroundings.baseurl}{address}" if address else None
    return None if match["tag"] else _output(match["output"], surroundings)


def _output(expression: str, surroundings: Surroundings) -> str | None:
    name, *filters = (part.strip() for part in expression.split("|"))
    value = _looked_up(name, surroundings)
    for each in filters:
        if value is None:
            return None
        value = _filtered(value, each, surroundings)
    return value


def _looked_up(name: str, surroundings: Surroundings) -> str | None:
    quoted = _QUOTED.fullmatch(name)
    if quoted:
        return quoted[1] or quoted[2] or ""
    if not _NAME.fullmatch(name):
        return None
    root, *keys = name.split(".")
    found: object = surroundings.site if root == "site" else surroundings.page
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    if isinstance(found, str | int | float):
        return scalar(found)
    return "" if name == "site.baseurl" else None


def _filtered(value: str, expression: str, surroundings: Surroundings) -> str | None:
    name, _, argument = (part.strip() for part in expression.partition(":"))
    given = _looked_up(argument, surroundings) if argument else ""
    if given is None:
        return None
    simple: Mapping[str, Callable[[], str]] = {
        "relative_url": lambda: _joined(surroundings.baseurl, value),
        "absolute_url": lambda: _joined(surroundings.home, value),
        "prepend": lambda: given + value,
        "append": lambda: value + given,
        "escape": lambda: value,
        "strip": value.strip,
        "upcase": value.upper,
        "downcase": value.lower,
    }
    return simple[name]() if name in simple else None


def _joined(base: str, path: str) -> str:
    if re.match(r"[a-z][a-z0-9+.-]*:", path):
        return path
    return f"{base}/{path.lstrip('/')}"


def _shown(template: str) -> str:
    one_line = " ".join(template.split())
    return one_line if len(one_line) <= _SHOWN else f"{one_line[: _SHOWN - 3]}..."
