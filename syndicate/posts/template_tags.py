"""Templates (Liquid, Nunjucks) taken out of a text, and named; nothing is run. Linear in the text."""

import re
from dataclasses import dataclass

#: None runs past the next opening, which keeps the search linear.
_TOKEN = re.compile(
    r"\{%-?\s*(?P<tag>\w*)(?P<rest>(?:(?!\{%|%\}).)*?)-?%\}"
    r"|\{\{-?(?P<output>(?:(?!\{\{|\}\}).)*?)-?\}\}"
    r"|\{#(?:(?!\{#|#\}).)*?#\}",
    re.DOTALL,
)
#: An opening that nothing closes; generators stop their build there.
_LEFTOVER = re.compile(r"\{%|\{\{")
#: A text, perhaps made an address by a filter: links to files of the site are written so.
_QUOTED = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)')\s*(?:\|\s*(?:url|safe|relative_url|absolute_url)\s*)*")
_VERBATIM = {"raw": "endraw", "verbatim": "endverbatim"}
#: What stands in them is for no reader: notes, style sheets, scripts.
_DROPPED = {"comment": "endcomment", "css": "endcss", "js": "endjs"}
_CODE = {"highlight": "endhighlight"}
#: Characters of a template that a warning quotes.
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduced:
    """A text without templates."""

    text: str
    #: What was taken out, each once, as it stood there: ``{% include x %}``.
    removed: tuple[str, ...] = ()


def reduced(source: str) -> Reduced:
    """Give ``source`` without its templates; what stands between a pair of tags stays."""
    if "{%" not in source and "{{" not in source and "{#" not in source:
        return Reduced(text=source)
    pieces: list[str] = []
    removed: list[str] = []
    position = 0
    while match := _TOKEN.search(source, position):
        pieces.append(_LEFTOVER.sub("", source[position : match.start()]))
        position = match.end()
        tag = match["tag"] or ""
        if tag in _VERBATIM or tag in _DROPPED or tag in _CODE:
            text, position = _block(source, match)
            pieces.append(text)
        elif match["output"] is not None and (quoted := _QUOTED.fullmatch(match["output"])):
            pieces.append(quoted[1] or quoted[2] or "")
        elif not (match[0].startswith("{#") or tag.startswith("end")):
            removed.append(shown(match[0]))
    pieces.append(_LEFTOVER.sub("", source[position:]))
    return Reduced(text=_joined(pieces), removed=tuple(dict.fromkeys(removed)))


def shown(template: str) -> str:
    """Give a template as a warning quotes it, on one line that isn't long."""
    one_line = " ".join(template.split())
    return one_line if len(one_line) <= _SHOWN else f"{one_line[: _SHOWN - 3]}..."


def fenced(code: str, language: str) -> str:
    """Give ``code`` as a fenced block, whatever stands in it."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"\n{fence}{language}\n{code.strip(chr(10))}\n{fence}\n"


def _joined(pieces: list[str]) -> str:
    """Give the pieces as one text; a brace left over before a template opens none with what follows it."""
    found: list[str] = []
    for piece in filter(None, pieces):
        if found and found[-1][-1] == "{" and piece[0] in "{%#":
            found.append(" ")
        found.append(piece)
    return "".join(found)


def _block(source: str, opening: re.Match[str]) -> tuple[str, int]:
    """Give what a block becomes, and where the text goes on; an unclosed block ends with the text."""
    tag = opening["tag"]
    ending = (_VERBATIM | _DROPPED | _CODE)[tag]
    closing = re.compile(rf"\{{%-?\s*{ending}\s*-?%\}}").search(source, opening.end())
    inside = source[opening.end() : closing.start() if closing else len(source)]
    position = closing.end() if closing else len(source)
    if tag in _CODE:
        words = re.findall(r"[\w+-]+", opening["rest"])
        return fenced(inside, words[0] if words else ""), position
    return ("" if tag in _DROPPED else inside), position
