"""What each side of a one-on-one keeps for themselves: the author reads it, and nobody else."""
