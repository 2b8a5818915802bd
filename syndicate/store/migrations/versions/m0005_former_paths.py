"""Where posts stood before they moved."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; of moves before it nothing is known."""
    op.create_table(
        "former_path",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_former_path_post_id_post"),
        sa.PrimaryKeyConstraint("id", name="pk_former_path"),
    )
    op.create_index("ix_former_path_path", "former_path", ["path"])
    op.create_index("ix_former_path_post_id", "former_path", ["post_id"])
