"""Slugs and addresses of articles (pelican/contents.py, pelican/utils.py slugify). Pure."""

import re
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from syndicate.posts.facts import scalar
from syndicate.posts.latin import in_ascii
from syndicate.posts.plain import text_of
from syndicate.posts.sources.pelican.config import PelicanConfig

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DIRECTIVE = re.compile(r"%(-?)(.)")


class AddressError(ValueError):
    """An address that can't be told; its text says what, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What an address is made of, besides the rest of the metadata."""

    slug: str
    lang: str
    #: In the zone in which it is written.
    date: datetime
    author: str
    category: str
    #: From the folder of articles.
    path: str


def slugify(text: str, config: PelicanConfig) -> str:
    """Give ``text`` fit for an address; ``AddressError`` for letters that only Unidecode can spell."""
    value = unicodedata.normalize("NFKC", text_of(text))
    if not config.slugs.use_unicode:
        plain = in_ascii(value)
        if plain is None:
            raise AddressError(f'"{value[:60]}" would have to be spelt in Latin letters for its address')
        value = plain
    for pattern, instead in config.slugs.substitutions:
        value = pattern.replaced(value, instead)
    return (value if config.slugs.preserve_case else value.lower()).strip()


def filled(template: str, named: Named, metadata: Mapping[str, object]) -> str:
    """Give an address by Pelican's setting; only names and dates are filled in, no attribute of anything."""
    pieces = []
    try:
        for literal, name, form, _ in string.Formatter().parse(template):
            pieces.append(literal)
            if name is not None:
                pieces.append(_value(name, form or "", named, metadata))
    except ValueError as error:
        raise AddressError(f'the address "{template[:80]}" can\'t be filled in ({error})') from error
    return "".join(pieces)


def _value(name: str, form: str, named: Named, metadata: Mapping[str, object]) -> str:
    if name == "date":
        return _dated(named.date, form or "%Y-%m-%d %H:%M:%S")
    if name in {"slug", "lang", "author", "category", "path"}:
        return str(getattr(named, name))
    value = scalar(metadata.get(name))
    if not value:
        raise AddressError(f'the address asks for "{name}", which its head doesn\'t say')
    return value


def _dated(date: datetime, form: str) -> str:
    """Give the date as ``strftime`` does, in English whatever the process's locale."""
    return _DIRECTIVE.sub(lambda match: _part(date, match), form)


def _part(date: datetime, match: re.Match[str]) -> str:
    named = {
        "B": _MONTHS[date.month - 1],
        "b": _MONTHS[date.month - 1][:3],
        "A": _DAYS[date.weekday()],
        "a": _DAYS[date.weekday()][:3],
        "Y": f"{date.year:04d}",
    }
    if match[2] in named:
        return named[match[2]]
    if match[2] not in "dmyHMSjUWVuw":
        return match[0]
    digits = date.strftime(f"%{match[2]}")
    return digits.lstrip("0") or "0" if match[1] else digits
