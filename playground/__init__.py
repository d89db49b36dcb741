"""A Slack-like workspace on this machine, to try Rung in and to test it with."""
