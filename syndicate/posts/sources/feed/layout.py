"""Which files of a feed's mirror are entries; see ``posts.folder.Layout``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syndicate.model.post import Omission, Omitted
from syndicate.posts.mirrors.feed.folder import ENTRIES
from syndicate.posts.source import Candidate
from syndicate.posts.walking import walk


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLayout:
    """A folder of entries, and nothing below it."""

    root: Path

    def candidates(self) -> Iterator[Candidate]:
        """Give every entry's file."""
        return walk(
            self.root, ENTRIES, enter=lambda _path, _name: False, take=lambda _path, name: _is_entry(name)
        )

    def omission(self, path: str) -> Omitted | None:
        """Say why the file at ``path`` would not even be a candidate, and which rule says so."""
        folder, _, name = path.rpartition("/")
        if folder == ENTRIES and _is_entry(name):
            return None
        return Omitted(path=path, why=Omission.NOT_A_POST, rule=f"entries lie in {ENTRIES}/, as .json files")


def _is_entry(name: str) -> bool:
    return name.endswith(".json") and not name.startswith(".")
