"""Whoever writes about a one-on-one holds rows in one order, so nobody is ever told "busy"."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.one_on_ones.calendars.model import key_of
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.talks.store import talks
from bot.people.roster import Placement
from tests.bench import PATIENCE_SECONDS, TRACK, Bench
from tests.engines import on_postgresql
from tests.one_on_ones.calendars.conftest import server
from tests.one_on_ones.calendars.server import Calendars, gives
from tests.one_on_ones.calendars.texts import (
    GOOGLE_EACH_TUESDAY,
    GOOGLE_MOVED_TO_WEDNESDAY,
    calendar,
)
from tests.one_on_ones.page.scenes import (
    WEEKLY,
    add,
    confirmed,
    meet,
    pages,
    past,
    promise,
    with_pair,
)
from tests.one_on_ones.pairs.scenes import MONDAYS
from tests.people.test_managers_at_once import at_once

__all__ = ["server"]

ROUNDS = 40
A_MOMENT = 0.3
SERIES = "weekly@google.com"
SHAPES = [calendar(GOOGLE_EACH_TUESDAY), calendar(GOOGLE_EACH_TUESDAY, GOOGLE_MOVED_TO_WEDNESDAY)]
ORDER = (
    ("people",),
    ("pairs",),
    ("parcels",),
    ("promise_reminders",),
    ("nudge_schedules",),
)
RANK = {table: rank for rank, tables in enumerate(ORDER) for table in tables}
OF_A_PAIR = {
    "pair_moves",
    *("calendars", "calendar_meetings"),
    *("agenda_items", "action_items", "talks", "private_notes"),
}
WRITES = re.compile(r"(?s)(INSERT INTO|UPDATE|DELETE FROM) (\w+)|SELECT .*?FROM (\w+).* FOR UPDATE")
NAMES = ("user_id", "placed_id", "of_user", "pair_id", "id")


class Watch:
    """What each transaction takes, and where one took a row that comes before one it had."""

    def __init__(self) -> None:
        self.taken: dict[Any, dict[tuple[str, str], None]] = {}
        self.wrong: list[str] = []
        self.seen: set[str] = set()

    def sees(self, connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        found = WRITES.match(statement.strip())
        if found is None or (found[1] == "INSERT INTO" and found[2] == "parcels"):
            return
        table = found[2] or found[3]
        if table in OF_A_PAIR:
            self.needs_a_pair(connection, table)
        elif table in RANK:
            for row in given if isinstance(given, list) else [given]:
                self.takes(connection, table, row)

    def takes(self, connection: Any, table: str, row: Any) -> None:
        mine = self.taken.setdefault(connection.get_transaction(), {})
        named = (str(row[name]) for name in row if name.startswith(NAMES))
        key = table, "" if table == "parcels" else next(named, "")
        if key == ("people", ""):
            return  # the mark of who was erased, on rows that are theirs
        later = [each for each, _ in mine if RANK[each] > RANK[table]]
        if later and key not in mine:
            self.wrong.append(f"{' '.join(key)} after {', '.join(later)}")
        mine[key] = None
        self.seen.add(table)

    def needs_a_pair(self, connection: Any, table: str) -> None:
        mine = self.taken.setdefault(connection.get_transaction(), {})
        if "pairs" not in {each for each, _ in mine}:
            self.wrong.append(f"{table} without its pair")
        self.seen.add(table)


@contextmanager
def watched(bench: Bench) -> Iterator[Watch]:
    watch, engine = Watch(), bench.bot.database.engine
    event.listen(engine, "before_cursor_execute", watch.sees)
    yield watch
    event.remove(engine, "before_cursor_execute", watch.sees)


@on_postgresql
def test_every_deed_takes_rows_in_the_same_order(bench: Bench, server: Calendars) -> None:
    with watched(bench) as watch:
        everything_there_is_to_do(bench, server)
    assert watch.wrong == []
    assert watch.seen == OF_A_PAIR | set(RANK)


def everything_there_is_to_do(bench: Bench, server: Calendars) -> None:
    pair = with_pair(bench)
    ada, mia = bench.member("UADA"), bench.member("UMIA")
    bot, now = bench.bot, bench.bot.now
    item, owed = add(bench, pair, "the rota"), promise(bench, pair, "the budget", owner="UMIA")
    bot.pages.write_note(mia, pair.id, "Mine", "", now())
    bench.tick("2026-12-01T14:10:00+01:00")
    bot.pages.discussed(ada, item, now())
    bot.pairs.change(ada, pair.id, WEEKLY, now())
    meet(bench)
    bot.pages.did_not_take_place(mia, past(bench, pair)[0].talk.id, now())
    found = bot.pairs.find(pair.id)
    assert found and found.meeting
    bot.pairs.move(mia, pair.id, found.meeting.slot, found.meeting.starts_at + DAY, now())
    bot.pairs.pause(ada, pair.id, date(2026, 12, 10), now())
    bench.tick("2026-12-15T15:10:00+01:00")
    bench.tick("2026-12-16T09:10:00+01:00")
    bot.pages.done(mia, owed, now())
    bot.reminders.heard(mia, now())
    rows = [Placement(user, TRACK, "L4", "", "Asia/Tokyo") for user in ("UMIA", "UBEN", "UADA")]
    bot.people.place_many(bot.identity.team_id, rows, now())
    follows(bench, server, pair)
    bot.calendars.read_due(bench.set_clock("2026-12-17T09:10:00+01:00"))
    bot.pairs.end(ada, pair.id, now())
    again = bot.pairs.propose(mia, ada, mia, MONDAYS, now())
    bot.pairs.ask_again(mia, again.id, now() + 8 * DAY)
    bot.pairs.answer(ada, again.id, yes=True, now=now() + 8 * DAY)
    confirmed(bench, "UBEN", "UMIA")
    bot.people.place_myself(ada, TRACK, "L4", "", now())
    promise(bench, confirmed(bench, "UADA", "UBEN"), "a book", owner="UBEN", user="UBEN")
    for erased in (mia, bench.member("UBEN"), ada):
        bot.own_data.erase_me(erased, f"erase {erased.user_id}", now())


DAY = timedelta(days=1)


def follows(bench: Bench, server: Calendars, pair: Pair) -> None:
    """The server has another calendar for each time that it is asked."""
    bench.bot.calendars.fetching = server.fetching(seconds=5)
    server.answers[server.path] = gives(SHAPES[0])
    ada = bench.member("UADA")
    bench.bot.calendars.follow_address(ada, pair.id, server.address, SERIES, bench.bot.now())
    server.answers[server.path] = gives(SHAPES[1])


def again_and_again(act: Callable[[int], object]) -> Callable[[], None]:
    def run() -> None:
        for number in range(ROUNDS):
            act(number)

    return run


@on_postgresql
def test_who_did_not_meet_and_who_pauses_both_succeed(bench: Bench) -> None:
    pair = with_pair(bench)
    ada, mia, now = bench.member("UADA"), bench.member("UMIA"), bench.bot.now()
    meet(bench)
    talk = past(bench, pair)[0].talk.id

    def did_not_meet(_: int) -> None:
        pages(bench).did_not_take_place(mia, talk, now)
        with bench.bot.database.write() as tx:
            tx.execute(talks.update().values(held=True))

    def pauses(number: int) -> None:
        bench.bot.pairs.pause(ada, pair.id, date(2026, 12, 1 + number % 28), now)

    assert at_once(again_and_again(did_not_meet), again_and_again(pauses)) == ["", ""]


@pytest.mark.parametrize("what", ["end", "another"])
@on_postgresql
def test_who_reads_a_calendar_and_who_gives_it_up_meanwhile_both_succeed(
    bench: Bench, server: Calendars, what: str
) -> None:
    pair = with_pair(bench)
    bench.set_clock("2026-10-08T09:00:00+02:00")
    follows(bench, server, pair)
    bench.bot.calendars.look(bench.member("UADA"), pair.id, server.address, bench.bot.now())
    ada, now, began = bench.member("UADA"), bench.bot.now(), threading.Event()

    def stays_in_it(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "FROM calendars" in statement and "FOR UPDATE" in statement:
            began.set()
            time.sleep(A_MOMENT)

    def meanwhile() -> None:
        assert began.wait(PATIENCE_SECONDS)
        if what == "end":
            bench.bot.pairs.end(ada, pair.id, now)
        else:
            bench.bot.calendars.follow(ada, pair.id, key_of(SERIES), now)

    event.listen(bench.bot.database.engine, "after_cursor_execute", stays_in_it)
    assert at_once(lambda: bench.bot.calendars.read_due(now + DAY), meanwhile) == ["", ""]
    assert len(bench.rows("calendars")) == (0 if what == "end" else 1)
