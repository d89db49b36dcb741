"""A bot in a process of its own: its log at its most talkative, and its keys changed under it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.storage.crypto import fingerprint
from bot.storage.database import Database
from bot.storage.keys import load_key_ring
from bot.storage.verbs import Census, take_census
from playground.local_slack import LocalSlack, text_of
from tests.privacy.week import CANARY, on_disk
from tests.processes import Running, running

MODES = ["http", "socket"]
TALKATIVE = """
import logging

logging.Logger.isEnabledFor = lambda *_: True
logging.Logger.setLevel = lambda *_: None
"""
"""What Python runs at the start of every process, also of granian's worker."""


@contextmanager
def bot_in(mode: str, slack: LocalSlack, folder: Path, **more: str) -> Iterator[Running]:
    """Running and joined to Slack, in either mode."""
    token = (
        {"SLACK_APP_TOKEN": slack.tokens.app}
        if mode == "socket"
        else {"SLACK_SIGNING_SECRET": slack.signing_secret}
    )
    with running(slack, folder, **token, **more) as bot:
        if mode == "socket":
            slack.wait_for_socket()
        else:
            slack.connect_http(f"{bot.url}/slack/events")
        yield bot


def log_an_example(slack: LocalSlack, text: str) -> None:
    slack.command("UADA", "/ladder log")
    assert slack.wait_for(lambda: slack.modal("UADA"))
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": text}
    assert slack.submit("UADA", fields).ok
    slack.close_modal("UADA")


def examples(slack: LocalSlack) -> str:
    """All of one's own, as they are on the screen."""
    slack.command("UADA", "/ladder examples")
    assert slack.wait_for(lambda: slack.modal("UADA"))
    shown = text_of(slack.modal("UADA"))
    slack.close_modal("UADA")
    return shown


@pytest.mark.parametrize("mode", MODES)
def test_the_most_talkative_log_of_a_real_bot_holds_none_of_the_words(
    slack: LocalSlack, tmp_path: Path, mode: str
) -> None:
    (tmp_path / "talkative").mkdir()
    (tmp_path / "talkative" / "sitecustomize.py").write_text(TALKATIVE, encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "slack_user,track,level,manager\nUADA,security-operations,L3,UMIA\n", encoding="utf-8"
    )
    with bot_in(mode, slack, tmp_path, PYTHONPATH=str(tmp_path / "talkative")) as bot:
        placed = bot.call("people", "import", str(roster))
        assert placed.returncode == 0, placed.stderr
        log_an_example(slack, f"one {CANARY}")
        slack.command("UADA", f"/ladder log two {CANARY}")
        slack.command("UADA", f"/ladder {CANARY}")
        slack.write("UADA", f"dear bot, {CANARY}")
        assert CANARY in examples(slack)
        assert "DEBUG" in bot.said(), "or the log is not talkative"
        assert "sqlalchemy" in bot.said()
        assert CANARY not in bot.said()
        assert CANARY.encode() not in on_disk(tmp_path)
    assert CANARY not in bot.said()


@pytest.mark.parametrize("mode", MODES)
def test_keys_are_changed_and_dropped_under_a_bot_that_runs(
    slack: LocalSlack, tmp_path: Path, mode: str
) -> None:
    with bot_in(mode, slack, tmp_path) as bot:
        log_an_example(slack, "before")
        database = Database(f"sqlite:///{tmp_path}/rung.db")
        old = load_key_ring(database, (), fresh=False).mark
        rotated = bot.call("keys", "rotate")
        assert rotated.returncode == 0, rotated.stderr
        log_an_example(slack, "after")
        assert bot.call("keys", "rotate").returncode == 0, "and once more, while the bot sleeps"
        ring = load_key_ring(database, (), fresh=False)
        found: Census = take_census(database, ring)
        assert set(found.counted) == {ring.mark} != {old}, "also what was written between"
        assert len(ring.marks) == 3
        dropped = bot.call("keys", "drop")
        assert dropped.returncode == 0, dropped.stderr
        assert fingerprint(old) in dropped.stdout
        log_an_example(slack, "at last")
        shown = examples(slack)
        assert [word for word in ("before", "after", "at last") if word not in shown] == []
        assert set(take_census(database, ring).counted) == {ring.mark}
        database.close()
