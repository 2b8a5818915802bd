"""Which files of a Zola site may be pages (components/site/src/lib.rs load)."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from syndicate.model.post import Omission, Omitted
from syndicate.posts.source import Candidate
from syndicate.posts.sources.zola.config import ZolaConfig
from syndicate.posts.walking import walk

CONTENT = "content"
_ROOT_COLLECTION = "posts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZolaLayout:
    """The folder of content."""

    root: Path
    config: ZolaConfig

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be a page."""
        return self._files(CONTENT, sections=False)

    def sections(self) -> Iterator[Candidate]:
        """Give every ``_index.md``, of any language."""
        return self._files(CONTENT, sections=True)

    def omission(self, path: str) -> Omitted | None:
        """Say why the file at ``path`` would not even be a candidate, and which rule says so."""
        inner = path.removeprefix(f"{CONTENT}/")
        if inner == path or PurePosixPath(path).suffix != ".md":
            rule = f"only .md files in {CONTENT}/ are pages"
            return Omitted(path=path, why=Omission.NOT_A_POST, rule=rule)
        if is_section(PurePosixPath(path).name):
            return Omitted(path=path, why=Omission.NOT_A_POST, rule="it is a section and no page")
        parents = [str(each) for each in PurePosixPath(inner).parents][:-1]
        if _is_hidden(inner) or any(self._ignored(each) for each in (*parents, inner)):
            rule = "`ignored_content` has it, or its name begins with a dot"
            return Omitted(path=path, why=Omission.HIDDEN, rule=rule)
        return None

    def collection(self, path: str) -> str:
        """Give the outermost section that the page is in."""
        parts = path.removeprefix(f"{CONTENT}/").split("/")
        stem = parts[-1].partition(".")[0]
        folders = parts[:-2] if stem == "index" else parts[:-1]
        return folders[0] if folders else _ROOT_COLLECTION

    def collections(self) -> tuple[str, ...]:
        """Give the names of the outermost sections that hold any page, those of the root itself first."""
        found = {self.collection(each.path) for each in self.candidates()}
        return tuple(sorted(found, key=lambda name: (name != _ROOT_COLLECTION, name)))

    def _files(self, folder: str, *, sections: bool) -> Iterator[Candidate]:
        take = self._taken_section if sections else self._taken_page
        return walk(self.root, folder, enter=self._entered, take=take)

    def _entered(self, path: str, name: str) -> bool:
        return not name.startswith(".") and not self._ignored(path.removeprefix(f"{CONTENT}/"))

    def _taken_page(self, path: str, name: str) -> bool:
        # Its folders were asked before; ``omission`` asks all of it, and costs ten times as much.
        named = name.endswith(".md") and not name.startswith(".") and not is_section(name)
        return named and not self._ignored(path.removeprefix(f"{CONTENT}/"))

    def _taken_section(self, path: str, name: str) -> bool:
        del path
        return is_section(name)

    def _ignored(self, inner: str) -> bool:
        # Zola's globs are tried against the whole path.
        name = inner.rpartition("/")[2]
        return any(
            fnmatchcase(each, pattern)
            for pattern in self.config.ignored_content
            for each in (inner, name, f"{CONTENT}/{inner}")
        )


def is_section(name: str) -> bool:
    """Say whether a file of this name describes a section."""
    return name == "_index.md" or (name.startswith("_index.") and name.endswith(".md"))


def _is_hidden(inner: str) -> bool:
    return any(part.startswith(".") for part in inner.split("/"))
