"""Logging: one line for each event, ids and counts only, never what people wrote."""

from __future__ import annotations

import logging

QUIET = {
    "slack_sdk": logging.CRITICAL,  # it logs what it also raises, with the request
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
}


def set_up_logging() -> None:
    """Writes the log to standard error; libraries that may quote people are kept quiet."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
