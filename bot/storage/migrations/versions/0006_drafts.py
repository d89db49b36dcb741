"""Drafts: what people wrote to the bot and have not saved yet."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing yet."""
