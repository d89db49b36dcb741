"""What a table may hold in the open is on a short list; whatever else people write is sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Column, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.types import TypeEngine

import bot.wiring  # every store makes its tables known
from bot.storage.canary import prove_keys
from bot.storage.database import Database
from bot.storage.keys import key_file, load_key_ring
from bot.storage.migrate import migrate
from bot.storage.rotation import seal_anew
from bot.storage.schema import SEALED, Instant, id_column, metadata, sealed_column, team_column
from tests.privacy.week import CANARY, on_disk
from tests.storage.sealed_rows import Texts, sealed_tables

assert bot.wiring

CODE_WORD = 16  # characters: "command", "monthly", "13:30"; nothing that somebody wrote fits
ID = 100
OPEN = {
    "calendar_meetings.slot": "an instant, in digits",
    "accounts.kind": "one of a few words of the code",
    "coverage_pictures.digest": "a hash of what a picture shows",
    "entries.ladder_version": "the ladder's own version",
    "entry_versions.ladder_version": "the ladder's own version",
    "delivery_offices.pause_reason": "Slack's error code",
    "nudge_schedules.away": "calendar days",
    "nudges.passed": "ids of competencies",
    "nudges.cue": "a statement of the ladder",
    "pair_moves.slot": "a day, or a calendar's name for a meeting",
    "pairs.pre_read_slot": "a day, or a calendar's name for a meeting",
    "pairs.slot": "a day, or a calendar's name for a meeting",
    "pairs.zone": "a time zone, from Slack",
    "parcels.key": "ids and a date",
    "parcels.kind": "one of a few words of the code",
    "parcels.message_ts": "Slack's name for a message",
    "parcels.reason": "words of the code, or Slack's error code",
    "parcels.subject": "an id",
    "accounts.zone": "a time zone, from Slack",
    "people.zone": "a time zone, from Slack",
    "revisions.name": "one of a few words of the code",
    "talks.slot": "a meeting's day, or a hash of its place in a calendar",
    "wordings.competency": "a name of the ladder",
    "wordings.statements": "statements of the ladder",
}
"""Columns whose text no member wrote, with what they hold instead. Think before you add one."""


def in_the_open(tables: MetaData) -> list[str]:
    """Columns that could hold what somebody wrote, and are not sealed."""
    return [
        f"{table.name}.{column.name}"
        for table in tables.sorted_tables
        for column in table.columns
        if not column.info.get(SEALED) and could_hold_words(column)
    ]


def could_hold_words(column: Column[Any]) -> bool:
    kind = column.type
    if isinstance(kind, LargeBinary | JSON):
        return True
    if not isinstance(kind, String):
        return False
    length = kind.length or 10_000
    is_id = column.name == "id" or column.name.endswith(("_id", "_by"))
    return length > (ID if is_id else CODE_WORD)


def test_every_column_that_could_hold_words_is_sealed_or_on_the_short_list() -> None:
    assert set(in_the_open(metadata)) <= set(OPEN), "seal it, or say what it holds"


@pytest.mark.parametrize(
    ("kind", "noticed"),
    [(Text(), True), (String(200), True), (LargeBinary(), True), (JSON(), True),
     (String(16), False), (Instant(), False)],
    ids=["text", "string", "bytes", "json", "a word", "an instant"],
)  # fmt: skip
def test_a_new_column_is_noticed(kind: TypeEngine[Any], noticed: bool) -> None:
    tables = MetaData()
    Table("notes", tables, team_column(), id_column(), Column("note", kind), sealed_column("text"))
    assert in_the_open(tables) == (["notes.note"] if noticed else [])


def test_what_is_sealed_in_any_column_is_in_none_of_the_files(tmp_path: Path) -> None:
    """Written, changed, sealed anew with another key, and deleted: in no byte at any time."""
    database = Database(f"sqlite:///{tmp_path}/rung.db")
    ring = load_key_ring(database, (), fresh=migrate(database))
    prove_keys(database, ring, "T1")
    texts = Texts(database)
    texts.write_everywhere(ring, 3)
    for place in texts.kept:
        texts.edit(ring, place, f"first {CANARY}")
    assert (tmp_path / "rung.db-wal").exists()
    checked = on_disk(tmp_path)
    for place in texts.kept:
        texts.edit(ring, place, f"changed {CANARY}")
    checked += on_disk(tmp_path)
    file = key_file(database)
    assert file
    file.add_new_key()
    seal_anew(database, load_key_ring(database, (), fresh=False), lambda _: None)
    checked += on_disk(tmp_path)
    with database.write() as tx:
        for table in sealed_tables():
            tx.execute(table.delete())
    database.close()
    checked += on_disk(tmp_path)
    assert CANARY.encode() not in checked
