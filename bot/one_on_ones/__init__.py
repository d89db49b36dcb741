"""The conversation: a pre-read for the engineer, and the page they choose to share."""
