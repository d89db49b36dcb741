"""Earlier versions of examples."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Examples that were changed before have no earlier versions."""
    op.create_table(
        "entry_versions",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("entry_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("competency_id", sa.String(100), nullable=False),
        sa.Column("statement_id", sa.String(100), nullable=True),
        sa.Column("ladder_version", sa.String(100), nullable=False),
        sa.Column("wording_id", sa.String(64), nullable=True),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=True),
        sa.Column("quote", sa.LargeBinary, nullable=True),
        sa.Column("statement_text", sa.LargeBinary, nullable=True),
        sa.Column("written_at", Instant, nullable=False),
        sa.Column("replaced_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_entry_versions"),
    )
    columns = ["team_id", "owner_id", "entry_id", "number"]
    op.create_index("ix_entry_versions_entry", "entry_versions", columns, unique=True)
    op.drop_index("ix_entries_owner", "entries")
    listed_by = ["team_id", "owner_id", "happened_on", "created_at", "id", "competency_id"]
    op.create_index("ix_entries_owner", "entries", listed_by)
