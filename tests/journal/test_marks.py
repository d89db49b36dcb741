"""That there are examples, and when: read without opening any of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import event

from bot.journal import store
from bot.journal.model import Mark
from bot.privacy.policy import Account, Actor
from bot.storage.crypto import KeyRing
from tests.bench import Bench
from tests.journal.test_policy_twin import KEYS, NOW, Member, entry

ADA, BEN = Member("T1", "UADA"), Member("T1", "UBEN")


def test_marks_are_ones_own_from_a_day_on_the_latest_first(bench: Bench) -> None:
    with bench.bot.database.write() as tx:
        for number, owner in enumerate((ADA, ADA, BEN, ADA)):
            store.insert(tx, KEYS, entry(number, owner))
    marks = bench.bot.journal.marks(ADA, date(2026, 11, 2))
    assert marks == [
        Mark("e3", "c", date(2026, 11, 4), NOW),
        Mark("e1", "c", date(2026, 11, 2), NOW),
    ]
    assert [mark.entry_id for mark in bench.bot.journal.marks(ADA)] == ["e3", "e1", "e0"]
    with bench.bot.database.read() as tx:
        assert store.marks(tx, Actor(ADA, Account.GUEST), None) == []


def test_marks_need_no_key(bench: Bench, monkeypatch: Any) -> None:
    with bench.bot.database.write() as tx:
        store.insert(tx, KEYS, entry(0, ADA))
    monkeypatch.setattr(KeyRing, "open", None)
    assert len(bench.bot.journal.marks(ADA)) == 1


def test_the_index_alone_knows_the_marks(bench: Bench) -> None:
    """What is asked for stands in the index of the list; a column more would cost each row."""
    asked: list[tuple[str, Any]] = []
    with bench.bot.database.read() as tx:
        if tx.dialect.name != "sqlite":
            return
        event.listen(tx, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
        store.marks(tx, Actor(ADA), date(2026, 11, 2))
        query, values = next(each for each in asked if each[0].startswith("SELECT"))
        plan = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
    assert "USING COVERING INDEX ix_entries_owner" in str(plan)
