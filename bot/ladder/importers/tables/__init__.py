"""Tables in CSV: opened, laid out, and read cell by cell."""
