"""Leases, fences and doubts of parcels, and what all replicas know of a workspace."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0010"
down_revision = "0009"

COUNTS = ("fence", "looks", "absences")

parcels = sa.table(
    "parcels",
    *(sa.column(name, sa.Integer) for name in COUNTS),
    sa.column("state", sa.String),
    sa.column("taken_back", sa.Boolean),
    sa.column("lease_until", Instant),
    sa.column("claimed_at", Instant),
)


def upgrade() -> None:
    """What the version before was sending is in doubt at once, and is looked up in Slack."""
    for name in ("lease_until", "look_at"):
        op.add_column("parcels", sa.Column(name, Instant, nullable=True))
    for name in COUNTS:
        op.add_column("parcels", sa.Column(name, sa.Integer, nullable=True))
    op.add_column("parcels", sa.Column("taken_back", sa.Boolean, nullable=True))
    op.create_index("ix_parcels_recipient", "parcels", ["team_id", "recipient_id"])
    _fill()
    with op.batch_alter_table("parcels") as batch:
        for name in COUNTS:
            batch.alter_column(name, existing_type=sa.Integer, nullable=False)
        batch.alter_column("taken_back", existing_type=sa.Boolean, nullable=False)
    op.create_table(
        "delivery_offices",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("paused_until", Instant, nullable=True),
        sa.Column("pause_reason", sa.String(64), nullable=False),
        sa.Column("free_at", Instant, nullable=True),
        sa.Column("alive_at", Instant, nullable=True),
        sa.Column("look_before", Instant, nullable=True),
        sa.PrimaryKeyConstraint("team_id", name="pk_delivery_offices"),
    )


def _fill() -> None:
    recalled = parcels.c.state == "recalled"
    op.execute(parcels.update().values(taken_back=recalled, **dict.fromkeys(COUNTS, 0)))
    op.execute(parcels.update().where(recalled).values(state="sending"))
    cut_short = parcels.update().where(parcels.c.state == "sending")
    op.execute(cut_short.values(lease_until=parcels.c.claimed_at))
