"""Freezing: what an edition says and whom it reaches is fixed, once, and survives a crash at any point.

Rendered first; then one short transaction fixes posts, bytes and audience; delivery rows and cursors follow
in chunks, each of which is done or not. Nothing is claimed before the edition says ``frozen``.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

from syndicate.audience.owed import Owed, Standing
from syndicate.audience.reach import Reach, arrived_for, audience_of, set_aside, standings, survey
from syndicate.errors import EditionError
from syndicate.mail.identity import message_id
from syndicate.model.cadence import Every
from syndicate.model.counting import counted
from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import START, Edition, EditionId, EditionState, VariantId
from syndicate.model.post import ArrivalNumber, EntryId, PostId, TrackedPost
from syndicate.model.subscriber import SubscriptionId
from syndicate.schedule.approval import needs_approval
from syndicate.schedule.moving import CLOCK, DISPATCH, move
from syndicate.schedule.states import late
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store import (
    carrying,
    deliveries,
    editions,
    freezes,
    identity,
    posts,
    shapings,
    subscriptions,
    variants,
)
from syndicate.store.engine import reading

if TYPE_CHECKING:
    from syndicate.dispatch.sender import Sender

#: Delivery rows written at a time: a few hundredths of a second each.
CHUNK = 250


class Rendered(Protocol):
    """What one variant says, with slots; a ``digests.rendering.Digest``."""

    @property
    def subject(self) -> str:
        """The Subject."""

    @property
    def html(self) -> str:
        """The page."""

    @property
    def text(self) -> str:
        """The text part."""

    @property
    def wire(self) -> bytes:
        """The whole message, see ``mail.wire``."""


#: Gives what an edition says to readers who are owed these posts.
Render = Callable[[Sequence[TrackedPost], Edition], Rendered]
#: Told how many of how many readers are done.
Progress = Callable[[int, int], None]


def freeze(  # noqa: PLR0913 - an edition, what it says, and an instant
    engine: sa.Engine,
    edition: Edition,
    *,
    settings: Settings,
    render: Render,
    now: datetime,
    progress: Progress = lambda _done, _all: None,
) -> Edition:
    """Give the edition as it stands afterwards: scheduled, or frozen where an editor has to say yes.

    Or skipped, missed, or moved by somebody else.

    One that is freezing already goes on where it was. Its list has to be configured.
    """
    from syndicate.dispatch.readiness import require
    from syndicate.dispatch.sender import sender

    list_settings = next(each for each in settings.lists if each.name == edition.list_name)
    while edition.state is EditionState.COLLECTING:
        reach = _reach(engine, edition, list_settings)
        aside = _aside(edition, reach, list_settings, now=now)
        if aside is not None:
            return _put_aside(engine, edition, *aside, now=now)
        require(settings)  # what is fixed now is what leaves: without an address in it, too
        ours = sender(settings)
        edition = _fix(engine, edition, reach, render=render, ours=ours, now=now)
    if edition.state is EditionState.FREEZING:
        domain = sender(settings).domain
        _write_deliveries(engine, edition, list_settings=list_settings, domain=domain, progress=progress)
        edition = _schedule(engine, edition, list_settings, now=now)
    return edition


def _reach(engine: sa.Engine, edition: Edition, list_settings: ListSettings) -> Reach:
    audience = audience_of(list_settings, edition.cadence, occurrence=edition.occurrence)
    with reading(engine) as connection:
        through = arrival_to(connection, edition)
        shaping = shapings.of(connection, edition.list_name, edition.id)
        return survey(connection, audience, list_settings, through=through, shaping=shaping)


def _aside(
    edition: Edition, reach: Reach, list_settings: ListSettings, *, now: datetime
) -> tuple[EditionState, str] | None:
    """Give where an edition goes that isn't frozen now, and why."""
    if not reach.variants:
        return EditionState.SKIPPED, "nobody is owed anything"
    if late(edition.due_at, now=now, late_after=list_settings.late_after):
        return EditionState.MISSED, _lateness(edition, now)
    return None


def _fix(  # noqa: PLR0913 - as freeze()
    engine: sa.Engine, edition: Edition, reach: Reach, *, render: Render, ours: "Sender", now: datetime
) -> Edition:
    """Begin the freeze; where an editor shaped it otherwise meanwhile, it collects still."""
    from syndicate.dispatch.remarks import remarks

    rendered = {owed: render([reach.posts[each] for each in owed], edition) for owed in reach.variants}
    widest = rendered[reach.variants.most_common(1)[0][0]]
    with engine.begin() as connection:
        fixed = move(
            connection,
            edition,
            EditionState.FREEZING,
            who=DISPATCH,
            why=_contents(reach) + remarks(widest.wire, ours),
            now=now,
            read_at=edition.revision,
            arrival_to=reach.arrival_to,
            audience_to=reach.audience_to,
            frozen_through=0,
            subject=widest.subject,
        )
        if fixed:
            _write_variants(connection, edition.id, rendered)
    return _reread(engine, edition)


def arrival_to(connection: sa.Connection, edition: Edition) -> ArrivalNumber:
    """Give the last arrival that an edition would bring now."""
    if edition.cadence == Every.EACH and edition.occurrence != START:
        announced = posts.tracked(connection, [PostId(int(edition.occurrence))])
        return announced[0].arrival or ArrivalNumber(0)
    return posts.highest_arrival(connection)


def _put_aside(
    engine: sa.Engine, edition: Edition, state: EditionState, why: str, *, now: datetime
) -> Edition:
    with engine.begin() as connection:
        move(connection, edition, state, who=CLOCK, why=why, now=now)
    return _reread(engine, edition)


def _lateness(edition: Edition, now: datetime) -> str:
    minutes = int((now - edition.due_at).total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60:02d} min late"


def _contents(reach: Reach) -> str:
    shown = len({each for owed in reach.variants for each in owed})
    readers, kinds = reach.variants.total(), len(reach.variants)
    return f"{counted(shown, 'post')} for {counted(readers, 'reader')}, in {counted(kinds, 'variant')}"


def _write_variants(
    connection: sa.Connection, edition_id: EditionId, rendered: dict[tuple[PostId, ...], Rendered]
) -> None:
    for owed, digest in rendered.items():
        variants.add(
            connection,
            edition_id,
            key=_key(owed),
            post_ids=owed,
            subject=digest.subject,
            html=digest.html,
            text=digest.text,
            wire=digest.wire,
        )


def _key(owed: Sequence[PostId]) -> str:
    return hashlib.sha256(" ".join(str(each) for each in owed).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frozen:
    """What was fixed, as the chunks need it."""

    edition: Edition
    #: Of the variants' posts: what left the site since the freeze is in this edition still.
    fixed: Owed
    #: Of the site's posts as they are now.
    current: Owed
    #: Of the posts that an editor dropped from it.
    aside: Owed
    #: By their posts, in whatever order.
    variants: dict[frozenset[PostId], VariantId]
    #: Each variant's posts by the ids they have for ever, in the order shown.
    entries: dict[frozenset[PostId], tuple[EntryId, ...]]
    secret: bytes
    domain: str

    def fits(self, standing: Standing) -> bool:
        """Give whether the edition serves a reader whole.

        Who chose other topics since the freeze may be owed more than any variant holds: they keep their
        cursor, and get it all with the next edition.
        """
        owed = self.fixed.by(standing)
        more = set(self.current.by(standing)).difference(owed)
        return not more and (not owed or frozenset(owed) in self.variants)

    def row(self, standing: Standing) -> dict[str, Any]:
        """Give the delivery of a reader who fits and is owed something."""
        key = frozenset(self.fixed.by(standing))
        name = message_id(
            self.secret,
            edition=self.edition,
            subscription_id=standing.subscription_id,
            posts=self.entries[key],
            domain=self.domain,
        )
        return {
            "edition_id": self.edition.id,
            "variant_id": self.variants[key],
            "subscription_id": standing.subscription_id,
            "state": DeliveryState.PENDING,
            "not_before": self.edition.due_at,
            "attempts": 0,
            "message_id": name,
            "reply": "",
        }

    def given_again(self, standing: Standing) -> Iterator[tuple[SubscriptionId, PostId]]:
        """Give what was taken from such a reader before, and is in their message now."""
        again = standing.again.intersection(self.fixed.by(standing)) if standing.again else ()
        return ((standing.subscription_id, each) for each in again)

    def carried(self, standing: Standing) -> list[dict[str, Any]]:
        """Give what such a reader is owed, and gets with their next edition."""
        facts = {"edition_id": self.edition.id, "at": self.edition.state_changed_at}
        return [
            {"subscription_id": standing.subscription_id, "post_id": each, **facts}
            for each in self.aside.due(standing).carried
        ]


def _write_deliveries(
    engine: sa.Engine, edition: Edition, *, list_settings: ListSettings, domain: str, progress: Progress
) -> None:
    audience = audience_of(list_settings, edition.cadence, occurrence=edition.occurrence)
    with reading(engine) as connection:
        frozen = _frozen(connection, edition, list_settings=list_settings, domain=domain)
        everybody = subscriptions.reached(connection, audience)
    done = 0
    while True:
        with engine.begin() as connection:
            written = _write_chunk(connection, frozen, audience)
        if not written:
            return
        done += written
        progress(min(done, everybody), everybody)


def _frozen(
    connection: sa.Connection, edition: Edition, *, list_settings: ListSettings, domain: str
) -> _Frozen:
    found = variants.of_edition(connection, edition.id)
    shown = posts.tracked(connection, sorted({each for variant in found for each in variant.post_ids}))
    entry_ids = {each.id: each.entry_id for each in shown}
    through = edition.arrival_to or ArrivalNumber(0)
    audience = audience_of(list_settings, edition.cadence, occurrence=edition.occurrence)
    shaping = shapings.of(connection, edition.list_name, edition.id)
    arrived = arrived_for(connection, audience, list_settings, through=through)
    return _Frozen(
        edition=edition,
        fixed=Owed.of(shown, through=through),
        current=Owed.of(arrived, through=through, shaping=shaping),
        aside=set_aside(connection, list_settings, through=through, shaping=shaping),
        variants={frozenset(each.post_ids): each.id for each in found},
        entries={frozenset(each.post_ids): tuple(entry_ids[one] for one in each.post_ids) for each in found},
        secret=identity.secret(connection),
        domain=domain,
    )


def _write_chunk(connection: sa.Connection, frozen: _Frozen, audience: subscriptions.Audience) -> int:
    """Write the next readers' deliveries and cursors; give how many readers they were."""
    state, arrival_to, audience_to, after = freezes.point(connection, frozen.edition.id)
    if state is not EditionState.FREEZING:
        return 0
    page = subscriptions.lock_cursors(connection, audience, after=after, through=audience_to, limit=CHUNK)
    if not page:
        return 0
    fitting = [each for each in standings(connection, audience.list_name, page) if frozen.fits(each)]
    rows = [frozen.row(each) for each in fitting if frozen.fixed.by(each)]
    served = [each.subscription_id for each in fitting]
    deliveries.add(connection, rows)
    carrying.give(connection, (pair for each in fitting for pair in frozen.given_again(each)))
    carrying.carry(connection, [row for each in fitting for row in frozen.carried(each)])
    subscriptions.advance(connection, served, to=arrival_to, at=frozen.edition.state_changed_at)
    freezes.reached(connection, frozen.edition.id, page[-1].id)
    return len(page)


def _schedule(engine: sa.Engine, edition: Edition, list_settings: ListSettings, *, now: datetime) -> Edition:
    """Say frozen; and at once scheduled, where nobody has to approve it."""
    with engine.begin() as connection:
        whom = sum(deliveries.counts(connection, edition.id).values())
        moved = move(
            connection, edition, EditionState.FROZEN, who=DISPATCH, why=f"{whom} deliveries", now=now
        )
        if moved and not needs_approval(list_settings):
            frozen = editions.get(connection, edition.id) or edition
            move(connection, frozen, EditionState.SCHEDULED, who=CLOCK, why="needs no approval", now=now)
    return _reread(engine, edition)


def _reread(engine: sa.Engine, edition: Edition) -> Edition:
    with reading(engine) as connection:
        found = editions.get(connection, edition.id)
    if found is None:
        raise EditionError(f"edition {edition.id}: it is not in the store; look at `edition list`")
    return found
