"""A ladder edited under the bot as operators run it: a process of its own, in both modes."""

from __future__ import annotations

import json
import shutil
import urllib.request
from pathlib import Path

import pytest

from playground.local_slack import LocalSlack, text_of
from tests.bench import LADDER, TRACK
from tests.slack.test_processes import Running, running, soon

ASKED = f"/ladder {TRACK}/L4"
OLD = "Takes brand new ideas from inception to production"
NEW = "Brings brand new ideas to life"
MOST_SECONDS = 10


@pytest.fixture
def track(tmp_path: Path) -> Path:
    """The file that its owner edits."""
    shutil.copytree(LADDER, tmp_path / "ladder")
    return tmp_path / "ladder" / "tracks" / f"{TRACK}.yaml"


def edit(track: Path, old: str, new: str) -> None:
    text = track.read_text(encoding="utf-8")
    assert old in text
    track.write_text(text.replace(old, new), encoding="utf-8")


def asked(slack: LocalSlack) -> str:
    answer = slack.command("UADA", ASKED)
    assert answer.ok, answer
    return text_of(answer.message) if answer.message else ""


def noted(bot: Running) -> str:
    """What `/readyz` says beside being ready; raises when it is not."""
    with urllib.request.urlopen(f"{bot.url}/readyz", timeout=60) as answer:
        return str(json.load(answer).get("notes", ""))


def told(slack: LocalSlack) -> list[str]:
    return [text for each in slack.dm("UMIA") if "mistake" in (text := text_of(each))]


def live_through(bot: Running, slack: LocalSlack, track: Path) -> None:
    """An edit, a break and its repair, with a person who asks all the while."""
    assert OLD in asked(slack)
    edit(track, OLD, NEW)
    assert soon(lambda: NEW in asked(slack), MOST_SECONDS), bot.said()
    edit(track, "rank: 1\n", "rank: one\n")
    assert soon(lambda: noted(bot), MOST_SECONDS), bot.said()
    assert f"{TRACK}.yaml:8: " in noted(bot)
    assert soon(lambda: told(slack), MOST_SECONDS), bot.said()
    assert f"{TRACK}.yaml:8" in told(slack)[0]
    assert NEW in asked(slack), "the last good ladder goes on serving"
    edit(track, "rank: one\n", "rank: 1\n")
    edit(track, NEW, OLD)
    assert soon(lambda: OLD in asked(slack), MOST_SECONDS), bot.said()
    assert noted(bot) == ""
    assert len(told(slack)) == 1
    assert bot.said().count("The rank should be a whole number.") == 1
    assert "Traceback" not in bot.said()


def settings(track: Path) -> dict[str, str]:
    ladder = str(track.parent.parent)
    return {"LADDER_DIR": ladder, "RUNG_ADMINS": "UMIA", "RUNG_HEARTBEAT_S": "0.2"}


def test_over_http(slack: LocalSlack, tmp_path: Path, track: Path) -> None:
    signed = {"SLACK_SIGNING_SECRET": slack.signing_secret}
    with running(slack, tmp_path, **signed, **settings(track)) as bot:
        slack.connect_http(f"{bot.url}/slack/events")
        live_through(bot, slack, track)


def test_in_socket_mode(slack: LocalSlack, tmp_path: Path, track: Path) -> None:
    joined = {"SLACK_APP_TOKEN": slack.tokens.app}
    with running(slack, tmp_path, **joined, **settings(track)) as bot:
        slack.wait_for_socket()
        live_through(bot, slack, track)
