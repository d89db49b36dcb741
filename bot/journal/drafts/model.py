"""A written message that may become an example."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slack.member import Member

KIND = "draft"
KEPT = timedelta(days=7)
DRAFT_IDS = uuid.UUID("0d5a3e0c-6c0a-5f6e-9d6b-5b0c6a6c2f4e")


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote to the bot, as readable text; `written_at` is UTC."""

    id: str
    owner: Member
    text: str
    written_at: datetime


class DraftGone(Exception):
    """There is no such draft any more, or it is somebody else's: both look the same."""


def draft_id(team_id: str, channel: str, ts: str) -> str:
    """Made from the message's own place, so that one message is one draft."""
    return uuid.uuid5(DRAFT_IDS, f"{team_id} {channel} {ts}").hex
