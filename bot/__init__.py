"""Rung: growth conversations in Slack."""

VERSION = "0.5.0"
