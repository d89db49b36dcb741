"""Entries pinned to the ladder's words of their day, and nudges that know what they quoted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """What was logged before has no wording; the ladder's text is not private, so not sealed."""
    op.create_table(
        "wordings",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("track_id", sa.String(100), nullable=False),
        sa.Column("level_id", sa.String(100), nullable=False),
        sa.Column("competency_id", sa.String(100), nullable=False),
        sa.Column("competency", sa.Text, nullable=False),
        sa.Column("statements", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_wordings"),
    )
    op.add_column("entries", sa.Column("wording_id", sa.String(64), nullable=True))
    op.add_column("nudges", sa.Column("statement_id", sa.String(100), nullable=True))
    op.add_column("nudges", sa.Column("cue", sa.Text, nullable=True))
