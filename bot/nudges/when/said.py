"""What somebody says about when to ask them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from bot.nudges.when.manners import WEEKDAYS, Cadence, Manners


class Kind(StrEnum):
    """What changed."""

    RHYTHM = "rhythm"
    PAUSED = "paused"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Change:
    """New manners."""

    manners: Manners
    kind: Kind


@dataclass(frozen=True, slots=True)
class Misheard:
    """What was not understood, as a sentence."""

    sentence: str


def hear(text: str, manners: Manners, today: date, next_day: date | None) -> Change | Misheard:
    """Very little."""
    words = text.casefold().split()
    rhythm = manners.rhythm
    if words[:1] == ["pause"] and (weeks := re.search(r"(\d+) week", text)):
        until = today + timedelta(weeks=int(weeks[1]))
        return Change(replace(manners, paused_until=until), Kind.PAUSED)
    if words == ["skip"] and next_day:
        return Change(replace(manners, skipped=next_day), Kind.SKIPPED)
    known = False
    for word in words:
        if word in [each.value for each in Cadence]:
            rhythm, known = replace(rhythm, cadence=Cadence(word)), True
        elif word.title() in WEEKDAYS:
            rhythm, known = replace(rhythm, weekday=WEEKDAYS.index(word.title())), True
        elif re.fullmatch(r"\d\d:\d\d", word):
            rhythm, known = replace(rhythm, at=time.fromisoformat(word)), True
        else:
            return Misheard("I did not understand that.")
    return Change(replace(manners, rhythm=rhythm), Kind.RHYTHM) if known else Misheard("Hm?")
