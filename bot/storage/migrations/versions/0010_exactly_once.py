"""Leases, fences and doubts of parcels, and what all replicas know of a workspace."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing yet."""
