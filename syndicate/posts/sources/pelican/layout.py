"""Which files of a Pelican site may be articles (pelican/generators.py get_files)."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from syndicate.model.post import Omission, Omitted
from syndicate.posts.source import Candidate
from syndicate.posts.sources.pelican.config import PelicanConfig
from syndicate.posts.walking import walk

#: pelican/readers.py MarkdownReader.
MARKDOWN = frozenset({"md", "markdown", "mkd", "mdown"})
#: RstReader: articles too, which are named since they can't be read.
RESTRUCTURED = frozenset({"rst"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PelicanLayout:
    """Where Pelican looks for articles."""

    root: Path
    config: PelicanConfig

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be an article, each once."""
        seen = set()
        for top in self.config.article_paths:
            for each in walk(self.root, self._from_root(top), enter=self._entered, take=self._taken):
                if each.path not in seen:
                    seen.add(each.path)
                    yield each

    def omission(self, path: str) -> Omitted | None:
        """Say why the file at ``path`` would not even be a candidate, and which rule says so."""
        inner = self.inner(path)
        tops = [f"{top}/" if top else "" for top in self.config.article_paths]
        if inner is None or not any(inner.startswith(top) for top in tops):
            return Omitted(path=path, why=Omission.NOT_A_POST, rule="it is in no folder of articles")
        excluded = self._excluder(inner)
        if excluded:
            return Omitted(path=path, why=Omission.HIDDEN, rule=excluded)
        rule = f'"{PurePosixPath(path).suffix}" is not the extension of an article'
        return None if _is_text(path) else Omitted(path=path, why=Omission.NOT_A_POST, rule=rule)

    def _excluder(self, inner: str) -> str:
        parents = [str(parent) for parent in PurePosixPath(inner).parents][:-1]
        excluded = next((parent for parent in parents if self._excluded(parent)), None)
        if excluded:
            return f'"{excluded}" is in PAGE_PATHS, ARTICLE_EXCLUDES or IGNORE_FILES'
        return "IGNORE_FILES has its name" if self._ignored(PurePosixPath(inner).name) else ""

    def inner(self, path: str) -> str | None:
        """Give the path from the folder of articles; ``None`` outside of it."""
        folder = f"{self.config.path}/" if self.config.path else ""
        return path.removeprefix(folder) if path.startswith(folder) else None

    def _from_root(self, inner: str) -> str:
        return "/".join(part for part in (self.config.path, inner) if part)

    def _entered(self, path: str, name: str) -> bool:
        del name
        inner = self.inner(path)
        return inner is not None and not self._excluded(inner)

    def _taken(self, path: str, name: str) -> bool:
        return _is_text(path) and not self._ignored(name)

    def _excluded(self, folder: str) -> bool:
        return folder in self.config.article_excludes or self._ignored(PurePosixPath(folder).name)

    def _ignored(self, name: str) -> bool:
        return any(fnmatch(name, pattern) for pattern in self.config.ignore_files)


def _is_text(path: str) -> bool:
    return PurePosixPath(path).suffix.removeprefix(".") in MARKDOWN | RESTRUCTURED
