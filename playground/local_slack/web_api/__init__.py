"""Slack's Web API: one function per method, by family."""
