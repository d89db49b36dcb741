"""Who asked for an export or an erasure, and who did it."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nothing yet."""
