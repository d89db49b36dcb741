"""Who is who: a Slack user's track, level, manager and time zone."""
