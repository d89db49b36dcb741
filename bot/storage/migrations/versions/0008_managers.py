"""Managers who are proposed, and those who were."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing yet."""
