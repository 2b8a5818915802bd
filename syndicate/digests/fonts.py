"""Which fonts a text is set in: the names that each system knows, for the script of its language."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from syndicate.model.language import direction, primary

#: A name that needs no quotes (CSS Fonts 4 §2.1: a sequence of identifiers).
_IDENTIFIERS = re.compile(r"-?[A-Za-z][A-Za-z0-9-]*(?: [A-Za-z][A-Za-z0-9-]*)*")

_LATIN = MappingProxyType(
    {
        "serif": "Georgia, Times New Roman",
        "sans": "Segoe UI, -apple-system, Roboto, Helvetica Neue, Helvetica, Arial",
    }
)
_GENERIC = MappingProxyType({"serif": "serif", "sans": "sans-serif"})
#: By script: Apple's, then Windows' or Noto's. Windows' own Chinese serifs are bitmaps at these sizes.
_OTHERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "hans": {"serif": "Songti SC, Noto Serif CJK SC", "sans": "PingFang SC, Noto Sans CJK SC"},
        "hant": {"serif": "Songti TC, Noto Serif CJK TC", "sans": "PingFang TC, Noto Sans CJK TC"},
        "ja": {"serif": "Hiragino Mincho ProN, Noto Serif CJK JP", "sans": "Hiragino Sans, Meiryo"},
        "ko": {"serif": "Nanum Myeongjo, Noto Serif CJK KR", "sans": "Apple SD Gothic Neo, Malgun Gothic"},
        "rtl": {"serif": "Noto Naskh Arabic, Geeza Pro", "sans": "Noto Sans Arabic, Geeza Pro, Tahoma"},
    }
)
_WINDOWS = MappingProxyType({"hans": "Microsoft YaHei", "hant": "Microsoft JhengHei"})
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
Script = Literal["", "hans", "hant", "ja", "ko", "rtl"]


def script_of(language: str) -> Script:
    """Give what the fonts of a language go by; "" is for Latin, Cyrillic and all that is set like them."""
    if direction(language) == "rtl":
        return "rtl"
    match primary(language):
        case "zh" | "yue":
            return "hant" if _TRADITIONAL & set(language.lower().split("-")) else "hans"
        case "ja":
            return "ja"
        case "ko":
            return "ko"
        case _:
            return ""


def is_dense(language: str) -> bool:
    """Say whether a language is written in Chinese, Japanese or Korean letters, which want open lines."""
    return script_of(language) in {"hans", "hant", "ja", "ko"}


def stack(font: str, language: str) -> str:
    """Give a ``font-family``: ``font`` is "serif", "sans", or names of the user's own with commas between."""
    kind = "sans" if font == "sans" or "sans-serif" in font else "serif"
    script = script_of(language)
    names = [_LATIN.get(font, font)]
    if script:
        names += [_OTHERS[script][kind], _WINDOWS.get(script, "")]
    listed = [name.strip(" '") for part in names for name in part.split(",")]
    known = dict.fromkeys(name for name in listed if name and name not in _GENERIC.values())
    return ", ".join([*map(_quoted, known), _GENERIC[kind]])


def _quoted(name: str) -> str:
    return name if _IDENTIFIERS.fullmatch(name) else f"'{name}'"
