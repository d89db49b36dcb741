"""Reminders of promises, and the time zone of whoever is not placed."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Nobody is reminded of anything yet; zones come in with the next look at each account."""
    op.create_table(
        "promise_reminders",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("due_at", Instant, nullable=True),
        sa.Column("last_on", sa.Date, nullable=True),
        sa.Column("pair_id", sa.String(64), nullable=True),
        sa.Column("unanswered", sa.Integer, nullable=False),
        sa.Column("stopped", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name="pk_promise_reminders"),
    )
    op.create_index("ix_promise_reminders_due", "promise_reminders", ["team_id", "due_at"])
    op.add_column("accounts", sa.Column("zone", sa.String(64), nullable=True))
