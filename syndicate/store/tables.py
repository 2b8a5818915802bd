"""The tables. Every change here is a numbered migration in ``migrations/``."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

#: Named constraints from the first day: SQLite can alter a table only where they have names.
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: How long an instant is as SQLAlchemy writes it for SQLite, "2026-11-23 12:00:00.000000": without its zone.
_TEXT_LENGTH = 26


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"naive datetime {instant!r}")
    return instant.astimezone(UTC)


def _as_text(instant: datetime | None) -> str | None:
    # In UTC first: the two instants of an hour that comes twice are equal in their own zone.
    return None if instant is None else _written(_utc(instant))


@lru_cache(maxsize=256)  # what is written together says the same few again and again
def _written(utc: datetime) -> str:
    return utc.isoformat(" ", "microseconds")[:_TEXT_LENGTH]


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out; a naive datetime is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into UTC."""
        del dialect
        return None if value is None else _utc(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """Give for SQLite what SQLAlchemy's own gives, at a third of its time: a post has four instants."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's zone-less text its zone back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: SQLite numbers rows by itself only in a column of type INTEGER.
BigId = sa.BigInteger().with_variant(sa.Integer, "sqlite")

#: Facts about the store itself: its site, its instance, its secret, when the baseline was taken.
meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

#: Every candidate file as it was last read, so that an unchanged one costs a stat.
file = sa.Table(
    "file",
    metadata,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("size_bytes", sa.BigInteger, nullable=False),
    sa.Column("modified_ns", sa.BigInteger, nullable=False),
    #: Of the bytes: a fresh clone changes every mtime and no content.
    sa.Column("digest", sa.Text, nullable=False),
    #: "post", an ``Omission``, or "unreadable".
    sa.Column("outcome", sa.Text, nullable=False),
    #: The clear line of an unreadable file.
    sa.Column("problem", sa.Text),
    #: When time alone changes the outcome.
    sa.Column("until", UtcDateTime),
)

post = sa.Table(
    "post",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    #: Two rows may share a path: a post that is gone, and another that took its place.
    sa.Column("path", sa.Text, nullable=False, index=True),
    sa.Column("entry_id", sa.Text, nullable=False, unique=True),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("arrival", sa.BigInteger, unique=True),
    sa.Column("first_seen_at", UtcDateTime, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("updated", UtcDateTime, nullable=False),
    sa.Column("collection", sa.Text, nullable=False),
    sa.Column("published", UtcDateTime, nullable=False),
    #: The ``Post`` as JSON.
    sa.Column("document", sa.Text, nullable=False),
)

#: Where posts stood before they moved.
former_path = sa.Table(
    "former_path",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("post_id", sa.ForeignKey("post.id"), nullable=False, index=True),
    sa.Column("path", sa.Text, nullable=False, index=True),
    sa.Column("left_at", UtcDateTime, nullable=False),
)

#: A list of the config, as the store knows it.
list_ = sa.Table(
    "list",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    #: Subscriptions that were there at the start are served up to here.
    sa.Column("start_arrival", sa.BigInteger, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
)

subscriber = sa.Table(
    "subscriber",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("address_key", sa.Text, nullable=False, unique=True),
    sa.Column("envelope", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

subscription = sa.Table(
    "subscription",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("subscriber_id", sa.ForeignKey("subscriber.id"), nullable=False),
    sa.Column("list", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("cadence", sa.Text),
    #: JSON list of topic names; null for everything the list carries.
    sa.Column("topics", sa.Text),
    sa.Column("cursor", sa.BigInteger),
    sa.Column("consent", sa.Text, nullable=False),
    sa.Column("confirmed_at", UtcDateTime),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("subscriber_id", "list"),
    sa.Index("ix_subscription_list_state", "list", "state", "id"),
)

#: Who did what with which subscription.
change = sa.Table(
    "change",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("subscription_id", sa.ForeignKey("subscription.id"), nullable=False, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    #: In words: "paused", "added: signed up at the fair".
    sa.Column("what", sa.Text, nullable=False),
)

#: Addresses that no list may mail.
suppression = sa.Table(
    "suppression",
    metadata,
    sa.Column("address_key", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

#: One row for each cadence of each list: the next point of its calendar.
schedule = sa.Table(
    "schedule",
    metadata,
    sa.Column("list", sa.Text, primary_key=True),
    sa.Column("cadence", sa.Text, primary_key=True),
    #: The cadence and zone in words; when they change, the cursor is set anew.
    sa.Column("spec", sa.Text, nullable=False),
    #: Wall time "2026-10-25T02:30"; null for ``each``, as is ``next_at``.
    sa.Column("next_wall", sa.Text),
    sa.Column("next_at", UtcDateTime),
    #: For ``each``: arrivals up to this number have their edition.
    sa.Column("through", sa.BigInteger),
)

edition = sa.Table(
    "edition",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("list", sa.Text, nullable=False),
    sa.Column("cadence", sa.Text, nullable=False),
    sa.Column("occurrence", sa.Text, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    #: When it stops collecting and is frozen; null: when it is due.
    sa.Column("cut_off_at", UtcDateTime),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("state_changed_at", UtcDateTime, nullable=False),
    sa.Column("arrival_to", sa.BigInteger),
    #: The last subscription whose delivery row is written; a freeze that died goes on after it.
    sa.Column("frozen_through", sa.BigInteger),
    #: The highest subscription the freeze covers; later ones wait for the next edition.
    sa.Column("audience_to", sa.BigInteger),
    sa.Column("subject", sa.Text, nullable=False),
    #: Whether the posts of a skipped edition are owed to nobody any more.
    sa.Column("dropped", sa.Boolean, nullable=False, server_default=sa.false()),
    #: Grows with each change of its shaping; a freeze fixes what it said at one of them.
    sa.Column("revision", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    #: The key that makes any number of schedulers safe: no occurrence exists twice.
    sa.UniqueConstraint("list", "cadence", "occurrence"),
)

#: Who moved which edition, and why.
move = sa.Table(
    "move",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("edition_id", sa.ForeignKey("edition.id"), nullable=False, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("old", sa.Text, nullable=False),
    sa.Column("new", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
)

variant = sa.Table(
    "variant",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("edition_id", sa.ForeignKey("edition.id"), nullable=False),
    #: Hash of the posts' ids in order.
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("html", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("wire", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("edition_id", "key"),
)

variant_post = sa.Table(
    "variant_post",
    metadata,
    sa.Column("variant_id", sa.ForeignKey("variant.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("post_id", sa.ForeignKey("post.id"), nullable=False, index=True),
    sa.UniqueConstraint("variant_id", "post_id"),
)

#: The ledger.
delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("edition_id", sa.ForeignKey("edition.id"), nullable=False),
    sa.Column("variant_id", sa.ForeignKey("variant.id"), nullable=False),
    sa.Column("subscription_id", sa.ForeignKey("subscription.id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("not_before", UtcDateTime, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    #: The server's answer, or why it was never asked.
    sa.Column("reply", sa.Text, nullable=False),
    #: Whether it may have arrived by a try that had no answer; then it is never owed again.
    sa.Column("doubtful", sa.Boolean, nullable=False, server_default=sa.false()),
    #: Whether what was withdrawn is owed no more, since an editor dropped it.
    sa.Column("dropped", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_at", UtcDateTime),
    sa.Column("settled_at", UtcDateTime),
    sa.UniqueConstraint("edition_id", "subscription_id"),
    sa.Index("ix_delivery_edition_id_state", "edition_id", "state", "not_before", "id"),
    sa.Index("ix_delivery_subscription_id", "subscription_id"),
    #: What is owed again is asked for every reader at every freeze, and is nearly always nothing.
    #: On PostgreSQL the migration gives it the same condition; here it would import that dialect (50 ms)
    #: into every command.
    sa.Index("ix_delivery_withdrawn", "subscription_id", sqlite_where=sa.text("state = 'withdrawn'")),
)

#: Small durable jobs that still have to be done, or were given up; what is done is there no more.
job = sa.Table(
    "job",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    #: What it is about: the same thing waits once.
    sa.Column("key", sa.Text, nullable=False),
    #: JSON object of texts.
    sa.Column("payload", sa.Text, nullable=False),
    #: Grows when it is asked for again, so that who does it sees whether that came in between.
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("not_before", UtcDateTime, nullable=False),
    sa.Column("claimed_by", sa.Text),
    #: A claim older than this belongs to a process that died.
    sa.Column("claimed_until", UtcDateTime),
    sa.Column("given_up_at", UtcDateTime),
    #: What the last try came to.
    sa.Column("reply", sa.Text, nullable=False),
    sa.UniqueConstraint("kind", "key"),
    sa.Index("ix_job_not_before", "given_up_at", "not_before"),
)

#: Every feed document that was announced to a hub, and what it said then.
topic = sa.Table(
    "topic",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
)

#: What an editor gave an edition to say; "" where the list's settings speak.
shaping = sa.Table(
    "shaping",
    metadata,
    sa.Column("edition_id", sa.ForeignKey("edition.id"), primary_key=True, autoincrement=False),
    #: Markdown.
    sa.Column("introduction", sa.Text, nullable=False, server_default=""),
    sa.Column("subject", sa.Text, nullable=False, server_default=""),
    sa.Column("preheader", sa.Text, nullable=False, server_default=""),
)

#: Posts that an editor pinned in an edition or dropped from it.
choice = sa.Table(
    "choice",
    metadata,
    sa.Column("edition_id", sa.ForeignKey("edition.id"), primary_key=True),
    sa.Column("post_id", sa.ForeignKey("post.id"), primary_key=True, index=True),
    #: A ``model.shaping.Kind``.
    sa.Column("kind", sa.Text, nullable=False),
    #: Of a pinned one: 0 leads.
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)

#: Posts that were dropped from a reader's edition, and that the reader is owed with the next one.
carried = sa.Table(
    "carried",
    metadata,
    sa.Column("subscription_id", sa.ForeignKey("subscription.id"), primary_key=True),
    sa.Column("post_id", sa.ForeignKey("post.id"), primary_key=True),
    sa.Column("edition_id", sa.ForeignKey("edition.id"), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)
