"""How fast the bot answers, against what else could answer; `make bench` runs it."""
