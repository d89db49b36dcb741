"""After the end of a pair its partner has nothing of the page, also not in older messages."""

from __future__ import annotations

import pytest

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.reminding.model import PREPARATION, REMINDER, WRAP_UP
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.page.scenes import add, promise, with_pair
from tests.one_on_ones.reminding.scenes import OVER, about, becomes, ends, got

LATER = "2026-12-10T16:00:00+01:00"
CLOSED = "its page is closed to you"


@pytest.fixture
def pair(bench: Bench) -> Pair:
    found = with_pair(bench)
    promise(bench, found, "ask for the budget", owner="UMIA")
    promise(bench, found, "write the runbook", owner="UADA")
    add(bench, found, "the on-call rota")
    bench.tick(OVER)
    bench.tick("2026-12-07T10:00:00+01:00")
    return found


def _end(bench: Bench, pair: Pair) -> None:
    now = bench.set_clock(LATER)
    bench.bot.pairs.end(bench.member("UADA"), pair.id, now)
    bench.tick(LATER)


def test_what_was_sent_to_the_partner_is_closed(bench: Bench, pair: Pair) -> None:
    assert len(about(bench, "the on-call rota")) == 2
    _end(bench, pair)
    becomes(bench, CLOSED)
    seen = " ".join(got(bench))
    for words in ("ask for the budget", "write the runbook", "the on-call rota"):
        assert words not in seen
    assert ends(bench, PREPARATION, "UMIA") == {"closed": 1}
    assert ends(bench, WRAP_UP, "UMIA") == {"closed": 1}


@on_sqlite
def test_a_reminder_is_closed_as_well(bench: Bench, pair: Pair) -> None:
    bench.tick("2026-12-17T11:30:00+01:00")
    assert ends(bench, REMINDER, "UMIA") == {"sent": 1}
    now = bench.bot.now()
    bench.bot.pairs.end(bench.member("UADA"), pair.id, now)
    bench.bot.tick(now)
    assert "ask for the budget" not in " ".join(got(bench))


@on_sqlite
def test_the_engineer_keeps_their_own(bench: Bench, pair: Pair) -> None:
    _end(bench, pair)
    becomes(bench, CLOSED)
    assert about(bench, "the on-call rota", "UADA")
    assert not about(bench, CLOSED, "UADA")
