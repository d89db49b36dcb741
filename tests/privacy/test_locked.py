"""A text that does not open: its author reads what happened, its operator which key it needs."""

from __future__ import annotations

from io import StringIO

import pytest

from bot.journal.store import entries
from bot.sentences import CHANGED, LOCKED
from bot.storage.crypto import KeyRing, Place, fingerprint, new_key, parse_key
from tests.bench import Bench

LOST = KeyRing([parse_key(new_key())])


def seal_with_a_lost_key(bench: Bench) -> str:
    """As when a database came back from a backup and its key did not; gives the row's id."""
    (row,) = bench.rows("entries")
    place = Place(row["team_id"], "entries", "text", row["id"])
    with bench.bot.database.write() as tx:
        tx.execute(entries.update().values(text=LOST.seal("quokkasaurus", place)))
    return str(row["id"])


def test_the_author_is_told_and_nothing_is_lost(whole_log: StringIO, bench: Bench) -> None:
    bench.place("UADA")
    bench.log("UADA", "quokkasaurus")
    before = bench.rows("entries")
    seal_with_a_lost_key(bench)
    bench.slack.command("UADA", "/ladder examples")
    assert LOCKED.split(":")[0] in bench.hears("UADA", "This text is locked")
    assert (
        f'entries.text text="The key {fingerprint(LOST.mark)} that sealed' in whole_log.getvalue()
    )
    assert "quokka" not in whole_log.getvalue()
    with bench.bot.database.write() as tx:
        tx.execute(entries.update().values(text=before[0]["text"]))
    bench.slack.command("UADA", "/ladder examples")
    bench.hears("UADA", "quokkasaurus")


def test_a_text_that_was_put_into_another_row_is_not_shown(bench: Bench) -> None:
    bench.place("UADA")
    bench.place("UBEN")
    bench.log("UADA", "quokkasaurus")
    bench.log("UBEN", "something else")
    rows = {row["owner_id"]: row for row in bench.rows("entries")}
    with bench.bot.database.write() as tx:
        taken = entries.update().where(entries.c.owner_id == "UBEN")
        tx.execute(taken.values(text=rows["UADA"]["text"]))
    bench.slack.command("UBEN", "/ladder examples")
    assert CHANGED.split(",")[0] in bench.hears("UBEN", "does not open")
    assert "quokkasaurus" not in bench.sees("UBEN")


def test_a_row_whose_owner_was_changed_shows_nothing_to_its_new_owner(bench: Bench) -> None:
    bench.place("UADA")
    bench.place("UBEN")
    bench.log("UADA", "quokkasaurus")
    with bench.bot.database.write() as tx:
        tx.execute(entries.update().values(owner_id="UBEN"))
    bench.slack.command("UBEN", "/ladder examples")
    assert CHANGED.split(",")[0] in bench.hears("UBEN", "does not open")
    assert "quokkasaurus" not in bench.sees("UBEN")


@pytest.mark.parametrize("sentence", [LOCKED, CHANGED])
def test_the_sentences_say_what_to_do(sentence: str) -> None:
    assert "ask whoever runs Rung" in sentence
    assert "backup" in sentence
