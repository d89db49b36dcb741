"""The meetings of a pair that took place, and what was agreed in each."""
