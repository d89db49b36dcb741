"""What one look at Home costs: few queries, however much there is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, select

from bot.home.home import Home
from bot.journal.store import entries
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.home.scenes import meet, promise
from tests.sharing.scenes import CRAFT, add, share, with_examples

MOST = 20


def statements(bench: Bench, user: str) -> int:
    """How many statements one look takes."""
    seen: list[str] = []
    engine: Engine = bench.bot.database.engine
    bot = bench.bot
    parts = (bot.people, bot.journal, bot.coverages, bot.nudges, bot.pairs, bot.pages, bot.sharing)
    home = Home(*parts, bot.serving)

    def saw(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", saw)
    try:
        home.glance(bench.member(user), 0, bot.now())
    finally:
        event.remove(engine, "before_cursor_execute", saw)
    return len([each for each in seen if each.upper().startswith("SELECT")])


@pytest.fixture
def ada(bench: Bench) -> Bench:
    """Ada with three examples, as many as are shown."""
    add(with_examples(bench), "e3", "I found the leak.", CRAFT)
    return bench


@on_sqlite
def test_a_thousand_examples_among_as_many_of_others_cost_no_more_than_two(ada: Bench) -> None:
    few = statements(ada, "UADA")
    template = entry_row(ada)
    with ada.bot.database.write() as tx:
        for owner in ("UADA", "UBEN"):
            rows = [
                template | {"id": f"{owner}{number}", "owner_id": owner, "happened_on": day(number)}
                for number in range(1000)
            ]
            tx.execute(entries.insert(), rows)
    assert statements(ada, "UADA") == few <= MOST


def entry_row(bench: Bench) -> dict[str, object]:
    """One example as it is kept; what is sealed in it opens only there, and is not looked at."""
    with bench.bot.database.read() as tx:
        return dict(tx.execute(select(entries)).mappings().first() or {})


def day(number: int) -> date:
    """Before those that are shown."""
    return date(2026, 11, 1) - timedelta(number % 300)


@on_sqlite
def test_a_dozen_people_cost_no_more_than_one(ada: Bench) -> None:
    pair = meet(ada, "UADA", "UMIA")
    share(ada, "e1")
    promise(ada, pair, "UMIA", "I ask about the budget.")
    one = statements(ada, "UMIA")
    for number in range(11):
        user = f"U{number:02}"
        ada.slack.add_user(user, user.lower(), user, f"{user}@example.com", "Europe/Berlin")
        ada.place(user)
        other = meet(ada, user, "UMIA", date(2026, 12, 2 + number))
        promise(ada, other, "UMIA", f"I ask for {number}.")
    share(ada, "e2")
    add(ada, "m1", "Mia did something.", user="UMIA")
    assert statements(ada, "UMIA") == one <= MOST
