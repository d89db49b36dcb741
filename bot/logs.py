"""Logging: one line for each event, ids and counts only, never what people wrote."""

from __future__ import annotations

import logging

QUIET = {
    # Bolt logs the whole body of a request with a bad signature, which may hold what people wrote
    "slack_bolt.RequestVerification": logging.ERROR,
    "slack_bolt.App": logging.ERROR,  # warns that `authorize` wins over the token, as it should
    "slack_bolt": logging.WARNING,
    "slack_sdk": logging.WARNING,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
}


def set_up_logging() -> None:
    """Writes the bot's own log to standard error, and keeps libraries that quote people quiet."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
