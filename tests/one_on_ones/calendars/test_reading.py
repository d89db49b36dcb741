"""The meetings of a series, out of what Google and Outlook write: moved, cancelled, split."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.one_on_ones.calendars.continuing import course
from bot.one_on_ones.calendars.model import CalendarMeeting, CalendarProblem, Series, Trouble
from bot.one_on_ones.calendars.reading import read
from tests.one_on_ones.calendars.texts import (
    GOOGLE,
    GOOGLE_EACH_TUESDAY,
    GOOGLE_HEAD,
    GOOGLE_TWO_HOURS_LATER_FROM_NOVEMBER,
    OUTLOOK,
    OUTLOOK_FORTNIGHT,
    OUTLOOK_UID,
    OUTLOOK_ZONE,
    calendar,
    event,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
OCTOBER = datetime(2026, 10, 1, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
WEEKLY = "weekly@google.com"


def meetings(
    content: bytes, uid: str, zone: ZoneInfo, start: datetime, end: datetime
) -> tuple[CalendarMeeting, ...]:
    return course(content, uid, zone, start, end).meetings


def found(
    content: bytes, uid: str = WEEKLY, zone: ZoneInfo = NEW_YORK
) -> tuple[CalendarMeeting, ...]:
    return meetings(content, uid, zone, OCTOBER, DECEMBER)


def starts(content: bytes, uid: str = WEEKLY, zone: ZoneInfo = NEW_YORK) -> list[str]:
    return [f"{each.starts_at:%m-%d %H:%M}" for each in found(content, uid, zone)]


def trouble(content: bytes) -> Trouble:
    with pytest.raises(CalendarProblem) as caught:
        read(content, BERLIN, OCTOBER, DECEMBER)
    return caught.value.trouble


def test_of_google_the_moved_one_is_followed_and_the_cancelled_one_is_gone() -> None:
    assert starts(GOOGLE) == [
        "10-06 12:00", "10-14 08:00", "10-27 13:00", "11-03 13:00", "11-10 13:00", "11-17 13:00",
        "11-24 13:00",
    ]  # fmt: skip
    assert all(e.ends_at - e.starts_at == timedelta(minutes=30) for e in found(GOOGLE))


def test_a_moved_meeting_keeps_its_slot() -> None:
    before = {each.slot for each in found(calendar(GOOGLE_EACH_TUESDAY))}
    after = {each.slot for each in found(GOOGLE)}
    assert after == before - {"20261020T120000Z"}
    moved = next(each for each in found(GOOGLE) if each.slot == "20261013T120000Z")
    assert moved.starts_at == datetime(2026, 10, 14, 8, tzinfo=UTC)


def test_from_one_on_all_are_moved_and_keep_their_slots() -> None:
    split = calendar(GOOGLE_EACH_TUESDAY, GOOGLE_TWO_HOURS_LATER_FROM_NOVEMBER)
    assert starts(split)[3:6] == ["10-27 13:00", "11-03 15:00", "11-10 15:00"]
    whole = calendar(GOOGLE_EACH_TUESDAY)
    assert [each.slot for each in found(split)] == [each.slot for each in found(whole)]


def test_google_splits_a_series_into_two_that_are_followed_as_one() -> None:
    ended = GOOGLE_EACH_TUESDAY.replace("BYDAY=TU", "UNTIL=20261102T225959Z;BYDAY=TU")
    later = event(
        "DTSTART;TZID=Europe/Berlin:20261105T110000",
        "DTEND;TZID=Europe/Berlin:20261105T113000",
        "RRULE:FREQ=WEEKLY;BYDAY=TH",
        uid="weekly_R20261103T130000@google.com",
    )
    content = calendar(ended, later, head=GOOGLE_HEAD)
    assert starts(content)[3:6] == ["10-27 13:00", "11-05 10:00", "11-12 10:00"]
    assert [each.uid for each in read(content, BERLIN, OCTOBER, DECEMBER).series] == [WEEKLY]


def test_of_outlook_a_fortnight_with_days_left_out() -> None:
    assert starts(OUTLOOK, OUTLOOK_UID) == ["10-01 13:00", "11-12 14:00", "11-26 14:00"]


def test_a_name_of_windows_needs_no_definition() -> None:
    assert starts(calendar(OUTLOOK_FORTNIGHT), OUTLOOK_UID) == starts(OUTLOOK, OUTLOOK_UID)


@pytest.mark.parametrize("name", ["Customized Time Zone", '"(UTC+01:00) Amsterdam, Berlin: DST"'])
def test_a_zone_that_the_calendar_defines_itself(name: str) -> None:
    zone = OUTLOOK_ZONE.replace("W. Europe Standard Time", name.strip('"'))
    fortnight = OUTLOOK_FORTNIGHT.replace("W. Europe Standard Time", name)
    assert starts(calendar(zone, fortnight), OUTLOOK_UID) == starts(OUTLOOK, OUTLOOK_UID)


def test_two_calendars_may_mean_different_clocks_by_one_name() -> None:
    here = OUTLOOK_ZONE.replace("W. Europe Standard Time", "Ours")
    there = here.replace("+0100", "+0500").replace("+0200", "+0600")
    fortnight = OUTLOOK_FORTNIGHT.replace("W. Europe Standard Time", "Ours")
    assert starts(calendar(here, fortnight), OUTLOOK_UID)[0] == "10-01 13:00"
    assert starts(calendar(there, fortnight), OUTLOOK_UID)[0] == "10-01 09:00"


def test_a_time_without_a_zone_is_one_of_the_person() -> None:
    floating = event("DTSTART:20261006T140000", "DURATION:PT45M", "RRULE:FREQ=WEEKLY")
    assert starts(calendar(floating))[0] == "10-06 18:00"
    assert starts(calendar(floating), zone=BERLIN)[0] == "10-06 12:00"
    assert starts(calendar(floating, head=GOOGLE_HEAD))[0] == "10-06 12:00"


def test_a_series_is_offered_with_what_it_is_and_when_it_comes_next() -> None:
    one = calendar(GOOGLE_EACH_TUESDAY, OUTLOOK_FORTNIGHT, event("DTSTART:20261006T140000"))
    assert read(one, BERLIN, OCTOBER, DECEMBER).series == (
        Series(OUTLOOK_UID, "1:1 Ada, Mia", "every second week", OCTOBER + timedelta(hours=13)),
        Series(WEEKLY, "Ada / Mia", "every week", OCTOBER + timedelta(days=5, hours=12)),
    )


def test_what_is_not_a_series_says_why() -> None:
    whole_day = event("DTSTART;VALUE=DATE:20261006", "RRULE:FREQ=WEEKLY")
    assert trouble(calendar(whole_day)) is Trouble.NO_TIME
    assert trouble(calendar(event("DTSTART:20261006T140000Z"))) is Trouble.NO_SERIES
    over = event("DTSTART:20250106T140000Z", "RRULE:FREQ=WEEKLY;UNTIL=20260101T000000Z")
    assert trouble(calendar(over)) is Trouble.NO_SERIES
    assert trouble(b"<html><body>Please sign in</body></html>") is Trouble.NOT_A_CALENDAR
    assert trouble(b"") is Trouble.NOT_A_CALENDAR
    assert trouble(b"\x00\xff\xfe PK") is Trouble.NOT_A_CALENDAR


@given(st.integers(1, len(GOOGLE) - 3))
def test_a_calendar_that_was_cut_off_is_none(length: int) -> None:
    """Or the meetings of its lost end would look cancelled."""
    assert trouble(GOOGLE[:length]) is Trouble.NOT_A_CALENDAR


def test_a_whole_calendar_that_cancels_has_no_meetings() -> None:
    assert found(calendar(GOOGLE_EACH_TUESDAY, head=["METHOD:CANCEL"])) == ()


def test_a_series_that_is_gone_is_told_from_one_without_meetings() -> None:
    with pytest.raises(CalendarProblem) as caught:
        found(GOOGLE, "another")
    assert caught.value.trouble is Trouble.SERIES_GONE
    ended = event("DTSTART:20250106T140000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    assert found(calendar(ended)) == ()


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=MONTHLY;BYDAY=1TU", ["10-06", "11-03"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["10-06", "10-30", "11-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=13", ["10-06", "10-13", "11-13"]),
        ("FREQ=DAILY;INTERVAL=14", ["10-06", "10-20", "11-03", "11-17"]),
        ("FREQ=WEEKLY;COUNT=2;BYHOUR=14;BYMINUTE=0", ["10-06", "10-13"]),
    ],
)
def test_other_rhythms(rule: str, first: list[str]) -> None:
    content = calendar(event("DTSTART;TZID=Europe/Berlin:20261006T140000", f"RRULE:{rule}"))
    assert [each[:5] for each in starts(content)] == first


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 52), st.sampled_from([BERLIN, NEW_YORK, ZoneInfo("Australia/Lord_Howe")]))
def test_the_wall_clock_stays_whatever_the_season(weeks: int, zone: ZoneInfo) -> None:
    day = datetime(2026, 1, 6, 14, tzinfo=UTC) + timedelta(weeks=weeks)
    line = f"DTSTART;TZID={zone.key}:{day:%Y%m%dT%H%M%S}"
    content = calendar(event(line, "RRULE:FREQ=WEEKLY"))
    start = day - timedelta(days=1)
    for each in meetings(content, WEEKLY, BERLIN, start, start + timedelta(days=399)):
        local = each.starts_at.astimezone(zone)
        assert (local.hour, local.minute, local.weekday()) == (14, 0, 1)
