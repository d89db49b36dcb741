"""Drafts: what people wrote to the bot and have not saved yet."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """A table that empties itself: what nobody saves is dropped after a week."""
    op.create_table(
        "drafts",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("written_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_owner", "drafts", ["team_id", "owner_id"])
    op.create_index("ix_drafts_written_at", "drafts", ["written_at"])
