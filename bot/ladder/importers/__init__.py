"""Pages, folders and tables that people have, read into the ladder without losing a word."""
