"""Logging: one line for each event, ids and counts only, never what people wrote."""

from __future__ import annotations

import logging
import threading
from types import TracebackType
from typing import TextIO

from bot.slack.errors import where

log = logging.getLogger(__name__)

QUIET = {
    "slack_sdk": logging.CRITICAL,  # it logs what it also raises, with the request
    "slack_bolt": logging.WARNING,  # at INFO it quotes requests and answers
    "bot.bolt": logging.CRITICAL,  # Bolt again, under the name that front.py gives it
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
}
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"

Raised = tuple[type[BaseException], BaseException, TracebackType | None]


class _NeverQuoted(logging.Filter):
    """Drops what quotes people, whatever level anybody gave its logger."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record may be written."""
        parts = record.name.split(".")
        names = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
        return all(record.levelno >= QUIET.get(name, 0) for name in names)


class _Places(logging.Formatter):
    """An exception as its type and its places in the code; its message may quote somebody."""

    def formatException(self, ei: Raised | tuple[None, None, None]) -> str:  # noqa: N802
        """In the place of Python's traceback."""
        return f"{type(ei[1]).__name__}\n{where(ei[1])}" if ei[1] else ""


def log_handler(stream: TextIO | None = None) -> logging.Handler:
    """What writes the log, to standard error unless told otherwise."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(_NeverQuoted())
    handler.setFormatter(_Places(LINE))
    return handler


def set_up_logging() -> None:
    """Writes the log to standard error; libraries that may quote people are kept quiet."""
    logging.basicConfig(level=logging.INFO, handlers=[log_handler()])
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    threading.excepthook = _thread_ended


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value:
        error = ended.exc_value
        log.error("a thread ended: %s\n%s", type(error).__name__, where(error))
