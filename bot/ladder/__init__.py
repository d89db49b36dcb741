"""What is expected: the career ladder, read from files, asked in words, answered verbatim."""
