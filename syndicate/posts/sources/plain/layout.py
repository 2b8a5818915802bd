"""Which files of a plain folder are posts: its Markdown files; see ``posts.folder.Layout``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from syndicate.model.post import Omission, Omitted
from syndicate.posts.source import Candidate
from syndicate.posts.walking import entries, is_folder, walk

SUFFIXES = frozenset({".md", ".markdown"})
#: For those who look at the folder itself, and not at what is published.
_FOR_VISITORS = frozenset({"readme"})
#: Other people's files.
_FOREIGN = frozenset({"node_modules"})
_ROOT_COLLECTION = "posts"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLayout:
    """Every Markdown file of some folders."""

    root: Path
    #: From the root, without slashes around; none at all: the root itself.
    folders: tuple[str, ...] = ()

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be a post."""
        for folder in self.folders or ("",):
            yield from self._in(folder)

    def omission(self, path: str) -> Omitted | None:
        """Say why the file at ``path`` would not even be a candidate, and which rule says so."""
        within = next((each for each in self.folders if path.startswith(f"{each}/")), "")
        parts = path.removeprefix(within).strip("/").split("/")
        hidden = next((part for part in parts if is_hidden(part)), None)
        if hidden:
            return Omitted(path=path, why=Omission.HIDDEN, rule=f'"{hidden}" is passed over for its name')
        if self.folders and not within:
            return Omitted(
                path=path, why=Omission.NOT_A_POST, rule="it is in none of the folders of `site.posts`"
            )
        rule = _no_text(path, parts[-1])
        return Omitted(path=path, why=Omission.NOT_A_POST, rule=rule) if rule else None

    def collection(self, path: str) -> str:
        """Give the name of the folder that the file is in: one of those chosen, else the outermost."""
        for folder in self.folders:
            if path.startswith(f"{folder}/"):
                return PurePosixPath(folder).name
        outermost, slash, _ = path.partition("/")
        return outermost if slash else _ROOT_COLLECTION

    def collections(self) -> tuple[str, ...]:
        """Give the names of the folders that hold any post, those of the root itself first."""
        if self.folders:
            return tuple(dict.fromkeys(PurePosixPath(each).name for each in self.folders))
        inside = entries(self.root)
        own = [_ROOT_COLLECTION for each in inside if not is_folder(each) and _is_text(each.name, each.name)]
        below = [
            each.name
            for each in inside
            if is_folder(each) and not is_hidden(each.name) and any(self._in(each.name))
        ]
        return tuple(dict.fromkeys([*own[:1], *below]))

    def _in(self, folder: str) -> Iterator[Candidate]:
        return walk(
            self.root,
            folder,
            enter=lambda _, name: not is_hidden(name),
            take=lambda path, name: not is_hidden(name) and _is_text(path, name),
        )


def is_hidden(name: str) -> bool:
    """Say whether a file or folder of this name is passed over."""
    return name[:1] in {"_", "."} or name in _FOREIGN


def _is_text(path: str, name: str) -> bool:
    return not _no_text(path, name)


def _no_text(path: str, name: str) -> str:
    """Give why a file of this name is no post; "" when it is one."""
    stem, dot, suffix = name.rpartition(".")
    if f"{dot}{suffix}".lower() not in SUFFIXES:
        return "its name doesn't end in .md or .markdown"
    if stem.lower() in _FOR_VISITORS:
        return "a README is for those who look at the folder itself"
    return "it is the home page" if path == name and stem.lower() == "index" else ""
