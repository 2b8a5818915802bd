"""What `syndicate why PATH` can say of a file from where posts are made: one state, in one line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from syndicate.model.post import Omission, PostState, TrackedPost
from syndicate.posts.source import Source
from syndicate.store import files
from syndicate.store import posts as post_store
from syndicate.store.files import SeenFile


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


def explain(connection: sa.Connection, source: Source, path: str, *, settle: timedelta) -> Explanation:
    """Say where the file at ``path`` (from the site's root) stands; ``settle`` is the settings' own."""
    tracked = next(iter(post_store.at_path(connection, path)), None)
    seen = files.at_path(connection, path)
    standing, text = _standing(tracked, seen, source, path, settle=settle)
    return Explanation(path=path, standing=standing, text=text, post=tracked)


def _standing(
    tracked: TrackedPost | None, seen: SeenFile | None, source: Source, path: str, *, settle: timedelta
) -> tuple[Standing, str]:
    if seen and seen.problem:
        kept = " (feeds keep its last good form)" if tracked and tracked.state is not PostState.GONE else ""
        return Standing.UNREADABLE, f"can't be read{kept}: {seen.problem}"
    if tracked and tracked.state is not PostState.GONE:
        return Standing(tracked.state), _of_live(tracked, settle=settle)
    if seen:
        return _of_omitted(seen)
    if tracked:
        number = f", it was arrival {tracked.arrival}" if tracked.arrival else ""
        return Standing.GONE, f"left the site, noticed {_shown(tracked.changed_at)}{number}"
    return _of_unknown(source, path)


def _of_live(tracked: TrackedPost, *, settle: timedelta) -> str:
    since = f"in the feeds since {_shown(tracked.first_seen_at)}"
    if tracked.state is PostState.BASELINE:
        return f"{since}; baseline, number {tracked.arrival}: it was there at the first run"
    if tracked.state is PostState.SETTLING:
        return f"{since}; mail waits until {_shown(tracked.changed_at + settle)} for its edits to stop"
    if tracked.state is PostState.HELD:
        return f"{since}; held by the flood guard: too many new posts at once, mail waits for a release"
    return f"{since}; arrived as number {tracked.arrival}"


def _of_omitted(seen: SeenFile) -> tuple[Standing, str]:
    if seen.outcome not in set(Omission):  # a post of which nothing is remembered can't be: say what is known
        return Standing.NOT_READ_YET, "is on the site and not read yet; run `syndicate build`"
    omission = Omission(seen.outcome)
    if omission is Omission.FUTURE and seen.until:
        return Standing.FUTURE, f"left out until its date, {_shown(seen.until)}"
    return Standing(omission), _LEFT_OUT[omission]


def _of_unknown(source: Source, path: str) -> tuple[Standing, str]:
    if not (source.site.root / path).is_file():
        return Standing.NO_SUCH_FILE, "there is no such file in the site"
    omitted = source.omission(path)
    if omitted is None:
        return Standing.NOT_READ_YET, "is on the site and not read yet; run `syndicate build`"
    return Standing(omitted.why), f"{_LEFT_OUT[omitted.why]}: {omitted.rule}"


_LEFT_OUT = {
    Omission.DRAFT: "a draft: left out",
    Omission.FUTURE: "dated in the future: left out until then",
    Omission.UNPUBLISHED: "says `published: false`: left out",
    Omission.EXPIRED: "has expired: left out",
    Omission.HIDDEN: "its name or a folder's begins with _, . or #, or it is excluded: left out",
    Omission.NOT_A_POST: "not a post: its folder, its name or its missing front matter says so",
}


def _shown(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
