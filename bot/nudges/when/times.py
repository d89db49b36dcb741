"""Times of day, working hours and working days as people write them. Pure."""

from __future__ import annotations

import re
from datetime import time

from bot.nudges.when.dates import Unclear
from bot.nudges.when.manners import WEEKDAYS
from bot.nudges.when.vocabulary import WEEKDAY, Rest

_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?(?: ?(am|pm|h\b|o'clock))?"
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_SURE = (
    re.compile(r"\b(?:at )?(\d{1,2})[:.h](\d{2})(?: ?(am|pm|h))?\b"),
    re.compile(r"\b(?:at )?(\d{1,2})()(?: ?(am|pm|h|o'clock))\b"),
    re.compile(r"\bat (\d{1,2})()()\b"),
)
_EXACT = r"(\d{1,2})[:.h](\d{2})(?: ?(am|pm|h))?"
_TO = r" ?(?:-|to|until|and) ?"
_HOURS = re.compile(rf"\b(?:work(?:ing)? )?hours:? (?:are |from |between )?{_CLOCK}{_TO}{_CLOCK}")
_RANGE = re.compile(rf"\b(?:from )?{_EXACT}{_TO}{_EXACT}\b")
_A_NAME = re.compile(r"\b(?:at )?(noon|midday|midnight)\b")
_NAMES = rf"(?:{WEEKDAY})s?"
_DAYS = re.compile(
    rf"\b(?:work(?:ing)?(?: days?)?|days):? (?:are |from |on )?"
    rf"({_NAMES}(?: ?(?:-|to|through|until|&|and)? ?{_NAMES})*)"
)
_ONE_OR_MORE = re.compile(rf"({WEEKDAY})s?(?: ?(?:-|to|through|until) ?({WEEKDAY})s?)?")
_INDEX = {name.lower(): index for index, name in enumerate(WEEKDAYS)}


def take_time(rest: Rest) -> time | None:
    """A time that can be nothing else: "14:00", "2pm", "14h", "at 14", "noon"."""
    if named := rest.take(_A_NAME):
        return _NAMED[named.group(1)]
    for pattern in _SURE:
        if match := rest.take(pattern):
            return _time(*match.groups())
    return None


def take_hours(rest: Rest) -> tuple[time, time] | None:
    """When the working day starts and ends: "hours 9:00-17:00"; raises Unclear."""
    match = rest.take(_HOURS) or rest.take(_RANGE)
    if match is None:
        return None
    start, end = _time(*match.groups()[:3]), _time(*match.groups()[3:])
    if start >= end:
        raise Unclear(
            f"These hours end at {end:%H:%M}, before they begin at {start:%H:%M}. "
            "Write for example “hours 9:00-17:30”."
        )
    return start, end


def take_days(rest: Rest) -> frozenset[int] | None:
    """The days that somebody works: "working days mon-thu", "days mon, wed and fri"."""
    match = rest.take(_DAYS)
    if match is None:
        return None
    days: set[int] = set()
    for first, last in _ONE_OR_MORE.findall(match.group(1)):
        start = _INDEX[first]
        days |= {(start + n) % 7 for n in range((_INDEX[last or first] - start) % 7 + 1)}
    return frozenset(days)


def weekday_index(name: str) -> int:
    """Monday is 0."""
    return _INDEX[name]


def _time(hour: str, minute: str | None, half: str | None) -> time:
    hours, minutes = int(hour), int(minute or 0)
    if half in {"am", "pm"} and hours <= 12:
        hours = hours % 12 + (12 if half == "pm" else 0)
    if hours > 23 or minutes > 59:
        raise Unclear(f"There is no {hours}:{minutes:02} on a clock. Write for example “14:00”.")
    return time(hours, minutes)
