"""One scan of the site's folder: which files are what they were, and what the others hold now."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from syndicate.errors import PostError
from syndicate.model.post import Omitted, Post, Reading, Unreadable
from syndicate.model.seen_file import SeenFile
from syndicate.posts import drawing
from syndicate.posts.drawing import Drawings
from syndicate.posts.file_content import read_content
from syndicate.posts.fingerprint import of_bytes
from syndicate.posts.side_by_side import Crew, crew, helpers_for
from syndicate.posts.source import Candidate, Source
from syndicate.settings.schema import PostsSettings

#: What file systems round times to at most (FAT: two seconds), and as much again for a server's own clock.
_TICK = timedelta(seconds=4)

#: Files that are read together: with more, their texts fill the caches.
_TOGETHER = 20
_TOGETHER_BYTES = 1_000_000

#: ``SeenFile.outcome`` of a file that is a post, and of one that can't be read; else an ``Omission``.
POST = "post"
UNREADABLE = "unreadable"


#: What a file is now, and what it holds; the latter is ``None`` where it is what it was.
_Found = tuple[SeenFile, Reading | None]


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
    now: datetime

    @property
    def lost(self) -> set[str]:
        """Give the paths that were there before and are no more."""
        return set(self.seen_before) - set(self.candidates)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that has to be read."""

    candidate: Candidate
    content: bytes
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the files that ``stat`` can't answer for."""

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

    def read_some(self, candidates: Sequence[Candidate], before: Mapping[str, SeenFile]) -> list[_Found]:
        """Read some files, step by step (see ``Source.read_some``).

        Without a reading where one's bytes are what they were ``before`` (a touch, a clone).
        """
        opened = [self._opened(each, before.get(each.path)) for each in candidates]
        changed = [each for each in opened if isinstance(each, _Opened)]
        readings = self.source.read_some(
            [(each.candidate.path, each.content) for each in changed], now=self.now
        )
        read = map(self._read, changed, readings)
        return [next(read) if isinstance(each, _Opened) else each for each in opened]

    def _opened(self, candidate: Candidate, before: SeenFile | None) -> "_Opened | _Found":
        root, limit = self.source.site.root, self.settings.max_file_bytes
        try:
            content = read_content(root, candidate.path, max_bytes=limit)
        except PostError as error:
            unreadable = Unreadable(path=candidate.path, line=error.line, problem=str(error))
            return _seen(self._seen_at(candidate), "", unreadable), unreadable
        digest = of_bytes(content)
        if before and before.digest == digest and not self._is_due(before):
            seen_at = self._seen_at(candidate)
            return replace(before, size_bytes=seen_at.size_bytes, modified_ns=seen_at.modified_ns), None
        return _Opened(candidate, content, digest)

    def _read(self, opened: "_Opened", reading: Reading) -> _Found:
        result = _dated(reading, opened.candidate, now=self.now)
        return _seen(self._seen_at(opened.candidate), opened.digest, result), result

    def _seen_at(self, candidate: Candidate) -> Candidate:
        trusted = self._trusted_ns(candidate)
        return candidate if trusted == candidate.modified_ns else replace(candidate, modified_ns=trusted)

    def _trusted_ns(self, candidate: Candidate) -> int:
        """Give the time to remember, as git does (its documentation, "racy-git"): 0 where it is too fresh.

        A file that changes again within one tick of its clock, and keeps its size, would look the same.
        """
        settled = candidate.modified_ns < (self.now - _TICK).timestamp() * 1e9
        return candidate.modified_ns if settled else 0

    def _is_due(self, seen: SeenFile) -> bool:
        return seen.until is not None and seen.until <= self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What is in the site's folder."""

    #: By path.
    candidates: Mapping[str, Candidate]
    #: One line for each file whose name no database can hold.
    unnameable: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadStart:
    """A first look that other processes have begun before anybody knows what is remembered."""

    reader: Reader
    scan: Scan
    crew: Crew[Sequence[Candidate], list[_Found]]


@contextmanager
def head_start(reader: Reader) -> Iterator[HeadStart | None]:
    """Have helpers begin to read every file of the site; ``None`` where there is none to help."""
    scan = _scanned(reader.source)
    helpers = helpers_for(len(scan.candidates))
    if not helpers:
        yield None
        return
    files = _together(scan.candidates.values())
    with crew(_reading(reader, {}), files, helpers=helpers, at_once=1) as working:
        yield HeadStart(reader=reader, scan=scan, crew=working)


def look_at(  # noqa: PLR0913 - a reader, what is remembered, what has begun, and what hears
    reader: Reader,
    seen: Mapping[str, SeenFile],
    *,
    same_rules: bool,
    drawings: Drawings = MappingProxyType({}),
    begun: HeadStart | None = None,
    progress: Callable[[int, int], None],
) -> Look:
    """Give what the folder holds now; without ``same_rules`` every file is read anew.

    So is a post whose text draws on something that changed; ``drawings`` says on what. Where nothing is
    remembered, what has ``begun`` is gone on with.
    """
    if begun and not seen:
        return _looked(begun.scan, begun.crew, {}, seen, now=begun.reader.now, progress=progress)
    scan = _scanned(reader.source)
    trusted = _trusted(reader, seen, scan.candidates, drawings) if same_rules else {}
    stale = [each for each in scan.candidates.values() if reader.needs_reading(each, trusted.get(each.path))]
    helpers = helpers_for(len(stale))
    with crew(_reading(reader, trusted), _together(stale), helpers=helpers, at_once=1) as working:
        return _looked(scan, working, trusted, seen, now=reader.now, progress=progress)


def _reading(
    reader: Reader, trusted: Mapping[str, SeenFile]
) -> Callable[[Sequence[Candidate]], list[_Found]]:
    return lambda candidates: reader.read_some(candidates, trusted)


def _together(candidates: Iterable[Candidate]) -> list[Sequence[Candidate]]:
    groups: list[list[Candidate]] = []
    size = 0
    for each in candidates:
        size += each.size_bytes
        if not groups or len(groups[-1]) == _TOGETHER or size > _TOGETHER_BYTES:
            groups.append([])
            size = each.size_bytes
        groups[-1].append(each)
    return [*groups]


def _scanned(source: Source) -> Scan:
    candidates: dict[str, Candidate] = {}
    unnameable: list[str] = []
    for candidate in source.candidates():
        if _nameable(candidate):
            candidates[candidate.path] = candidate
        else:
            unnameable.append(_unnameable(candidate))
    return Scan(candidates=candidates, unnameable=tuple(unnameable))


def _looked(  # noqa: PLR0913 - as ``look_at``
    scan: Scan,
    working: Crew[Sequence[Candidate], list[_Found]],
    trusted: Mapping[str, SeenFile],
    seen: Mapping[str, SeenFile],
    *,
    now: datetime,
    progress: Callable[[int, int], None],
) -> Look:
    files: dict[str, SeenFile] = {}
    readings: dict[str, Reading] = {}
    for file, result in _in_order(working, progress):
        if file != trusted.get(file.path):
            files[file.path] = file
        if result is not None:
            readings[file.path] = result
    return Look(scan.candidates, seen, files, readings, scan.unnameable, now)


def _in_order(
    working: Crew[Sequence[Candidate], list[_Found]], progress: Callable[[int, int], None]
) -> Iterator[_Found]:
    """Give what was read in the order of the scan, once it is all there."""
    found: dict[int, list[_Found]] = {}
    done, files = 0, sum(map(len, working.things))
    for place, some in working.results():
        found[place] = some
        for _ in some:
            done += 1
            progress(done, files)
    return (each for place in range(len(found)) for each in found[place])


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
    if 0 < candidate.dated_ns < now.timestamp() * 1_000_000_000:
        moment = datetime.fromtimestamp(candidate.dated_ns // 1_000_000_000, UTC)
    changed = moment if result.updated == result.published else result.updated
    return replace(result, published=moment, updated=changed)


def _nameable(candidate: Candidate) -> bool:
    try:
        candidate.path.encode()
    except UnicodeEncodeError:  # Python shows bytes of a name that are not UTF-8 as lone surrogates
        return False
    return True


def _unnameable(candidate: Candidate) -> str:
    shown = candidate.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return f"{shown}: its name is not UTF-8; rename it"


def _seen(candidate: Candidate, digest: str, result: Reading) -> SeenFile:
    problem = result.problem if isinstance(result, Unreadable) else None
    until = None if isinstance(result, Unreadable) else result.until
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
