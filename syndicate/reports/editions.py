"""What became of editions, and of every single reader in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from syndicate.audience.addresses import parse
from syndicate.dispatch.claims import in_words
from syndicate.errors import EditionError
from syndicate.model.delivery import Delivery, DeliveryState
from syndicate.model.edition import Edition, EditionId, EditionState, Move, Variant
from syndicate.model.post import TrackedPost
from syndicate.model.shaping import Choice, Shaping
from syndicate.model.subscriber import Subscription, SubscriptionState
from syndicate.store import deliveries, editions, posts, shapings, subscriptions, variants
from syndicate.store.engine import reading

#: Outcomes that a person should look at, each named.
_EXCEPTIONS = (
    DeliveryState.REJECTED,
    DeliveryState.UNCERTAIN,
    DeliveryState.EXPIRED,
    DeliveryState.SUPPRESSED,
    DeliveryState.WITHDRAWN,
    DeliveryState.DEFERRED,
)
_NOTHING_OWED = "got nothing: every post in it was given before, or is not of the chosen topics"
#: Named at most this many in one answer.
_NAMED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One edition in a list of them."""

    edition: Edition
    counts: Mapping[DeliveryState, int]
    #: The counts in words: "498 accepted, 2 suppressed".
    whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One variant of an edition: what it shows, to how many."""

    variant: Variant
    posts: tuple[TrackedPost, ...]
    readers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptional:
    """A reader whom an edition didn't simply reach."""

    address: str
    state: DeliveryState
    #: The server's answer, or why it was never asked.
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A post that an editor pinned in an edition or dropped from it."""

    path: str
    choice: Choice

    @property
    def words(self) -> str:
        """Who did what, and why: "dropped by eve: not ripe"."""
        return f"{self.choice.kind} by {self.choice.who}: {self.choice.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything about one edition."""

    edition: Edition
    counts: Mapping[DeliveryState, int]
    #: The counts in words.
    whom: str
    parts: tuple[Part, ...]
    #: What editors gave it, and the posts they pinned or dropped.
    shaping: Shaping
    choices: tuple[Chosen, ...]
    moves: tuple[Move, ...]
    exceptions: tuple[Exceptional, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One reader and one edition."""

    address: str
    subscription: Subscription | None
    delivery: Delivery | None
    #: What the reader's message shows.
    posts: tuple[TrackedPost, ...]
    #: One sentence: what happened, or why nothing did.
    words: str


def listing(engine: sa.Engine) -> list[Line]:
    """Give all editions, the newest first."""
    with reading(engine) as connection:
        found = [(each, deliveries.counts(connection, each.id)) for each in editions.every(connection)]
    return [Line(edition=each, counts=counts, whom=in_words(counts)) for each, counts in found]


def account(engine: sa.Engine, edition_id: EditionId) -> Account:
    """Give everything about one edition; ``EditionError`` when there is none of that number."""
    with reading(engine) as connection:
        edition = get(connection, edition_id)
        counts = deliveries.counts(connection, edition_id)
        return Account(
            edition=edition,
            counts=counts,
            whom=in_words(counts),
            parts=_parts(connection, edition_id),
            shaping=shapings.of(connection, edition.list_name, edition_id),
            choices=_choices(connection, edition_id),
            moves=tuple(editions.moves(connection, edition_id)),
            exceptions=_exceptions(connection, edition_id),
        )


def get(connection: sa.Connection, edition_id: EditionId) -> Edition:
    """Give one edition; ``EditionError`` when there is none of that number."""
    edition = editions.get(connection, edition_id)
    if edition is None:
        raise EditionError(
            f"edition {edition_id}: there is none of that number; see `syndicate edition list`"
        )
    return edition


def _choices(connection: sa.Connection, edition_id: EditionId) -> tuple[Chosen, ...]:
    found = shapings.choices(connection, edition_id)
    paths = {each.id: each.post.path for each in posts.tracked(connection, [one.post_id for one in found])}
    return tuple(Chosen(path=paths[each.post_id], choice=each) for each in found)


def _parts(connection: sa.Connection, edition_id: EditionId) -> tuple[Part, ...]:
    readers = variants.readers(connection, edition_id)
    return tuple(
        Part(
            variant=each,
            posts=tuple(posts.tracked(connection, each.post_ids)),
            readers=readers.get(each.id, 0),
        )
        for each in variants.of_edition(connection, edition_id)
    )


def _exceptions(connection: sa.Connection, edition_id: EditionId) -> tuple[Exceptional, ...]:
    found = deliveries.of_edition(connection, edition_id, states=_EXCEPTIONS, limit=_NAMED)
    return tuple(Exceptional(address=address, state=each.state, reply=each.reply) for each, address in found)


def story(engine: sa.Engine, edition_id: EditionId, address: str) -> Story:
    """Give what one edition did for one reader, in words; ``AddressError``, ``EditionError``."""
    mailbox = parse(address)
    with reading(engine) as connection:
        edition = get(connection, edition_id)
        theirs = subscriptions.of_address(connection, mailbox.key)
        subscription = next((each for each in theirs if each.list_name == edition.list_name), None)
        delivery = (
            None if subscription is None else deliveries.to_reader(connection, edition_id, subscription.id)
        )
        shown: tuple[TrackedPost, ...] = ()
        if delivery is not None:
            parts = _parts(connection, edition_id)
            shown = next(each.posts for each in parts if each.variant.id == delivery.variant_id)
    return Story(
        address=mailbox.text,
        subscription=subscription,
        delivery=delivery,
        posts=shown,
        words=words(edition, subscription, delivery),
    )


def words(edition: Edition, subscription: Subscription | None, delivery: Delivery | None) -> str:
    """Say what happened to a reader in an edition, and where nothing did, why."""
    if delivery is not None:
        return delivered(delivery)
    if subscription is None:
        return f'is not on the list "{edition.list_name}"'
    return next((said for holds, said in _reasons(edition, subscription) if holds), _NOTHING_OWED)


def _reasons(edition: Edition, subscription: Subscription) -> Iterator[tuple[bool, str]]:
    """Give why a reader on the list may have no delivery: whether it holds, and the words; best first."""
    yield (
        subscription.state is not SubscriptionState.CONFIRMED,
        f"got nothing: the subscription is {subscription.state}",
    )
    yield (
        edition.state in {EditionState.COLLECTING, EditionState.FREEZING},
        "is not in it yet: it is being put together",
    )
    yield edition.dropped, "got nothing: the edition was skipped, and its posts were dropped"
    yield (
        edition.state is EditionState.SKIPPED or _was_missed(edition),
        f"got nothing: the edition was {edition.state}; its posts go with the next one",
    )
    yield (
        not edition.for_everybody and (subscription.cadence or edition.cadence) != edition.cadence,
        f"got nothing: follows the {subscription.cadence} editions, and it is {edition.cadence}",
    )
    yield (
        subscription.confirmed_at is not None and subscription.confirmed_at > edition.created_at,
        "got nothing: joined the list after this edition was put together",
    )


def _was_missed(edition: Edition) -> bool:
    return edition.state is EditionState.MISSED and edition.arrival_to is None


def delivered(delivery: Delivery) -> str:
    """Say where one message stands."""
    when = f"{delivery.not_before:%Y-%m-%d %H:%M} UTC"
    said: Mapping[DeliveryState, str] = {
        DeliveryState.PENDING: f"waiting: goes out from {when}",
        DeliveryState.HANDING: "being handed over",
        DeliveryState.ACCEPTED: f"accepted: {delivery.reply}",
        DeliveryState.DEFERRED: f"put off until {when}: {delivery.reply}",
        DeliveryState.REJECTED: f"refused: {delivery.reply}",
        DeliveryState.UNCERTAIN: f"uncertain: {delivery.reply}",
        DeliveryState.SUPPRESSED: f"not sent: no list may mail this address ({delivery.reply})",
        DeliveryState.WITHDRAWN: f"not sent: withdrawn ({delivery.reply})",
        DeliveryState.EXPIRED: f"not sent: it came too late ({delivery.reply})",
    }
    return said[delivery.state]
