"""What people write to the bot, until they save it as an example or say that it is none."""
