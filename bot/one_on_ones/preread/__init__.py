"""What the engineer reads before a one-on-one, and nobody else: chosen, worded, checked, drawn."""
