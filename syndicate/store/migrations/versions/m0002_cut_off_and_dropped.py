"""When an edition stops collecting, and whether a skipped one's posts are dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is there keeps its meaning."""
    op.add_column("edition", sa.Column("cut_off_at", sa.DateTime(timezone=True), nullable=True))
    for table in ("edition", "delivery"):
        op.add_column(table, sa.Column("dropped", sa.Boolean(), nullable=False, server_default=sa.false()))
