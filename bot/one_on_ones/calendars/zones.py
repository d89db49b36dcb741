"""Which clock a calendar means: a name we know, one of Windows, or one that it defines itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from bot.one_on_ones.calendars.lines import Component
from bot.one_on_ones.calendars.rules import plain_zone

OWN = "Rung-"
MOST_CHANGES = 40
CHANGE_NAMES = ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE")


class Clocks:
    """The clocks of one calendar: each of its names becomes one that means the same anywhere."""

    def __init__(self, calendar: Component, zone: ZoneInfo) -> None:
        """`zone` is meant where the calendar says nothing, or nothing that can be understood."""
        self.floating = _known(calendar.value("X-WR-TIMEZONE")) or zone.key
        defined = [part for part in calendar.parts if part.kind == "VTIMEZONE"]
        self._defined = {part.value("TZID"): part for part in defined}
        self._names: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def name(self, tzid: str) -> str:
        """The name to write instead."""
        if tzid not in self._names:
            self._names[tzid] = _known(tzid) or self._own(tzid) or self.floating
        return self._names[tzid]

    def definitions(self, names: Iterable[str]) -> list[str]:
        """The calendar's own definition of each of these names that has one."""
        return [self._texts[name] for name in sorted(set(names)) if name in self._texts]

    def _own(self, tzid: str) -> str:
        """Named after what it says, for a library keeps the first clock that it sees of a name."""
        defined = self._defined.get(tzid)
        if defined is None:
            return ""
        if known := _known(defined.value("X-LIC-LOCATION")):
            return known
        changes = _changes(defined)
        if not changes:
            return ""
        name = OWN + hashlib.sha256(changes.encode()).hexdigest()[:32]
        self._texts[name] = f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n{changes}END:VTIMEZONE"
        return name


def _known(tzid: str) -> str:
    """The name of that zone in the tz database; empty when it has none."""
    parts = tzid.strip().strip("/").split("/")
    tails = ["/".join(parts[at:]) for at in range(min(len(parts), 6))]
    for name in [tails[0], WINDOWS_TO_OLSON.get(tails[0], ""), *tails[1:]]:
        if name and len(name) < 64 and _exists(name):
            return name
    return ""


def _exists(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _changes(defined: Component) -> str:
    """Standard time and summer time; empty when there is one that is not of the usual kind."""
    if not 1 <= len(defined.parts) <= MOST_CHANGES:
        return ""
    texts = [_change(part) for part in defined.parts]
    return "".join(texts) if all(texts) else ""


def _change(part: Component) -> str:
    lines = [line for line in part.lines if line.name in CHANGE_NAMES]
    names = [line.name for line in lines]
    rules = part.all("RRULE")
    odd = any(not plain_zone(rule.value) for rule in rules) or part.all("RDATE")
    if odd or len(rules) > 1 or not {*CHANGE_NAMES[:3]} <= set(names):
        return ""
    if not all(line.value.isascii() and len(line.value) < 100 for line in lines):
        return ""
    written = "".join(f"{line.name}:{line.value}\r\n" for line in lines)
    return f"BEGIN:{part.kind}\r\n{written}END:{part.kind}\r\n"
