"""From an example to Block Kit: a file for each thing that its author sees."""
