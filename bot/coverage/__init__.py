"""The coverage picture: one person's own examples, by competency and month, for that person."""
