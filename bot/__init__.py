"""Rung: growth conversations in Slack."""

VERSION = "0.3.0"
