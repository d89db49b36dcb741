"""Rung: growth conversations in Slack."""

VERSION = "0.4.0"
