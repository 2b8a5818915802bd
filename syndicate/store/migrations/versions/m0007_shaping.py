"""What editors give editions to say, and the posts they pin and drop."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables; the editions there are have no shaping."""
    op.add_column("edition", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "shaping",
        sa.Column("edition_id", _ID, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False, server_default="")
            for name in ("introduction", "subject", "preheader")
        ),
        sa.PrimaryKeyConstraint("edition_id", name="pk_shaping"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_shaping_edition_id_edition"),
    )
    op.create_table(
        "choice",
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("post_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "post_id", name="pk_choice"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_choice_edition_id_edition"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_choice_post_id_post"),
    )
    op.create_index("ix_choice_post_id", "choice", ["post_id"])
    op.create_table(
        "carried",
        sa.Column("subscription_id", _ID, nullable=False),
        sa.Column("post_id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "post_id", name="pk_carried"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscription.id"], name="fk_carried_subscription_id_subscription"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_carried_post_id_post"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_carried_edition_id_edition"),
    )
