"""Putting people on a list, with somebody's word for their consent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndicate.audience.addresses import parse
from syndicate.errors import AudienceError
from syndicate.model.subscriber import Address, SubscriberId, Subscription, SubscriptionState
from syndicate.settings.schema import ListSettings
from syndicate.store import changes, lists, posts, subscribers, subscriptions, suppressions


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A person to be put on a list."""

    address: Address
    name: str = ""
    #: The name of one of the list's cadences; ``None`` follows the list's first.
    cadence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of requests, by address key."""

    added: frozenset[str] = frozenset()
    #: Were on the list already; nothing was changed.
    known: frozenset[str] = frozenset()
    #: Left the list; only they themselves come back.
    unsubscribed: frozenset[str] = frozenset()
    #: No list may mail them: the reason, by key.
    suppressed: frozenset[tuple[str, str]] = frozenset()


def add(  # noqa: PLR0913 - a person, a list, a word and an instant
    engine: sa.Engine,
    address: str,
    *,
    list_settings: ListSettings,
    consent: str,
    who: str,
    now: datetime,
    name: str = "",
    cadence: str | None = None,
) -> tuple[Subscription, bool]:
    """Put one confirmed reader on the list; give the subscription, and whether it is new.

    ``consent`` says in words who vouches that the reader asked for it, ``who`` puts them on it.
    """
    check_cadence(list_settings, cadence)
    request = Request(address=parse(address), name=clean_name(name), cadence=cadence)
    with engine.begin() as connection:
        outcome = subscribe(
            connection,
            [request],
            list_settings=list_settings,
            consent=check_consent(consent),
            who=who,
            now=now,
        )
        _refuse(outcome, request.address, list_settings)
        there = subscriptions.of_address(connection, request.address.key)
    return next(each for each in there if each.list_name == list_settings.name), bool(outcome.added)


def subscribe(  # noqa: PLR0913 - as above
    connection: sa.Connection,
    requests: Sequence[Request],
    *,
    list_settings: ListSettings,
    consent: str,
    who: str,
    now: datetime,
) -> Outcome:
    """Put the people on the list who may be, in the caller's transaction; again changes nothing."""
    suppressed = suppressions.reasons(connection, [each.address.key for each in requests])
    allowed = {each.address.key: each for each in requests if each.address.key not in suppressed}
    if not allowed:
        return Outcome(suppressed=frozenset(suppressed.items()))
    people = [(each.address, each.name) for each in allowed.values()]
    ids = subscribers.add(connection, people, created_at=now)
    fresh, waiting, gone = _write(
        connection,
        {ids[key]: request for key, request in allowed.items()},
        list_settings=list_settings,
        consent=consent,
        now=now,
    )
    numbers = subscriptions.numbers(connection, list_settings.name, fresh | waiting)
    changes.log(connection, numbers, who=who, what=f"added: {consent}", at=now)
    added = frozenset(key for key in allowed if ids[key] in fresh | waiting)
    unsubscribed = frozenset(key for key in allowed if ids[key] in gone)
    return Outcome(
        added=added,
        known=frozenset(allowed) - added - unsubscribed,
        unsubscribed=unsubscribed,
        suppressed=frozenset(suppressed.items()),
    )


def _write(
    connection: sa.Connection,
    requests: Mapping[SubscriberId, Request],
    *,
    list_settings: ListSettings,
    consent: str,
    now: datetime,
) -> tuple[set[SubscriberId], set[SubscriberId], set[SubscriberId]]:
    """Subscribe whom it may; give who is new, who had waited, and who left before and stays away."""
    # Who comes before the list has started waits for its start; who comes later begins with what comes next.
    started = lists.start_arrival(connection, list_settings.name) is not None
    cursor = posts.highest_arrival(connection) if started else None
    common = {
        "list": list_settings.name,
        "state": SubscriptionState.CONFIRMED,
        "topics": None,
        "cursor": cursor,
        "consent": consent,
        "confirmed_at": now,
        "created_at": now,
        "changed_at": now,
    }
    rows = [{**common, "subscriber_id": who, "cadence": each.cadence} for who, each in requests.items()]
    fresh = subscriptions.add(connection, rows)
    # Read only now: another process may have put somebody on the list a moment ago.
    states = subscriptions.states(connection, list_settings.name, requests.keys() - fresh)
    waiting = {who for who, state in states.items() if state is SubscriptionState.PENDING}
    if waiting:
        subscriptions.confirm(connection, list_settings.name, waiting, cursor=cursor, consent=consent, at=now)
    gone = {who for who, state in states.items() if state is SubscriptionState.UNSUBSCRIBED}
    return fresh, waiting, gone


def check_consent(consent: str) -> str:
    """Give the words, without stray white space; ``AudienceError`` when there are none."""
    words = " ".join(consent.split())
    if not words:
        raise AudienceError(
            'consent: nobody may be mailed without it; say in words who asked, e.g. "signed up at the fair"'
        )
    return words


def check_cadence(list_settings: ListSettings, cadence: str | None) -> None:
    """Refuse a cadence the list doesn't have."""
    names = [each.every for each in list_settings.cadences]
    if cadence is not None and cadence not in names:
        raise AudienceError(
            f'list "{list_settings.name}": it doesn\'t go out "{cadence}"; choose one of {", ".join(names)}'
        )


def clean_name(name: str) -> str:
    """Give a person's name on one line, without control characters."""
    return "".join(each for each in " ".join(name.split()) if each.isprintable())[:200]


def _refuse(outcome: Outcome, address: Address, list_settings: ListSettings) -> None:
    if outcome.unsubscribed:
        raise AudienceError(
            f'{address.text}: unsubscribed from "{list_settings.name}"; only the reader can come back'
        )
    for _, reason in outcome.suppressed:
        raise AudienceError(f"{address.text}: no list may mail this address ({reason}); ask for another")
