"""A log that hides nothing: every logger of every library, at every level."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.logs import log_handler, set_up_logging


@pytest.fixture
def whole_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """What the bot's own handler writes while each logger there is lets everything through."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    set_up_logging()
    known = [each for each in logging.root.manager.loggerDict.values() if hasattr(each, "level")]
    for logger in known:  # slack_sdk looks at the level itself
        monkeypatch.setattr(logger, "level", logging.DEBUG)
    monkeypatch.setattr(logging.Logger, "isEnabledFor", lambda *_: True)
    stream = StringIO()
    handler = log_handler(stream)
    logging.root.addHandler(handler)
    yield stream
    logging.root.removeHandler(handler)
