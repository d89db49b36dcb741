"""Who gets at a page: its two sides while the pair lives; nobody else, and nobody by a guess."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from bot.one_on_ones.page.model import (
    AGENDA_MOST,
    PROMISES_MOST,
    ClosedMeanwhile,
    PageFull,
    PageNotFound,
    TextRefused,
)
from bot.one_on_ones.pairs.model import Pair
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.page.scenes import (
    WEEKLY,
    add,
    agenda,
    confirmed,
    meet,
    pages,
    past,
    promise,
    promised,
    see,
    with_pair,
)

Ids = dict[str, str]
Try = Callable[[Bench, str, Ids], Any]


def _m(bench: Bench, user: str) -> Any:
    return bench.member(user)


TRIES: dict[str, Try] = {
    "page": lambda b, u, i: pages(b).page(_m(b, u), i["pair"], b.bot.now()),
    "history": lambda b, u, i: pages(b).history(_m(b, u), i["pair"], 0, b.bot.now()),
    "past": lambda b, u, i: pages(b).past(_m(b, u), i["talk"], b.bot.now()),
    "line": lambda b, u, i: pages(b).agenda_item(_m(b, u), i["line"], b.bot.now()),
    "one promise": lambda b, u, i: pages(b).action_item(_m(b, u), i["owed"], b.bot.now()),
    "note": lambda b, u, i: pages(b).note(_m(b, u), i["pair"], b.bot.now()),
    "add": lambda b, u, i: pages(b).add_agenda(_m(b, u), i["pair"], "x", "", b.bot.now()),
    "tick": lambda b, u, i: pages(b).discussed(_m(b, u), i["line"], b.bot.now()),
    "untick": lambda b, u, i: pages(b).not_discussed(_m(b, u), i["line"], b.bot.now()),
    "promise": lambda b, u, i: pages(b).promise(
        _m(b, u), i["pair"], _m(b, "UADA"), "x", None, "", b.bot.now()
    ),
    "edit": lambda b, u, i: pages(b).edit_promise(
        _m(b, u), i["owed"], _m(b, "UADA"), None, None, "", b.bot.now()
    ),
    "drop": lambda b, u, i: pages(b).drop(_m(b, u), i["owed"], "x", b.bot.now()),
    "reopen": lambda b, u, i: pages(b).reopen(_m(b, u), i["owed"], b.bot.now()),
    "done": lambda b, u, i: pages(b).done(_m(b, u), i["owed"], b.bot.now()),
    "agree": lambda b, u, i: pages(b).agree(_m(b, u), i["talk"], "x", "", b.bot.now()),
    "write note": lambda b, u, i: pages(b).write_note(_m(b, u), i["pair"], "x", "", b.bot.now()),
    "not held": lambda b, u, i: pages(b).did_not_take_place(_m(b, u), i["talk"], b.bot.now()),
}
LOOKING = ("page", "history", "past", "line", "one promise", "note")
OWN_WORDS: dict[str, Try] = {
    "edit line": lambda b, u, i: pages(b).edit_agenda(_m(b, u), i["line"], "x", "", b.bot.now()),
    "remove": lambda b, u, i: pages(b).remove_agenda(_m(b, u), i["line"], b.bot.now()),
    "edit promise": lambda b, u, i: pages(b).edit_promise(
        _m(b, u), i["owed"], _m(b, "UADA"), "x", None, "", b.bot.now()
    ),
}


def furnished(bench: Bench) -> tuple[Pair, Ids]:
    """A page with one of everything, all of it in Ada's words."""
    pair = with_pair(bench)
    meet(bench)
    ids = {"pair": pair.id, "talk": past(bench, pair)[0].talk.id}
    return pair, ids | {"line": add(bench, pair, "line"), "owed": promise(bench, pair, "owed")}


def contents(bench: Bench) -> list[Any]:
    tables = ("talks", "agenda_items", "action_items", "private_notes")
    return [bench.rows(table) for table in tables]


def test_both_sides_may_do_everything_but_change_the_others_words(bench: Bench) -> None:
    for user in ("UADA", "UMIA"):
        for attempt in TRIES.values():
            attempt(bench, user, _fresh(bench))
    ids = _fresh(bench)
    for attempt in OWN_WORDS.values():
        with pytest.raises(PageNotFound):
            attempt(bench, "UMIA", ids)
    for name in ("edit line", "edit promise", "remove"):
        OWN_WORDS[name](bench, "UADA", ids)


def _fresh(bench: Bench) -> Ids:
    """One of everything, made once and then made again where it was used up."""
    if not bench.rows("pairs"):
        return furnished(bench)[1]
    pair = bench.bot.pairs.of(bench.member("UADA"))[0]
    bench.set_clock((bench.bot.now() + timedelta(weeks=1)).isoformat())
    bench.bot.pairs.plan_due(bench.bot.now())
    talks = past(bench, pair)
    ids = {"pair": pair.id, "talk": talks[0].talk.id}
    return ids | {"line": add(bench, pair, "line"), "owed": promise(bench, pair, "owed")}


@pytest.mark.parametrize("user", ["ULENA", "UBEN"])
def test_nobody_else_gets_at_anything_and_a_guess_is_answered_alike(
    bench: Bench, user: str
) -> None:
    """Lena manages Mia, and so is Ada's skip-level manager."""
    _, ids = furnished(bench)
    before = contents(bench)
    guess = dict.fromkeys(ids, "f" * 32)
    for attempt in (*TRIES.values(), *OWN_WORDS.values()):
        for given in (ids, guess):
            with pytest.raises(PageNotFound) as denied:
                attempt(bench, user, given)
            assert str(denied.value) == ""
    assert contents(bench) == before
    assert pages(bench).of(bench.member(user), bench.bot.now()) == []
    assert pages(bench).promises_of(bench.member(user), bench.bot.now()) == []


@on_sqlite
def test_a_line_manager_who_does_not_meet_her_sees_nothing(bench: Bench) -> None:
    """Ada and Mia, who is her manager, have a page of their own; this is another one."""
    with_pair(bench)
    pair = confirmed(bench, "UADA", "ULENA")
    add(bench, pair, "With Lena")
    with pytest.raises(PageNotFound):
        see(bench, pair, "UMIA")
    assert agenda(bench, pair, "ULENA") == ["With Lena"]


@on_sqlite
def test_before_the_partner_says_yes_the_page_is_the_engineers_alone(bench: Bench) -> None:
    with_pair(bench)
    ada, lena = bench.member("UADA"), bench.member("ULENA")
    pair = bench.bot.pairs.propose(ada, ada, lena, WEEKLY, bench.bot.now())
    add(bench, pair, "With Lena")
    with pytest.raises(PageNotFound):
        see(bench, pair, "ULENA")
    with pytest.raises(PageNotFound):
        promise(bench, pair, "Hers", owner="ULENA")


def test_once_it_has_ended_the_engineer_reads_and_the_former_partner_finds_nothing(
    bench: Bench,
) -> None:
    pair, ids = furnished(bench)
    pages(bench).write_note(bench.member("UADA"), pair.id, "mine", "", bench.bot.now())
    bench.bot.pairs.end(bench.member("UADA"), pair.id, bench.bot.now())
    before = contents(bench)
    for name, attempt in (*TRIES.items(), *OWN_WORDS.items()):
        with pytest.raises(PageNotFound):
            attempt(bench, "UMIA", ids)
        if name in LOOKING:
            attempt(bench, "UADA", ids)
        else:
            with pytest.raises(PageNotFound):
                attempt(bench, "UADA", ids)
    assert contents(bench) == before
    assert [each.id for each in pages(bench).ended_of(bench.member("UADA"))] == [pair.id]


def test_a_deed_is_done_once(bench: Bench) -> None:
    pair, ids = furnished(bench)
    ada, now = bench.member("UADA"), bench.bot.now()
    for _ in range(3):
        add(bench, pair, "once", deed="d1")
        promise(bench, pair, "once", deed="d2")
        pages(bench).edit_agenda(ada, ids["line"], "edited", "d3", now)
        pages(bench).edit_promise(ada, ids["owed"], ada, "edited", None, "d4", now)
        pages(bench).agree(ada, ids["talk"], "agreed", "d5", now)
        pages(bench).write_note(ada, pair.id, "note", "d6", now)
    assert sorted(agenda(bench, pair)) == ["edited", "once"]
    assert sorted(promised(bench, pair)) == ["edited", "once"]
    pages(bench).edit_agenda(ada, ids["line"], "later", "d7", now)
    pages(bench).edit_agenda(ada, ids["line"], "edited", "d3", now)
    assert sorted(agenda(bench, pair)) == ["later", "once"]


def test_two_sides_at_once_close_a_promise_one_way_only(bench: Bench) -> None:
    _, ids = furnished(bench)
    now = bench.bot.now()
    calls: list[Callable[[], Any]] = [
        lambda: pages(bench).done(bench.member("UADA"), ids["owed"], now),
        lambda: pages(bench).drop(bench.member("UMIA"), ids["owed"], "no", now),
    ]

    def outcome(call: Callable[[], Any]) -> str:
        try:
            return str(call().state)
        except ClosedMeanwhile:
            return "too late"

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(outcome, calls))
    assert found in (["done", "too late"], ["dropped", "too late"])


def test_two_sides_at_once_never_go_beyond_a_limit(bench: Bench) -> None:
    pair = with_pair(bench)
    for number in range(AGENDA_MOST - 1):
        add(bench, pair, f"line {number}")

    def more(number: int) -> int:
        try:
            add(bench, pair, f"more {number}", ("UADA", "UMIA")[number % 2])
        except PageFull:
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(more, range(4))) == 1
    assert len(agenda(bench, pair)) == AGENDA_MOST


@on_sqlite
def test_limits_are_told(bench: Bench) -> None:
    pair = with_pair(bench)
    for number in range(PROMISES_MOST):
        promise(bench, pair, f"promise {number}")
    with pytest.raises(PageFull, match="50 open promises"):
        promise(bench, pair, "one more")
    with pytest.raises(TextRefused, match="3,000 fit"):
        add(bench, pair, "x" * 3001)
    with pytest.raises(TextRefused, match="a few words"):
        add(bench, pair, " \n ")
    item = see(bench, pair).promises[0]
    with pytest.raises(TextRefused, match="300 fit"):
        pages(bench).drop(bench.member("UADA"), item.id, "x" * 301, bench.bot.now())


def test_what_each_side_owes_is_listed_for_home_while_the_pair_lives(bench: Bench) -> None:
    pair = with_pair(bench)
    promise(bench, pair, "Mia's", owner="UMIA")
    promise(bench, pair, "Ada's", owner="UADA", user="UMIA")

    def owed(user: str) -> list[str]:
        found = pages(bench).promises_of(bench.member(user), bench.bot.now())
        assert all(each.id == pair.id for each, _ in found)
        return [item.text for _, item in found]

    assert (owed("UADA"), owed("UMIA")) == (["Ada's"], ["Mia's"])
    assert {item.text for item in pages(bench).between(pair)} == {"Mia's", "Ada's"}
    bench.bot.pairs.end(bench.member("UADA"), pair.id, bench.bot.now())
    assert (owed("UADA"), owed("UMIA")) == ([], [])
