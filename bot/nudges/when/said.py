"""What somebody says about when they want to be asked, understood as a change. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from bot.nudges.when.dates import FARTHEST, Unclear, find_day, find_span
from bot.nudges.when.manners import Away, Cadence, Manners, Rhythm
from bot.nudges.when.said_rhythm import Settings, understood
from bot.nudges.when.vocabulary import EXAMPLES, Rest, canonical, meaningful

DAY = timedelta(days=1)
JUST_OVER = timedelta(days=60)
UNTIL_WHEN = "Until when? Write for example “pause until 12 January” or “pause for 2 weeks”."
AWAY_WHEN = "From when to when? Write for example “away 21 December to 4 January”."


class Kind(StrEnum):
    """What was changed, so that the answer can say it."""

    RHYTHM = "rhythm"
    OFF = "off"
    ON = "on"
    PAUSED = "paused"
    AWAY = "away"
    SKIPPED = "skipped"
    WORK = "work"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True)
class Change:
    """What was understood, and the manners that come of it."""

    kind: Kind
    manners: Manners


@dataclass(frozen=True, slots=True)
class Misheard:
    """A sentence for the person: what was not understood, and how to write it."""

    sentence: str


@dataclass(frozen=True, slots=True)
class _Said:
    """The words in one form, as they were typed, and what is known while they are heard."""

    words: str
    typed: str
    manners: Manners
    today: date
    clock: time
    next_slot: date | None
    known_country: Callable[[str], bool]


def hear(
    text: str,
    manners: Manners,
    today: date,
    *,
    known_country: Callable[[str], bool],
    next_slot: date | None = None,
    clock: time = time(0),
) -> Change | Misheard:
    """The change that the words ask for, whole or not at all.

    `today` and `clock` are on the person's own wall; `next_slot` is the day that "skip" skips.
    """
    typed = " ".join(text.casefold().split())
    said = _Said(canonical(text), typed, manners, today, clock, next_slot, known_country)
    try:
        return _reader(said)(said)
    except Unclear as unclear:
        return Misheard(str(unclear))


def _reader(said: _Said) -> Callable[[_Said], Change]:
    if not meaningful(said.words) and "on" not in said.words.split():
        raise Unclear(f"Write when you want to be asked, for example {EXAMPLES}.")
    for pattern, reader in _READERS:
        if pattern.search(said.words):
            return reader
    if set(meaningful(said.words)) <= _ON_WORDS:
        return _on
    return _settings


def _paused(said: _Said) -> Change:
    rest = Rest(said.words)
    rest.take(_PAUSE)
    if rest.take(_UNTIL_OR_TO):
        until = _take_day(rest, said.today)
    elif span := find_span(rest.text):
        until, rest.text = span[0].after(said.today), span[1]
    else:
        raise Unclear(UNTIL_WHEN)
    if until is None:
        raise Unclear(UNTIL_WHEN)
    rest.finish()
    if until <= said.today:
        raise Unclear("That is today, so there is nothing to pause. Write a later day.")
    return Change(Kind.PAUSED, replace(said.manners, paused_until=until))


def _away(said: _Said) -> Change:
    rest = Rest(said.words)
    until = bool(rest.take(_BACK) or _UNTIL.search(rest.text))
    rest.take(_AWAY)
    first = last = None
    if span := find_span(rest.text):
        rest.text = span[1]
        first = _take_day(rest, said.today) or said.today
        last = span[0].after(first) - DAY
    else:
        first, last = _days_away(rest, said.today, until)
    rest.take(_UNTIL)
    rest.take(_TO)
    rest.finish()
    if last < first:
        raise Unclear("That ends before it begins. " + AWAY_WHEN)
    if last > said.today + FARTHEST:
        raise Unclear("That ends more than a year ahead. For that long, say “off”.")
    return Change(Kind.AWAY, _with_time_off(said, Away(first, last)))


def _days_away(rest: Rest, today: date, until: bool) -> tuple[date, date]:
    """One day alone is a day off, or the day one is back when it comes after "until"."""
    text = rest.text
    first = _take_day(rest, today)
    last = _take_day(rest, today)
    if first is None:
        raise Unclear(AWAY_WHEN)
    if last is None:
        return (today, first - DAY) if until else (first, first)
    if first > last:
        first, last = _across_the_year(text, first, last, today)
    return first, last - DAY if until else last


def _across_the_year(text: str, first: date, last: date, today: date) -> tuple[date, date]:
    """The first day may be just over; otherwise the last is in the year after it."""
    begun = first - timedelta(days=365)
    if str(first.year) not in text and today - JUST_OVER <= begun <= today <= last:
        return today, last
    before = find_day(text, first)
    again = find_day(before[1], first) if before and str(last.year) not in text else None
    if again is None:
        raise Unclear("That ends before it begins. " + AWAY_WHEN)
    return first, again[0]


def _with_time_off(said: _Said, new: Away) -> Manners:
    """It takes the place of time off that it overlaps; what is over is forgotten."""
    others = (
        away
        for away in said.manners.away
        if away.last >= said.today and (away.last < new.first or away.first > new.last)
    )
    together = sorted((*others, new), key=lambda away: away.first)
    return replace(said.manners, away=tuple(together))


def _skipped(said: _Said) -> Change:
    rest = Rest(said.words)
    rest.take(_SKIP)
    rest.finish()
    if said.next_slot is None:
        raise Unclear("No question is planned, so there is none to skip.")
    return Change(Kind.SKIPPED, replace(said.manners, skipped=said.next_slot))


def _holidays(said: _Said) -> Change:
    """ "On holiday until Monday" is time off."""
    if _UNTIL.search(said.words) or find_day(said.words, said.today):
        return _away(said)
    if _NO_HOLIDAYS.search(said.words):
        return Change(Kind.HOLIDAYS, replace(said.manners, country=""))
    if _USUAL_HOLIDAYS.search(said.words):
        return Change(Kind.HOLIDAYS, replace(said.manners, country=None))
    match = _CODE.search(said.typed)
    code = match.group(1).upper() if match else ""
    if not said.known_country(code):
        which = f"I do not know the public holidays of “{code}”. " if code else "Which country? "
        raise Unclear(which + "Write “country DE”, or “country DE-BY” for a part of a country.")
    return Change(Kind.HOLIDAYS, replace(said.manners, country=code))


def _off(said: _Said) -> Change:
    rest = Rest(said.words)
    rest.take(_OFF)
    rest.finish()
    rhythm = replace(said.manners.rhythm, cadence=Cadence.OFF)
    return Change(Kind.OFF, replace(said.manners, rhythm=rhythm))


def _on(said: _Said) -> Change:
    """Ends a pause, a skip and time off that has begun; who was off is asked every week."""
    manners = said.manners
    rhythm = _woken(manners.rhythm)
    away = tuple(each for each in manners.away if each.first > said.today)
    changed = replace(manners, rhythm=rhythm, paused_until=None, skipped=None, away=away)
    return Change(Kind.ON, changed)


def _woken(rhythm: Rhythm) -> Rhythm:
    return replace(rhythm, cadence=Cadence.WEEKLY) if rhythm.cadence is Cadence.OFF else rhythm


def _settings(said: _Said) -> Change:
    found: Settings = understood(said.words, said.manners, said.today, said.clock)
    return Change(Kind.RHYTHM if found.rhythm_said else Kind.WORK, found.manners)


def _take_day(rest: Rest, today: date) -> date | None:
    found = find_day(rest.text, today)
    if found is None:
        return None
    rest.text = found[1]
    return found[0]


_ON_WORDS = frozenset({"on", "resume", "start", "continue", "unpause", "again"})
_UNTIL = re.compile(r"\buntil\b")
_UNTIL_OR_TO = re.compile(r"\b(?:until|to)\b")
_TO = re.compile(r" - | to |\bthrough\b")
_OFF = re.compile(r"\b(?:off|stop|never|mute)\b")
_SKIP = re.compile(r"\bskip(?: (?:this|the))?(?: next)?(?: (?:one|week|time|question|nudge))?\b")
_PAUSE = re.compile(r"\b(?:paused?|snooze|(?:off|stop|mute)(?= (?:until|for)\b))\b")
_BACK = re.compile(r"\bback\b(?: on\b)?")
_AWAY = re.compile(r"\b(?:away|vacation|leave|time off|days? off|holidays?|out)\b")
_NO_HOLIDAYS = re.compile(r"\bno (?:public )?holidays\b|\b(?:holidays?|country) (?:off|none)\b")
_USUAL_HOLIDAYS = re.compile(r"\b(?:holidays?|country) (?:on|auto|automatic|default)\b")
_CODE = re.compile(
    r"(?:country|holidays?)(?: (?:is|of|for|in|from|code))*(?: ?[:=])? ?([a-z]{2}(?:-\w+)?)$"
)
_READERS: tuple[tuple[re.Pattern[str], Callable[[_Said], Change]], ...] = (
    (_PAUSE, _paused),
    (re.compile(r"\b(?:away|vacation|leave|time off|back)\b"), _away),
    (re.compile(r"\bskip\b"), _skipped),
    (re.compile(r"\b(?:country|holidays?)\b"), _holidays),
    (_OFF, _off),
)
