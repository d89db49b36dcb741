"""The shared page of a one-on-one: talks, agenda, promises, and each side's own notes."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0014"
down_revision = "0013"

INDEXES = {
    "talks": {"pair": ["pair_id", "starts_at"], "engineer": ["engineer_id"]},
    "agenda_items": {
        "pair": ["pair_id", "talk_id"],
        "engineer": ["engineer_id"],
        "author": ["author_id"],
    },
    "action_items": {
        "pair": ["pair_id", "state"],
        "owner": ["owner_id", "state"],
        "engineer": ["engineer_id"],
        "author": ["author_id"],
    },
    "private_notes": {"engineer": ["engineer_id"], "author": ["author_id"]},
}


def upgrade() -> None:
    """Pairs start with an empty page."""
    _create(
        "talks",
        sa.Column("slot", sa.String(64), nullable=False),
        sa.Column("starts_at", Instant, nullable=False),
        sa.Column("held", sa.Boolean, nullable=False),
        sa.Column("agreed", sa.LargeBinary, nullable=True),
        sa.Column("agreed_by", sa.String(64), nullable=True),
        sa.Column("agreed_at", Instant, nullable=True),
    )
    _create(
        "agenda_items",
        sa.Column("author_id", sa.String(64), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("added_at", Instant, nullable=False),
        sa.Column("discussed_at", Instant, nullable=True),
        sa.Column("talk_id", sa.String(64), nullable=True),
    )
    _create(
        "action_items",
        sa.Column("author_id", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("due_on", sa.Date, nullable=True),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("made_in_id", sa.String(64), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=True),
        sa.Column("closed_at", Instant, nullable=True),
        sa.Column("closed_by", sa.String(64), nullable=True),
        sa.Column("closed_in_id", sa.String(64), nullable=True),
    )
    _create(
        "private_notes",
        sa.Column("author_id", sa.String(64), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
    )
    for table, indexes in INDEXES.items():
        for name, columns in indexes.items():
            op.create_index(f"ix_{table}_{name}", table, ["team_id", *columns])


def _create(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("pair_id", sa.String(64), nullable=False),
        sa.Column("engineer_id", sa.String(64), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("team_id", "id", name=f"pk_{table}"),
    )
