"""When each person is asked, about what, and how patient the bot has to be with them."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nothing yet."""
