"""A deed has its effect once, whoever repeats it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.storage.once import first_time, forget_before
from tests.bench import Bench

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def test_the_second_time_is_not_the_first(bench: Bench) -> None:
    for expected in (True, False):
        with bench.bot.database.write() as tx:
            assert first_time(tx, "T1", "event Ev1", NOW) is expected
    with bench.bot.database.write() as tx:
        assert first_time(tx, "T2", "event Ev1", NOW)


def test_what_has_no_name_is_always_new(bench: Bench) -> None:
    with bench.bot.database.write() as tx:
        assert [first_time(tx, "T1", "", bench.bot.now()) for _ in range(2)] == [True, True]


def test_a_deed_whose_transaction_failed_is_new_again(bench: Bench) -> None:
    with pytest.raises(RuntimeError), bench.bot.database.write() as tx:
        first_time(tx, "T1", "form V1", NOW)
        raise RuntimeError
    with bench.bot.database.write() as tx:
        assert first_time(tx, "T1", "form V1", NOW)


def test_old_deeds_are_forgotten(bench: Bench) -> None:
    with bench.bot.database.write() as tx:
        first_time(tx, "T1", "form V1", NOW - timedelta(days=40))
        first_time(tx, "T1", "form V2", NOW)
        assert forget_before(tx, NOW - timedelta(days=30)) == 1
        assert first_time(tx, "T1", "form V1", NOW)
        assert not first_time(tx, "T1", "form V2", NOW)
