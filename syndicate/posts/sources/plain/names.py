"""What the name of a file says of the post in it. Pure."""

import re
from datetime import UTC, date, datetime, time
from pathlib import PurePosixPath

_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[-_ ]+(.+))?", re.DOTALL)
_DATED_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d{2})/(\d{2})/")


def stem_of(path: str) -> str:
    """Give the name without its suffix; of ``ferry/index.md`` it is the folder's."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.stem.lower() == "index" and pure.parent.name else pure.stem


def bare_path(path: str) -> str:
    """Give the path without its suffix; of ``ferry/index.md`` it is ``ferry``."""
    pure = PurePosixPath(path)
    return str(pure.parent if pure.stem.lower() == "index" and pure.parent.name else pure.with_suffix(""))


def slug_of(stem: str) -> str:
    """Give the name without its date, where anything else is left."""
    found = _DATED.fullmatch(stem)
    return found[4] if found and found[4] else stem


def date_of(path: str) -> datetime | None:
    """Give the day that the name begins with, or that three folders make: ``2024/05/06/``."""
    found = _DATED.fullmatch(stem_of(path)) or _DATED_FOLDERS.search(path)
    if not found:
        return None
    try:
        return datetime.combine(date(int(found[1]), int(found[2]), int(found[3])), time(), UTC)
    except ValueError:
        return None


def title_of(stem: str) -> str:
    """Give words for people: ``2024-05-06-harbour-walk`` is "Harbour walk"."""
    slug = slug_of(stem)
    if slug == stem and _DATED.fullmatch(stem):
        return stem  # a day's own notes
    words = slug.replace("_", " ") if " " in slug else slug.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
