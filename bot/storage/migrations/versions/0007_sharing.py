"""Shares that can be taken back, and who read them."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing yet."""
