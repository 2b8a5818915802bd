"""Whether a delivery may have arrived by a try that had no answer."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing that waits is in doubt."""
    op.add_column("delivery", sa.Column("doubtful", sa.Boolean(), nullable=False, server_default=sa.false()))
