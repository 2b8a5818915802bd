"""Whom an edition would reach, and what it would bring them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from syndicate.audience.owed import Owed, Standing
from syndicate.audience.selection import carries
from syndicate.model.edition import EXTRA, START
from syndicate.model.post import ArrivalNumber, PostId, PostState, TrackedPost
from syndicate.model.shaping import Shaping
from syndicate.model.subscriber import SubscriptionId
from syndicate.settings.schema import ListSettings
from syndicate.store import carrying, deliveries, lists, posts, subscriptions
from syndicate.store.subscriptions import Audience, Cursor

#: Readers looked at a time.
PAGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What an edition would bring, and to how many."""

    #: Posts in the order shown, and how many readers are owed just these.
    variants: Counter[tuple[PostId, ...]]
    posts: dict[PostId, TrackedPost]
    arrival_to: ArrivalNumber
    #: The last subscription that was looked at.
    audience_to: SubscriptionId


def audience_of(list_settings: ListSettings, cadence: str, *, occurrence: str = "") -> Audience:
    """Give the readers who follow a cadence; a list's first and an editor's edition are for everybody."""
    if occurrence == START or cadence == EXTRA:
        return Audience(list_name=list_settings.name)
    first, *_ = names = [str(each.every) for each in list_settings.cadences]
    return Audience(
        list_name=list_settings.name,
        cadence=cadence,
        first=cadence == first,
        others=tuple(name for name in names if name != cadence),
    )


def survey(
    connection: sa.Connection,
    audience: Audience,
    list_settings: ListSettings,
    *,
    through: ArrivalNumber,
    shaping: Shaping,
) -> Reach:
    """Look at every reader in the audience; give what they get of what arrived up to ``through``.

    ``shaping`` is that of the edition which brings it.
    """
    owed_of = partial(Owed.of, through=through, order=list_settings.order, shaping=shaping)
    owed = owed_of(arrived_for(connection, audience, list_settings, through=through))
    found: Counter[tuple[PostId, ...]] = Counter()
    known = dict(owed.posts)
    audience_to = subscriptions.highest_id(connection)
    for page in _pages(connection, audience, audience_to):
        missing = {each for standing in page for each in standing.again} - known.keys()
        if missing:
            known |= _may_go(connection, missing, list_settings)
            owed = owed_of(known.values())
        found.update(owed.by(standing) for standing in page)
    del found[()]
    return Reach(variants=found, posts=known, arrival_to=through, audience_to=audience_to)


def arrived_for(
    connection: sa.Connection, audience: Audience, list_settings: ListSettings, *, through: ArrivalNumber
) -> list[TrackedPost]:
    """Give the posts the list carries that arrived up to ``through`` and that not everybody was served."""
    lowest = subscriptions.lowest_cursor(connection, audience)
    if lowest is None:
        return []
    arrived = posts.arrived_between(connection, after=lowest, through=through)
    return [each for each in arrived if carries(list_settings, each.post)]


def standings(connection: sa.Connection, list_name: str, page: Sequence[Cursor]) -> list[Standing]:
    """Give where each of these readers stands; ``page`` in the order of ids, not empty."""
    span = {"after": SubscriptionId(page[0].id - 1), "through": page[-1].id}
    again, carried = deliveries.owed_again(connection, **span), carrying.owed(connection, **span)
    # Who subscribed in the very moment the list started has no cursor yet.
    start = lists.start_arrival(connection, list_name) or ArrivalNumber(0)
    return [
        Standing(
            subscription_id=each.id,
            cursor=start if each.cursor is None else each.cursor,
            topics=each.topics,
            again=again.get(each.id, frozenset()) | carried.get(each.id, frozenset()),
        )
        for each in page
    ]


def set_aside(
    connection: sa.Connection, list_settings: ListSettings, *, through: ArrivalNumber, shaping: Shaping
) -> Owed:
    """Give the posts dropped from an edition; ``Owed.due(…).carried`` has those a reader is owed."""
    dropped = _may_go(connection, set(shaping.dropped), list_settings)
    return Owed.of(dropped.values(), through=through, shaping=shaping)


def _pages(
    connection: sa.Connection, audience: Audience, through: SubscriptionId
) -> Iterator[list[Standing]]:
    after = SubscriptionId(0)
    while page := subscriptions.cursors(connection, audience, after=after, through=through, limit=PAGE):
        yield standings(connection, audience.list_name, page)
        after = page[-1].id


def _may_go(
    connection: sa.Connection, ids: set[PostId], list_settings: ListSettings
) -> dict[PostId, TrackedPost]:
    found = posts.tracked(connection, sorted(ids))
    return {
        each.id: each
        for each in found
        if each.state is not PostState.GONE and carries(list_settings, each.post)
    }
