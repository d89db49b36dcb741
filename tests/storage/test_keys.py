"""Where keys come from, and what is said when they are gone or wrong."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.storage.canary import prove_keys
from bot.storage.crypto import KeyRing, Place, new_key, parse_key
from bot.storage.database import Database, DatabaseError
from bot.storage.keys import key_file, load_key_ring
from bot.storage.migrate import migrate
from tests.postgres import Postgres

PLACE = Place("T1", "entries", "text", "row1")


def opened(folder: Path, *configured: str) -> tuple[Database, KeyRing]:
    """What a start does with a SQLite database in that folder."""
    database = Database(f"sqlite:///{folder}/rung.db")
    ring = load_key_ring(database, configured, fresh=migrate(database))
    prove_keys(database, ring, "T1")
    return database, ring


def test_a_new_sqlite_database_gets_a_key_file_beside_it_that_only_its_owner_reads(
    tmp_path: Path,
) -> None:
    database, _ = opened(tmp_path)
    file = key_file(database)
    assert file
    path = file.path
    assert path == tmp_path / "rung.db.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Rung's encryption key. Back this file up")
    assert sorted(p.name for p in tmp_path.iterdir() if "key" in p.name) == ["rung.db.key"]


def test_the_database_file_is_its_owners_alone(tmp_path: Path) -> None:
    opened(tmp_path)
    assert stat.S_IMODE((tmp_path / "rung.db").stat().st_mode) == 0o600


def test_starting_again_opens_what_was_sealed_before(tmp_path: Path) -> None:
    sealed = opened(tmp_path)[1].seal("text", PLACE)
    assert opened(tmp_path)[1].open(sealed, PLACE) == "text"


def test_a_key_file_that_was_lost_is_not_made_anew(tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / "rung.db.key").unlink()
    with pytest.raises(DatabaseError, match=r"rung\.db\.key is gone.*backup"):
        opened(tmp_path)
    assert not (tmp_path / "rung.db.key").exists()


@pytest.mark.parametrize("text", ["", "# only a remark\n", "rubbish\n", "# x\nAAAA\n"])
def test_a_key_file_that_was_spoiled_is_said(tmp_path: Path, text: str) -> None:
    opened(tmp_path)
    (tmp_path / "rung.db.key").write_text(text, encoding="utf-8")
    with pytest.raises(DatabaseError, match=r"rung\.db\.key"):
        opened(tmp_path)


def test_the_key_of_another_database_is_said_before_anybody_meets_it(tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / "rung.db.key").write_text(new_key() + "\n", encoding="utf-8")
    with pytest.raises(DatabaseError, match="not the one that this database was made with"):
        opened(tmp_path)


def test_rung_keys_win_over_the_file_and_a_wrong_one_is_said(tmp_path: Path) -> None:
    key = new_key()
    opened(tmp_path, key)
    assert not (tmp_path / "rung.db.key").exists()
    opened(tmp_path, key)
    with pytest.raises(DatabaseError, match="not the one that this database was made with"):
        opened(tmp_path, new_key())


def test_a_key_can_be_rotated_with_the_old_one_behind_it(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    sealed = opened(tmp_path, old)[1].seal("text", PLACE)
    ring = opened(tmp_path, new, old)[1]
    assert ring.open(sealed, PLACE) == "text"
    assert KeyRing([parse_key(new)]).open(ring.seal("more", PLACE), PLACE) == "more"


@pytest.mark.parametrize("bad", ["rubbish", "AAAA"])
def test_a_malformed_key_is_named_by_its_number_and_not_shown(tmp_path: Path, bad: str) -> None:
    with pytest.raises(DatabaseError, match="Key 2 in RUNG_KEYS") as refused:
        opened(tmp_path, new_key(), bad)
    assert bad not in str(refused.value)


def test_postgresql_needs_rung_keys(postgres: Postgres) -> None:
    database = Database(postgres.new_database())
    with pytest.raises(DatabaseError, match="RUNG_KEYS is missing"):
        load_key_ring(database, (), fresh=migrate(database))
    database.close()


def test_wrong_keys_are_said_on_either_engine(database_url: str) -> None:
    database = Database(database_url)
    migrate(database)
    prove_keys(database, KeyRing([parse_key(new_key())]), "T1")
    with pytest.raises(DatabaseError, match="not the one"):
        prove_keys(database, KeyRing([parse_key(new_key())]), "T1")
    database.close()
