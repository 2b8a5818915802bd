"""Which of Jekyll's rules leaves a file out, in words that name where the rule stands. Pure."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from syndicate.model.post import Omission, Omitted
from syndicate.posts.sources.jekyll import scanning
from syndicate.posts.sources.jekyll.config import JekyllConfig

#: Of each key in the front matter, where it stands in the file.
Lines = Mapping[str, int]


def by_place(path: str, config: JekyllConfig) -> Omitted | None:
    """Give why a file at ``path`` is none that Jekyll would open as a document; ``None`` when it would."""
    if "_drafts" in path.split("/")[:-1]:
        return Omitted(path=path, why=Omission.DRAFT, rule="it is in a folder `_drafts`")
    hidden = _hidden(path, config)
    if hidden:
        return Omitted(path=path, why=Omission.HIDDEN, rule=hidden)
    no_post = _no_document(path, config)
    return Omitted(path=path, why=Omission.NOT_A_POST, rule=no_post) if no_post else None


def by_head(path: str, lines: Lines, values: Mapping[str, Any], *, unpublished: bool) -> Omitted | None:
    """Give why a document's ``values``, its head over the site's defaults, keep it back."""
    # ``published:`` without a value is false in Ruby.
    if not unpublished and values.get("published", True) in (False, None):
        return Omitted(
            path=path, why=Omission.UNPUBLISHED, rule=_said(lines, "published", "published: false")
        )
    if values.get("draft") is True:  # built by Jekyll, left out by jekyll-feed
        return Omitted(path=path, why=Omission.DRAFT, rule=_said(lines, "draft", "draft: true"))
    return None


def by_date(path: str, lines: Lines, published: datetime) -> Omitted:
    """Give why a post of the future waits."""
    line = lines.get("date")
    rule = f"`date` on line {line}" if line else "the date in its name"
    return Omitted(path=path, why=Omission.FUTURE, until=published, rule=rule)


def _said(lines: Lines, key: str, words: str) -> str:
    line = lines.get(key)
    return f"`{words}` {f'on line {line}' if line else 'in the `defaults` of _config.yml'}"


def _hidden(path: str, config: JekyllConfig) -> str | None:
    part = scanning.special_part(path, config)
    if part is not None:
        kind = "file" if part == PurePosixPath(path).name else "folder"
        unread = scanning.place_of(path, config) is None and part.startswith("_") and kind == "folder"
        rest = f", and no collection {part[1:]} in _config.yml has `output: true`" if unread else ""
        return f'Jekyll passes over the {kind} "{part}" for how its name begins or ends{rest}'
    pattern = scanning.excluded_by(path, config)
    return f'"{pattern}" is {_excluder(pattern, config)}' if pattern else None


def _excluder(pattern: str, config: JekyllConfig) -> str:
    own = config.raw.get("exclude") or ()
    listed = own if isinstance(own, list) else [own]
    return "in `exclude` of _config.yml" if pattern in listed else "excluded by Jekyll itself"


def _no_document(path: str, config: JekyllConfig) -> str | None:
    place = scanning.place_of(path, config)
    if place is None:
        return "it is in no `_posts` folder and in no collection with `output: true`"
    if scanning.is_document_name(place.name, place.collection, config):
        return None
    if place.collection == "posts" and scanning.DATED_NAME.fullmatch(place.name) is None:
        return "its name doesn't begin with a date, YYYY-MM-DD-"
    return f'"{PurePosixPath(path).suffix}" is not an extension of a text'
