"""From shared pages to Block Kit: a file for each thing that somebody sees."""
