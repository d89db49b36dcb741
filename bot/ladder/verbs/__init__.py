"""`python -m bot ladder …`: check, fix, show and import, for those who keep the ladder's files."""
