"""A confirmed manager, and beside them whoever is proposed; and the managers of before."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Who was only proposed, or has declined, moves to a table of its own."""
    op.create_table(
        "manager_proposals",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("manager_id", sa.String(64), nullable=False),
        sa.Column("relation", sa.String(16), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name="pk_manager_proposals"),
    )
    op.execute(
        "INSERT INTO manager_proposals"
        " SELECT team_id, user_id, manager_id, relation, proposed_by, changed_at"
        " FROM managers WHERE relation <> 'confirmed'"
    )
    op.execute("DELETE FROM managers WHERE relation <> 'confirmed'")
    op.drop_column("managers", "relation")
    op.create_index("ix_managers_manager", "managers", ["team_id", "manager_id"])
    op.create_table(
        "former_managers",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("manager_id", sa.String(64), nullable=False),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("ended_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_former_managers"),
    )
    op.create_index("ix_former_managers_user", "former_managers", ["team_id", "user_id"])
