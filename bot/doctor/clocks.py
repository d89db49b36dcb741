"""What time it is: by this machine, by Slack, by PostgreSQL, and by the rules of time zones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import tzdata
from slack_sdk import WebClient

from bot.clock import wall
from bot.doctor.model import Finding, fine, note, wrong
from bot.settings import Settings
from bot.slack.client import SlackStartError, refusals_told
from bot.storage.clock import server_time
from bot.storage.database import Database

NOTED_SECONDS = 5
WRONG_SECONDS = 60
DATE_HEADER_SECONDS = 1  # an HTTP date has no fractions

SET_IT = "Let the machine set its clock by itself (NTP); `timedatectl` shows whether it does."
NEWER_ZONES = (
    "Countries change their clocks. Take a newer Rung, or `.venv/bin/python -m pip install "
    "--upgrade tzdata`, and start the bot again."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What another clock showed at some moment between two moments of this machine's."""

    before: datetime
    theirs: datetime
    after: datetime
    resolution_seconds: float = 0

    @property
    def ahead_seconds(self) -> float:
        """How far this machine is ahead for certain; negative when it is behind, 0 when neither."""
        ahead = (self.before - self.theirs).total_seconds() - self.resolution_seconds
        behind = (self.theirs - self.after).total_seconds()
        return max(ahead, 0) - max(behind, 0)


def check_slack_clock(client: WebClient) -> Iterator[Finding]:
    """This machine's clock beside the `Date` that Slack puts above an answer."""
    before = wall()
    try:
        with refusals_told():
            headers = client.auth_test().headers
    except SlackStartError as error:
        yield note("clock", f"Slack's clock was not read. {error}")
        return
    after = wall()
    said = next((value for name, value in headers.items() if name.lower() == "date"), "")
    if theirs := _http_date(str(said)):
        yield judge(Compared(before, theirs, after, DATE_HEADER_SECONDS), "Slack")
    else:
        yield note("clock", "Slack's answer did not say what time it is there.")


def check_database_clock(database: Database) -> Iterator[Finding]:
    """This machine's clock beside PostgreSQL's, which decides whose turn it is to send."""
    before = wall()
    theirs = server_time(database)
    if theirs:
        yield judge(Compared(before, theirs, wall()), "PostgreSQL")


def judge(compared: Compared, whose: str) -> Finding:
    """Some seconds are good to know; from a minute on, messages come at the wrong time."""
    seconds = compared.ahead_seconds
    if abs(seconds) < NOTED_SECONDS:
        return fine("clock", f"This machine and {whose} agree what time it is.")
    which = "ahead of" if seconds > 0 else "behind"
    said = f"This machine's clock is {abs(seconds):.0f} seconds {which} {whose}'s"
    if abs(seconds) < WRONG_SECONDS:
        return note("clock", f"{said}.", SET_IT)
    return wrong(
        "clock",
        f"{said}: messages come at the wrong time, and from five minutes on no request of Slack's "
        "is let in.",
        SET_IT,
    )


def check_time_zones(_settings: Settings) -> Iterator[Finding]:
    """Whether the rules for the clocks of the world are of this year or the last."""
    yield judge_zones(tzdata.IANA_VERSION, wall())


def judge_zones(version: str, now: datetime) -> Finding:
    """A version is a year and a letter, as `2026b`."""
    said = f"They are those of {version}, of Rung's own copy; the system's is not used"
    year = version[:4]
    if year.isdecimal() and int(year) < now.year - 1:
        return note("time zones", f"{said}. That is more than a year old.", NEWER_ZONES)
    return fine("time zones", f"{said}.")


def _http_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None
