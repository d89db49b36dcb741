"""Who asked for an export or an erasure, and who did it."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nothing was asked for before."""
    op.create_table(
        "data_requests",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("about_id", sa.String(64), nullable=True),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(64), nullable=True),
        sa.Column("reason", sa.LargeBinary, nullable=True),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("done_at", Instant, nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_data_requests"),
    )
    op.create_index("ix_data_requests_about", "data_requests", ["team_id", "about_id"])
