"""What the name of a page's file says (components/content/src/{file_info,page}.rs). Pure."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from syndicate.posts.latin import without_accents
from syndicate.posts.sources.zola.config import ZolaConfig

#: RFC3339_DATE.
_DATED = re.compile(
    r"(?P<date>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)"
    r"(?:\s?[_-](?P<slug>.+$))?"
)
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
#: NTFS forbids them; "safe" takes them out.
_UNSAFE = str.maketrans("", "", '<>:"/\\|?*')


class SpellingError(ValueError):
    """A name that only a dictionary of all scripts could spell in Latin letters."""


class LanguageError(ValueError):
    """A name ends in a language that the configuration doesn't have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A page's place and name."""

    #: The folders that are part of its address.
    components: tuple[str, ...]
    #: Without suffix and language; of ``index.md`` it is the folder's.
    stem: str
    language: str
    #: Whether pictures stand beside it, in a folder of its own.
    colocated: bool


def name_of(inner: str, config: ZolaConfig) -> Name:
    """Give the name of the page at ``inner``, from the folder of content; ``LanguageError``."""
    pure = PurePosixPath(inner)
    stem, language = _without_language(pure.stem, config)
    folders = pure.parent.parts
    colocated = bool(folders) and stem.partition(".")[0] == "index"
    if colocated:
        stem = folders[-1] if stem == "index" else stem
        folders = folders[:-1]
    return Name(components=folders, stem=stem, language=language, colocated=colocated)


def date_in(stem: str) -> str:
    """Give the date that a name begins with; "" where it begins with none."""
    found = _DATED.match(stem)
    return found["date"] if found else ""


def slug_of(stem: str, said: str, config: ZolaConfig) -> str:
    """Give the last part of the address: what the head said, else the name without its date."""
    dated = _DATED.match(stem)
    undated = dated["slug"] if dated and dated["slug"] and not config.slugify_paths_keep_dates else stem
    return slugify(said or undated, config.slugify_paths)


def slugify(text: str, strategy: str) -> str:
    """Give ``text`` by one of Zola's strategies (components/utils/src/slugs.rs); ``SpellingError``."""
    if strategy == "off":
        return text
    if strategy == "safe":
        return text.rstrip(" .").translate(_UNSAFE)
    plain = without_accents(text).lower()
    if not plain.isascii():
        raise SpellingError(text)
    return _NOT_PLAIN.sub("-", plain).strip("-")


def _without_language(stem: str, config: ZolaConfig) -> tuple[str, str]:
    name, dot, code = stem.partition(".")
    if not config.other_languages or not dot or code == config.default_language:
        return stem, config.default_language
    if code not in config.other_languages:
        raise LanguageError(code)
    return name, code
