"""The conversation: its rhythm, and a pre-read for the engineer."""
