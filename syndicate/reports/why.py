"""One post on every channel: which feeds show it, and what each list did or will do with it."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from syndicate.audience.selection import carries
from syndicate.feeds.selection import selected
from syndicate.model.post import PostState, TrackedPost
from syndicate.posts.explaining import explain
from syndicate.posts.source import Source
from syndicate.reports.plan import Send
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store import posts, variants
from syndicate.store.engine import reading
from syndicate.store.variants import Showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one channel has to say of a post."""

    #: "posts", "feeds", or a list's name.
    channel: str
    text: str


def why(
    engine: sa.Engine, source: Source, settings: Settings, *, path: str, upcoming: list[Send]
) -> list[Answer]:
    """Give one answer a channel for the file at ``path``, from the site's root; ``upcoming`` is the plan."""
    with reading(engine) as connection:
        explanation = explain(connection, source, path, settle=settings.posts.settle)
        answers = [Answer(channel="posts", text=explanation.text)]
        tracked = explanation.post
        if tracked is None:
            return answers
        if tracked.state is not PostState.GONE:
            answers.append(Answer(channel="feeds", text=_feeds(connection, settings, tracked)))
        shown = variants.showing(connection, tracked.id)
    answers += [_list(each, tracked, shown, upcoming) for each in settings.lists]
    return answers


def _feeds(connection: sa.Connection, settings: Settings, tracked: TrackedPost) -> str:
    live = posts.live(connection)
    showing, past = [], []
    for feed in settings.feeds:
        chosen = [each.id for each in selected(live, feed)]
        if tracked.id in chosen:
            showing.append(f"{feed.name} (entry {chosen.index(tracked.id) + 1})")
        else:
            past.append(feed.name)
    shown = f"in {', '.join(showing)}" if showing else "in none"
    return f"{shown}; not in {', '.join(past)} (other posts, or past its limit)" if past else shown


def _list(
    settings: ListSettings, tracked: TrackedPost, shown: Sequence[Showing], upcoming: Sequence[Send]
) -> Answer:
    here = [each for each in shown if each.list_name == settings.name]
    if here:
        said = "; ".join(f"edition {each.edition_id}: {each.readers} {each.state}" for each in here)
    elif not carries(settings, tracked.post):
        said = f"not carried: {_criteria(settings)}"
    else:
        said = _ahead(settings, tracked, upcoming)
    return Answer(channel=settings.name, text=said)


def _criteria(settings: ListSettings) -> str:
    kinds = {"collections": settings.collections, "categories": settings.categories, "tags": settings.tags}
    return ", ".join(
        f"the list takes only {kind} {', '.join(names)}" for kind, names in kinds.items() if names
    )


def _ahead(settings: ListSettings, tracked: TrackedPost, upcoming: Sequence[Send]) -> str:
    for send in upcoming:
        if send.list_name == settings.name and tracked.id in {each.id for each in send.posts}:
            when = f"{send.wall:%a %d %b %Y %H:%M} {send.zone}"
            return f"goes out {when} to {send.readers} readers ({send.cadence})"
    if tracked.state is PostState.BASELINE:
        return "owed to nobody: it was there before the list started"
    if tracked.state is PostState.ARRIVED:
        return "owed to nobody: the list has no reader who joined before it arrived"
    return "not yet: it has to arrive first"
