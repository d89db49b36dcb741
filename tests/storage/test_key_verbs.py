"""`python -m bot keys …`: what an operator reads, and what it does to the key file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.storage import verbs
from bot.storage.canary import prove_keys
from bot.storage.crypto import KeyRing, fingerprint, mark_of, new_key, parse_key
from bot.storage.database import Database
from bot.storage.keys import key_file, load_key_ring
from bot.storage.migrate import HEAD, migrate
from bot.storage.schema import metadata
from tests.storage.sealed_rows import TEAM, Texts, id_of

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """One of the verbs; gives its status and what it said."""

    def call(verb: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["keys", verb])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return call


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Texts:
    """What a bot left: a SQLite database with a key file, and texts in every table."""
    url = f"sqlite:///{tmp_path}/rung.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("RUNG_KEYS", raising=False)
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    database = Database(url)
    ring = load_key_ring(database, (), fresh=migrate(database))
    prove_keys(database, ring, TEAM)
    made = Texts(database)
    made.write_everywhere(ring, 3)
    return made


def ring_of(texts: Texts) -> KeyRing:
    return load_key_ring(texts.database, (), fresh=False)


def shown(key: str) -> str:
    return fingerprint(mark_of(parse_key(key)))


def test_rotate_then_drop_and_what_is_said_on_the_way(texts: Texts, run: Run) -> None:
    number = len(texts.kept) + 1
    old = fingerprint(ring_of(texts).mark)
    status, out, _ = run("status")
    assert status == 0
    assert f"{old} seals what is written now, and opens {number} texts" in out
    status, out, _ = run("rotate")
    new = fingerprint(ring_of(texts).mark)
    assert status == 0
    assert new != old
    assert f"Made the key {new} and put it first in" in out
    assert f"Sealed with the key {new}: {number} texts." in out
    assert f"No longer needed for this database: {old}." in out
    assert "keep a copy with them. `python -m bot keys drop` takes it out of the file." in out
    status, out, _ = run("status")
    assert f"{old} opens 0 texts" in out
    status, out, _ = run("drop")
    assert status == 0
    assert f"rung.db.key: {old}. Backups from before still need it." in out
    assert [fingerprint(mark) for mark in ring_of(texts).marks] == [new]
    texts.all_open(ring_of(texts))
    status, out, _ = run("drop")
    assert (status, "Nothing was dropped" in out) == (0, True)


def test_no_key_is_ever_printed(texts: Texts, run: Run) -> None:
    said = [*run("status"), *run("rotate"), *run("drop"), *run("status")]
    file = key_file(texts.database)
    assert file
    keys = [ln for ln in file.path.read_text("utf-8").splitlines() if not ln.startswith("#")]
    assert keys
    assert not [key for key in keys for words in said if key in str(words)]


def test_drop_refuses_while_a_single_text_needs_an_older_key(texts: Texts, run: Run) -> None:
    old = ring_of(texts)
    run("rotate")
    texts.edit(KeyRing(key_file(texts.database).keys()[1:]), next(iter(texts.kept)), "a straggler")
    status, out, err = run("drop")
    assert (status, out) == (1, "")
    assert err.startswith("An older key is still needed by 1 text, so nothing was dropped.")
    assert len(ring_of(texts).marks) == 2
    status, out, _ = run("status")
    assert "An older key is still needed by 1 text. `python -m bot keys rotate`" in out
    status, out, _ = run("rotate")
    assert "was begun before. It goes on." in out
    assert len(ring_of(texts).marks) == 2, "the straggler makes no third key"
    assert run("drop")[0] == 0
    assert old.mark not in ring_of(texts).marks


def test_rotating_again_makes_another_key_and_drop_takes_all_older_ones(
    texts: Texts, run: Run
) -> None:
    run("rotate")
    run("rotate")
    assert len(ring_of(texts).marks) == 3
    oldest = ring_of(texts).marks[1:]
    status, out, _ = run("drop")
    assert status == 0
    assert ", ".join(map(fingerprint, oldest)) in out
    texts.all_open(ring_of(texts))


def test_lost_keys_are_counted_by_fingerprint_and_put_right_by_putting_the_key_back(
    texts: Texts, run: Run
) -> None:
    lost = new_key()
    place = next(iter(texts.kept))
    texts.edit(KeyRing([parse_key(lost)]), place, "locked")
    for verb in ("status", "rotate"):
        status, _, err = run(verb)
        assert status == 1
        assert f"1 text cannot be read: the key {shown(lost)} is not here. Nothing is lost" in err
    assert run("drop")[0] == 0, "an older key that opens nothing may go all the same"
    file = key_file(texts.database)
    assert file
    file.path.write_text(file.path.read_text("utf-8") + lost + "\n", encoding="utf-8")
    assert run("status")[0] == 0
    texts.all_open(ring_of(texts))
    assert run("rotate")[0] == 0
    texts.all_open(ring_of(texts))


def test_what_was_moved_or_written_by_others_is_named(texts: Texts, run: Run) -> None:
    table = metadata.tables["entries"]
    first = next(p for p in texts.kept if p.table == table.name and p.column == "text")
    with texts.database.write() as tx:
        sealed = (
            tx.execute(table.select().where(id_of(table) == first.row_id)).mappings().one()["text"]
        )
        tx.execute(table.update().where(id_of(table) == "row0001").values(text=sealed))
    status, _, err = run("rotate")
    assert status == 1
    assert "1 text would not open, moved or changed outside of Rung: " in err
    assert f"{table.name}.text of row0001" in err
    assert run("drop")[0] == 1
    with texts.database.write() as tx:
        tx.execute(table.update().where(id_of(table) == "row0001").values(text=b"plain words"))
    status, _, err = run("status")
    assert status == 1
    assert "1 text cannot be read, because something else than Rung wrote there." in err


def test_with_rung_keys_one_key_is_too_few_and_it_is_said_what_to_do(
    texts: Texts, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = key_file(texts.database)
    assert file
    old = file.path.read_text("utf-8").splitlines()[-1]
    before = file.path.read_bytes()
    monkeypatch.setenv("RUNG_KEYS", old)
    status, out, err = run("rotate")
    assert (status, out) == (1, "")
    assert "RUNG_KEYS holds only one key" in err
    assert "RUNG_KEYS=new,old" in err
    new = new_key()
    monkeypatch.setenv("RUNG_KEYS", f"{new},{old}")
    status, out, _ = run("rotate")
    assert status == 0
    assert f"Sealed with the key {shown(new)}: " in out
    assert f"No longer needed for this database: {shown(old)}" in out
    assert "Take it out of RUNG_KEYS when you like." in out
    assert new not in out
    status, out, err = run("drop")
    assert status == 1
    assert "Take it out of RUNG_KEYS when you like." in err
    assert file.path.read_bytes() == before, "no key is ever written"
    texts.all_open(KeyRing([parse_key(new)]))


def test_the_keys_of_another_database_change_nothing(
    texts: Texts, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNG_KEYS", f"{new_key()},{new_key()}")
    for verb in ("rotate", "drop"):
        status, out, err = run(verb)
        assert (status, out) == (1, "")
        assert "not the one that this database was made with" in err
    monkeypatch.delenv("RUNG_KEYS")
    texts.all_open(ring_of(texts))


@pytest.mark.parametrize("verb", ["status", "rotate", "drop"])
def test_where_there_is_no_database_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, verb: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/rung.db")
    status, out, err = run(verb)
    assert (status, out) == (1, "")
    assert "There is no database at" in err
    assert list(tmp_path.iterdir()) == []


def test_an_older_schema_is_left_for_the_bot_to_bring_up(texts: Texts, run: Run) -> None:
    with texts.database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    status, _, err = run("rotate")
    assert status == 1
    assert f"is 0001, and this version of Rung works with {HEAD}" in err
    assert len(ring_of(texts).marks) == 1


def test_long_work_tells_how_far_it_is(
    texts: Texts, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "EVERY", 5)
    _, out, _ = run("rotate")
    lines = [line for line in out.splitlines() if "sealed anew" in line]
    assert len(lines) > 1
    assert lines[0].endswith(f" of {len(texts.kept) + 1} texts sealed anew.")


def test_interrupted_by_hand_it_says_that_nothing_is_lost(
    texts: Texts, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(verbs, "seal_anew", interrupted)
        status, out, _ = run("rotate")
    assert status == 130
    assert "run it again, and it goes on from here" in out
    texts.all_open(ring_of(texts))
    assert run("rotate")[0] == 0
    assert len(ring_of(texts).marks) == 2
