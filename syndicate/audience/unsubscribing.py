"""Leaving a list."""

from datetime import datetime

import sqlalchemy as sa

from syndicate.audience import tokens
from syndicate.model.subscriber import Subscription
from syndicate.store import changes, identity, subscriptions
from syndicate.store.engine import reading

#: Who acts by a link in their own mail.
READER = "the reader"
#: What is logged of who left.
UNSUBSCRIBED = "unsubscribed"


def unsubscribe(engine: sa.Engine, token: str, *, now: datetime) -> Subscription | None:
    """End the subscription a token names, and give it; ``None`` for a token that isn't ours.

    Asking again is no error: the reader is told the same thing.
    """
    with engine.begin() as connection:
        secret = identity.secret(connection)
        found = tokens.subscription_of(secret, tokens.UNSUBSCRIBE, token)
        if found is None:
            return None
        if subscriptions.unsubscribe(connection, found, at=now):
            changes.log(connection, [found], who=READER, what=UNSUBSCRIBED, at=now)
        return subscriptions.get(connection, found)


def proof(engine: sa.Engine, nonce: str) -> str:
    """Give what only this store's own web part can answer to a nonce."""
    with reading(engine) as connection:
        return tokens.proof(identity.secret(connection), nonce)


def subscription_of(engine: sa.Engine, token: str) -> Subscription | None:
    """Give the subscription a token names, and change nothing; ``None`` for a token that isn't ours."""
    with reading(engine) as connection:
        found = tokens.subscription_of(identity.secret(connection), tokens.UNSUBSCRIBE, token)
        return None if found is None else subscriptions.get(connection, found)
