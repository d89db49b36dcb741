"""What the bot says by itself around a one-on-one, one file for each message."""
