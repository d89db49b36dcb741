"""What the post office keeps about a person: told to them, and erased."""
