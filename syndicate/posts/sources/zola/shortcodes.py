"""Shortcodes reduced to the text inside them (components/markdown/src/content.pest). Linear in the text."""

import re
from dataclasses import dataclass

#: No call runs past the next opening, which keeps the search linear.
_TOKEN = re.compile(
    r"\{(?P<kind>[{%])-?\s*(?:(?P<end>end)|[A-Za-z_][\w:]*\((?:(?!\{\{|\{%|\}\}|%\}).)*?\))\s*-?[%}]\}",
    re.DOTALL,
)
#: Written so that it is shown and not run.
_SHOWN = re.compile(r"\{(?P<open>[{%])/\*(?P<inside>(?:(?!\{[{%]/\*).)*?)\*/(?P<close>[%}])\}", re.DOTALL)
#: Characters of a shortcode that a warning quotes.
_QUOTED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduced:
    """A text without shortcodes."""

    text: str
    #: What was taken out, each once, as it stood there.
    removed: tuple[str, ...] = ()


def reduced(source: str) -> Reduced:
    """Give ``source`` without its shortcodes; the body of one stays."""
    if "{{" not in source and "{%" not in source:
        return Reduced(text=source)
    removed: list[str] = []
    open_bodies = 0

    def taken_out(match: re.Match[str]) -> str:
        nonlocal open_bodies
        if match["end"]:
            was_open, open_bodies = open_bodies > 0, max(open_bodies - 1, 0)
            return "" if match["kind"] == "%" and was_open else match[0]
        open_bodies += match["kind"] == "%"
        removed.append(_named(match[0]))
        return ""

    text = _TOKEN.sub(taken_out, source)
    shown = _SHOWN.sub(lambda m: f"{{{m['open']}{m['inside']}{m['close']}}}", text)
    return Reduced(text=shown, removed=tuple(dict.fromkeys(removed)))


def _named(shortcode: str) -> str:
    one_line = " ".join(shortcode.split())
    return one_line if len(one_line) <= _QUOTED else f"{one_line[: _QUOTED - 3]}..."
