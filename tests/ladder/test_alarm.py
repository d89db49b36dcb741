"""A broken ladder under a bot that serves: who is told, how often, and what people notice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.ladder.alarm import KIND
from bot.wiring import assemble
from playground.local_slack import LocalSlack, text_of
from tests.bench import LADDER, TRACK, Bench
from tests.slack.test_server import request

NOW = "2026-11-23T10:15:00+01:00"
ASKED = f"/ladder {TRACK}/L4"
WORDS = "Takes brand new ideas from inception to production"


@pytest.fixture
def living(slack: LocalSlack, database_url: str, tmp_path: Path) -> Iterator[Bench]:
    """The bot over a ladder of its own, with two admins."""
    folder = tmp_path / "ladder"
    shutil.copytree(LADDER, folder)
    admins = frozenset({"UADA", "UMIA"})
    with Bench(slack, database_url, tmp_path, ladder_dir=folder, admins=admins) as running:
        look(running)
        yield running


def look(bench: Bench) -> None:
    bench.bot.living.look()
    bench.bot.living.look()


def edit(bench: Bench, old: str, new: str) -> None:
    """Changes the ladder's words as its owner would, and lets the bot see it."""
    file = bench.settings.ladder_dir / "tracks" / f"{TRACK}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    look(bench)


def break_it(bench: Bench) -> None:
    edit(bench, "rank: 1\n", "rank: one\n")


def mend_it(bench: Bench) -> None:
    edit(bench, "rank: one\n", "rank: 1\n")


def told(bench: Bench, user: str) -> list[str]:
    return [text for each in bench.slack.dm(user) if "mistake" in (text := text_of(each))]


def test_an_edit_changes_the_answer_that_was_kept(living: Bench) -> None:
    assert WORDS in living.say("UADA", ASKED)
    assert WORDS in living.say("UADA", ASKED), "from memory"
    edit(living, WORDS, "Brings new ideas to life")
    answer = living.say("UADA", ASKED)
    assert "Brings new ideas to life" in answer
    assert WORDS not in answer


def test_each_admin_reads_once_what_is_wrong_where_and_that_nobody_waits(living: Bench) -> None:
    break_it(living)
    assert [living.tick(NOW), living.tick(NOW)] == [2, 0]
    (words,) = told(living, "UADA")
    assert len(told(living, "UMIA")) == 1
    assert told(living, "UBEN") == []
    assert "`tracks/security-operations.yaml:8`" in words
    assert "whole number" in words
    assert "Everybody is still answered from version 2026.1" in words
    assert "Please mend the files." in words
    assert WORDS in living.say("UBEN", ASKED)


def test_of_many_mistakes_three_are_told_and_what_was_typed_reaches_nobody_else(
    living: Bench,
) -> None:
    edit(living, "levels:\n", "".join(f"<!channel>{n}: x\n" for n in range(5)) + "levels:\n")
    edit(living, "rank: 1\n", "rank: one\n")
    living.tick(NOW)
    (words,) = told(living, "UADA")
    assert words.count("security-operations.yaml:") == 3
    assert "• and 3 more" in words
    assert "<!channel>" not in str(living.slack.dm("UADA")[-1].blocks)
    assert "&lt;!channel&gt;" in str(living.slack.dm("UADA")[-1].blocks)


def test_a_break_that_was_told_asks_nothing_more_of_the_database(living: Bench) -> None:
    break_it(living)
    living.tick(NOW)
    asked: list[str] = []
    event.listen(
        living.bot.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2])
    )
    living.bot.alarm.ring(living.set_clock(NOW))
    assert asked == []


def test_a_second_mistake_of_the_same_break_is_not_told_again(living: Bench) -> None:
    break_it(living)
    living.tick(NOW)
    edit(living, "rank: 2\n", "rank: two\n")
    assert living.tick(NOW) == 0


def test_a_later_break_is_told_anew(living: Bench) -> None:
    for number in (1, 2):
        break_it(living)
        assert living.tick(NOW) == 2
        mend_it(living)
        assert living.tick(NOW) == 0
        assert len(told(living, "UADA")) == number


def test_what_was_mended_before_the_message_left_is_not_told(living: Bench) -> None:
    break_it(living)
    living.bot.alarm.ring(living.set_clock(NOW))
    mend_it(living)
    assert living.tick(NOW) == 0
    states = {row["state"] for row in living.rows("parcels") if row["kind"] == KIND}
    assert states == {"suppressed"}


def test_two_replicas_tell_it_once(living: Bench) -> None:
    other = assemble(living.settings)
    break_it(living)
    for _ in range(2):
        other.living.look()
    now = living.set_clock(NOW)
    assert other.tick(now) + living.bot.tick(now) == 2
    assert len(told(living, "UADA")) == 1
    other.database.close()


def test_no_words_of_the_ladder_reach_the_database(living: Bench) -> None:
    break_it(living)
    living.tick(NOW)
    assert "rank" not in str(living.rows("parcels"))


def test_readyz_stays_ready_and_says_what_is_wrong_until_it_is_mended(living: Bench) -> None:
    ready = (200, {"ok": True, "problems": {}})
    assert request(living, "GET", "/readyz") == ready
    break_it(living)
    status, said = request(living, "GET", "/readyz")
    assert (status, said["ok"], said["problems"]) == (200, True, {})
    note = str(said["notes"])
    assert "security-operations.yaml:8: " in note
    assert "the ladder of version 2026.1 from " in note
    assert "is still in service" in note
    mend_it(living)
    assert request(living, "GET", "/readyz") == ready
