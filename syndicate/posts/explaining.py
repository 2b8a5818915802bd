"""What `syndicate why PATH` can say of a file from where posts are made: one state, in one line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from syndicate.errors import PostError
from syndicate.model.post import Omission, Omitted, PostState, Reading, TrackedPost, Unreadable
from syndicate.model.seen_file import SeenFile
from syndicate.posts.file_content import read_content
from syndicate.posts.identity import doubted
from syndicate.posts.source import Source
from syndicate.settings.schema import PostsSettings
from syndicate.store import files, former_paths
from syndicate.store import posts as post_store
from syndicate.store.former_paths import FormerPath


class Standing(StrEnum):
    """Where a file stands."""

    BASELINE = "baseline"
    SETTLING = "settling"
    HELD = "held"
    ARRIVED = "arrived"
    GONE = "gone"
    DRAFT = "draft"
    FUTURE = "future"
    UNPUBLISHED = "unpublished"
    EXPIRED = "expired"
    HIDDEN = "hidden"
    NOT_A_POST = "not a post"
    UNREADABLE = "unreadable"
    NOT_READ_YET = "not read yet"
    NO_SUCH_FILE = "no such file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a file is, or is not, on its way to the readers."""

    path: str
    standing: Standing
    #: One line for people, without the path.
    text: str
    #: The post, where there is or was one.
    post: TrackedPost | None = None
    #: Where it stood before, the last place first.
    before: Sequence[FormerPath] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Where to look, and when."""

    source: Source
    settings: PostsSettings
    now: datetime


def explain(connection: sa.Connection, asking: Asking, path: str) -> Explanation:
    """Say where the file at ``path`` (from the site's root) stands, or the post that once stood there."""
    tracked = next(iter(post_store.at_path(connection, path)), None)
    seen = files.at_path(connection, path)
    if (tracked is None or tracked.state is PostState.GONE) and seen is None:
        moved = former_paths.at_path(connection, path)
        if moved and not _is_there(asking.source, path):
            return _of_moved(connection, asking, moved[0])
    standing, text = _standing(connection, asking, tracked, seen, path)
    before = former_paths.of_post(connection, tracked.id) if tracked else ()
    return Explanation(path=path, standing=standing, text=text, post=tracked, before=before)


def _of_moved(connection: sa.Connection, asking: Asking, moved: FormerPath) -> Explanation:
    """Explain the post by where it is now."""
    (tracked,) = post_store.tracked(connection, [moved.post_id])
    found = explain(connection, asking, tracked.post.path)
    said = f"moved to {tracked.post.path}, noticed {_shown(moved.left_at)}: {found.text}"
    return replace(found, text=said)


def _standing(
    connection: sa.Connection, asking: Asking, tracked: TrackedPost | None, seen: SeenFile | None, path: str
) -> tuple[Standing, str]:
    if seen and seen.problem:
        kept = " (feeds keep its last good form)" if tracked and tracked.state is not PostState.GONE else ""
        return Standing.UNREADABLE, f"can't be read{kept}: {seen.problem}"
    if tracked and tracked.state is not PostState.GONE:
        return Standing(tracked.state), _of_live(connection, asking, tracked)
    if seen:
        return _of_omitted(asking, seen)
    if tracked:
        number = f", it was arrival {tracked.arrival}" if tracked.arrival else ""
        return Standing.GONE, f"left the site, noticed {_shown(tracked.changed_at)}{number}"
    return _of_unknown(asking.source, path)


def _of_live(connection: sa.Connection, asking: Asking, tracked: TrackedPost) -> str:
    since = f"in the feeds since {_shown(tracked.first_seen_at)}"
    if tracked.state is PostState.BASELINE:
        if (tracked.arrival or 0) < 0:
            return f"{since}; mailed to nobody: an editor released it to the feeds only"
        return f"{since}; baseline, number {tracked.arrival}: it was there at the first run"
    if tracked.state is PostState.SETTLING:
        until = tracked.changed_at + asking.settings.settle
        return f"{since}; mail waits until {_shown(until)} for its edits to stop"
    if tracked.state is PostState.HELD:
        return f"{since}; held {_why_held(connection, tracked)}"
    return f"{since}; arrived as number {tracked.arrival}"


def _why_held(connection: sa.Connection, tracked: TrackedPost) -> str:
    may_be = doubted(tracked, post_store.remembered(connection))
    if may_be:
        return (
            f"for a yes: it may be {may_be.post.path}, which left in the same pass, moved and edited; "
            "`syndicate posts release` mails it as new, with --feeds-only nobody is mailed"
        )
    return (
        "by the flood guard: too many new posts at once; `syndicate posts release` mails it, "
        "with --feeds-only nobody is mailed"
    )


def _of_omitted(asking: Asking, seen: SeenFile) -> tuple[Standing, str]:
    if seen.outcome not in set(Omission):  # a post of which nothing is remembered can't be: say what is known
        return Standing.NOT_READ_YET, _UNREAD
    omission = Omission(seen.outcome)
    now_there = _read(asking, seen.path)
    if not isinstance(now_there, Omitted) or now_there.why is not omission:
        return Standing(omission), f"{_LEFT_OUT[omission]}; it has changed since, run `syndicate build`"
    return Standing(omission), _in_words(now_there)


def _read(asking: Asking, path: str) -> Reading:
    """Read the file again, for the rule that leaves it out and its line; one file costs nothing."""
    try:
        content = read_content(asking.source.site.root, path, max_bytes=asking.settings.max_file_bytes)
    except PostError as error:
        return Unreadable(path=path, line=error.line, problem=str(error))
    return asking.source.read(path, content, now=asking.now)


def _of_unknown(source: Source, path: str) -> tuple[Standing, str]:
    if not _is_there(source, path):
        return Standing.NO_SUCH_FILE, "there is no such file in the site"
    omitted = source.omission(path)
    if omitted is None:
        return Standing.NOT_READ_YET, _UNREAD
    return Standing(omitted.why), _in_words(omitted)


def _is_there(source: Source, path: str) -> bool:
    return (source.site.root / path).is_file()


def _in_words(omitted: Omitted) -> str:
    rule = f": {omitted.rule}" if omitted.rule else ""
    if omitted.until:
        return f"left out until its date, {_shown(omitted.until)}{rule}"
    return f"{_LEFT_OUT[omitted.why]}{rule}"


_UNREAD = "is on the site and not read yet; run `syndicate build`"
_LEFT_OUT = {
    Omission.DRAFT: "a draft, left out",
    Omission.FUTURE: "dated in the future, left out until then",
    Omission.UNPUBLISHED: "unpublished, left out",
    Omission.EXPIRED: "expired, left out",
    Omission.HIDDEN: "hidden, left out",
    Omission.NOT_A_POST: "not a post",
}


def _shown(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
