"""Where one-on-ones go by a calendar: its address, sealed, and the meetings found in it."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Nobody has one yet."""
    op.create_table(
        "calendars",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("set_by", sa.String(64), nullable=False),
        sa.Column("address", sa.LargeBinary, nullable=True),
        sa.Column("uid", sa.LargeBinary, nullable=False),
        sa.Column("marks", sa.LargeBinary, nullable=True),
        sa.Column("read_at", Instant, nullable=False),
        sa.Column("next_read_at", Instant, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("failing_since", Instant, nullable=True),
        sa.Column("problem", sa.String(16), nullable=True),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_calendars"),
    )
    op.create_index("ix_calendars_due", "calendars", ["team_id", "next_read_at"])
    op.create_index("ix_calendars_set_by", "calendars", ["team_id", "set_by"])
    op.create_table(
        "calendar_meetings",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("slot", sa.String(64), nullable=False),
        sa.Column("starts_at", Instant, nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", "slot", name="pk_calendar_meetings"),
    )
