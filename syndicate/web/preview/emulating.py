"""A mail's page as it would be in the dark, or with the site's pictures from its folder; pure."""

import re
from typing import Literal

Scheme = Literal["light", "dark"]

_STYLES = re.compile(r"(?is)(<style\b[^>]*>)(.*?)(?=</style>)")
_ASKED = re.compile(r"(?i)\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)")
_BOTH = re.compile(r"(?i)(color-scheme\s*:\s*)light\s+dark")
_DECLARED = re.compile(r'(?i)(<meta name="(?:supported-color-schemes|color-scheme)" content=")[^"]*')
_HEAD = re.compile(r"(?i)<head\b[^>]*>")
#: Conditions that hold always and never.
_TRUE, _FALSE = "(min-width:0)", "(max-width:0)"


def emulated(html: str, *, scheme: Scheme) -> str:
    """Give the page as a mail program in this colour scheme shows it, whatever the browser prefers."""
    page = _STYLES.sub(lambda style: style[1] + _in_scheme(style[2], scheme), html)
    return _DECLARED.sub(lambda meta: meta[1] + scheme, page)


def _in_scheme(styles: str, scheme: Scheme) -> str:
    chosen = _ASKED.sub(lambda asked: _TRUE if asked[1].lower() == scheme else _FALSE, styles)
    return _BOTH.sub(lambda both: both[1] + scheme, chosen)


def at_hand(html: str, *, site_url: str, folder: str) -> str:
    """Give the page with the site's own pictures from ``folder``, and links that open beside it."""
    page = html
    if site_url:
        address = re.compile(rf'(<img\b[^>]*?\ssrc="){re.escape(site_url)}/')
        page = address.sub(lambda found: f"{found[1]}{folder}", page)
    return _HEAD.sub(lambda head: f'{head[0]}<base target="_blank">', page, count=1)
