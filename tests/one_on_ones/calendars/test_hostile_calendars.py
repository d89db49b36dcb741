"""A calendar that means harm costs no more than a few thousand steps; counted, never timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.one_on_ones.calendars.lines import MOST_BYTES
from bot.one_on_ones.calendars.model import CalendarProblem
from bot.one_on_ones.calendars.reading import MOST_MEETINGS, read
from bot.one_on_ones.calendars.rules import WEEKDAYS, plain, plain_zone
from tests.one_on_ones.calendars.test_reading import meetings
from tests.one_on_ones.calendars.texts import OUTLOOK_FORTNIGHT, OUTLOOK_ZONE, calendar, event

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 29, tzinfo=UTC)
END = datetime(2028, 1, 1, tzinfo=UTC)
MOST_CALLS = 3_000_000
"""A honest calendar with 200 series in six megabytes needs three times as many."""


def calls_of(do: Callable[[], object]) -> int:
    """How many functions were called, of Python or of C; ends what calls too many."""
    count = 0

    def counted(_frame: object, what: str, _argument: object) -> None:
        nonlocal count
        if what in ("call", "c_call"):
            count += 1
            if count > MOST_CALLS:
                sys.setprofile(None)
                raise AssertionError("far too much work")

    sys.setprofile(counted)
    try:
        do()
    except CalendarProblem:
        pass
    finally:
        sys.setprofile(None)
    return count


def ics(rule: str, start: str = "20261006T140000Z", *more: str) -> bytes:
    return calendar(event(f"DTSTART:{start}", f"RRULE:{rule}", *more))


HOSTILE = {
    "each second since 1990": ics("FREQ=SECONDLY", "19900101T000000Z"),
    "each minute": ics("FREQ=MINUTELY;COUNT=999999999"),
    "each hour": ics("FREQ=HOURLY"),
    "every second of the day": ics(
        f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE=0,1,2,3;BYSECOND=0,1,2"
    ),
    "the 30th of February": ics("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "the 30th of February, looked for daily": ics("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "a weekday that never comes": ics("FREQ=DAILY;INTERVAL=7;BYDAY=MO"),
    "the fifth of four": ics("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9"),
    "each day since 1990": ics("FREQ=DAILY", "19900101T000000Z"),
    "each day since the year one": ics("FREQ=DAILY", "00010101T000000Z"),
    "a count without end": ics("FREQ=WEEKLY;COUNT=9999999999"),
    "a thousand years apart": ics("FREQ=WEEKLY;INTERVAL=99999"),
    "two rules": ics("FREQ=DAILY", "20261006T140000Z", "RRULE:FREQ=DAILY"),
    "100 000 days left out": ics(
        "FREQ=DAILY", "20261006T140000Z", *["EXDATE:" + ",".join(["20261006T140000Z"] * 100)] * 1000
    ),
    "100 000 days more": calendar(
        event("DTSTART:20261006T140000Z", *["RDATE:20261006T140000Z"] * 100_000)
    ),
    "a period of a thousand years": calendar(
        event("DTSTART:20261006T140000Z", "RDATE;VALUE=PERIOD:20261207T140000Z/P400000D")
    ),
    "a meeting of eight thousand years": ics(
        "FREQ=WEEKLY", "20261006T140000Z", "DTEND:99991231T235959Z"
    ),
    "a length without end": ics("FREQ=WEEKLY", "20261006T140000Z", "DURATION:P999999999W"),
    "all moved by a century": calendar(
        event("DTSTART:20261006T140000Z", "RRULE:FREQ=DAILY"),
        event("DTSTART:20990101T000000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261007T140000Z"),
    ),
    "one line folded 300 000 times": ics(
        "FREQ=WEEKLY", "20261006T140000Z", "SUMMARY:a" + "\n a" * 300_000
    ),
    "a rule folded 300 000 times": ics("FREQ=WEEKLY" + "\n ;" * 300_000),
    "nested 50 000 deep": calendar("BEGIN:VEVENT\n" * 50_000 + "END:VEVENT\n" * 50_000),
    "50 000 events": calendar(*["BEGIN:VEVENT\nEND:VEVENT"] * 50_000),
    "5 000 series": calendar(
        *[
            event("DTSTART:19910101T100000Z", "RRULE:FREQ=DAILY", uid=str(each))
            for each in range(5000)
        ]
    ),
    "a series that ends, and 5 000 that may go on from it": calendar(
        event("DTSTART:19910101T100000Z", "RRULE:FREQ=DAILY;UNTIL=20261231T100000Z"),
        *[
            event("DTSTART:20270101T100000Z", "RRULE:FREQ=DAILY", uid=str(each))
            for each in range(5000)
        ],
    ),
    "four series that may go on, each from the one before, with a thousand changes": calendar(
        *[
            line
            for n in range(4)
            for line in (
                event(
                    f"DTSTART:2027{n + 1:02}01T100000Z",
                    f"RRULE:FREQ=DAILY;UNTIL=2027{n + 1:02}28T100000Z",
                    uid=str(n) if n else "weekly@google.com",
                ),
                *[
                    event(
                        "DTSTART:20270207T140000Z",
                        f"RECURRENCE-ID:2027{n + 1:02}08T100000Z",
                        uid=str(n) if n else "weekly@google.com",
                    )
                ]
                * 300,
            )
        ]
    ),
    "200 000 guests": calendar(
        event("DTSTART:20261006T140000Z", "RRULE:FREQ=WEEKLY", *["ATTENDEE:mailto:a"] * 200_000)
    ),
    "15 000 moved ones": calendar(
        event("DTSTART:20261006T140000Z", "RRULE:FREQ=DAILY"),
        *[event("DTSTART:20261207T140000Z", "RECURRENCE-ID:20261208T140000Z")] * 15_000,
    ),
    "a clock that changes each second": calendar(
        OUTLOOK_ZONE.replace("W. Europe Standard Time", "Odd").replace("YEARLY", "SECONDLY"),
        OUTLOOK_FORTNIGHT.replace("W. Europe Standard Time", "Odd"),
    ),
    "a zone that is a path": calendar(
        event("DTSTART;TZID=../../../etc/passwd:20261006T140000", "RRULE:FREQ=WEEKLY")
    ),
    "quotes that never end": calendar(
        event('DTSTART;TZID="' + ";:" * 100_000 + ":20261006T140000", "RRULE:FREQ=WEEKLY")
    ),
    "too large": b"BEGIN:VCALENDAR\r\n" + b"X" * MOST_BYTES,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_costs_little(name: str) -> None:
    content = HOSTILE[name]
    assert calls_of(lambda: read(content, BERLIN, START, END)) < MOST_CALLS
    uid = "weekly@google.com"
    assert calls_of(lambda: meetings(content, uid, BERLIN, START, END)) < MOST_CALLS


def test_never_more_meetings_than_anybody_could_have() -> None:
    hours = (f"202612{day:02}T{hour:02}0000Z" for day in range(1, 32) for hour in range(24))
    days = ",".join(hours)
    content = calendar(event("DTSTART:20261006T140000Z", f"RDATE:{days}"))
    assert len(meetings(content, "weekly@google.com", BERLIN, START, END)) == MOST_MEETINGS


DAYS = st.lists(
    st.tuples(st.sampled_from(["", "1", "-1", "5", "-5"]), st.sampled_from(WEEKDAYS)).map("".join),
    min_size=1,
    max_size=7,
).map(",".join)
NUMBERS = st.lists(st.integers(-40, 40).map(str), min_size=1, max_size=5).map(",".join)
PARTS = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"])},
    optional={
        "INTERVAL": st.integers(0, 400).map(str),
        "BYDAY": DAYS,
        "BYMONTHDAY": NUMBERS,
        "BYSETPOS": NUMBERS,
        "BYMONTH": NUMBERS,
        "COUNT": st.integers(-1, 9999).map(str),
    },
)


@settings(deadline=None)  # what it may cost is counted
@given(PARTS, st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_whatever_rule_is_followed_comes_round(parts: dict[str, str], day: date) -> None:
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    content = ics(rule, f"{day:%Y%m%d}T140000Z")
    assert calls_of(lambda: meetings(content, "weekly@google.com", BERLIN, START, END)) < MOST_CALLS


@given(st.text(max_size=60))
def test_whatever_the_rule_is_it_is_judged(text: str) -> None:
    assert plain(text) is None or "FREQ=" in text.upper()
    assert not plain_zone(text) or "YEARLY" in text.upper()


LINES = (
    "BEGIN:VEVENT|END:VEVENT|UID:weekly@google.com|DTSTART:20261006T140000Z|DTEND:20261006T133000Z"
    "|DTSTART;VALUE=DATE:20261006|RRULE:FREQ=WEEKLY|EXDATE:20261208T140000Z,|RDATE:x"
    "|RECURRENCE-ID:20261208T140000Z|RECURRENCE-ID;RANGE=THISANDFUTURE:20261208"
    "|RECURRENCE-ID;VALUE=DATE:20261208|DTSTART;TZID=Odd:20261006T140000|SEQUENCE:-1|SEQUENCE:9"
    "|DURATION:PT|DURATION:PT30M|STATUS:CANCELLED|DTEND;VALUE=DATE:20261007| folded|:|;:"
)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(LINES.split("|")), max_size=9), min_size=1, max_size=4))
def test_whatever_it_says_it_is_read_or_refused(events: list[list[str]]) -> None:
    content = calendar(*[event(*lines) for lines in events])
    for do in (
        lambda: read(content, BERLIN, START, END),
        lambda: meetings(content, "weekly@google.com", BERLIN, START, END),
    ):
        try:
            do()
        except CalendarProblem as problem:
            assert problem.trouble.sentence
