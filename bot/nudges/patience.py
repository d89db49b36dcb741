"""How patient the bot is with somebody who does not answer: less, once more, then silence. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.nudges.model import Answer, Nudge

DOUBLES_AT = 2
ASKS_HOW_OFTEN_AT = 3
SILENT_AT = 4


def ignored(nudges: Iterable[Nudge], heard_at: datetime | None) -> int:
    """How many of them reached the person and got no answer since they were last heard.

    What was never delivered cannot be ignored.
    """
    return sum(
        nudge.answer is Answer.NONE
        and nudge.sent_at is not None
        and (heard_at is None or nudge.sent_at > heard_at)
        for nudge in nudges
    )


def stretch(unanswered: int) -> int:
    """By how much the gap between two questions grows."""
    return 2 if unanswered >= DOUBLES_AT else 1


def asks_how_often(unanswered: int) -> bool:
    """Whether the next question is about how often to ask."""
    return unanswered == ASKS_HOW_OFTEN_AT


def is_silent(unanswered: int) -> bool:
    """Whether nothing is asked any more until the person says something."""
    return unanswered >= SILENT_AT
