"""Which competency an example belongs to, guessed from the ladder's words and one's own past."""
