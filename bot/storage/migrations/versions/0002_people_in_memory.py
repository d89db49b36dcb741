"""Who changed since when: each person carries the revision that last placed them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """People who are there already keep an empty revision: the first load reads everybody."""
    op.add_column("people", sa.Column("revision", sa.Integer, nullable=True))
    op.create_index("ix_people_revision", "people", ["team_id", "revision"])
    op.create_table(
        "revisions",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "name", name="pk_revisions"),
    )
