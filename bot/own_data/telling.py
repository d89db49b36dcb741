"""What was asked for about a person, in the words of an export."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.own_data.model import Request
from bot.privacy.records import Section

TELL_WINDOW = timedelta(days=14)
OPERATOR_WORDS = "whoever runs Rung"
ERASED_WORDS = "somebody who was erased since"


def asker(request: Request) -> str:
    """Who asked, as a user id or in words."""
    if request.asked_by is None:
        return OPERATOR_WORDS
    return request.asked_by.user_id or ERASED_WORDS


def told(requests: Iterable[Request]) -> Section:
    """All of it, a row for each request."""
    return Section(
        "asked_for",
        "What others asked for about this person",
        ("request", "what", "asked_by", "reason", "asked_at", "done_at"),
        tuple(
            (each.id, each.what.value, asker(each), each.reason, each.asked_at, each.done_at)
            for each in requests
        ),
    )


def told_to_asker(requests: Iterable[Request]) -> Section:
    """What somebody asked for about others, in their own words."""
    return Section(
        "asked",
        "What this person asked for about others",
        ("request", "what", "about", "reason", "asked_at", "done_at"),
        tuple(
            (each.id, each.what.value, each.about.user_id, each.reason, each.asked_at, each.done_at)
            for each in requests
        ),
    )
