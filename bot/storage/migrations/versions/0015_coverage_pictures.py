"""Which picture of their own examples somebody was sent last."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Nobody was sent one before."""
    op.create_table(
        "coverage_pictures",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("file_id", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "owner_id", name="pk_coverage_pictures"),
    )
