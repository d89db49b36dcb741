"""Who stands where is known without the database, and follows what any process does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.ladder.asking.answers import Standing
from bot.people import store
from bot.people.roster import Placement
from bot.people.standings import Standings
from bot.slack.member import Member
from bot.storage.database import Database, DatabaseBusy
from bot.wiring import Rung, assemble
from playground.local_slack import LocalSlack
from tests.bench import TRACK, Bench
from tests.postgres import NoPostgres, Postgres

FORM = {"Track and level": "Security Operations L3"}
OWN = "· where you stand"


@pytest.fixture
def other(bench: Bench) -> Iterator[Rung]:
    """A second process on the same database, which knows everybody of now."""
    second = assemble(bench.settings)
    second.standings.load()
    yield second
    second.database.close()


@pytest.fixture
def mortal_postgres() -> Iterator[Postgres]:
    """A server of one's own, which the test may stop."""
    try:
        server = Postgres()
    except NoPostgres as error:
        pytest.skip(str(error))
    with server:
        yield server


def row(user: str, level: str) -> Placement:
    return Placement(user, TRACK, level, "", "UTC")


def level(bot: Rung, user: str = "UADA") -> str:
    found = bot.standings.stands(Member(bot.identity.team_id, user))
    return found.level_id if found else ""


def test_ones_own_choice_counts_in_the_next_answer(bench: Bench) -> None:
    assert "Tell me where you stand" in bench.say("UADA", "/ladder L4")
    bench.slack.command("UADA", "/ladder start")
    bench.modal("UADA", "Where you stand")
    assert bench.slack.submit("UADA", FORM).ok
    assert OWN in bench.say("UADA", "/ladder")


def test_an_answer_of_the_ladder_speaks_to_no_database(bench: Bench) -> None:
    bench.place("UADA", "L3")
    spoken: list[str] = []
    engine = bench.bot.database.engine
    event.listen(engine, "before_cursor_execute", lambda *given: spoken.append(given[2]))
    for words in ("", "L4", "next", "compare L3 L4", "teaching", "nothing like this"):
        assert bench.say("UADA", f"/ladder {words}")
    assert spoken == []
    bench.slack.command("UADA", "/ladder settings")
    bench.modal("UADA", "Settings")
    assert spoken != []


def test_the_ladder_answers_while_another_process_holds_sqlite(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    bench.place("UADA", "L3")
    bench.bot.database.close()
    with closing(sqlite3.connect(bench.bot.database.file or "", isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode=EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusy):
            bench.bot.people.find(bench.member("UADA"))
        assert OWN in bench.say("UADA", "/ladder")
        bench.bot.standings.catch_up()
        assert "Lead" in bench.say("UADA", "/ladder L4")


def test_the_ladder_answers_while_postgresql_is_stopped(
    slack: LocalSlack, mortal_postgres: Postgres, tmp_path: Path
) -> None:
    with Bench(slack, mortal_postgres.new_database(), tmp_path) as bench:
        bench.place("UADA", "L3")
        mortal_postgres.stop()
        with pytest.raises(DatabaseBusy):
            bench.bot.people.find(bench.member("UADA"))
        assert OWN in bench.say("UADA", "/ladder")
        bench.bot.standings.catch_up()
        assert "Lead" in bench.say("UADA", "/ladder L4")


def test_what_another_process_imports_is_noticed(bench: Bench, other: Rung) -> None:
    bench.place("UADA", "L3")
    bench.place("UMIA", "L3")
    assert level(other) == ""
    other.standings.catch_up()
    assert (level(other), level(other, "UMIA")) == ("L3", "L3")
    other.people.place_many(other.identity.team_id, [row("UADA", "L5")], other.now())
    assert (level(other), level(bench.bot)) == ("L5", "L3")
    bench.bot.standings.catch_up()
    assert (level(bench.bot), level(bench.bot, "UMIA")) == ("L5", "L3")


def test_only_what_changed_is_read(bench: Bench, other: Rung) -> None:
    bench.place("UADA", "L3")
    other.standings.catch_up()
    read: list[str] = []
    engine = other.database.engine
    event.listen(engine, "before_cursor_execute", lambda *given: read.append(given[2]))
    other.standings.catch_up()
    assert [words for words in read if "BEGIN" not in words] == read[-1:]
    assert "FROM revisions" in read[-1]
    bench.place("UMIA", "L4")
    other.standings.catch_up()
    assert "revision >" in read[-1]
    with other.database.read() as tx:
        anew = [user for user, _, _ in store.rungs(tx, other.identity.team_id, after=1)]
    assert anew == ["UMIA"], "a large import is not read again with each later change"


def test_somebody_who_was_forgotten_is_forgotten_everywhere(bench: Bench, other: Rung) -> None:
    bench.place("UADA", manager="UMIA")
    bench.place("UBEN")
    other.standings.catch_up()
    bench.bot.people.forget(bench.member("UADA"))
    assert (level(bench.bot), level(bench.bot, "UBEN")) == ("", "L3")
    other.standings.catch_up()
    assert (level(other), level(other, "UBEN")) == ("", "L3")
    assert bench.rows("managers") == []
    assert "Tell me where you stand" in bench.say("UADA", "/ladder L4")


def test_a_database_put_back_from_a_backup_is_read_again(bench: Bench, other: Rung) -> None:
    bench.place("UADA", "L5")
    other.standings.catch_up()
    with bench.bot.database.write() as tx:
        tx.exec_driver_sql("UPDATE people SET level_id = 'L2', revision = NULL")
        tx.exec_driver_sql("DELETE FROM revisions")
    other.standings.catch_up()
    assert level(other) == "L2"


@pytest.mark.parametrize("change", ["deleted", "is_restricted", "is_bot"])
def test_who_may_not_use_rung_any_more_is_not_known_anywhere_until_they_come_back(
    bench: Bench, other: Rung, change: str
) -> None:
    bench.place("UADA", "L3")
    other.standings.catch_up()
    for gone in (True, False):
        bench.slack.change_user("UADA", **{change: gone})
        assert bench.slack.wait_for(lambda gone=gone: level(bench.bot) == ("" if gone else "L3"))
        other.standings.catch_up()
        assert level(other) == ("" if gone else "L3")


def test_another_workspace_is_somebody_else(bench: Bench) -> None:
    bench.place("UADA", "L3")
    bench.bot.people.place_many("T0OTHER", [row("UBEN", "L4")], bench.bot.now())
    bench.bot.standings.catch_up()
    assert level(bench.bot, "UBEN") == ""
    assert bench.bot.standings.stands(Member("T0OTHER", "UADA")) is None


def test_everybody_on_a_rung_shares_one_standing(bench: Bench) -> None:
    users = [f"U{number:05}" for number in range(300)]
    rows = [row(user, "L3") for user in users]
    bench.bot.people.place_many(bench.bot.identity.team_id, rows, bench.bot.now())
    found = [bench.bot.standings.stands(bench.member(user)) for user in users]
    assert found[0] == Standing(TRACK, "L3")
    assert all(each is found[0] for each in found)


def test_a_process_that_only_imports_reads_nobody(bench: Bench) -> None:
    standings = Standings(Database(bench.settings.database_url), bench.bot.identity.team_id)
    bench.place("UADA", "L3")
    standings.catch_up()
    assert standings.stands(bench.member("UADA")) is None
    standings.load()
    assert standings.stands(bench.member("UADA"))
