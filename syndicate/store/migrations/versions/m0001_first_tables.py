"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table of the first release."""
    _create_edition()
    _create_file()
    _create_list()
    _create_meta()
    _create_post()
    _create_schedule()
    _create_subscriber()
    _create_suppression()
    _create_move()
    _create_subscription()
    _create_variant()
    _create_delivery()
    _create_variant_post()


def _create_edition() -> None:
    op.create_table(
        "edition",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_changed_at", INSTANT, nullable=False),
        sa.Column("arrival_to", sa.BigInteger(), nullable=True),
        sa.Column("frozen_through", sa.BigInteger(), nullable=True),
        sa.Column("audience_to", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("list", "cadence", "occurrence", name=op.f("uq_edition_list_cadence_occurrence")),
    )
    op.create_index(op.f("ix_edition_state"), "edition", ["state"], unique=False)


def _create_file() -> None:
    op.create_table(
        "file",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_file")),
    )


def _create_list() -> None:
    op.create_table(
        "list",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("start_arrival", sa.BigInteger(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_list")),
    )


def _create_meta() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )


def _create_post() -> None:
    op.create_table(
        "post",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("arrival", sa.BigInteger(), nullable=True),
        sa.Column("first_seen_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("updated", INSTANT, nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("published", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("arrival", name=op.f("uq_post_arrival")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_post_entry_id")),
    )
    op.create_index(op.f("ix_post_path"), "post", ["path"], unique=False)
    op.create_index(op.f("ix_post_state"), "post", ["state"], unique=False)


def _create_schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("next_wall", sa.Text(), nullable=True),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("through", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("list", "cadence", name=op.f("pk_schedule")),
    )


def _create_subscriber() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("address_key", name=op.f("uq_subscriber_address_key")),
    )


def _create_suppression() -> None:
    op.create_table(
        "suppression",
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("address_key", name=op.f("pk_suppression")),
    )


def _create_move() -> None:
    op.create_table(
        "move",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("edition_id", BIG_ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_move_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move")),
    )
    op.create_index(op.f("ix_move_edition_id"), "move", ["edition_id"], unique=False)


def _create_subscription() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("subscriber_id", BIG_ID, nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=True),
        sa.Column("topics", sa.Text(), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=True),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name=op.f("fk_subscription_subscriber_id_subscriber")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("subscriber_id", "list", name=op.f("uq_subscription_subscriber_id_list")),
    )
    op.create_index("ix_subscription_list_state", "subscription", ["list", "state", "id"], unique=False)


def _create_variant() -> None:
    op.create_table(
        "variant",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("edition_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wire", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_variant_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variant")),
        sa.UniqueConstraint("edition_id", "key", name=op.f("uq_variant_edition_id_key")),
    )


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("edition_id", BIG_ID, nullable=False),
        sa.Column("variant_id", BIG_ID, nullable=False),
        sa.Column("subscription_id", BIG_ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_delivery_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscription.id"], name=op.f("fk_delivery_subscription_id_subscription")
        ),
        sa.ForeignKeyConstraint(["variant_id"], ["variant.id"], name=op.f("fk_delivery_variant_id_variant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "edition_id", "subscription_id", name=op.f("uq_delivery_edition_id_subscription_id")
        ),
    )
    op.create_index(
        "ix_delivery_edition_id_state", "delivery", ["edition_id", "state", "not_before", "id"], unique=False
    )
    op.create_index("ix_delivery_subscription_id", "delivery", ["subscription_id"], unique=False)
    op.create_index(
        "ix_delivery_withdrawn",
        "delivery",
        ["subscription_id"],
        unique=False,
        sqlite_where=sa.text("state = 'withdrawn'"),
        postgresql_where=sa.text("state = 'withdrawn'"),
    )


def _create_variant_post() -> None:
    op.create_table(
        "variant_post",
        sa.Column("variant_id", BIG_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("post_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_variant_post_post_id_post")),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_variant_post_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("variant_id", "position", name=op.f("pk_variant_post")),
        sa.UniqueConstraint("variant_id", "post_id", name=op.f("uq_variant_post_variant_id_post_id")),
    )
    op.create_index(op.f("ix_variant_post_post_id"), "variant_post", ["post_id"], unique=False)
