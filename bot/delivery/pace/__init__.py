"""How fast a workspace may be written to, and when not at all: shared by all replicas."""
