"""What comes by itself around a one-on-one: preparation, wrap-up, and reminders of promises."""
