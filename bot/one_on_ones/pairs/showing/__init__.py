"""What both sides of a one-on-one see of it: a file for each thing that is shown."""
