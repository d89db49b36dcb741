"""A ring that is in use follows its key file, and is not led astray by a wrong one."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path

import pytest

from bot.storage.canary import prove_keys
from bot.storage.crypto import KeyMissing, KeyRing, Place, SealError, new_key, parse_key
from bot.storage.database import Database, DatabaseError
from bot.storage.keys import KeyFile, key_file, load_key_ring
from bot.storage.migrate import migrate
from bot.storage.rotation import seal_anew

PLACE = Place("T1", "entries", "text", "row1")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A SQLite database that a bot has started on."""
    made = Database(f"sqlite:///{tmp_path}/rung.db")
    prove_keys(made, load_key_ring(made, (), fresh=migrate(made)), "T1")
    return made


@pytest.fixture
def running(database: Database) -> KeyRing:
    """The ring of a bot that runs."""
    return load_key_ring(database, (), fresh=False)


def file_of(database: Database) -> KeyFile:
    found = key_file(database)
    assert found
    return found


def test_the_next_text_is_sealed_with_a_key_that_came_meanwhile(
    database: Database, running: KeyRing
) -> None:
    before = running.seal("before", PLACE)
    file_of(database).add_new_key()
    after = running.seal("after", PLACE)
    newest = KeyRing(file_of(database).keys()[:1])
    assert newest.open(after, PLACE) == "after"
    with pytest.raises(KeyMissing):
        newest.open(before, PLACE)
    assert running.open(before, PLACE) == "before"


def test_a_text_of_a_key_that_came_meanwhile_opens_at_once(
    database: Database, running: KeyRing
) -> None:
    file_of(database).add_new_key()
    sealed = load_key_ring(database, (), fresh=False).seal("by another process", PLACE)
    assert running.open(sealed, PLACE) == "by another process"


def test_a_bot_that_slept_while_keys_were_rotated_and_dropped_goes_on_with_the_new_one(
    database: Database, running: KeyRing
) -> None:
    old = running.mark
    file_of(database).add_new_key()
    seal_anew(database, load_key_ring(database, (), fresh=False), lambda _: None)
    file_of(database).drop([old])
    newest = load_key_ring(database, (), fresh=False)
    assert newest.marks == (newest.mark,)
    assert newest.open(running.seal("text", PLACE), PLACE) == "text"


def test_the_key_file_of_another_database_is_not_taken_over(
    database: Database, running: KeyRing, caplog: pytest.LogCaptureFixture
) -> None:
    path, wrong = file_of(database).path, new_key()
    right = path.read_text(encoding="utf-8")
    path.unlink()
    path.write_text(wrong + "\n", encoding="utf-8")
    sealed = running.seal("text", PLACE)
    running.seal("more", PLACE)
    with pytest.raises(SealError):
        KeyRing([parse_key(wrong)]).open(sealed, PLACE)
    assert caplog.text.count("holds no key of this database. Put it back.") == 1
    assert wrong not in caplog.text
    path.write_text(right, encoding="utf-8")
    assert load_key_ring(database, (), fresh=False).open(sealed, PLACE) == "text"


@pytest.mark.parametrize("spoiled", [None, "", "rubbish\n"], ids=["gone", "empty", "rubbish"])
def test_a_file_that_is_gone_or_spoiled_stops_nobody_who_runs_and_is_said_once(
    database: Database,
    running: KeyRing,
    caplog: pytest.LogCaptureFixture,
    spoiled: str | None,
) -> None:
    path = file_of(database).path
    right = path.read_text(encoding="utf-8")
    path.unlink()
    if spoiled is not None:
        path.write_text(spoiled, encoding="utf-8")
    sealed = running.seal("text", PLACE)
    assert running.open(sealed, PLACE) == "text"
    assert caplog.text.count("goes on with the keys that it has") == 1
    path.write_text(right, encoding="utf-8")
    assert load_key_ring(database, (), fresh=False).open(sealed, PLACE) == "text"


def test_an_unchanged_file_is_not_read_again_however_many_texts_do_not_open(
    database: Database, running: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[Path] = []
    original = Path.read_text

    def counted(path: Path, *args: str, **more: str) -> str:
        reads.append(path)
        return original(path, *args, **more)

    monkeypatch.setattr(Path, "read_text", counted)
    stranger = KeyRing([parse_key(new_key())]).seal("text", PLACE)
    for _ in range(20):
        running.seal("text", PLACE)
        with pytest.raises(KeyMissing):
            running.open(stranger, PLACE)
    assert reads == []
    file_of(database).add_new_key()
    running.seal("text", PLACE)
    running.seal("text", PLACE)
    assert len(reads) == 2, "once to add the key, once to see it"


def test_a_missing_key_is_named_in_the_log_and_the_text_is_not(
    running: KeyRing, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = KeyRing([parse_key(new_key())])
    with pytest.raises(KeyMissing) as missing, caplog.at_level(logging.DEBUG):
        running.open(stranger.seal("quokkasaurus", PLACE), PLACE)
    assert missing.value.fingerprint == stranger.mark[1:].hex()
    assert f'entries.text text="The key {missing.value.fingerprint}' in caplog.text
    assert "quokka" not in caplog.text


def test_the_file_keeps_its_remarks_its_mode_and_its_old_keys(database: Database) -> None:
    file = file_of(database)
    (old,) = file.keys()
    file.path.write_text(file.path.read_text() + "# kept in the safe, drawer 2\n", "utf-8")
    file.path.chmod(0o644)
    file.add_new_key()
    new, still = file.keys()
    assert still == old != new
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    lines = file.path.read_text(encoding="utf-8").splitlines()
    assert [line[:9] for line in lines if line.startswith("#")] == ["# Rung's ", "# kept in"]


def test_a_key_file_that_is_a_link_stays_one(database: Database, tmp_path: Path) -> None:
    path = file_of(database).path
    elsewhere = tmp_path / "vault"
    elsewhere.mkdir()
    path.rename(elsewhere / "key")
    path.symlink_to(elsewhere / "key")
    file_of(database).add_new_key()
    assert path.is_symlink()
    assert len(KeyFile(elsewhere / "key").keys()) == 2


def test_a_key_file_that_cannot_be_replaced_is_left_as_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = file_of(database).path.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DatabaseError, match=r"No space left on device.*nothing was changed"):
        file_of(database).add_new_key()
    assert file_of(database).path.read_bytes() == before
    assert not list(file_of(database).path.parent.glob("*.draft"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_root_who_rotates_leaves_the_file_to_the_bots_user(database: Database) -> None:
    path = file_of(database).path
    os.chown(path, 65534, 65534)
    file_of(database).add_new_key()
    assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65534)
