"""What the tables about people promise, on SQLite and on PostgreSQL."""

from __future__ import annotations

from tests.bench import Bench

FORM = {"Track and level": "Security Operations L3"}


def test_placing_again_overwrites_and_leaves_one_row(bench: Bench) -> None:
    for manager in ("UMIA", "UBEN", None):
        bench.slack.command("UADA", "/ladder start")
        bench.modal("UADA", "Where you stand")
        assert bench.slack.submit("UADA", FORM | {"Manager": manager}).ok
    assert len(bench.rows("people")) == 1
    assert bench.rows("managers") == bench.rows("manager_proposals") == []


def test_a_relation_goes_from_proposed_to_confirmed(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder start")
    bench.modal("UADA", "Where you stand")
    bench.slack.submit("UADA", FORM | {"Manager": "UMIA"})
    bench.dm("UMIA", 1)
    bench.slack.press("UMIA", bench.slack.dm("UMIA")[0], "Yes, that is right")
    bench.dm("UADA", 1)
    (row,) = bench.rows("managers")
    assert (row["manager_id"], row["proposed_by"]) == ("UMIA", "UADA")
    assert bench.rows("manager_proposals") == []


def test_people_of_another_workspace_are_somebody_else(bench: Bench) -> None:
    bench.place("UADA", "L3")
    with bench.bot.database.write() as tx:
        tx.exec_driver_sql("UPDATE people SET team_id = 'T0OTHER'")
    assert bench.bot.people.find(bench.member("UADA")) is None
    bench.place("UADA", "L5")
    assert len(bench.rows("people")) == 2
