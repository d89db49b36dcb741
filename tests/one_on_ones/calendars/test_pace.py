"""Slow addresses are the trouble of whoever gave them, and of nobody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.one_on_ones.calendars import pace, store
from bot.one_on_ones.calendars.model import CalendarProblem, Choice, Due, Followed, Marks, Trouble
from bot.one_on_ones.pairs.rhythm import Rhythm
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from tests.bench import PATIENCE_SECONDS, Bench
from tests.engines import on_sqlite
from tests.one_on_ones.calendars.server import Calendars, drips, gives
from tests.one_on_ones.calendars.test_following import TUESDAYS, WEEKLY, alone, following

NOW = datetime(2026, 10, 8, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
SLOW = CalendarProblem(Trouble.TOO_SLOW)


def new(pair_id: str = "p") -> Followed:
    return Followed(pair_id, Member("T1", "UADA"), "https://…", "uid", NOW, NOW)


def readings_in_a_week(seconds: float, *, fails: bool) -> int:
    calendar, now, number = new(), NOW, 0
    while now < NOW + WEEK:
        if fails:
            calendar = pace.has_failed(calendar, SLOW, now, seconds)
        else:
            calendar = pace.was_read(calendar, Marks(), now, seconds, whole=True)
        now, number = calendar.next_read_at, number + 1
    return number


@pytest.mark.parametrize("fails", [True, False])
def test_what_always_takes_the_full_time_is_read_less_often(fails: bool) -> None:
    assert readings_in_a_week(0.4, fails=False) in (26, 27, 28)
    assert readings_in_a_week(20, fails=fails) <= 9


@given(st.floats(0, 60), st.floats(0, 60), st.text())
def test_the_longer_it_took_the_later_it_is_read_and_never_more_than_a_day(
    one: float, other: float, pair_id: str
) -> None:
    first, second = (pace.next_read(pair_id, NOW, s) - NOW for s in sorted((one, other)))
    assert pace.EVERY <= first <= second < pace.LAST_RETRY + timedelta(minutes=40)
    assert second >= min(pace.REST * max(one, other), pace.LAST_RETRY)


class Counting:
    """Answers slowly, and counts how many wait at the same moment, by where they asked."""

    def __init__(self) -> None:
        self.most = self.waiting = 0
        self.go_on = threading.Event()
        self.lock = threading.Lock()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        with self.lock:
            self.waiting += 1
            self.most = max(self.most, self.waiting)
        self.go_on.wait(0.3)
        with self.lock:
            self.waiting -= 1
        gives(TUESDAYS)(request)


@contextmanager
def holding(server: Calendars) -> Iterator[None]:
    """An address that does not answer before the block ends."""
    done = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        done.wait(PATIENCE_SECONDS)
        gives(TUESDAYS)(request)

    server.answers[server.path] = answer
    try:
        yield
    finally:
        done.set()


@on_sqlite
def test_one_reading_at_a_time_for_each_person(bench: Bench, server: Calendars) -> None:
    """Five times the address that never answers: the second is refused, and Mia is served."""
    pair = alone(bench, server)
    bench.bot.calendars.fetching = server.fetching(seconds=PATIENCE_SECONDS)
    bench.place("UMIA")
    ada, mia, now = bench.member("UADA"), bench.member("UMIA"), bench.bot.now()
    other = bench.bot.pairs.propose(mia, mia, None, None, now)
    server.answers["/quick"] = gives(TUESDAYS)
    quick, calendars = server.address.replace(server.path, "/quick"), bench.bot.calendars

    def look() -> Choice:
        return calendars.look(ada, pair.id, server.address, now)

    with holding(server):
        assert calendars.begin(ada, pair.id, look, 0.01) is None
        for _ in range(4):
            with pytest.raises(CalendarProblem) as caught:
                calendars.begin(ada, pair.id, look, 0.01)
            assert caught.value.trouble is Trouble.STILL_READING
        hers = calendars.begin(
            mia, other.id, lambda: calendars.look(mia, other.id, quick, now), PATIENCE_SECONDS
        )
        assert hers, "nobody waits for Ada's server"
    assert calendars.awaited(ada, pair.id)
    assert calendars.begin(ada, pair.id, look, PATIENCE_SECONDS)


def followed_twice(bench: Bench, server: Calendars) -> None:
    """Ada meets Mia and Ben, and goes by a calendar with both."""
    alone(bench, server)
    ada, now = bench.member("UADA"), bench.bot.now()
    for other in ("UMIA", "UBEN"):
        rhythm = Rhythm(date(2026, 10, 12), time(14))
        pair = bench.bot.pairs.propose(ada, ada, bench.member(other), rhythm, now)
        bench.bot.calendars.follow_address(ada, pair.id, server.address, WEEKLY, now)


def test_on_schedule_too_and_the_others_come_in_between(bench: Bench, server: Calendars) -> None:
    followed_twice(bench, server)
    bench.place("UMIA")
    mia, now = bench.member("UMIA"), bench.bot.now()
    hers = bench.bot.pairs.propose(mia, mia, None, None, now)
    bench.bot.calendars.follow_address(mia, hers.id, server.address, WEEKLY, now)
    counting = Counting()
    server.answers[server.path] = counting.answer
    due = bench.set_clock("2026-10-08T17:00:00+02:00")
    before = {row["id"]: row["next_read_at"] for row in bench.rows("calendars")}
    assert bench.bot.calendars.read_due(due) == 2, "one of Ada's, and Mia's"
    assert counting.most <= 2
    after = {row["id"]: row["next_read_at"] for row in bench.rows("calendars")}
    assert before[hers.id] != after[hers.id]
    assert [bench.bot.calendars.read_due(due) for _ in range(2)] == [1, 0]


def test_of_each_person_the_one_that_is_due_the_longest(bench: Bench) -> None:
    """However many somebody has, they fill no round alone."""
    keys, ada, mia = KeyRing([b"k" * 32]), bench.member("UADA"), bench.member("UMIA")
    since = [NOW - timedelta(hours=each) for each in (3, 5, 4)]
    given = [Followed(f"a{n}", ada, "", "uid", NOW, at) for n, at in enumerate(since)]
    given += [Followed("m", mia, "", "uid", NOW, NOW), Followed("n", mia, "", "uid", NOW, NOW)]
    later = Followed("b", bench.member("UBEN"), "", "uid", NOW, NOW + timedelta(minutes=1))
    with bench.bot.database.write() as tx:
        for each in (*given, later):
            store.insert(tx, keys, each)
        due = store.due(tx, ada.team_id, NOW, 2)
    assert due == [Due("a1", ada, since[1]), Due("m", mia, NOW)]


def test_two_processes_read_what_is_due_once(
    bench: Bench, replica: Bench, server: Calendars
) -> None:
    following(bench, server)
    replica.bot.calendars.fetching = bench.bot.calendars.fetching
    counting = Counting()
    server.answers[server.path] = counting.answer
    now, asked = bench.set_clock("2026-10-08T17:00:00+02:00"), len(server.asked)
    threads = [
        threading.Thread(target=each.bot.calendars.read_due, args=(now,))
        for each in (bench, replica)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.asked) == asked + 1


@on_sqlite
def test_a_slow_address_rests_longer(
    bench: Bench, server: Calendars, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tenth of a second counts as much as twenty seconds do."""
    monkeypatch.setattr(pace, "REST", timedelta(hours=200))
    following(bench, server)
    bench.bot.calendars.fetching = server.fetching(seconds=0.2)
    server.answers[server.path] = drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x")
    now = bench.set_clock("2026-10-08T17:00:00+02:00")
    bench.bot.calendars.read_due(now)
    (row,) = bench.rows("calendars")
    assert (row["failed"], row["problem"]) == (1, "too_slow")
    asked = len(server.asked)
    bench.bot.calendars.read_due(now + timedelta(hours=23))
    assert len(server.asked) == asked
    bench.bot.calendars.read_due(now + timedelta(hours=25))
    assert len(server.asked) == asked + 1
