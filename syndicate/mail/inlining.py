"""Style sheets written into ``style`` attributes, where every mail client reads them.

An inliner is a function from page to page. The template has two style blocks: one is inlined, the other is
marked (``data-premailer``, ``data-css-inline``) and kept, since the rules for dark mode and small screens
only work there.
"""

import logging
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

from syndicate.errors import MessageError, SettingsError

Inliner = Callable[[str], str]

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_A_TAG = re.compile(r"<[a-zA-Z]")
#: Comments and styles, passed over, and in group 1 the inside of a tag; html5ever quotes all its values.
_TAGS = re.compile(r'<!--.*?-->|<style.*?</style>|<([a-zA-Z](?:[^"<>]|"[^"]*")*)>', re.DOTALL)
_VALUES = re.compile('"[^"]*"')
#: Inliners that are extras, and what they are imported as.
_EXTRAS: Mapping[str, str] = MappingProxyType({"css-inline": "css_inline"})
_MARKS = re.compile(r'\s(?:data-premailer|data-css-inline)="\w+"')


def inliner(name: str) -> Inliner:
    """Give the inliner of that name; the page it gives bears no mark of the tool."""
    if name not in INLINERS:
        known = ", ".join(f'"{known}"' for known in INLINERS)
        raise SettingsError(f'mail.inliner = "{name}" is not an inliner; use one of {known}')
    if name in _EXTRAS and find_spec(_EXTRAS[name]) is None:
        raise SettingsError(f'mail.inliner: {name} is not installed; run pip install "syndicate[{name}]"')
    inline = INLINERS[name]
    return lambda page: _MARKS.sub("", inline(_checked(page)))


def _checked(page: str) -> str:
    """Give the page where it has a tag; premailer raises an ``AttributeError`` on one that has none."""
    if not _A_TAG.search(_COMMENT.sub("", page)):
        raise MessageError("email/digest.html: it makes a page without one tag in it; mend the template")
    return page


def by_premailer(page: str) -> str:
    """Inline with premailer, in the one set-up that keeps the page's meaning.

    Its defaults drop ``!important`` from the kept block, which ends dark mode, and fetch stylesheets.
    """
    from premailer import Premailer

    class Offline(Premailer):  # type: ignore[misc] # the library has no types
        def _parse_css_string(self, css_body: str, validate: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002
            return _parsed(css_body, validate)

    return str(
        Offline(
            page,
            allow_network=False,
            strip_important=False,
            disable_validation=True,
            # Else Outlook's pixel widths are overwritten by the style sheet's percentages.
            disable_basic_attributes=["width", "height"],
        ).transform(pretty_print=False)
    )


@lru_cache(maxsize=8)
def _parsed(css_body: str, validate: bool) -> Any:  # noqa: ANN401, FBT001 - as premailer asks it
    """Give a style sheet from a parser that fetches nothing: cssutils follows ``@import`` while parsing.

    Kept, for a theme's is the same in every variant, and parsing it is half of the work; premailer only
    reads it.
    """
    import cssutils

    parser = cssutils.CSSParser(loglevel=logging.CRITICAL, fetcher=lambda _url: (None, b""))
    return parser.parseString(css_body, validate=validate)


def by_css_inline(page: str) -> str:
    """Inline with css-inline (Rust), some fifty times as fast; needs the extra of its name."""
    import css_inline

    return _TAGS.sub(_without_brackets, css_inline.CSSInliner(load_remote_stylesheets=False).inline(page))


def _without_brackets(match: re.Match[str]) -> str:
    """Escape what looks like markup in a tag's values, as premailer does.

    HTML lets it stand (§13.3), but Outlook looks for ``<!--[if mso]>`` before it looks for tags.
    """
    return match[0] if match[1] is None else f"<{_VALUES.sub(_escaped, match[1])}>"


def _escaped(match: re.Match[str]) -> str:
    return match[0].replace("<", "&lt;").replace(">", "&gt;")


INLINERS: Mapping[str, Inliner] = MappingProxyType({"premailer": by_premailer, "css-inline": by_css_inline})
