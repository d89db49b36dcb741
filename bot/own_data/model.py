"""Everything about one person at one moment, and what was asked for by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.privacy.records import Section
from bot.slack.member import Member

REASON_CHARS = 1000
WORD = "ERASE"


class What(StrEnum):
    """What is asked for about a person."""

    EXPORT = "export"
    ERASE = "erase"
    READINGS = "readings"


@dataclass(frozen=True, slots=True)
class Records:
    """All that is kept about somebody; sections without a row are left out. UTC."""

    about: Member
    collected_at: datetime
    sections: tuple[Section, ...]

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Title of each section, and how many rows it has."""
        return tuple((section.title, len(section.rows)) for section in self.sections)

    def section(self, name: str) -> Section | None:
        """The section of that name."""
        return next((each for each in self.sections if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody else asked for it: a people admin, or, without `asked_by`, the operator.

    An admin who was erased since has an empty user id.
    """

    id: str
    about: Member
    what: What
    reason: str
    asked_by: Member | None
    asked_at: datetime
    done_at: datetime | None = None


class Denied(Exception):
    """Not theirs to do; it looks like a button that is not used any more."""


class NothingKept(Exception):
    """There is nothing about that person."""


class RequestGone(Exception):
    """No such request is open: it is done, was for something else, or never was."""
