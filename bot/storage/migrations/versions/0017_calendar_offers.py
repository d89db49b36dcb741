"""What somebody may choose from in a calendar that they just gave, sealed, for any replica."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """What a bot of before held in its memory is gone with it: it was half an hour old at most."""
    op.create_table(
        "calendar_offers",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("set_by", sa.String(64), nullable=False),
        sa.Column("offer", sa.LargeBinary, nullable=False),
        sa.Column("held_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_calendar_offers"),
    )
    op.create_index("ix_calendar_offers_set_by", "calendar_offers", ["team_id", "set_by"])
    op.create_index("ix_calendar_offers_held_at", "calendar_offers", ["held_at"])
