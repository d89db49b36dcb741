"""A private note. Pure."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from bot.slack.member import Member

IDS = uuid.UUID("8a1f6a0e-4f0d-5c0b-8b36-0d1f5b6f7c29")


@dataclass(frozen=True, slots=True)
class Note:
    """What one side keeps for themselves about a pair; `updated_at` is UTC."""

    pair_id: str
    author: Member
    text: str
    updated_at: datetime

    @property
    def id(self) -> str:
        """One for each side of a pair."""
        return note_id(self.pair_id, self.author)


def note_id(pair_id: str, author: Member) -> str:
    """The id of somebody's own note about that pair."""
    return uuid.uuid5(IDS, f"{pair_id} {author.user_id}").hex


class NoteNotFound(Exception):
    """There is no such note, or it is not this person's: both look the same."""
