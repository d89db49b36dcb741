"""Past one-on-ones: what was agreed, promised and kept; to read in Slack, and to take along."""
