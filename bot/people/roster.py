"""A roster in CSV: many people placed at once, every bad line named, nothing half done."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.ladder.model import Ladder
from bot.people.directory import Directory, account_of
from bot.privacy.policy import Account
from bot.slack.profiles import Profile

COLUMNS = ("slack_user", "track", "level", "manager")
SLACK_ID = re.compile(r"^<?@?([UW][A-Z0-9]+)(\|[^>]*)?>?$")
MAX_BYTES = 5_000_000
NOT_A_MEMBER = {
    Account.DEACTIVATED: "deactivated in Slack",
    Account.BOT: "a bot in Slack",
    Account.STRANGER: "of another company, and not a member of this workspace",
    Account.GUEST: "a guest in Slack, and not a member of this workspace",
}


@dataclass(frozen=True, slots=True)
class Placement:
    """One good line; ids as Slack knows them, `zone` from the person's profile."""

    user_id: str
    track_id: str
    level_id: str
    manager_id: str
    zone: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """One thing to mend; `number` counts the file's lines from 1, the header included."""

    number: int
    problem: str

    def __str__(self) -> str:
        """As it is printed."""
        return f"line {self.number}: {self.problem}" if self.number else self.problem


Row = tuple[int, dict[str, str]]


def read_roster(
    path: Path, ladder: Ladder, accounts: Directory
) -> tuple[list[Placement], list[BadLine]]:
    """Every good line and every bad one; the caller places people only when none is bad.

    Raises slack_sdk's SlackApiError when Slack refuses to look anybody up.
    """
    rows, problems = _rows(path)
    reader = _Reader(ladder, accounts)
    good = [placement for row in rows if (placement := reader.read(*row))]
    return good, sorted(problems + reader.problems, key=lambda line: line.number)


def _rows(path: Path) -> tuple[list[Row], list[BadLine]]:
    text, problem = _text(path)
    if problem:
        return [], [problem]
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return _table(lines)
    except csv.Error as error:
        return [], [BadLine(lines.line_num, f"this is not CSV ({error}).")]


def _text(path: Path) -> tuple[str, BadLine | None]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        return "", BadLine(0, f"The file {path} cannot be read ({error.strerror}).")
    if len(raw) > MAX_BYTES:
        return "", BadLine(0, "The file is larger than 5 MB. Split it and import the parts.")
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        number = raw[: error.start].count(b"\n") + 1
        return "", BadLine(number, "this is not UTF-8 text. Save the file as CSV in UTF-8.")


def _table(lines: Iterator[list[str]]) -> tuple[list[Row], list[BadLine]]:
    header = [name.strip().casefold() for name in next(lines, [])]
    if sorted(header) != sorted(COLUMNS):
        expected = ",".join(COLUMNS)
        return [], [BadLine(1, f"the first line has to be {expected} (separated by commas).")]
    rows, problems = [], []
    for cells in lines:
        number = lines.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problems.append(BadLine(number, f"{len(cells)} columns instead of {len(header)}."))
            continue
        cleaned = (cell.strip() for cell in cells)
        rows.append((number, dict(zip(header, cleaned, strict=True))))
    if not rows and not problems:
        problems.append(BadLine(1, "nobody is listed below the header."))
    return rows, problems


class _Reader:
    """Reads line by line, remembering who was seen and what was wrong."""

    def __init__(self, ladder: Ladder, accounts: Directory) -> None:
        self.problems: list[BadLine] = []
        self._ladder = ladder
        self._accounts = accounts
        self._seen: dict[str, int] = {}
        self._looked_up: dict[str, Profile | None] = {}

    def read(self, number: int, row: dict[str, str]) -> Placement | None:
        """The placement, or None after noting every problem of the line."""
        before = len(self.problems)
        person = self._account(number, row["slack_user"], "slack_user")
        manager = self._account(number, row["manager"], "manager") if row["manager"] else None
        track_id, level_id = self._rung(number, row["track"], row["level"])
        if person:
            self._once(number, person)
        if person and manager and person.user_id == manager.user_id:
            self._note(number, "somebody cannot be their own manager.")
        if len(self.problems) > before or person is None:
            return None
        manager_id = manager.user_id if manager else ""
        return Placement(person.user_id, track_id, level_id, manager_id, person.zone)

    def _note(self, number: int, problem: str) -> None:
        self.problems.append(BadLine(number, problem))

    def _once(self, number: int, person: Profile) -> None:
        first = self._seen.setdefault(person.user_id, number)
        if first != number:
            self._note(number, f"{person.user_id} is on line {first} already.")

    def _account(self, number: int, cell: str, column: str) -> Profile | None:
        if not cell:
            self._note(number, f"{column} is empty. Put a Slack user id or an e-mail address.")
            return None
        profile = self._look_up(number, cell, column)
        kind = account_of(profile) if profile else Account.MEMBER
        if kind is not Account.MEMBER:
            self._note(number, f"{column} {cell} is {NOT_A_MEMBER[kind]}.")
            return None
        return profile

    def _look_up(self, number: int, cell: str, column: str) -> Profile | None:
        match = SLACK_ID.match(cell)
        if not match and "@" not in cell:
            self._note(number, f"{column} {cell} is neither a Slack user id nor an e-mail address.")
            return None
        if cell not in self._looked_up:
            by_id, by_email = self._accounts.by_id, self._accounts.by_email
            self._looked_up[cell] = by_id(match[1]) if match else by_email(cell)
        if self._looked_up[cell] is None:
            self._note(number, f"{column} {cell} is nobody in this Slack workspace.")
        return self._looked_up[cell]

    def _rung(self, number: int, track_id: str, level_id: str) -> tuple[str, str]:
        track = self._ladder.track(track_id.casefold()) or self._ladder.track(track_id)
        if track is None:
            known = ", ".join(t.id for t in self._ladder.tracks)
            self._note(number, f"there is no track {track_id or '(empty)'}. Known: {known}.")
            return "", ""
        level = track.level(level_id)
        if level is None:
            known = ", ".join(lv.id for lv in track.levels)
            self._note(
                number, f"{track.name} has no level {level_id or '(empty)'}. Known: {known}."
            )
            return "", ""
        return track.id, level.id
