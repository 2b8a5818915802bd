"""Which files of an Eleventy site may be posts: its Markdown (src/EleventyFiles.js)."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from syndicate.model.post import Omission, Omitted
from syndicate.posts.source import Candidate
from syndicate.posts.sources.eleventy.config import EleventyConfig
from syndicate.posts.sources.eleventy.data import local_data_path
from syndicate.posts.walking import walk

_FOREIGN = frozenset({"node_modules", ".git"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EleventyLayout:
    """The input folder, without what is no page."""

    root: Path
    config: EleventyConfig
    #: Of ``site.posts``, from the root; none at all: tags decide.
    folders: tuple[str, ...] = ()

    def candidates(self) -> Iterator[Candidate]:
        """Give every Markdown file that Eleventy would make a page of, in the chosen folders."""
        for folder in self.folders or (self.config.input,):
            yield from walk(self.root, folder, enter=self._entered, take=self._taken)

    def data_files(self) -> list[str]:
        """Give the data files of folders and of single posts."""
        found = walk(self.root, self.config.input, enter=self._entered, take=self._is_data)
        paths = [each.path for each in found]
        return [path for path in paths if self._is_of_a_post(path)]

    def omission(self, path: str) -> Omitted | None:
        """Say why the file at ``path`` would not even be a candidate, and which rule says so."""
        if not path.endswith(".md"):
            return Omitted(path=path, why=Omission.NOT_A_POST, rule="only .md files are read")
        if not self._chosen(path):
            rule = "it is in no folder of `site.posts`" if self.folders else "it is not in the input folder"
            return Omitted(path=path, why=Omission.NOT_A_POST, rule=rule)
        parents = [str(each) for each in PurePosixPath(path).parents][:-1]
        hidden = next((each for each in (*parents, path) if self._passed_over(each)), None)
        if hidden is None:
            return None
        rule = f'Eleventy passes over "{hidden}"'
        return Omitted(path=path, why=Omission.HIDDEN, rule=rule)

    def inner(self, path: str) -> str:
        """Give the path from the input folder."""
        return path.removeprefix(f"{self.config.input}/") if self.config.input else path

    def folder_of(self, path: str) -> str:
        """Give the name of the chosen folder that the file is in; "" where none was chosen."""
        chosen = next((each for each in self.folders if path.startswith(f"{each}/")), "")
        return PurePosixPath(chosen).name

    def _chosen(self, path: str) -> bool:
        folders = self.folders or ((self.config.input,) if self.config.input else ())
        return not folders or any(path.startswith(f"{each}/") for each in folders)

    def _entered(self, path: str, name: str) -> bool:
        del name
        return not self._passed_over(path)

    def _taken(self, path: str, name: str) -> bool:
        return name.endswith(".md") and not self._passed_over(path)

    def _passed_over(self, path: str) -> bool:
        config = self.config
        if path in {config.output, config.data, config.includes} or PurePosixPath(path).name in _FOREIGN:
            return True
        return any(self._ignores(line, path) for line in config.ignored)

    def _ignores(self, line: str, path: str) -> bool:
        bare = line.strip("/").removeprefix("./").removesuffix("/**").removesuffix("/*")
        anywhere = "/" not in bare and fnmatchcase(PurePosixPath(path).name, bare)
        return anywhere or path == bare or fnmatchcase(path, bare)

    def _is_data(self, path: str, name: str) -> bool:
        del name
        return local_data_path(path) is not None

    def _is_of_a_post(self, path: str) -> bool:
        target = local_data_path(path) or ""
        return target.endswith("/") or (self.root / f"{target}.md").is_file()
