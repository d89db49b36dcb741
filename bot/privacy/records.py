"""What is kept about a person: how each capability tells of it, and how it lets go of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.slack.member import Member

Value = str | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of record: each row holds a value for each column, in the author's own words.

    `name` is a word for file names and JSON keys, `title` what people read above it.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


class Keeper(Protocol):
    """A capability that keeps something about people."""

    def records_of(self, member: Member) -> Sequence[Section]:
        """All that is kept about the member, also what others wrote about them."""

    def erase(self, tx: Any, member: Member) -> None:
        """Removes all of it within the transaction."""
