"""Shortcodes reduced to the text inside them (components/markdown/src/content.pest). Linear in the text."""

import re

from syndicate.posts.template_tags import Reduced, shown

#: No call runs past the next opening, which keeps the search linear.
_TOKEN = re.compile(
    r"\{(?P<kind>[{%])-?\s*(?:(?P<end>end)|[A-Za-z_][\w:]*\((?:(?!\{\{|\{%|\}\}|%\}).)*?\))\s*-?[%}]\}",
    re.DOTALL,
)
#: Written so that it is shown and not run.
_SHOWN = re.compile(r"\{(?P<open>[{%])/\*(?P<inside>(?:(?!\{[{%]/\*).)*?)\*/(?P<close>[%}])\}", re.DOTALL)


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
        removed.append(shown(match[0]))
        return ""

    text = _TOKEN.sub(taken_out, source)
    text = _SHOWN.sub(lambda m: f"{{{m['open']}{m['inside']}{m['close']}}}", text)
    return Reduced(text=text, removed=tuple(dict.fromkeys(removed)))
