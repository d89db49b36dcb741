"""The post office: messages that the bot sends unasked, each at most once."""
