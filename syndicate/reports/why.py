"""One post on every channel: which feeds show it, and what each list did or will do with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from syndicate.audience.reach import survey
from syndicate.audience.selection import carries
from syndicate.feeds.catalogue import Catalogue
from syndicate.feeds.each import spelt_out
from syndicate.model.counting import counted
from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import Edition, EditionState
from syndicate.model.post import ArrivalNumber, PostState, TrackedPost
from syndicate.model.shaping import Kind
from syndicate.posts.explaining import Asking, Explanation, explain
from syndicate.reports.plan import Send
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store import editions, lists, posts, shapings, showings, subscriptions
from syndicate.store.engine import reading
from syndicate.store.showings import Showing
from syndicate.store.subscriptions import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one channel has to say of a post."""

    #: "posts", "warnings", "feeds", or a list's name.
    channel: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """All there is to say of a file."""

    explanation: Explanation
    answers: Sequence[Answer]

    @property
    def lost(self) -> Sequence[str]:
        """Give what of the post could not be shown, and other things of note: one line each."""
        return self.explanation.post.post.warnings if self.explanation.post else ()


def why(engine: sa.Engine, settings: Settings, asking: Asking, *, path: str, upcoming: list[Send]) -> Why:
    """Give one answer a channel for the file at ``path``, from the site's root; ``upcoming`` is the plan."""
    with reading(engine) as connection:
        explanation = explain(connection, asking, path)
        answers = [Answer(channel="posts", text=explanation.text)]
        tracked = explanation.post
        if tracked is None:
            return Why(explanation=explanation, answers=answers)
        if tracked.state is not PostState.GONE:
            answers.append(Answer(channel="feeds", text=_feeds(connection, settings, tracked)))
        shown = showings.of_post(connection, tracked.id)
        answers += [_list(connection, each, tracked, shown, upcoming) for each in settings.lists]
    return Why(explanation=explanation, answers=answers)


def _feeds(connection: sa.Connection, settings: Settings, tracked: TrackedPost) -> str:
    live = posts.live(connection)
    catalogue = Catalogue(live)
    showing, past = [], []
    named = {feed.name for feed in settings.feeds}
    for feed in spelt_out(settings.feeds, live):
        chosen = [each.id for each in catalogue.selected(feed)]
        if tracked.id in chosen:
            showing.append(f"{feed.name} (entry {chosen.index(tracked.id) + 1})")
        elif feed.name in named:  # of a thousand tags only those it has
            past.append(feed.name)
    shown = f"in {', '.join(showing)}" if showing else "in none"
    return f"{shown}; not in {', '.join(past)} (other posts, or past its limit)" if past else shown


def _list(
    connection: sa.Connection,
    settings: ListSettings,
    tracked: TrackedPost,
    shown: Sequence[Showing],
    upcoming: Sequence[Send],
) -> Answer:
    here = [each for each in shown if each.list_name == settings.name]
    about = [each for each in shapings.about(connection, tracked.id) if each.list_name == settings.name]
    dropped = [each for each in about if each.kind is not Kind.PINNED]
    said = [f"{each.kind} from edition {each.edition_id} by {each.who}: {each.why}" for each in dropped]
    if here:
        said += [_sent(each) for each in here]
    elif not carries(settings, tracked.post):
        said.append(f"not carried: {_criteria(settings)}")
    elif all(each.kind is not Kind.BARRED for each in dropped):
        said.append(_ahead(settings, tracked, upcoming) or _owed(connection, settings, tracked))
    return Answer(channel=settings.name, text="; ".join(said))


def _sent(showing: Showing) -> str:
    if showing.state is DeliveryState.ACCEPTED:
        return f"sent in edition {showing.edition_id} to {showing.readers}"
    return f"edition {showing.edition_id}: {showing.readers} {showing.state}"


def _criteria(settings: ListSettings) -> str:
    kinds = {"collections": settings.collections, "categories": settings.categories, "tags": settings.tags}
    return ", ".join(
        f"the list takes only {kind} {', '.join(names)}" for kind, names in kinds.items() if names
    )


def _ahead(settings: ListSettings, tracked: TrackedPost, upcoming: Sequence[Send]) -> str | None:
    for send in upcoming:
        if send.list_name == settings.name and tracked.id in {each.id for each in send.posts}:
            if send.edition and send.edition.state is EditionState.MISSED:
                return f"waits: edition {send.edition.id} was missed; send, schedule or skip it"
            when = f"{send.wall:%a %d %b %Y %H:%M} {send.zone}"
            return f"goes out {when} to {counted(send.readers, 'reader')} ({send.cadence})"
    return None


def _owed(connection: sa.Connection, settings: ListSettings, tracked: TrackedPost) -> str:
    """Say of a post that no edition shows and no plan names what the list owes of it, and why nothing."""
    start = lists.start_arrival(connection, settings.name)
    if tracked.state is PostState.GONE:
        return "never mailed: it left the site"
    if tracked.state in {PostState.SETTLING, PostState.HELD} or tracked.arrival is None:
        return "not yet: it has to arrive first"
    if start is None:
        return "not yet: the list hasn't started"
    if tracked.arrival <= start:
        early = "an editor released it to the feeds only" if tracked.arrival < 0 else _EARLY
        return f"owed to nobody: {early}"
    everybody, through = Audience(list_name=settings.name), posts.highest_arrival(connection)
    shaping = shapings.of(connection, settings.name, None)
    variants_owed = survey(connection, everybody, settings, through=through, shaping=shaping).variants
    readers = sum(count for owed, count in variants_owed.items() if tracked.id in owed)
    if readers:
        return f"owed to {counted(readers, 'reader')}: it goes with their next edition"
    return f"owed to nobody: {_why_nobody(connection, settings, tracked.arrival)}"


_EARLY = "it was there before the list started"


def _why_nobody(connection: sa.Connection, settings: ListSettings, arrival: ArrivalNumber) -> str:
    served = subscriptions.lowest_cursor(connection, Audience(list_name=settings.name))
    if served is None:
        return "the list has no confirmed reader"
    for edition in _that_passed(connection, settings, arrival):
        if edition.dropped:
            return f"edition {edition.id} was skipped, and its posts were dropped"
    if served < arrival:
        return "no reader who joined before it arrived chose its topics"
    return "every reader joined after it arrived, or had chosen other topics when its edition went by"


def _that_passed(
    connection: sa.Connection, settings: ListSettings, arrival: ArrivalNumber
) -> Iterable[Edition]:
    """Give of each cadence the first edition that reached up to this arrival: the post was in its span."""
    first: dict[str, Edition] = {}
    for each in reversed(editions.every(connection)):
        if each.list_name == settings.name and (each.arrival_to or 0) >= arrival:
            first.setdefault(each.cadence, each)
    return first.values()
