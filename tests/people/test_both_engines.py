"""What the tables about people promise, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from bot.people import store
from bot.people.model import Relation
from bot.slack.member import Member
from bot.storage import migrate as migrating
from bot.storage.database import Database
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


def test_an_upgrade_keeps_who_is_manager_and_who_was_only_asked(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(database_url)
    with monkeypatch.context() as before:
        before.setattr(migrating, "HEAD", "0007")
        migrating.migrate(database)
    with database.write() as tx:
        for user, relation in (("UADA", "confirmed"), ("UBEN", "proposed"), ("UZOE", "declined")):
            people = f"'T1', '{user}', 'security', 'L3', 'UTC', 'import', '2026-11-01', true, NULL"
            tx.exec_driver_sql(f"INSERT INTO people VALUES ({people})")
            row = f"'T1', '{user}', 'UMIA', '{relation}', '{user}', '2026-11-01 10:00:00'"
            tx.exec_driver_sql(f"INSERT INTO managers VALUES ({row})")
    migrating.migrate(database)
    with database.read() as tx:
        found = [store.find(tx, Member("T1", user)) for user in ("UADA", "UBEN", "UZOE")]
    relations = [each and each.manager and each.manager.relation for each in found]
    assert relations == [Relation.CONFIRMED, Relation.PROPOSED, Relation.DECLINED]
    with database.read() as tx:
        assert store.ties(tx, Member("T1", "UADA")).manager == Member("T1", "UMIA")
        assert store.ties(tx, Member("T1", "UBEN")).named == Member("T1", "UMIA")
    database.close()
