"""What a reader, or an editor for them, changes of a subscription; what is owed stays owed, and once.

Each change is logged in its own transaction, with ``who`` made it.
"""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from syndicate.audience.addresses import parse
from syndicate.audience.subscribing import check_cadence, check_consent
from syndicate.audience.unsubscribing import UNSUBSCRIBED
from syndicate.errors import AudienceError
from syndicate.model.subscriber import Change, Subscription, SubscriptionId, SubscriptionState
from syndicate.settings.schema import ListSettings
from syndicate.store import changes, lists, posts, subscriptions, suppressions
from syndicate.store.engine import reading


def find(engine: sa.Engine, address: str, *, list_name: str) -> Subscription:
    """Give a person's subscription to a list; ``AudienceError`` where there is none, ``AddressError``."""
    mailbox = parse(address)
    with reading(engine) as connection:
        theirs = subscriptions.of_address(connection, mailbox.key)
    found = next((each for each in theirs if each.list_name == list_name), None)
    if found is None:
        raise AudienceError(
            f'{mailbox.text}: is not on "{list_name}"; see `syndicate subscriber list`, or add them'
        )
    return found


def history(engine: sa.Engine, address: str) -> list[tuple[Subscription, list[Change]]]:
    """Give a person's subscriptions, each with who did what; ``AudienceError`` where there is none."""
    mailbox = parse(address)
    with reading(engine) as connection:
        theirs = subscriptions.of_address(connection, mailbox.key)
        found = [(each, changes.of(connection, each.id)) for each in theirs]
    if not found:
        raise AudienceError(f"{mailbox.text}: is on no list; see `syndicate subscriber list`, or add them")
    return found


def pause(engine: sa.Engine, subscription_id: SubscriptionId, *, who: str, now: datetime) -> Subscription:
    """Let a reader rest: nothing is mailed, and everything stays owed until they return."""
    states = (SubscriptionState.CONFIRMED, SubscriptionState.PAUSED)
    return _moved(engine, subscription_id, *states, who=who, what="paused", now=now)


def resume(engine: sa.Engine, subscription_id: SubscriptionId, *, who: str, now: datetime) -> Subscription:
    """Let a reader return: the next edition brings what they missed."""
    states = (SubscriptionState.PAUSED, SubscriptionState.CONFIRMED)
    return _moved(engine, subscription_id, *states, who=who, what="resumed", now=now)


def choose_cadence(  # noqa: PLR0913 - a reader, a choice, a list, and who and when
    engine: sa.Engine,
    subscription_id: SubscriptionId,
    cadence: str | None,
    *,
    list_settings: ListSettings,
    who: str,
    now: datetime,
) -> Subscription:
    """Let a reader follow another of the list's cadences; ``None`` follows the list's first."""
    check_cadence(list_settings, cadence)
    with engine.begin() as connection:
        if _existing(connection, subscription_id).cadence != cadence:
            subscriptions.set_cadence(connection, subscription_id, cadence, at=now)
            what = f"cadence {cadence or 'of the list'}"
            changes.log(connection, [subscription_id], who=who, what=what, at=now)
        return _existing(connection, subscription_id)


def choose_topics(
    engine: sa.Engine, subscription_id: SubscriptionId, topics: Iterable[str], *, who: str, now: datetime
) -> Subscription:
    """Let a reader have only posts of these collections, categories or tags; none means all of them.

    It counts for what they haven't been served yet; what went by while it wasn't chosen stays past.
    """
    chosen = tuple(dict.fromkeys(words for each in topics if (words := " ".join(each.split())))) or None
    with engine.begin() as connection:
        if _existing(connection, subscription_id).topics != chosen:
            subscriptions.set_topics(connection, subscription_id, chosen, at=now)
            what = f"topics {', '.join(chosen or ('all',))}"
            changes.log(connection, [subscription_id], who=who, what=what, at=now)
        return _existing(connection, subscription_id)


def remove(engine: sa.Engine, subscription_id: SubscriptionId, *, who: str, now: datetime) -> Subscription:
    """Take a reader off the list, for good, unless they come back themselves; again is no error."""
    with engine.begin() as connection:
        if subscriptions.unsubscribe(connection, subscription_id, at=now):
            changes.log(connection, [subscription_id], who=who, what=UNSUBSCRIBED, at=now)
        return _existing(connection, subscription_id)


def come_back(
    engine: sa.Engine, subscription_id: SubscriptionId, *, consent: str, who: str, now: datetime
) -> Subscription:
    """Put a reader who had left on the list again, since they asked for it; they begin with what comes next.

    ``AudienceError`` where they hadn't left, or where no list may mail them.
    """
    words = check_consent(consent)
    with engine.begin() as connection:
        theirs = _existing(connection, subscription_id)
        address = theirs.subscriber.address
        for reason in suppressions.reasons(connection, [address.key]).values():
            raise AudienceError(f"{address.text}: no list may mail this address ({reason}); ask for another")
        started = lists.start_arrival(connection, theirs.list_name) is not None
        cursor = posts.highest_arrival(connection) if started else None
        if not subscriptions.come_back(connection, subscription_id, cursor=cursor, consent=words, at=now):
            raise AudienceError(_refusal(theirs, SubscriptionState.UNSUBSCRIBED))
        changes.log(connection, [subscription_id], who=who, what=f"came back: {words}", at=now)
        return _existing(connection, subscription_id)


def _moved(  # noqa: PLR0913 - a move is who, what and when
    engine: sa.Engine,
    subscription_id: SubscriptionId,
    old: SubscriptionState,
    new: SubscriptionState,
    *,
    who: str,
    what: str,
    now: datetime,
) -> Subscription:
    """Move a subscription; where it is there already, that is no error."""
    with engine.begin() as connection:
        moved = subscriptions.exchange(connection, subscription_id, old=old, new=new, at=now)
        if moved:
            changes.log(connection, [subscription_id], who=who, what=what, at=now)
        found = _existing(connection, subscription_id)
    if not moved and found.state is not new:
        raise AudienceError(_refusal(found, old))
    return found


def _refusal(found: Subscription, wanted: SubscriptionState) -> str:
    return (
        f'{found.subscriber.address.text}: is "{found.state}" on "{found.list_name}", not "{wanted}"; '
        "see `syndicate subscriber list`"
    )


def _existing(connection: sa.Connection, subscription_id: SubscriptionId) -> Subscription:
    found = subscriptions.get(connection, subscription_id)
    if found is None:
        raise AudienceError(f"subscription {subscription_id}: there is none; see `syndicate subscriber list`")
    return found
