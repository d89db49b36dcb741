"""Logging: one line for each event, with named fields; ids and counts, never what people wrote."""

from __future__ import annotations

import json
import logging
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

QUIET = {
    "slack_sdk": logging.CRITICAL,  # it logs what it also raises, with the request
    "slack_bolt": logging.WARNING,  # at INFO it quotes requests and answers
    "bot.bolt": logging.CRITICAL,  # Bolt again, under the name that front.py gives it
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
}
OURS = "bot"

Field = str | int | float | bool | None
Raised = tuple[type[BaseException], BaseException, TracebackType | None]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as a word or two with `_`, and what is to be known of it."""

    name: str
    fields: Mapping[str, Field]

    def __str__(self) -> str:
        """Readable: `sent kind=nudge lateness_s=3`."""
        return " ".join([self.name, *(f"{key}={_plain(self.fields[key])}" for key in self.fields)])


def happened(name: str, **fields: Field) -> Event:
    """What to give to a logger: `log.info(happened("sent", kind="nudge"))`.

    The log names it after the folder of the bot that the logger belongs to: `delivery.sent`.
    """
    return Event(name, fields)


def raised(error: BaseException) -> dict[str, Field]:
    """Fields for an error: its type and its places; its message may quote what a person wrote."""
    return {"error": type(error).__name__, "where": "; ".join(_places(error))}


def where(error: BaseException) -> str:
    """The traceback's places, one to a line, without its message."""
    return "\n".join(f"  {place}" for place in _places(error))


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]


class _NeverQuoted(logging.Filter):
    """Drops what quotes people, whatever level anybody gave its logger."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record may be written."""
        parts = record.name.split(".")
        names = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
        return all(record.levelno >= QUIET.get(name, 0) for name in names)


class _Readable(logging.Formatter):
    """`2026-11-29T10:00:00.120Z INFO delivery.sent kind=nudge lateness_s=3`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever is in it."""
        return f"{_time(record)} {record.levelname} {_event(record)}"


class _Json(logging.Formatter):
    """The same as an object: `time`, `level`, `event`, and the fields beside them."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of ASCII; a field never takes the place of one of the three."""
        told = _event(record)
        head = {"time": _time(record), "level": record.levelname, "event": told.name}
        return json.dumps({**head, **told.fields, **head})


class _Handler(logging.StreamHandler[TextIO]):
    """The bot's own, to be told from those of a library or of a test."""


def log_handler(stream: TextIO | None = None, *, as_json: bool = False) -> logging.Handler:
    """What writes the log, to standard error unless told otherwise."""
    handler = _Handler(stream)
    handler.addFilter(_NeverQuoted())
    handler.setFormatter(_Json() if as_json else _Readable())
    return handler


def set_up_logging(*, as_json: bool = False) -> None:
    """Writes the log to standard error; libraries that may quote people are kept quiet.

    May be called again, once it is known how the operator wants it.
    """
    logging.basicConfig(level=logging.INFO, handlers=[log_handler()])
    for handler in logging.root.handlers:
        if isinstance(handler, _Handler):
            handler.setFormatter(_Json() if as_json else _Readable())
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    threading.excepthook = _thread_ended


def _event(record: logging.LogRecord) -> Event:
    """What a library says in words becomes an event too, by the name of its logger."""
    fault = raised(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}
    top, _, rest = record.name.partition(".")
    if not isinstance(record.msg, Event):
        return Event(record.name, {"text": record.getMessage(), **fault})
    area = rest.partition(".")[0] if top == OURS else record.name
    return Event(f"{area}.{record.msg.name}", {**record.msg.fields, **fault})


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(value: Field) -> str:
    """A value as it is, or in quotes where it would not be one word of one line."""
    text = json.dumps(value) if value is None or isinstance(value, bool) else str(value)
    if text.isprintable() and text and not set(text) & set(' "='):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in quoted)


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value:
        logging.getLogger("bot.thread").error(happened("ended", **raised(ended.exc_value)))
