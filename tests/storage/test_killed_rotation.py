"""A change of keys that is killed at any step: nothing is lost, and running it again goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.storage.canary import prove_keys
from bot.storage.crypto import KeyRing, Place, parse_key
from bot.storage.database import Database
from bot.storage.keys import load_key_ring
from bot.storage.migrate import migrate
from tests.bench import ROOT
from tests.postgres import Postgres
from tests.storage.sealed_rows import BOTH, NEW, NEW_RING, OLD, OLD_RING, TEAM, Texts, sealed_tables

CHILD = """
import os, signal, sys
from sqlalchemy import Engine, event
from bot.storage import rotation

rotation.BATCH = 3
left = int(sys.argv[1])

def step(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def watched(name):
    original = getattr(os, name)
    def call(*given):
        step()
        original(*given)
        step()
    setattr(os, name, call)

watched("fsync")
watched("replace")
for name in ("before_cursor_execute", "commit"):
    event.listen(Engine, name, step)

from bot.cli import main
from bot.journal.store import entries
sys.exit(main(["keys", *sys.argv[2:]]))
"""


def kill(database: Database, step: int, keys: str = "") -> None:
    """`python -m bot keys rotate` in a process of its own, which SIGKILL ends at that step."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database.url.render_as_string(hide_password=False),
        "RUNG_KEYS": keys,
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(step), "rotate"],
        env=environment, cwd="/", capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture(scope="module")
def left_by_a_bot(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Place, str]]:
    """A SQLite database with texts in every table, beside its key file."""
    folder = tmp_path_factory.mktemp("bot")
    database = Database(f"sqlite:///{folder}/rung.db")
    ring = load_key_ring(database, (), fresh=migrate(database))
    prove_keys(database, ring, TEAM)
    texts = Texts(database)
    texts.write_everywhere(ring, 4)
    database.close()
    return folder, texts.kept


# the first steps are the new key, put into its file; then come the texts, and the canary
@pytest.mark.parametrize("step", [5, 8, 9, 11, 13, 24, 42])
def test_killed_at_any_point_nothing_is_lost_and_running_it_again_goes_on(
    left_by_a_bot: tuple[Path, dict[Place, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    folder, kept = left_by_a_bot
    shutil.copytree(folder, tmp_path / "copy")
    database = Database(f"sqlite:///{tmp_path}/copy/rung.db")
    texts = Texts(database, dict(kept))
    kill(database, step)
    ring = load_key_ring(database, (), fresh=False)
    texts.all_open(ring)
    prove_keys(database, ring, TEAM)
    edited = list(texts.kept)[step % len(texts.kept)]
    texts.edit(ring, edited, "edited between the two")
    texts.write(ring, sealed_tables()[0], "between")
    before = len(ring.marks)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/copy/rung.db")
    monkeypatch.delenv("RUNG_KEYS", raising=False)
    assert main(["keys", "rotate"]) == 0
    ring = load_key_ring(database, (), fresh=False)
    assert len(ring.marks) == 2 >= before, "the key of the first attempt is used"
    texts.all_open(KeyRing(key_lines(tmp_path / "copy")[:1]))
    assert main(["keys", "drop"]) == 0
    texts.all_open(load_key_ring(database, (), fresh=False))
    names = sorted(path.name for path in (tmp_path / "copy").glob("*key*"))
    assert names == ["rung.db.key"], "no draft with keys in it is left"
    database.close()


def key_lines(folder: Path) -> list[bytes]:
    lines = (folder / "rung.db.key").read_text(encoding="utf-8").splitlines()
    return [parse_key(line) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("step", [9, 30])
def test_killed_on_postgresql_it_goes_on_too(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    url = postgres.new_database()
    database = Database(url)
    migrate(database)
    prove_keys(database, OLD_RING, TEAM)
    texts = Texts(database)
    texts.write_everywhere(OLD_RING, 4)
    kill(database, step, f"{NEW},{OLD}")
    texts.all_open(BOTH)
    texts.edit(BOTH, next(iter(texts.kept)), "edited between the two")
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("RUNG_KEYS", f"{NEW},{OLD}")
    assert main(["keys", "rotate"]) == 0
    texts.all_open(NEW_RING)
    database.close()
