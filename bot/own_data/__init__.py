"""All that is kept about one person: taken along, or erased, and who asked for it."""
