"""What was done already, what kind of account somebody has, and quotes beside examples."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Examples from before have no quote, and are not asked about any more."""
    op.create_table(
        "deeds",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("done_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_deeds"),
    )
    op.create_index("ix_deeds_done_at", "deeds", ["done_at"])
    op.create_table(
        "accounts",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name="pk_accounts"),
    )
    op.add_column("entries", sa.Column("quote", sa.LargeBinary, nullable=True))
    op.add_column("entries", sa.Column("asked_at", Instant, nullable=True))
