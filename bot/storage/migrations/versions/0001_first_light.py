"""First light: people, managers, entries, nudges, one-on-ones, shares and the outbox."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Every table that the first version needs; all sealed text is LargeBinary."""
    _people()
    _journal()
    _nudges()
    _one_on_ones()
    _delivery()
    op.create_table(
        "key_canary",
        *_key("key_canary", "team_id", "id"),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )


def _text(name: str, length: int = 64, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _key(table: str, *names: str) -> tuple[sa.schema.SchemaItem, ...]:
    columns = [_text(name, 32 if name == "team_id" else 64) for name in names]
    return (*columns, sa.PrimaryKeyConstraint(*names, name=f"pk_{table}"))


def _people() -> None:
    op.create_table(
        "people",
        *_key("people", "team_id", "user_id"),
        _text("track_id", 100),
        _text("level_id", 100),
        _text("zone"),
        _text("placed_by"),
        sa.Column("placed_at", Instant, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "managers",
        *_key("managers", "team_id", "user_id"),
        _text("manager_id"),
        _text("relation", 16),
        _text("proposed_by"),
        sa.Column("changed_at", Instant, nullable=False),
    )


def _journal() -> None:
    op.create_table(
        "entries",
        *_key("entries", "team_id", "id"),
        _text("owner_id"),
        _text("competency_id", 100),
        _text("statement_id", 100, nullable=True),
        _text("track_id", 100),
        _text("level_id", 100),
        _text("ladder_version", 100),
        sa.Column("happened_on", sa.Date, nullable=False),
        _text("source", 16),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=True),
        sa.Column("statement_text", sa.LargeBinary, nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
    )
    owned = ["team_id", "owner_id", "happened_on", "created_at"]
    op.create_index("ix_entries_owner", "entries", owned)


def _nudges() -> None:
    op.create_table(
        "nudge_schedules",
        *_key("nudge_schedules", "team_id", "user_id"),
        _text("cadence", 16),
        sa.Column("weekday", sa.Integer, nullable=False),
        _text("at", 5),
        sa.Column("due_at", Instant, nullable=True),
        sa.Column("again_on", sa.Date, nullable=True),
        sa.Column("introduced", sa.Boolean, nullable=False),
    )
    op.create_index("ix_nudge_schedules_due", "nudge_schedules", ["team_id", "due_at"])
    op.create_table(
        "nudges",
        *_key("nudges", "team_id", "id"),
        _text("user_id"),
        _text("competency_id", 100),
        sa.Column("local_date", sa.Date, nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("days_since", sa.Integer, nullable=True),
        sa.Column("first", sa.Boolean, nullable=False),
        _text("answer", 16),
        sa.Column("answered_at", Instant, nullable=True),
    )
    op.create_index("ix_nudges_person", "nudges", ["team_id", "user_id", "asked_at"])


def _one_on_ones() -> None:
    op.create_table(
        "one_on_ones",
        *_key("one_on_ones", "team_id", "engineer_id"),
        sa.Column("first_on", sa.Date, nullable=False),
        _text("at", 5),
        sa.Column("weeks", sa.Integer, nullable=False),
        sa.Column("pre_read_due_at", Instant, nullable=False),
    )
    op.create_index("ix_one_on_ones_due", "one_on_ones", ["team_id", "pre_read_due_at"])
    op.create_table(
        "shares",
        *_key("shares", "team_id", "id"),
        _text("owner_id"),
        _text("reader_id"),
        sa.Column("items", sa.LargeBinary, nullable=False),
        sa.Column("shared_at", Instant, nullable=False),
    )
    op.create_index("ix_shares_owner", "shares", ["team_id", "owner_id", "shared_at"])


def _delivery() -> None:
    op.create_table(
        "parcels",
        *_key("parcels", "team_id", "id"),
        _text("key", 200),
        _text("recipient_id"),
        _text("kind", 32),
        _text("subject"),
        _text("state", 16),
        _text("reason", 100),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("claimed_at", Instant, nullable=True),
        _text("channel_id", nullable=True),
        _text("message_ts", 32, nullable=True),
        sa.UniqueConstraint("team_id", "key", name="uq_parcels_team_id_key"),
    )
    op.create_index("ix_parcels_due", "parcels", ["team_id", "state", "not_before"])
