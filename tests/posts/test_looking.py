"""What tells that a file is what it was, without opening it."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from syndicate.model.post import Reading
from syndicate.model.site import Site
from syndicate.posts.looking import HeadStart, Look, Reader, Scan, look_at
from syndicate.posts.side_by_side import crew
from syndicate.posts.source import Candidate, Source

Folder = Any
PATH = "_posts/2026-11-01-news.md"

#: The test runner has threads, and what a helper does here could meet none of them.
forking = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


@dataclass
class Clocked:
    """A source whose files changed when the test says so, as a coarse clock might say; notes what is read."""

    source: Source
    modified: datetime
    read_paths: list[str] = field(default_factory=list)

    @property
    def site(self) -> Site:
        """Give the site."""
        return self.source.site

    def candidates(self) -> Iterator[Candidate]:
        """Give every file with the time that the test says."""
        modified_ns = int(self.modified.timestamp()) * 1_000_000_000
        return (replace(each, modified_ns=modified_ns) for each in self.source.candidates())

    def read_some(self, files: Sequence[tuple[str, bytes]], *, now: datetime) -> list[Reading]:
        """Read the files."""
        self.read_paths += [path for path, _ in files]
        return self.source.read_some(files, now=now)


@pytest.fixture
def clocked(folder: Folder) -> Clocked:
    folder.write(PATH, "---\ntitle: A\n---\nOne.\n")
    return Clocked(folder.source(), modified=folder.now)


def look(folder: Folder, clocked: Clocked, before: Look | None, *, after: timedelta) -> Look:
    seen = {**before.seen_before, **before.files} if before else {}
    reader = Reader(source=clocked, settings=folder.settings, now=clocked.modified + after)
    return look_at(reader, seen, same_rules=True, progress=lambda _done, _all: None)


def test_a_change_within_one_tick_of_the_clock_is_noticed(folder: Folder, clocked: Clocked) -> None:
    first = look(folder, clocked, None, after=timedelta(seconds=1))
    folder.write(PATH, "---\ntitle: A\n---\nTwo.\n")

    second = look(folder, clocked, first, after=timedelta(minutes=1))

    assert list(second.readings) == [PATH]


def test_a_change_before_its_time_has_come_is_noticed(folder: Folder, clocked: Clocked) -> None:
    first = look(folder, clocked, None, after=-timedelta(days=1))
    folder.write(PATH, "---\ntitle: A\n---\nTwo.\n")

    second = look(folder, clocked, first, after=-timedelta(hours=1))

    assert list(second.readings) == [PATH]


def test_a_file_that_had_rested_when_it_was_read_is_not_opened_again(
    folder: Folder, clocked: Clocked
) -> None:
    first = look(folder, clocked, None, after=timedelta(minutes=1))
    (folder.root / PATH).unlink()
    (folder.root / PATH).symlink_to("/dev/null")  # no regular file: to open it would be a problem
    clocked.candidates = lambda: iter([Candidate(**known(first, PATH))])  # type: ignore[method-assign]

    second = look(folder, clocked, first, after=timedelta(minutes=2))

    assert (second.files, second.readings) == ({}, {})


def test_a_fresh_file_is_read_a_second_time_and_then_trusted(folder: Folder, clocked: Clocked) -> None:
    first = look(folder, clocked, None, after=timedelta(seconds=1))
    second = look(folder, clocked, first, after=timedelta(minutes=1))
    third = look(folder, clocked, second, after=timedelta(minutes=2))

    assert clocked.read_paths == [PATH]
    assert (list(second.files), second.readings) == ([PATH], {})
    assert (third.files, third.readings) == ({}, {})


def known(look: Look, path: str) -> dict[str, Any]:
    seen = look.files[path]
    times = {"modified_ns": seen.modified_ns, "dated_ns": seen.modified_ns}
    return {"path": path, "size_bytes": seen.size_bytes, **times}


def test_a_time_that_is_set_back_hides_no_change(watched: Folder) -> None:
    path = watched.post("2026-11-01-news", "Words.")
    watched.rest()
    times = path.stat()
    watched.post("2026-11-01-news", "Swords"[:5] + ".")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    found = watched.detect(later=timedelta(hours=1))

    assert path.stat().st_size == times.st_size
    assert [each.post.path for each in found.changed] == ["_posts/2026-11-01-news.md"]


def test_a_file_put_in_the_place_of_another_is_noticed(watched: Folder) -> None:
    path = watched.post("2026-11-01-news", "Words.")
    watched.rest()
    times = path.stat()
    other = watched.write("other.txt", path.read_text("utf-8").replace("Words", "Verbs"))
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(path)

    found = watched.detect(later=timedelta(hours=1))

    assert [each.post.path for each in found.changed] == ["_posts/2026-11-01-news.md"]


def test_a_clone_is_read_and_not_remade(watched: Folder) -> None:
    watched.rest()
    for path in (watched.root / "_posts").iterdir():
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)

    found = watched.detect(later=timedelta(hours=1))

    assert (found.found, found.changed, found.touched, found.present) == (2, (), False, None)


@contextmanager
def begun(reader: Reader) -> Iterator[HeadStart]:
    candidates = {each.path: each for each in reader.source.candidates()}
    files = [list(candidates.values())]
    with crew(lambda some: reader.read_some(some, {}), files, helpers=1, at_once=1) as working:
        working.helpers[0].wait()
        yield HeadStart(reader=reader, scan=Scan(candidates=candidates, unnameable=()), crew=working)


@forking
def test_a_first_look_that_has_begun_is_gone_on_with(folder: Folder, clocked: Clocked) -> None:
    reader = Reader(source=clocked, settings=folder.settings, now=folder.now)
    with begun(reader) as early:
        found = look_at(reader, {}, same_rules=False, begun=early, progress=lambda _done, _all: None)

    assert list(found.readings) == [PATH]
    assert found == look_at(reader, {}, same_rules=False, progress=lambda _done, _all: None)
    assert clocked.read_paths == [PATH]  # by the last look: the helper notes what it reads for itself


@forking
def test_where_files_are_remembered_nothing_that_has_begun_counts(folder: Folder, clocked: Clocked) -> None:
    first = look(folder, clocked, None, after=timedelta(minutes=1))
    reader = Reader(source=clocked, settings=folder.settings, now=clocked.modified + timedelta(minutes=2))
    with begun(reader) as early:
        second = look_at(reader, first.files, same_rules=True, begun=early, progress=lambda _done, _all: None)

    assert second.readings == {}


@forking
def test_what_was_read_comes_in_the_order_of_the_scan(folder: Folder) -> None:
    for number in range(1, 100):
        folder.write(f"_posts/2026-10-01-{number:03}.md", f"---\ntitle: {number}\n---\nText.\n")
    reader = Reader(source=folder.source(), settings=folder.settings, now=folder.now)
    with begun(reader) as early:
        found = look_at(reader, {}, same_rules=False, begun=early, progress=lambda _done, _all: None)

    assert list(found.readings) == list(found.candidates)
