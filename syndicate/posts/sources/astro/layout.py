"""Which files of an Astro site may be posts: the entries of its collections."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syndicate.model.post import Omission, Omitted
from syndicate.posts.source import Candidate
from syndicate.posts.sources.astro.config import Collection
from syndicate.posts.walking import walk

SUFFIXES = (".md", ".mdx")


@dataclass(frozen=True, slots=True, kw_only=True)
class AstroLayout:
    """The folders of some collections."""

    root: Path
    collections: tuple[Collection, ...]

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be an entry."""
        for each in self.collections:
            yield from self._entries(each)

    def omission(self, path: str) -> Omitted | None:
        """Say why the file at ``path`` would not even be a candidate, and which rule says so."""
        collection = self.collection_of(path)
        if collection is None:
            return Omitted(path=path, why=Omission.NOT_A_POST, rule="it is in the folder of no collection")
        if not path.endswith(SUFFIXES):
            return Omitted(path=path, why=Omission.NOT_A_POST, rule="only .md and .mdx files are read")
        parts = path.removeprefix(f"{collection.folder}/").split("/")
        hidden = next((part for part in parts if _is_hidden(part, collection)), None)
        rule = f'Astro passes over "{hidden}" for how its name begins'
        return Omitted(path=path, why=Omission.HIDDEN, rule=rule) if hidden else None

    def _entries(self, collection: Collection) -> Iterator[Candidate]:
        return walk(
            self.root,
            collection.folder,
            enter=lambda _, name: not _is_hidden(name, collection),
            take=lambda _, name: name.endswith(SUFFIXES) and not _is_hidden(name, collection),
        )

    def collection_of(self, path: str) -> Collection | None:
        """Give the collection that the file is in; ``None`` outside of all."""
        return next((each for each in self.collections if path.startswith(f"{each.folder}/")), None)


def _is_hidden(name: str, collection: Collection) -> bool:
    return name.startswith(".") or (collection.hides_underscores and name.startswith("_"))
