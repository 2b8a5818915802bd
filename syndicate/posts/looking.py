"""One scan of the site's folder: which files are what they were, and what the others hold now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from syndicate.errors import PostError
from syndicate.model.post import Omitted, Post, Reading, Unreadable
from syndicate.posts import drawing
from syndicate.posts.drawing import Drawings
from syndicate.posts.file_content import read_content
from syndicate.posts.fingerprint import of_bytes
from syndicate.posts.source import Candidate, Source
from syndicate.settings.schema import PostsSettings
from syndicate.store.files import SeenFile

#: ``SeenFile.outcome`` of a file that is a post, and of one that can't be read; else an ``Omission``.
POST = "post"
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Look:
    """What one scan of the folder brought."""

    candidates: Mapping[str, Candidate]
    seen_before: Mapping[str, SeenFile]
    #: Files to write, for they were read or touched.
    files: Mapping[str, SeenFile]
    readings: Mapping[str, Reading]
    #: One line for each file whose name no database can hold.
    unnameable: tuple[str, ...]

    @property
    def lost(self) -> set[str]:
        """Give the paths that were there before and are no more."""
        return set(self.seen_before) - set(self.candidates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads one file after the other."""

    source: Source
    settings: PostsSettings
    now: datetime

    def needs_reading(self, candidate: Candidate, seen: SeenFile | None) -> bool:
        """Say whether ``stat`` alone can't tell that the file is what it was."""
        return (
            seen is None
            or (seen.size_bytes, seen.modified_ns) != (candidate.size_bytes, candidate.modified_ns)
            or self._is_due(seen)
            or not seen.digest  # a file that couldn't be opened is tried again
        )

    def read(self, candidate: Candidate, before: SeenFile | None) -> tuple[SeenFile, Reading | None]:
        """Read one file; without a reading where its bytes are what they were (a touch, a clone)."""
        root, limit = self.source.site.root, self.settings.max_file_bytes
        try:
            content = read_content(root, candidate.path, max_bytes=limit)
        except PostError as error:
            unreadable = Unreadable(path=candidate.path, line=error.line, problem=str(error))
            return _seen(candidate, "", unreadable), unreadable
        digest = of_bytes(content)
        if before and before.digest == digest and not self._is_due(before):
            same = replace(before, size_bytes=candidate.size_bytes, modified_ns=candidate.modified_ns)
            return same, None
        result = _dated(self.source.read(candidate.path, content, now=self.now), candidate, now=self.now)
        return _seen(candidate, digest, result), result

    def _is_due(self, seen: SeenFile) -> bool:
        return seen.until is not None and seen.until <= self.now


def look_at(
    reader: Reader,
    seen: Mapping[str, SeenFile],
    *,
    same_rules: bool,
    drawings: Drawings,
    progress: Callable[[int, int], None],
) -> Look:
    """Give what the folder holds now; without ``same_rules`` every file is read anew.

    So is a post whose text draws on something that changed; ``drawings`` says on what.
    """
    everything = list(reader.source.candidates())
    candidates = {each.path: each for each in everything if _nameable(each)}
    trusted = _trusted(reader, seen, candidates, drawings) if same_rules else {}
    stale = [each for each in candidates.values() if reader.needs_reading(each, trusted.get(each.path))]
    looked_at: dict[str, SeenFile] = {}
    readings: dict[str, Reading] = {}
    for index, candidate in enumerate(stale, start=1):
        file, result = reader.read(candidate, trusted.get(candidate.path))
        looked_at[candidate.path] = file
        if result is not None:
            readings[candidate.path] = result
        progress(index, len(stale))
    unnameable = tuple(_unnameable(each) for each in everything if not _nameable(each))
    return Look(candidates, seen, looked_at, readings, unnameable)


def _trusted(
    reader: Reader,
    seen: Mapping[str, SeenFile],
    candidates: Mapping[str, Candidate],
    drawings: Drawings,
) -> Mapping[str, SeenFile]:
    """Give the files that may be what they were: not those whose text draws on something that isn't."""
    distrusted = drawing.outdated(drawings, reader.source.site.root)
    others = drawing.on_every_file(drawings)
    if others and not others <= distrusted:
        moved = set(seen) - set(candidates)
        if moved or any(reader.needs_reading(each, seen.get(path)) for path, each in candidates.items()):
            distrusted |= others
    return {path: each for path, each in seen.items() if path not in distrusted} if distrusted else seen


def _dated(result: Reading, candidate: Candidate, *, now: datetime) -> Reading:
    """Give a post that names no date its file's; ``arrival`` keeps the one it was first seen with."""
    if not isinstance(result, Post) or not result.undated:
        return result
    moment = now
    if 0 < candidate.modified_ns < now.timestamp() * 1_000_000_000:
        moment = datetime.fromtimestamp(candidate.modified_ns // 1_000_000_000, UTC)
    changed = moment if result.updated == result.published else result.updated
    return replace(result, published=moment, updated=changed)


def _nameable(candidate: Candidate) -> bool:
    # Python shows bytes of a name that are not UTF-8 as lone surrogates.
    return not any("\ud800" <= char <= "\udfff" for char in candidate.path)


def _unnameable(candidate: Candidate) -> str:
    shown = candidate.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return f"{shown}: its name is not UTF-8; rename it"


def _seen(candidate: Candidate, digest: str, result: Reading) -> SeenFile:
    problem = result.problem if isinstance(result, Unreadable) else None
    until = result.until if isinstance(result, Omitted) else None
    return SeenFile(
        path=candidate.path,
        size_bytes=candidate.size_bytes,
        modified_ns=candidate.modified_ns,
        digest=digest,
        outcome=_outcome(result),
        problem=problem,
        until=until,
    )


def _outcome(result: Reading) -> str:
    if isinstance(result, Omitted):
        return str(result.why)
    return POST if isinstance(result, Post) else UNREADABLE
