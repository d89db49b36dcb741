"""The way to Slack: the Bolt app, HTTP and Socket Mode, Block Kit within its limits."""
