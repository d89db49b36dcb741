"""Rung: growth conversations in Slack."""
