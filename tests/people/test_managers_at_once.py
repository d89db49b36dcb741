"""A manager relation answered twice at the same moment: one answer counts, on either engine."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.people.model import ProposalGone
from playground.local_slack import text_of
from tests.bench import TRACK, Bench
from tests.people.test_managers import manage, manager, name_mine, roster


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Does all of them at the same moment; returns what each raised, sorted."""
    start, raised = threading.Barrier(len(acts)), list[str]()

    def run(act: Callable[[], object]) -> None:
        start.wait(10)
        try:
            act()
            raised.append("")
        except Exception as error:
            raised.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return sorted(raised)


def decided(bench: Bench, *, yes: bool) -> Callable[[], object]:
    """The engineer's answer about Ben, given to one of the bots."""
    decide = bench.bot.people.managers.decide
    return lambda: decide(bench.member("UADA"), "UBEN", yes=yes, now=bench.bot.now())


def test_two_bots_that_get_one_press_tell_everybody_once(bench: Bench, replica: Bench) -> None:
    assert replica.url != bench.url
    manage(bench)
    now = bench.bot.now()
    bench.bot.people.place_myself(bench.member("UADA"), TRACK, "L3", "UBEN", now)
    bench.bot.tick(now)
    bench.slack.press("UBEN", bench.slack.dm("UBEN")[0], "Yes, that is right")
    bench.hears("UADA", "@UBEN confirmed")
    bench.hears("UMIA", "You are no longer")
    bench.hears("UBEN", "settled already")
    assert len(bench.rows("former_managers")) == 1
    for user, words in (("UADA", "@UBEN confirmed"), ("UMIA", "You are no longer")):
        assert sum(words in text_of(message) for message in bench.slack.dm(user)) == 1
    assert manager(bench) == "UBEN"


def test_yes_and_no_at_the_same_moment_are_one_answer(bench: Bench, replica: Bench) -> None:
    manage(bench)
    for _ in range(5):
        roster(bench, "UBEN")
        raised = at_once(decided(bench, yes=True), decided(replica, yes=False))
        assert raised == ["", ProposalGone.__name__]
        assert manager(bench) in ("UMIA", "UBEN")
        with bench.bot.database.write() as tx:
            tx.exec_driver_sql("DELETE FROM manager_proposals")
            tx.exec_driver_sql("UPDATE managers SET manager_id = 'UMIA'")


def test_history_is_kept_and_its_ends_are_told_apart(bench: Bench) -> None:
    for day in (1, 2):
        bench.set_clock(f"2026-12-0{day}T10:00:00+01:00")
        manage(bench)
        name_mine(bench, None)
    rows = bench.rows("former_managers")
    assert len({row["id"] for row in rows}) == 2
    assert {(row["user_id"], row["manager_id"]) for row in rows} == {("UADA", "UMIA")}
    assert all(row["started_at"] < row["ended_at"] for row in rows)
