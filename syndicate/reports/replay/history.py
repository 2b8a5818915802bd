"""A git repository's history, by git's plumbing: nothing is checked out, fetched, or run on its behalf."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from syndicate.errors import SiteError

#: What a repository's own configuration could make these commands do: run a program, or ask for a password.
_TAME = (
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.mailmap=false"),
)
_ALONE = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    # A partial clone fetches what it lacks; here it lacks it.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "LC_ALL": "C",
}
_REGULAR = ("100644", "100755", "100664")
_COMMIT = b"\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A file that a commit wrote, or removed."""

    #: From the site's root.
    path: str
    #: The object that holds its content; ``None`` where it is a file no more.
    blob: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One step of the history, against the step before it."""

    id: str
    #: When it was committed; never before the one before, whatever its author's clock said.
    at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The first-parent history of the branch that is checked out, as far as it lies in the site's folder."""

    root: Path
    environment: Mapping[str, str]

    def commits(self) -> list[Commit]:
        """Give every step, the oldest first; of a merge, what it brought as one step.

        ``SiteError`` in one line where there is no repository, no commit, or not all of its history.
        """
        if self._said("rev-parse", "--is-shallow-repository") == "true":
            raise SiteError(
                f"{self.root}: only the newest part of its history is here (a shallow clone); "
                "run `git fetch --unshallow` in it"
            )
        log = ("log", "--first-parent", "-m", "--reverse", "--raw", "-z", "--no-renames", "--no-abbrev")
        return list(_steps(self._run(*log, "--relative", "--format=%x01%H %ct")))

    def files(self, commit: Commit) -> tuple[Change, ...]:
        """Give every file as it was at ``commit``, as if written in one step."""
        listed = self._run("ls-tree", "-r", "-z", commit.id).split(b"\0")
        return tuple(_listed(line) for line in listed if line)

    @contextmanager
    def blobs(self) -> Iterator["Blobs"]:
        """Give what opens objects, while it is needed."""
        with self._open("--batch-check") as sizes, self._open("--batch") as contents:
            yield Blobs(sizes=sizes, contents=contents)

    @contextmanager
    def _open(self, kind: str) -> Iterator["subprocess.Popen[bytes]"]:
        process = subprocess.Popen(  # noqa: S603 - git, with words of our own
            self._command("cat-file", kind),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment(),
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def _said(self, *words: str) -> str:
        return self._run(*words).decode("utf-8", "replace").strip()

    def _run(self, *words: str) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - git, with words of our own
                self._command(*words), capture_output=True, check=False, env=self._environment()
            )
        except FileNotFoundError as error:
            raise SiteError("git: is not installed; install it, replay reads the history with it") from error
        if done.returncode != 0:
            raise SiteError(f"{self.root}: {_reason(done.stderr)}")
        return done.stdout

    def _command(self, *words: str) -> Sequence[str]:
        return ("git", *_TAME, "--no-pager", "--literal-pathspecs", "-C", str(self.root), *words)

    def _environment(self) -> dict[str, str]:
        # GIT_DIR and its like, set where a hook calls us, mean another repository.
        return {key: value for key, value in self.environment.items() if not key.startswith("GIT_")} | _ALONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Blobs:
    """Opens objects by their id."""

    sizes: "subprocess.Popen[bytes]"
    contents: "subprocess.Popen[bytes]"

    def size_bytes(self, blob: str) -> int | None:
        """Give how large an object is; ``None`` where the repository lacks it."""
        return _asked(self.sizes, blob)

    def content(self, blob: str) -> bytes:
        """Give an object that is there."""
        size = _asked(self.contents, blob) or 0
        found = _pipe(self.contents.stdout).read(size)
        _pipe(self.contents.stdout).read(1)  # the line's end after it
        return found


def _asked(process: "subprocess.Popen[bytes]", blob: str) -> int | None:
    asking = _pipe(process.stdin)
    asking.write(f"{blob}\n".encode())
    asking.flush()
    _, kind, *size = _pipe(process.stdout).readline().split()
    return int(size[0]) if kind == b"blob" else None


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise BrokenPipeError
    return stream


def _steps(log: bytes) -> Iterator[Commit]:
    """Read ``git log --raw -z``: a commit's line, then for each file its modes and ids, then its path."""
    words = iter(log.split(b"\0"))
    head, changes, latest = b"", [], 0
    for word in words:
        line = word.lstrip(b"\n")
        if line.startswith(b":"):
            changes.append(_changed(line, next(words)))
        elif line.startswith(_COMMIT):
            if head:
                yield _step(head, changes, latest)
            head, changes, latest = line, [], max(latest, int(line.split()[1]))
    if head:
        yield _step(head, changes, latest)


def _step(head: bytes, changes: Sequence[Change], at: int) -> Commit:
    commit_id = head.removeprefix(_COMMIT).split()[0].decode("ascii")
    return Commit(id=commit_id, at=datetime.fromtimestamp(at, UTC), changes=tuple(changes))


def _changed(line: bytes, path: bytes) -> Change:
    _, mode, _, blob, _ = line.decode("ascii").split()
    return _change(mode, blob, path)


def _listed(line: bytes) -> Change:
    said, _, path = line.partition(b"\t")
    mode, _, blob = said.decode("ascii").split()
    return _change(mode, blob, path)


def _change(mode: str, blob: str, path: bytes) -> Change:
    """Give a change; links and other repositories count as no file, for they lead away from here."""
    return Change(path=path.decode("utf-8", "surrogateescape"), blob=blob if mode in _REGULAR else None)


def _reason(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["git failed without a word"]
    words = lines[0].removeprefix("fatal: ")
    if "not a git repository" in words:
        return "is not a git repository; replay reads the history of one, so give --site the site's checkout"
    if "does not have any commits" in words:
        return "has no commit yet; there is nothing to replay"
    if "dubious ownership" in words:
        return "belongs to somebody else; allow it with `git config --global --add safe.directory`"
    return f"{words}; mend it and run again"
