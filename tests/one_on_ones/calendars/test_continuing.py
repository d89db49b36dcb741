"""A series that ends is followed into the one that goes on from it, where that is certain."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.one_on_ones.calendars.continuing import course
from bot.one_on_ones.calendars.lines import taken_apart, written
from bot.one_on_ones.calendars.model import Trouble
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.calendars.server import Calendars, gives
from tests.one_on_ones.calendars.test_following import WEEKLY, alone, following, next_at, read_again
from tests.one_on_ones.calendars.test_reading import BERLIN, DECEMBER, OCTOBER, starts
from tests.one_on_ones.calendars.texts import (
    GOOGLE_EACH_TUESDAY,
    OUTLOOK_ZONE,
    calendar,
    event,
)

OLD, NEW, THIRD = "040000008200E0_OLD", "040000008200E0_NEW", "040000008200E0_THIRD"
BERLIN_IN_WINDOWS = ";TZID=W. Europe Standard Time"


def outlook(day: str, until: str = "", *more: str, uid: str = OLD, title: str = "1:1") -> str:
    """Half an hour of each week from that day on, as Outlook publishes it: without any guests."""
    ends = f"UNTIL={until};" if until else ""
    return event(
        f"RRULE:FREQ=WEEKLY;{ends}INTERVAL=1;WKST=MO",
        f"DTSTART{BERLIN_IN_WINDOWS}:{day}T150000",
        f"DTEND{BERLIN_IN_WINDOWS}:{day}T153000",
        *more,
        uid=uid,
        title=title,
    )


ENDED = outlook("20261006", "20261020T130000Z")
LATER = outlook("20261029", uid=NEW)
HER, OTHER = "ATTENDEE;CN=Mia:mailto:Mia@example.com", "ATTENDEE;CN=Ben:mailto:ben@example.com"
BOSS = "ORGANIZER;CN=Ada:mailto:ada@example.com"
SET = "RELATED-TO;RELTYPE=X-CALENDARSERVER-RECURRENCE-SET:5A1C-77"


def days(*events: str, start: datetime = OCTOBER) -> list[str]:
    found = course(calendar(OUTLOOK_ZONE, *events), OLD, BERLIN, start, DECEMBER)
    return [f"{each.starts_at:%m-%d}" for each in found.meetings]


def test_outlook_begins_a_series_that_has_nothing_of_the_old_one_but_its_name() -> None:
    whole = ["10-06", "10-13", "10-20", "10-29", "11-05", "11-12", "11-19", "11-26"]
    assert days(ENDED, LATER) == whole
    assert days(LATER, ENDED) == whole


def test_the_new_one_is_followed_by_its_own_name_once_the_old_one_is_over() -> None:
    content = calendar(OUTLOOK_ZONE, ENDED, LATER)
    before = course(content, OLD, BERLIN, OCTOBER, DECEMBER)
    after = course(content, OLD, BERLIN, datetime(2026, 10, 21, tzinfo=UTC), DECEMBER)
    assert (before.uid, after.uid) == (OLD, NEW)
    assert after.meetings == before.meetings[3:]


def test_it_may_be_split_again_and_again() -> None:
    again = outlook("20261029", "20261105T140000Z", uid=NEW)
    third = outlook("20261113", uid=THIRD)
    assert days(ENDED, again, third)[3:] == ["10-29", "11-05", "11-13", "11-20", "11-27"]


def test_a_day_earlier_in_the_same_week_with_the_end_that_google_writes() -> None:
    """The old one ends on the evening before, which is after the new one has begun."""
    ended = outlook("20261006", "20261026T225959Z")
    assert days(ended, outlook("20261026", uid=NEW))[2:4] == ["10-20", "10-26"]


def test_open_xchange_ends_it_a_second_before_and_marks_both_parts() -> None:
    ended = outlook("20261006", "20261027T135959Z", SET)
    renamed = outlook("20261027", "", SET, uid=NEW, title="Growth talk")
    assert days(ended, renamed)[2:4] == ["10-20", "10-27"]
    assert days(ended, renamed.replace("5A1C", "0000"))[2:] == ["10-20"]


def test_with_the_same_people_whatever_else_is_written_of_them() -> None:
    ended = outlook("20261006", "20261020T130000Z", BOSS, HER)
    accepted = HER.replace("CN=Mia", "PARTSTAT=ACCEPTED").replace("Mia@", "mia@")
    assert len(days(ended, outlook("20261029", "", accepted, BOSS, uid=NEW))) == 8


@pytest.mark.parametrize(
    "others",
    [
        [outlook("20261029", uid=NEW, title="1:1 with Ben")],
        [outlook("20261029", "", HER, uid=NEW)],
        [outlook("20261029", "", BOSS, uid=NEW)],
        [outlook("20261020", uid=NEW)],
        [outlook("20260901", uid=NEW)],
        [outlook("20261103", uid=NEW)],
        [LATER, outlook("20261030", uid=THIRD)],
        [LATER.replace("RRULE:FREQ=WEEKLY", "RRULE:FREQ=YEARLY")],
        [LATER.replace("RRULE:FREQ=WEEKLY;INTERVAL=1;WKST=MO", "STATUS:CONFIRMED")],
    ],
    ids=[
        "another name", "another guest", "another organiser", "as the last one begins",
        "beside it", "two weeks later", "two that may", "yearly", "a single meeting",
    ],
)  # fmt: skip
def test_where_it_is_not_certain_the_series_ends(others: list[str]) -> None:
    assert days(ENDED, *others) == ["10-06", "10-13", "10-20"]


def test_without_a_name_nothing_is_certain() -> None:
    ended, later = (each.replace("SUMMARY:1:1", "SUMMARY:") for each in (ENDED, LATER))
    assert days(ended, later) == days(ENDED)


def test_a_series_that_goes_on_is_followed_alone() -> None:
    assert len(days(outlook("20261006"), LATER)) == 8


def test_a_cancellation_of_this_and_all_that_follow_ends_it() -> None:
    """With or without a time of its own."""
    which = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261020T140000"
    for more in ([], ["DTSTART;TZID=Europe/Berlin:20261020T140000"]):
        gone = event(which, "STATUS:CANCELLED", *more)
        assert starts(calendar(GOOGLE_EACH_TUESDAY, gone)) == ["10-06 12:00", "10-13 12:00"]


def test_a_change_that_names_a_day_only_ends_nothing() -> None:
    """Odd programs write one; it has no place in the series, and is a meeting all the same."""
    odd = event("DTSTART:20261021T090000Z", "RECURRENCE-ID;VALUE=DATE:20261021", uid=OLD)
    assert days(ENDED, odd, LATER)[3:5] == ["10-21", "10-29"]


@settings(deadline=None, max_examples=30)
@given(st.dates(date(2026, 9, 1), date(2026, 12, 30)), st.booleans())
def test_whatever_else_there_is_nothing_is_lost_and_nothing_meets_twice(
    day: date, named: bool
) -> None:
    other = outlook(f"{day:%Y%m%d}", uid=NEW, title="1:1" if named else "Team")
    found = days(ENDED, other)
    assert found[:3] == ["10-06", "10-13", "10-20"]
    assert len(found) == len(set(found))
    follows = named and "2026-10-20" < str(day) < "2026-11-03"
    assert (len(found) > 3) == follows


def test_of_guests_nothing_is_kept_but_whether_they_are_the_same() -> None:
    whole = taken_apart(calendar(outlook("20261006", "", BOSS, HER, OTHER)))
    text = written(whole)
    assert not any(word in text.lower() for word in ("mia", "ben", "ada", "mailto"))
    assert written(taken_apart(text.encode())) == text


def test_the_new_series_is_followed_also_when_the_old_one_is_deleted(
    bench: Bench, server: Calendars
) -> None:
    pair = following(bench, server)
    ended = GOOGLE_EACH_TUESDAY.replace("BYDAY=TU", "UNTIL=20261013T120000Z;BYDAY=TU")
    later = GOOGLE_EACH_TUESDAY.replace("20261006", "20261021").replace("BYDAY=TU", "BYDAY=WE")
    later = later.replace(WEEKLY, "new@example.com")
    read_again(bench, server, gives(calendar(ended, later)), "2026-10-08T17:00:00+02:00")
    assert next_at(bench, pair) == "10-13 12:00"
    read_again(bench, server, gives(calendar(ended, later)), "2026-10-13T15:00:00+02:00")
    bench.tick("2026-10-13T15:05:00+02:00")
    read_again(bench, server, gives(calendar(later)), "2026-10-14T15:00:00+02:00")
    assert next_at(bench, pair) == "10-21 12:00"
    (row,) = bench.rows("calendars")
    assert (row["problem"], row["failed"]) == (None, 0)


def told(bench: Bench) -> list[str]:
    return [text_of(each) for each in bench.slack.dm("UADA") if "have ended" in text_of(each)]


@on_sqlite
def test_whose_series_ends_is_told_once_and_chooses_the_new_one(
    bench: Bench, server: Calendars
) -> None:
    """Also by a server that says that nothing has changed."""
    ended = GOOGLE_EACH_TUESDAY.replace("BYDAY=TU", "UNTIL=20261013T120000Z;BYDAY=TU")
    pair = following(bench, server, calendar(ended))
    read_again(bench, server, gives(b"", 304), "2026-10-12T17:00:00+02:00")
    bench.tick("2026-10-12T17:05:00+02:00")
    assert told(bench) == []
    renamed = event("DTSTART:20261022T120000Z", "RRULE:FREQ=WEEKLY", uid="new", title="Growth")
    for day in range(14, 18):
        now = f"2026-10-{day}T17:00:00+02:00"
        read_again(bench, server, gives(calendar(ended, renamed), ETag='"2"'), now)
        assert "If-None-Match" not in server.asked[-1][1], "or the end might never be seen"
        bench.tick(f"2026-10-{day}T17:05:00+02:00")
    (words,) = told(bench)
    assert "In your calendar the meetings of your one-on-one have ended." in words
    assert next_at(bench, pair) == "none"
    (message,) = (each for each in bench.slack.dm("UADA") if "have ended" in text_of(each))
    bench.slack.press("UADA", message, "Choose the new one")
    assert Trouble.SERIES_OVER.sentence in text_of(bench.modal("UADA", "From a calendar"))
    ada, now_ = bench.member("UADA"), bench.bot.now()
    bench.bot.calendars.follow_address(ada, pair.id, server.address, "new", now_)
    assert next_at(bench, pair) == "10-22 12:00"
    read_again(bench, server, gives(calendar(ended, renamed)), "2026-10-18T17:00:00+02:00")
    bench.tick("2026-10-18T17:05:00+02:00")
    assert len(told(bench)) == 1


@on_sqlite
def test_of_a_file_that_has_no_more_meetings_they_are_told_too(
    bench: Bench, server: Calendars
) -> None:
    ended = GOOGLE_EACH_TUESDAY.replace("BYDAY=TU", "UNTIL=20261013T120000Z;BYDAY=TU")
    pair = alone(bench, server)
    ada, now = bench.member("UADA"), bench.bot.now()
    bench.bot.calendars.follow_file(ada, pair.id, calendar(ended), WEEKLY, now)
    for hours in (24, 24 * 6, 24 * 7):
        bench.bot.calendars.read_due(now + timedelta(hours=hours))
        bench.tick((now + timedelta(hours=hours, minutes=5)).isoformat())
        assert len(told(bench)) == (hours > 24)
    assert "In the file that you gave me" in told(bench)[0]
    assert not server.asked
