"""Who may see what: one table, and what is kept about whom."""
