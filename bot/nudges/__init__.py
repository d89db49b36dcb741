"""When and what to ask: one short question about one competency."""
