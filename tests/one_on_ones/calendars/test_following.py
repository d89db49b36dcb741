"""A one-on-one goes by a calendar: what is moved and cancelled there, the pre-read follows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.one_on_ones.calendars.model import CalendarForgotten, key_of
from bot.one_on_ones.calendars.store import calendars
from bot.one_on_ones.pairs.model import Pair, PairNotFound
from bot.one_on_ones.pairs.rhythm import Rhythm
from bot.storage.crypto import SealError
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.calendars.server import Answer, Calendars, gives
from tests.one_on_ones.calendars.texts import (
    GOOGLE_CANCELLED,
    GOOGLE_EACH_TUESDAY,
    GOOGLE_MOVED_TO_WEDNESDAY,
    OUTLOOK_FORTNIGHT,
    calendar,
)
from tests.sharing.scenes import was_always

THURSDAY = "2026-10-08T09:00:00+02:00"
WEEKLY = "weekly@google.com"
TUESDAYS = calendar(GOOGLE_EACH_TUESDAY)


def alone(bench: Bench, server: Calendars, content: bytes = TUESDAYS) -> Pair:
    """Ada has a one-on-one with nobody who has to be asked, and the server has her calendar."""
    bench.place("UADA")
    bench.bot.calendars.fetching = server.fetching(seconds=5)
    server.answers[server.path] = gives(content, ETag='"1"')
    ada = bench.member("UADA")
    return bench.bot.pairs.propose(ada, ada, None, None, bench.set_clock(THURSDAY))


def following(bench: Bench, server: Calendars, content: bytes = TUESDAYS) -> Pair:
    pair = alone(bench, server, content)
    ada, now = bench.member("UADA"), bench.bot.now()
    return bench.bot.calendars.follow_address(ada, pair.id, server.address, WEEKLY, now)


def read_again(bench: Bench, server: Calendars, answer: Answer, instant: str) -> datetime:
    server.answers[server.path] = answer
    now = bench.set_clock(instant)
    bench.bot.calendars.read_due(now)
    return now


def next_at(bench: Bench, pair: Pair) -> str:
    found = bench.bot.pairs.find(pair.id)
    assert found
    return f"{found.meeting.starts_at:%m-%d %H:%M}" if found.meeting else "none"


@on_sqlite
def test_the_next_meeting_is_that_of_the_calendar(bench: Bench, server: Calendars) -> None:
    pair = following(bench, server)
    assert next_at(bench, pair) == "10-13 12:00"
    assert pair.pre_read_due_at == datetime.fromisoformat("2026-10-12T10:00:00+02:00")


def test_what_is_moved_and_cancelled_is_followed(bench: Bench, server: Calendars) -> None:
    pair = following(bench, server)
    changed = calendar(GOOGLE_EACH_TUESDAY, GOOGLE_MOVED_TO_WEDNESDAY, GOOGLE_CANCELLED)
    read_again(bench, server, gives(changed), "2026-10-08T17:00:00+02:00")
    assert next_at(bench, pair) == "10-14 08:00"
    now = bench.set_clock("2026-10-14T12:00:00+02:00")
    bench.bot.pairs.plan_due(now)
    assert next_at(bench, pair) == "10-27 13:00"


@on_sqlite
def test_no_meeting_no_pre_read(bench: Bench, server: Calendars) -> None:
    pair = following(bench, server)
    read_again(bench, server, gives(calendar(OUTLOOK_FORTNIGHT)), "2026-10-08T17:00:00+02:00")
    assert next_at(bench, pair) == "none"
    found = bench.bot.pairs.find(pair.id)
    assert found and found.pre_read_due_at is None
    bench.tick("2026-10-12T10:05:00+02:00")
    assert not bench.slack.dm("UADA")


@on_sqlite
def test_what_is_over_stays_whatever_the_calendar_says(bench: Bench, server: Calendars) -> None:
    pair = following(bench, server)
    before = len(bench.rows("calendar_meetings"))
    later = GOOGLE_EACH_TUESDAY.replace("20261006", "20261103")
    read_again(bench, server, gives(calendar(later)), "2026-10-21T09:00:00+02:00")
    slots = {row["slot"] for row in bench.rows("calendar_meetings") if row["id"] == pair.id}
    assert {"20261013T120000Z", "20261020T120000Z", "20261103T130000Z"} <= slots
    assert "20261027T130000Z" not in slots
    assert before > len(slots) - 2


@on_sqlite
def test_a_meeting_that_has_begun_counts_unless_the_calendar_puts_it_later(
    bench: Bench, server: Calendars
) -> None:
    pair, me = following(bench, server), bench.member("UADA")
    more = calendar(GOOGLE_EACH_TUESDAY, GOOGLE_CANCELLED)
    now = read_again(bench, server, gives(more), "2026-10-13T14:20:00+02:00")
    assert bench.bot.pages.history(me, pair.id, 0, now)[1] == 1
    assert next_at(bench, pair) == "10-27 13:00"


@on_sqlite
def test_it_is_read_every_six_hours_and_not_before(bench: Bench, server: Calendars) -> None:
    following(bench, server)
    read_again(bench, server, gives(TUESDAYS), "2026-10-08T14:59:00+02:00")
    assert len(server.asked) == 1
    read_again(bench, server, gives(b"", 304), "2026-10-08T15:45:00+02:00")
    assert len(server.asked) == 2
    assert server.asked[1][1]["If-None-Match"] == '"1"'


@on_sqlite
def test_once_a_month_it_is_read_as_a_whole(bench: Bench, server: Calendars) -> None:
    """Or what is known would end a year after the calendar was last changed."""
    following(bench, server)
    read_again(bench, server, gives(TUESDAYS), "2026-11-10T09:00:00+01:00")
    assert "If-None-Match" not in server.asked[-1][1]


@on_sqlite
def test_when_it_cannot_be_read_what_was_known_stays(bench: Bench, server: Calendars) -> None:
    pair = following(bench, server)
    read_again(bench, server, gives(b"", 500), "2026-10-08T17:00:00+02:00")
    assert next_at(bench, pair) == "10-13 12:00"
    (row,) = bench.rows("calendars")
    assert (row["failed"], row["problem"]) == (1, "not_answering")
    read_again(bench, server, gives(TUESDAYS), "2026-10-08T19:00:00+02:00")
    (row,) = bench.rows("calendars")
    assert (row["failed"], row["problem"]) == (0, None)


@on_sqlite
def test_between_tries_it_waits_longer_up_to_a_day(bench: Bench, server: Calendars) -> None:
    following(bench, server)
    now = bench.set_clock("2026-10-08T17:00:00+02:00")
    server.answers[server.path] = gives(b"", 500)
    tries = []
    for _ in range(24 * 8):
        bench.bot.calendars.read_due(now)
        tries.append(len(server.asked))
        now += timedelta(hours=1)
    assert 8 <= tries[-1] <= 16


@on_sqlite
def test_after_a_week_whoever_gave_it_is_told_once(bench: Bench, server: Calendars) -> None:
    following(bench, server)
    for day in range(8, 24):
        read_again(bench, server, gives(b"", 404), f"2026-10-{day:02}T17:00:00+02:00")
        bench.tick(f"2026-10-{day:02}T17:05:00+02:00")
    told = [text_of(each) for each in bench.slack.dm("UADA") if "could not read" in text_of(each)]
    (words,) = told
    assert "There is no calendar at that address" in words
    assert "canary" not in words


@on_sqlite
def test_a_manager_without_a_place_on_the_ladder_gives_the_calendar(
    bench: Bench, server: Calendars
) -> None:
    was_always(bench, "UADA", "UMIA")
    pair = alone(bench, server)
    ada, mia, now = bench.member("UADA"), bench.member("UMIA"), bench.bot.now()
    pair = bench.bot.pairs.propose(ada, ada, mia, Rhythm(date(2026, 10, 12), time(14)), now)
    bench.bot.pairs.answer(mia, pair.id, yes=True, now=now)
    bench.bot.calendars.follow_address(mia, pair.id, server.address, WEEKLY, now)
    read_again(bench, server, gives(TUESDAYS), "2026-10-08T17:00:00+02:00")
    assert next_at(bench, pair) == "10-13 12:00"
    assert bench.rows("calendars")


@on_sqlite
def test_a_file_is_read_once(bench: Bench, server: Calendars) -> None:
    pair = alone(bench, server)
    ada, now = bench.member("UADA"), bench.bot.now()
    bench.bot.calendars.follow_file(ada, pair.id, TUESDAYS, WEEKLY, now)
    assert next_at(bench, pair) == "10-13 12:00"
    read_again(bench, server, gives(TUESDAYS), "2026-10-09T17:00:00+02:00")
    assert not server.asked


@on_sqlite
def test_only_the_two_who_meet_may_give_a_calendar(bench: Bench, server: Calendars) -> None:
    pair = alone(bench, server)
    bench.place("UMIA")
    mia, now = bench.member("UMIA"), bench.bot.now()
    with pytest.raises(PairNotFound):
        bench.bot.calendars.look(mia, pair.id, server.address, now)
    with pytest.raises(PairNotFound):
        bench.bot.calendars.look_at_file(mia, pair.id, TUESDAYS, now)
    with pytest.raises(PairNotFound):
        bench.bot.calendars.of(mia, pair.id, now)
    with pytest.raises(CalendarForgotten):
        bench.bot.calendars.follow(mia, pair.id, key_of(WEEKLY), now)
    assert not server.asked


def test_an_address_is_sealed_for_its_pair_and_its_giver(bench: Bench, server: Calendars) -> None:
    pair = following(bench, server)
    (row,) = bench.rows("calendars")
    raw = b" ".join(bytes(v) for v in row.values() if isinstance(v, bytes | memoryview))
    assert b"canary" not in raw
    assert WEEKLY.encode() not in raw
    with bench.bot.database.write() as tx:
        tx.exec_driver_sql("UPDATE calendars SET set_by = 'UMIA'")
    with pytest.raises(SealError):
        bench.bot.calendars.find(pair.id)


def test_a_calendar_that_does_not_open_holds_up_no_other(bench: Bench, server: Calendars) -> None:
    broken = following(bench, server)
    bench.place("UMIA")
    mia, now = bench.member("UMIA"), bench.bot.now()
    other = bench.bot.pairs.propose(mia, mia, None, None, now)
    bench.bot.calendars.follow_address(mia, other.id, server.address, WEEKLY, now)
    with bench.bot.database.write() as tx:
        broken_one = calendars.c.id == broken.id
        tx.execute(calendars.update().where(broken_one).values(uid=b"?"))
    asked = len(server.asked)
    read_again(bench, server, gives(TUESDAYS), "2026-10-08T17:00:00+02:00")
    assert len(server.asked) == asked + 1
    read_again(bench, server, gives(TUESDAYS), "2026-10-08T17:01:00+02:00")
    assert len(server.asked) == asked + 1


@on_sqlite
def test_a_rhythm_takes_the_place_of_the_calendar(bench: Bench, server: Calendars) -> None:
    pair = following(bench, server)
    rhythm = Rhythm(date(2026, 10, 12), time(14))
    bench.bot.pairs.change(bench.member("UADA"), pair.id, rhythm, bench.bot.now())
    read_again(bench, server, gives(TUESDAYS), "2026-10-08T17:00:00+02:00")
    assert not bench.rows("calendars")
    assert not bench.rows("calendar_meetings")
    assert bench.bot.pairs.find(pair.id)


@on_sqlite
def test_with_the_pair_its_calendar_goes(bench: Bench, server: Calendars) -> None:
    pair = following(bench, server)
    bench.bot.pairs.end(bench.member("UADA"), pair.id, bench.bot.now())
    assert not bench.rows("calendars")
    assert not bench.rows("calendar_meetings")


def test_everything_is_told_and_erased(bench: Bench, server: Calendars) -> None:
    following(bench, server)
    ada = bench.member("UADA")
    given, met, _ = bench.bot.calendars.records_of(ada)
    assert given.rows[0][0] == server.address
    assert met.rows
    with bench.bot.database.write() as tx:
        bench.bot.calendars.erase(tx, ada)
    assert not bench.rows("calendars")
    assert not bench.rows("calendar_meetings")


@on_sqlite
def test_the_heartbeat_works_without_a_network(bench: Bench, server: Calendars) -> None:
    following(bench, server)
    asked = len(server.asked)
    bench.tick("2026-10-12T10:05:00+02:00")
    assert len(server.asked) == asked
