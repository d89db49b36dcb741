"""What a check finds, and what makes a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a finding is marked; only WRONG makes the doctor fail."""

    FINE = "ok"
    OFF = "off"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one part, and what to do about it, if anything is to be done."""

    name: str
    verdict: Verdict
    sentence: str
    remedy: str = ""

    def __str__(self) -> str:
        """As it is printed: a line, and the remedy under it."""
        line = f"{self.verdict:<6} {self.name}: {self.sentence}"
        return f"{line}\n{'':<6} → {self.remedy}" if self.remedy else line


Check = Callable[[], Iterable[Finding]]


def fine(name: str, sentence: str) -> Finding:
    """As it should be."""
    return Finding(name, Verdict.FINE, sentence)


def wrong(name: str, sentence: str, remedy: str = "") -> Finding:
    """To be mended; a sentence that already says how needs no `remedy`."""
    return Finding(name, Verdict.WRONG, sentence, remedy)


def note(name: str, sentence: str, remedy: str = "") -> Finding:
    """Good to know."""
    return Finding(name, Verdict.NOTE, sentence, remedy)
