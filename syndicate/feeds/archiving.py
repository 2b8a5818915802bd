"""The volumes of a feed's archive, written under its folder where they don't stand as they should."""

from collections.abc import Container
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from syndicate.feeds.archive import Volume, volume_feed
from syndicate.feeds.composition import compose_volume, formats_of
from syndicate.feeds.feed import ARCHIVE
from syndicate.feeds.formats import FORMATS
from syndicate.feeds.press import Press
from syndicate.feeds.standing import Archived, Plan, mark
from syndicate.feeds.writing import twins
from syndicate.files import unwritable


def put_archive(plan: Plan, press: Press) -> Archived:
    """Write the volumes that would read otherwise by now; give how the archive stands after it.

    One volume is in memory at a time. Those that hold nothing any more are removed: what left the site is
    not to be read for ever.
    """
    left = press.standing.archives.get(plan.feed.name, Archived())
    marks: dict[int, str] = {}
    for volume in plan.archive.volumes:
        number = volume.place.number
        bound = _bound(plan, volume, press)
        found = mark(bound, press.standing)
        if found is None or found != left.marks.get(number):
            found = _written(bound, press)
        if found:
            marks[number] = found
    _clear(_folder(plan, press), kept=frozenset(volume.place.number for volume in plan.archive.volumes))
    return Archived(beginnings=plan.archive.beginnings, marks=marks)


def _folder(plan: Plan, press: Press) -> Path:
    return press.settings.outbox / "public" / "feeds" / plan.feed.name / ARCHIVE


def _bound(plan: Plan, volume: Volume, press: Press) -> Plan:
    folder = _folder(plan, press) / str(volume.place.number)
    return Plan(
        feed=volume_feed(plan.feed, volume.place),
        # How much a feed shows is not for its archive, and no volume changes with it.
        settings=replace(plan.settings, limit=0),
        posts=volume.posts,
        documents=tuple(folder / each.filename for each in formats_of(plan.settings)),
    )


def _written(bound: Plan, press: Press) -> str | None:
    """Write a volume; give its mark where nothing in it is amiss."""
    warned = len(press.warnings)
    press.contents.announce(bound.posts)
    composed = compose_volume(
        bound.posts, press.contents, settings=bound.settings, feed=bound.feed, warn=press.warnings.append
    )
    press.contents.release(bound.posts)
    place = f"feeds/{bound.feed.name}/{ARCHIVE}/{bound.feed.place.number}"
    press.stacks.put_all(place, composed.documents)
    press.stacks.settle()  # one volume is in memory at a time, and its files are marked next
    return mark(bound, press.standing) if len(press.warnings) == warned else None


def _clear(folder: Path, *, kept: Container[int]) -> None:
    """Remove the documents of volumes that are no more; whatever else lies there stays."""
    try:
        for each in _volumes(folder):
            if int(each.name) not in kept:
                for document in FORMATS.values():
                    for file in twins(each / document.filename):
                        file.unlink(missing_ok=True)
                with suppress(OSError):  # something of somebody's is in it
                    each.rmdir()
    except OSError as error:
        raise unwritable(folder, error) from error


def _volumes(folder: Path) -> list[Path]:
    there = folder.iterdir() if folder.is_dir() else ()
    return [each for each in there if each.name.isascii() and each.name.isdecimal()]
