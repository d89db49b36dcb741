"""What came back from Slack when it was not a plain yes."""

from __future__ import annotations

import re
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError

CODE = re.compile(r"[a-z0-9_]+")

# Everything that the SDK lets through when a line breaks or the answer is not Slack's
BROKEN = (OSError, HTTPException, SlackClientError, ValueError, TypeError, AttributeError)


class AnswerRefused(Exception):
    """Slack did not take an answer: its address lasts for 30 minutes and for five uses."""


def error_code(error: SlackApiError) -> str:
    """Slack's own code, such as `user_not_found`; empty when the answer was not Slack's at all.

    The SDK puts a page of HTML, or nothing, where a code should be.
    """
    code = str(error.response.get("error") or "")
    return code if CODE.fullmatch(code) else ""


def refuses_picture(error: SlackApiError) -> bool:
    """Whether Slack refuses blocks because of a file in them: `invalid slack file`, it says."""
    metadata = error.response.get("response_metadata") or {}
    said = [*(metadata.get("messages") or []), *(error.response.get("errors") or [])]
    return any("slack_file" in str(each) for each in said)
