"""Shares that can be taken back, what each holds, and the log of who got and opened it."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0007"
down_revision = "0006"

DELIVERED = sa.text(
    "INSERT INTO readings (team_id, id, share_id, owner_id, reader_id, how, at)"
    " SELECT shares.team_id, parcels.id, shares.id, shares.owner_id, shares.reader_id,"
    " 'delivered', parcels.claimed_at FROM shares JOIN parcels"
    " ON parcels.team_id = shares.team_id AND parcels.subject = shares.id || '/0'"
    " WHERE parcels.kind = 'share' AND parcels.state = 'sent' AND parcels.claimed_at IS NOT NULL"
)


def upgrade() -> None:
    """What was shared before stays open; of its log only the delivery is known."""
    op.add_column("shares", sa.Column("ended_at", Instant, nullable=True))
    op.add_column("shares", sa.Column("why", sa.String(32), nullable=True))
    op.create_index("ix_shares_reader", "shares", ["team_id", "reader_id", "shared_at"])
    op.create_table(
        "share_entries",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("share_id", sa.String(64), nullable=False),
        sa.Column("entry_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "share_id", "entry_id", name="pk_share_entries"),
    )
    op.create_index("ix_share_entries_entry", "share_entries", ["team_id", "entry_id"])
    op.create_table(
        "readings",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("share_id", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("reader_id", sa.String(64), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_readings"),
    )
    op.create_index("ix_readings_share", "readings", ["team_id", "share_id", "at"])
    op.create_index("ix_readings_owner", "readings", ["team_id", "owner_id", "at"])
    op.create_index("ix_readings_reader", "readings", ["team_id", "reader_id", "at"])
    op.execute(DELIVERED)
