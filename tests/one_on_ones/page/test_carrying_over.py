"""What is open is carried over from talk to talk; what was ticked or closed belongs to one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.one_on_ones.page.model import ClosedMeanwhile, PageNotFound, State
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.page.scenes import (
    TWO_DAYS_ON,
    add,
    agenda,
    meet,
    pages,
    past,
    promise,
    promised,
    see,
    week,
    with_pair,
)


@on_sqlite
def test_both_sides_fill_one_agenda(bench: Bench) -> None:
    pair = with_pair(bench)
    add(bench, pair, "The rota")
    bench.set_clock("2026-11-30T10:01:00+01:00")
    add(bench, pair, "My new role", "UMIA")
    assert agenda(bench, pair) == agenda(bench, pair, "UMIA") == ["The rota", "My new role"]


def test_what_was_ticked_belongs_to_the_talk_and_the_rest_waits(bench: Bench) -> None:
    pair = with_pair(bench)
    ada, ticked = bench.member("UADA"), add(bench, pair, "The rota")
    add(bench, pair, "Conference")
    pages(bench).discussed(ada, ticked, bench.bot.now())
    assert [item.text for item in see(bench, pair).discussed] == ["The rota"]
    meet(bench)
    (talk,) = past(bench, pair)
    assert [item.text for item in talk.agenda] == ["The rota"]
    assert agenda(bench, pair) == ["Conference"]
    assert see(bench, pair).discussed == ()


@on_sqlite
def test_ticked_right_after_a_talk_belongs_to_that_talk_and_later_to_the_next(
    bench: Bench,
) -> None:
    pair = with_pair(bench)
    first, second = add(bench, pair, "The rota"), add(bench, pair, "Conference")
    meet(bench)
    pages(bench).discussed(bench.member("UMIA"), first, bench.bot.now())
    assert [item.text for item in past(bench, pair)[0].agenda] == ["The rota"]
    pages(bench).discussed(bench.member("UMIA"), second, bench.set_clock(TWO_DAYS_ON))
    assert [item.text for item in past(bench, pair)[0].agenda] == ["The rota"]
    meet(bench, week(1))
    assert [[item.text for item in each.agenda] for each in past(bench, pair)] == [
        ["Conference"],
        ["The rota"],
    ]


def test_a_promise_is_carried_over_until_it_is_kept(bench: Bench) -> None:
    pair = with_pair(bench)
    item = promise(bench, pair, "Send the budget", "UMIA", due=date(2026, 12, 3))
    for number in range(3):
        meet(bench, week(number))
        assert promised(bench, pair, "UMIA") == ["Send the budget"]
    pages(bench).done(bench.member("UMIA"), item, bench.bot.now())
    last, _, first = past(bench, pair)
    assert [each.text for each in first.made] == [each.text for each in last.closed]
    assert last.closed[0].state is State.DONE
    assert promised(bench, pair) == []


@on_sqlite
def test_a_promise_is_dropped_with_a_reason_and_can_be_taken_up_again(bench: Bench) -> None:
    pair = with_pair(bench)
    ada, item = bench.member("UADA"), promise(bench, pair, "Send the budget")
    dropped = pages(bench).drop(ada, item, "No budget this year", bench.bot.now())
    assert (dropped.state, dropped.reason) == (State.DROPPED, "No budget this year")
    with pytest.raises(ClosedMeanwhile):
        pages(bench).done(bench.member("UMIA"), item, bench.bot.now())
    pages(bench).reopen(ada, item, bench.bot.now())
    assert promised(bench, pair) == ["Send the budget"]


def test_what_did_not_take_place_gives_everything_back(bench: Bench) -> None:
    pair = with_pair(bench)
    ada, item = bench.member("UADA"), add(bench, pair, "The rota")
    meet(bench)
    pages(bench).discussed(ada, item, bench.bot.now())
    promise(bench, pair, "Send the budget")
    talk = past(bench, pair)[0].talk
    pages(bench).did_not_take_place(ada, talk.id, bench.bot.now())
    assert past(bench, pair) == []
    assert (agenda(bench, pair), promised(bench, pair)) == (["The rota"], ["Send the budget"])
    assert see(bench, pair).pair.met_at is None
    meet(bench, week(1))
    assert [each.text for each in past(bench, pair)[0].made] == ["Send the budget"]
    with pytest.raises(PageNotFound):
        pages(bench).did_not_take_place(ada, talk.id, bench.bot.now())
