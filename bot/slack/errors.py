"""The one place where an error becomes a sentence that a person reads."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.logs import happened, raised
from bot.slack.answers import AnswerRefused, error_code
from bot.slack.state import StaleState

log = logging.getLogger(__name__)

Sentence = Callable[[Any], str]

SILENT = "Slack did not answer me. Please look whether it worked, and try again if not."

NO_FILES = (
    "Your workspace does not let apps send these files. Whoever runs Rung can make the export for "
    "you: `python -m bot export`."
)

SLACK_SENTENCES = {
    "expired_trigger_id": "That took longer than Slack allows. Please press it once more.",
    "invalid_trigger_id": "That took longer than Slack allows. Please press it once more.",
    "exchanged_trigger_id": "Slack has answered that press already. Please press it once more.",
    "hash_conflict": "That had changed meanwhile. Please look again, and press it once more.",
    "ratelimited": "Slack asks for a short pause. Please try again in a minute.",
    "file_uploads_disabled": NO_FILES,
    "file_uploads_except_images": NO_FILES,
    "file_upload_size_restricted": NO_FILES,
    "storage_limit_reached": NO_FILES,
    "missing_scope": "The app lacks a permission in Slack. Please ask whoever runs Rung to "
    "reinstall it with the current manifest.",
}


class ErrorMap:
    """Known errors by type; what is unknown gets a reference that the log also shows."""

    def __init__(self, sentences: Mapping[type[Exception], Sentence]) -> None:
        """`sentences` maps an error type (and its subtypes) to the words about it, escaped."""
        self._sentences: dict[type, Sentence] = {
            StaleState: _stale,
            AnswerRefused: _too_late,
            SlackApiError: _slack,
            OSError: _silent,
            HTTPException: _silent,
            **sentences,
        }

    def sentence(self, error: Exception) -> str:
        """What to tell the person; logs what nobody expected, without any text they wrote."""
        for kind in type(error).__mro__:
            if kind in self._sentences:
                return self._sentences[kind](error)
        reference = secrets.token_hex(3)
        log.error(happened("unexpected", reference=reference, **raised(error)))
        return (
            f"Something went wrong on my side. Please try again; if it stays, tell whoever runs "
            f"Rung the reference {reference}."
        )


def _stale(_error: StaleState) -> str:
    return "This button belongs to an older version of Rung. Type `/ladder` to go on from there."


def _too_late(_error: AnswerRefused) -> str:
    return "Slack did not let me answer there any more. Please ask again: type `/ladder`."


def _slack(error: SlackApiError) -> str:
    code = error_code(error)
    log.warning(happened("refused_call", code=code or "unreadable"))
    if not code:
        return SILENT
    return SLACK_SENTENCES.get(code, f"Slack refused that ({code}). Please try again in a moment.")


def _silent(error: Exception) -> str:
    log.warning(happened("unanswered_call", error=type(error).__name__))
    return SILENT
