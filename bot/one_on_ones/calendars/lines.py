"""A calendar's text, taken apart once from top to bottom; only what we need is ever kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.one_on_ones.calendars.model import CalendarProblem, Trouble

MOST_BYTES = 10 * 1024 * 1024
"""A busy person's calendar of several years, every invitation in it, has some five megabytes."""

MOST_CHARS = 2_000
MOST_DATE_CHARS = 40_000
MOST_EVENTS = 20_000
MOST_ZONES = 100
MOST_LINES = 60
MOST_GUESTS = 3

NAME = re.compile(r"[A-Za-z-]{1,30}(?=[;:])")
DATES = frozenset({"EXDATE", "RDATE"})
GUESTS = frozenset({"ORGANIZER", "ATTENDEE"})
OF_EVENTS = DATES | GUESTS | {
    "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "STATUS",
    "SEQUENCE", "RELATED-TO",
}  # fmt: skip
OF_ZONES = frozenset({"TZID", "X-LIC-LOCATION"})
OF_CHANGES = frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"})
OF_CALENDARS = frozenset({"METHOD", "X-WR-TIMEZONE"})
KEPT = {
    ("VCALENDAR",): OF_CALENDARS,
    ("VCALENDAR", "VEVENT"): OF_EVENTS,
    ("VCALENDAR", "VTIMEZONE"): OF_ZONES,
    ("VCALENDAR", "VTIMEZONE", "STANDARD"): OF_CHANGES,
    ("VCALENDAR", "VTIMEZONE", "DAYLIGHT"): OF_CHANGES,
}
"""What is read of each kind of component; alarms, notes and all else are passed over.

Of guests no more than whether they are the same as of another event.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One property, its name and the names of its parameters in capitals; `raw` is all of it."""

    name: str
    params: Mapping[str, str]
    value: str
    raw: str


@dataclass(slots=True)
class Component:
    """A calendar, an event, a time zone, or one of the changes of such a zone."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        """Every property of that name."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        """The first property of that name, or None."""
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        """What the first property of that name says; empty without one."""
        found = self.first(name)
        return found.value if found else ""


def taken_apart(content: bytes) -> Component:
    """The whole calendar; several in one file are taken for one. Raises CalendarProblem."""
    if len(content) > MOST_BYTES:
        raise CalendarProblem(Trouble.TOO_LARGE)
    whole = Component("VCALENDAR")
    inside: list[str] = []
    open_ones = [whole]
    seen = False
    for raw in _unfolded(content.decode("utf-8-sig", "replace")):
        word, _, rest = raw.partition(":")
        verb = word.upper()
        if verb == "BEGIN":
            seen = _begin(rest.strip().upper(), inside, open_ones) or seen
        elif verb == "END":
            _end(rest.strip().upper(), inside, open_ones)
        elif wanted := KEPT.get(tuple(inside)):
            _keep(raw, wanted, open_ones[-1])
        if not seen and raw.strip():
            break
    if inside or not seen:  # cut off in the middle it would be a calendar without some meetings
        raise CalendarProblem(Trouble.NOT_A_CALENDAR)
    return whole


def written(component: Component) -> str:
    """As a text once more, with what was kept of it and nothing else."""
    lines = (line.raw[: _most(line.name)] for line in component.lines)
    parts = (written(part) for part in component.parts)
    return "\n".join([f"BEGIN:{component.kind}", *lines, *parts, f"END:{component.kind}"])


def _begin(kind: str, inside: list[str], open_ones: list[Component]) -> bool:
    """Opens a component; what we do not read is only counted, however deep it goes."""
    inside.append(kind)
    path = tuple(inside[:4])
    if len(inside) > 1 and len(inside) == len(path) and path in KEPT:
        parent = open_ones[-1]
        new = Component(kind)
        parent.parts.append(new)
        open_ones.append(new)
        most = MOST_ZONES if parent.kind != "VCALENDAR" else MOST_EVENTS
        if len(parent.parts) > most:
            raise CalendarProblem(Trouble.TOO_MUCH)
    if len(inside) > MOST_ZONES:
        raise CalendarProblem(Trouble.TOO_MUCH)
    return inside == ["VCALENDAR"]


def _end(kind: str, inside: list[str], open_ones: list[Component]) -> None:
    if not inside or inside[-1] != kind:
        raise CalendarProblem(Trouble.NOT_A_CALENDAR)
    if len(inside) > 1 and tuple(inside) in KEPT:
        open_ones.pop()
    inside.pop()


def _keep(raw: str, wanted: frozenset[str], where: Component) -> None:
    name = NAME.match(raw)
    if name is None or name[0].upper() not in wanted:
        return
    is_guest = name[0].upper() in GUESTS
    if is_guest and len(where.all(name[0].upper())) >= MOST_GUESTS:
        return
    line = _line(raw)
    if line is None:
        return
    line = _nameless(line) if is_guest else line
    if line.name != "SUMMARY" and len(raw) > _most(line.name):
        raise CalendarProblem(Trouble.TOO_MUCH)
    if len(where.lines) >= MOST_LINES and line.name not in DATES:
        raise CalendarProblem(Trouble.TOO_MUCH)
    where.lines.append(line)


def _nameless(line: Line) -> Line:
    """Somebody as a short hash, which stays the same when it is read once more."""
    digest = line.value.lower()
    if not re.fullmatch("#[0-9a-f]{16}", digest):
        digest = "#" + hashlib.sha256(digest.encode()).hexdigest()[:16]
    return Line(line.name, {}, digest, f"{line.name}:{digest}")


def _most(name: str) -> int:
    return MOST_DATE_CHARS if name in DATES else MOST_CHARS


def _unfolded(text: str) -> Iterator[str]:
    """Logical lines; of one that goes on for ever, the rest is dropped after the most we need."""
    parts: list[str] = []
    held = 0
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if parts and raw[:1] in (" ", "\t"):
            if held <= MOST_DATE_CHARS:
                parts.append(raw[1:])
                held += len(raw)
            continue
        if parts:
            yield "".join(parts)
        parts, held = [raw], len(raw)
    yield "".join(parts)


def _line(raw: str) -> Line | None:
    """Splits at the colons and semicolons that stand outside of quotes."""
    pieces: list[str] = []
    start, quoted = 0, False
    for at, letter in enumerate(raw[:MOST_CHARS]):
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in ";:":
            pieces.append(raw[start:at])
            start = at + 1
            if letter == ":":
                name, value = pieces[0].strip().upper(), raw[start:].strip()
                return Line(name, _params(pieces[1:]), value, raw)
    return None


def _params(pieces: list[str]) -> dict[str, str]:
    split = (piece.partition("=") for piece in pieces)
    return {name.strip().upper(): value.strip().strip('"') for name, _, value in split}
