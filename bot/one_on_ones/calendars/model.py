"""What is found in a calendar, and what can be wrong with one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.slack.member import Member

MOST_SERIES = 100
"""So many can be chosen from: as many as a menu in Slack holds."""


class Trouble(StrEnum):
    """Why a calendar was not read; a word of the code, which a row keeps."""

    NOT_HTTPS = "not_https"
    NOT_PUBLIC = "not_public"
    NOT_ANSWERING = "not_answering"
    NOT_THERE = "not_there"
    NOT_TRUSTED = "not_trusted"
    ENCODED = "encoded"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_TURNS = "too_many_turns"
    NOT_A_CALENDAR = "not_a_calendar"
    TOO_MUCH = "too_much"
    NO_SERIES = "no_series"
    NO_TIME = "no_time"
    SERIES_GONE = "series_gone"
    SERIES_OVER = "series_over"
    STILL_READING = "still_reading"

    @property
    def sentence(self) -> str:
        """What happened, and what to do next; nothing of the address is in it."""
        return _SENTENCES[self]


class CalendarProblem(Exception):
    """A calendar cannot be read, or its series cannot be followed; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Series:
    """A meeting that comes again; `title` is what somebody wrote, `words` are ours."""

    uid: str
    title: str
    words: str
    next_at: datetime

    @property
    def key(self) -> str:
        """Names it in a menu, whatever else a calendar that is given meanwhile holds."""
        return key_of(self.uid)


Choice = tuple[Series, ...]
"""What somebody may choose from, the soonest first."""


@dataclass(frozen=True, slots=True)
class CalendarMeeting:
    """One occurrence, in UTC; its `slot` is where the series had put it, wherever it is now."""

    slot: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """The meetings of a series and of what goes on from it, the soonest first.

    `uid` is the series to follow from now on: another one when the old one has no more of them.
    """

    meetings: tuple[CalendarMeeting, ...]
    uid: str


@dataclass(frozen=True, slots=True)
class Found:
    """The series that can be followed, the soonest first; `whole_days` were left out.

    `content` is a calendar with nothing in it but the first hundred of them.
    """

    series: tuple[Series, ...]
    whole_days: int
    content: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Marks:
    """By what a server knows whether its calendar has changed; both may be empty."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Followed:
    """The calendar of one pair, and how its reading goes; instants in UTC.

    Without an `address` it was a file, read once. `read_at` is when it was last read as a whole,
    `failing_since` when reading it began to fail. It never shows itself: an address is a secret.
    """

    pair_id: str
    set_by: Member
    address: str
    uid: str
    read_at: datetime
    next_read_at: datetime
    marks: Marks = field(default_factory=Marks)
    failed: int = 0
    failing_since: datetime | None = None
    problem: Trouble | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A calendar that is to be read again, and since when."""

    pair_id: str
    set_by: Member
    at: datetime


class CalendarForgotten(Exception):
    """Too much time has passed since somebody gave a calendar."""


def key_of(uid: str) -> str:
    """A short name for a series, of letters and digits alone."""
    return hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()[:32]


_SENTENCES = {
    Trouble.NOT_HTTPS: (
        "That is not an address I can use. It has to begin with `https://`, with no user name or "
        "port in it. Calendars call it the secret address in iCal format, or the ICS link."
    ),
    Trouble.NOT_PUBLIC: (
        "I may not read that address: it leads into a private network. Please use the address "
        "that your calendar publishes, or give me the file."
    ),
    Trouble.NOT_ANSWERING: (
        "The calendar did not answer. Please look whether the address is whole, and try again in "
        "a few minutes."
    ),
    Trouble.NOT_THERE: (
        "There is no calendar at that address, or not any more. Please copy it once more from "
        "your calendar's settings."
    ),
    Trouble.NOT_TRUSTED: (
        "The server at that address could not prove who it is, so I read nothing. Please look "
        "whether the address is whole."
    ),
    Trouble.ENCODED: (
        "The server sent the calendar in a form that I do not read. Please give me the file."
    ),
    Trouble.TOO_SLOW: (
        "The calendar took too long to arrive, so I stopped. Please try again in a few minutes."
    ),
    Trouble.TOO_LARGE: (
        "That calendar is too large for me: 10 MB is the most. Please put the one-on-one into a "
        "smaller calendar, or give me a file with it alone."
    ),
    Trouble.TOO_MANY_TURNS: (
        "That address sends me on too often. Please copy it once more from your calendar's "
        "settings."
    ),
    Trouble.NOT_A_CALENDAR: (
        "This is not a calendar file. It has to be in iCal format; such a file ends in `.ics`."
    ),
    Trouble.TOO_MUCH: (
        "That calendar holds more than I can look through. Please give me a file with the "
        "one-on-one alone."
    ),
    Trouble.NO_SERIES: (
        "I found no meeting in that calendar that comes again in the next weeks. Please make the "
        "one-on-one a recurring meeting, and try again."
    ),
    Trouble.NO_TIME: (
        "The recurring meetings in that calendar take the whole day, so I do not know when to "
        "send your pre-read. Please give the one-on-one a time."
    ),
    Trouble.SERIES_GONE: (
        "That meeting is not in the calendar any more. Please choose it once more."
    ),
    Trouble.SERIES_OVER: (
        "The meetings of this one-on-one have ended there, so I know of no next one. When there "
        "is a new series, please choose it here."
    ),
    Trouble.STILL_READING: (
        "I am still reading a calendar that you gave. Please try again in half a minute."
    ),
}
