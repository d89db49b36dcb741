"""What each side wrote last of what was agreed, for their own export."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """What was written over before this is not kept anywhere, and stays away."""
    op.add_column("talks", sa.Column("before", sa.LargeBinary, nullable=True))
    op.add_column("talks", sa.Column("before_by", sa.String(64), nullable=True))
