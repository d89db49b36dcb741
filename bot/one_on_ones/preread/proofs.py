"""What counts as the same word, day, number and link, whoever wrote it down. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from bot.journal.model import Entry
from bot.slack.text import unescape

CUT = "…"
LEAST_OF_A_QUOTE = 25
HALF_A_YEAR = 180
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
T = TypeVar("T")


class Refused(StrEnum):
    """What is wrong with a line; all that is ever logged of one."""

    SHAPE = "shape"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    LINK = "link"
    QUOTE = "quote"
    CLAIM = "claim"


class Unsupported(Exception):
    """No fact supports something in the line."""

    def __init__(self, what: Refused) -> None:
        super().__init__(what)
        self.what = what


def need(supported: bool, otherwise: Refused) -> None:
    """Raises Unsupported without support."""
    if not supported:
        raise Unsupported(otherwise)


def those(found: Sequence[T], fits: Callable[[T], bool], otherwise: Refused) -> list[T]:
    """Those that fit; raises Unsupported where none does."""
    left = [each for each in found if fits(each)]
    need(bool(left), otherwise)
    return left


def number(said: str | None) -> int:
    """The number in digits; -1 for anything else."""
    return int(said) if said and said.isascii() and said.isdecimal() else -1


def minute(moment: datetime) -> str:
    """What stands for a moment where Slack cannot show it."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def day_of(said: str | None, today: date) -> date:
    """A day without its year is the one within half a year of today; raises Unsupported."""
    day, month, *year = (said or "- -").split()
    need(month in MONTHS, Refused.DATE)
    for each in [int(year[0])] if year else (today.year - 1, today.year, today.year + 1):
        try:
            found = date(each, MONTHS.index(month) + 1, int(day))
        except ValueError:
            continue
        if year or abs((found - today).days) <= HALF_A_YEAR:
            return found
    raise Unsupported(Refused.DATE)


def is_quote(shown: str | None, text: str) -> bool:
    """Word for word, but for the white space; or the beginning of it, cut where it says so."""
    said, whole = unescape(shown or ""), " ".join(text.split())
    return said == whole or _is_cut(said, whole)


def _is_cut(said: str, whole: str) -> bool:
    kept = said.removesuffix(CUT)
    return kept != said and len(said) >= LEAST_OF_A_QUOTE and whole.startswith(kept)


def is_link(address: str, entry: Entry) -> bool:
    """One of the entry's own, as it has to be written between brackets."""
    return unescape(address) in [each.replace("|", "%7C") for each in entry.links]
