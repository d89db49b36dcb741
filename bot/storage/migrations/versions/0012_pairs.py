"""Who meets whom: one-on-ones get a second side, and meetings that are moved or skipped."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0012"
down_revision = "0011"

PAIR_IDS = uuid.UUID("f0b1f1de-6a3f-5a70-9d0c-7c3f4d7a6d12")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    """What an engineer set up by themselves stays theirs; their manager is not asked yet."""
    op.create_table(
        "pairs",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("engineer_id", sa.String(64), nullable=False),
        sa.Column("partner_id", sa.String(64), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("cadence", sa.String(16), nullable=True),
        sa.Column("first_on", sa.Date, nullable=True),
        sa.Column("at", sa.String(5), nullable=True),
        sa.Column("zone", sa.String(64), nullable=True),
        sa.Column("resumes", sa.Date, nullable=True),
        sa.Column("slot", sa.String(64), nullable=True),
        sa.Column("starts_at", Instant, nullable=True),
        sa.Column("pre_read_due_at", Instant, nullable=True),
        sa.Column("pre_read_slot", sa.String(64), nullable=True),
        sa.Column("over_due_at", Instant, nullable=True),
        sa.Column("met_at", Instant, nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("ended_at", Instant, nullable=True),
        sa.Column("why", sa.String(16), nullable=True),
        sa.Column("asked_at", Instant, nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_pairs"),
    )
    op.create_index("ix_pairs_pre_read", "pairs", ["team_id", "pre_read_due_at"])
    op.create_index("ix_pairs_over", "pairs", ["team_id", "over_due_at"])
    op.create_index("ix_pairs_engineer", "pairs", ["team_id", "engineer_id"])
    op.create_index("ix_pairs_partner", "pairs", ["team_id", "partner_id"])
    op.create_table(
        "pair_moves",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("pair_id", sa.String(64), nullable=False),
        sa.Column("slot", sa.String(64), nullable=False),
        sa.Column("moved_to", Instant, nullable=True),
        sa.PrimaryKeyConstraint("team_id", "pair_id", "slot", name="pk_pair_moves"),
    )
    _carry_over()
    op.drop_table("one_on_ones")


def _carry_over() -> None:
    """The next heartbeat finds the meeting over at once, and so computes the next one."""
    old = sa.table(
        "one_on_ones",
        *map(sa.column, ("team_id", "engineer_id", "at", "weeks")),
        sa.column("first_on", sa.Date),
        sa.column("pre_read_due_at", Instant),
    )
    people = sa.table("people", *map(sa.column, ("team_id", "user_id", "zone")))
    managers = sa.table("managers", *map(sa.column, ("team_id", "user_id", "manager_id")))

    def of_engineer(table: sa.TableClause) -> sa.ColumnElement[bool]:
        return (table.c.team_id == old.c.team_id) & (table.c.user_id == old.c.engineer_id)

    joined = old.outerjoin(people, of_engineer(people)).outerjoin(managers, of_engineer(managers))
    query = sa.select(old, people.c.zone, managers.c.manager_id).select_from(joined)
    rows = [_as_pair(row) for row in op.get_bind().execute(query).mappings().all()]
    if rows:
        op.bulk_insert(_pairs(), rows)


def _pairs() -> sa.TableClause:
    instants = ("pre_read_due_at", "over_due_at", "created_at")
    texts = ("team_id", "id", "engineer_id", "partner_id", "state", "proposed_by", "cadence")
    return sa.table(
        "pairs",
        *map(sa.column, (*texts, "at", "zone")),
        sa.column("first_on", sa.Date),
        *(sa.column(name, Instant) for name in instants),
    )


def _as_pair(row: sa.RowMapping) -> dict[str, object]:
    seed = f"{row['team_id']} {row['engineer_id']}"
    return {
        "team_id": row["team_id"],
        "id": uuid.uuid5(PAIR_IDS, seed).hex,
        "engineer_id": row["engineer_id"],
        "partner_id": row["manager_id"],
        "state": "proposed" if row["manager_id"] else "confirmed",
        "proposed_by": row["engineer_id"],
        "cadence": "weekly" if row["weeks"] == 1 else "fortnightly",
        "first_on": row["first_on"],
        "at": row["at"],
        "zone": row["zone"] or "UTC",
        "pre_read_due_at": row["pre_read_due_at"],
        "over_due_at": LONG_AGO,
        "created_at": LONG_AGO,
    }
