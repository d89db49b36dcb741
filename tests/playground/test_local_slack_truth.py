"""The list of what was really posted: whole, in order, and nobody can change it."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import psutil
import pytest

from playground.local_slack import LocalSlack
from tests.playground.caller import Caller
from tests.playground.crowd import PEOPLE, message
from tests.playground.workspace import ADA, MIA

POST = "chat.postMessage"


@pytest.fixture
def caller(slack: LocalSlack) -> Caller:
    for number in range(PEOPLE):
        slack.add_user(f"U{number:04d}", f"u{number}")
    return Caller(slack.port, slack.tokens.bot)


class Complaints(logging.Handler):
    """What the server itself logs as an error."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@pytest.fixture
def complaints(caller: Caller) -> Iterator[list[str]]:
    assert caller.json("auth.test")["ok"], "the server has set up its logging"
    logger, listening = logging.getLogger("uvicorn.error"), Complaints()
    logger.addHandler(listening)
    yield listening.heard
    logger.removeHandler(listening)


def crowd(does: str, slack: LocalSlack, processes: int, count: int) -> list[str]:
    """The ids that so many processes at once say to have sent whole."""
    called = [sys.executable, "-m", "tests.playground.crowd", does, str(slack.port)]
    started = [
        subprocess.Popen(
            [*called, slack.tokens.bot, str(number * count), str(count)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    said = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0] * processes
    return [number for lines in said for number in lines.split()]


def test_it_tells_who_got_what_and_when(slack: LocalSlack, caller: Caller) -> None:
    before = datetime.now(UTC)
    slack.advance(86_400)
    ts = caller.json(POST, **message(3))["ts"]
    in_channel = caller.json(POST, channel="#with-bot", text="To all")["channel"]
    nudge, to_all = slack.posted()
    assert (nudge.user, nudge.ts, nudge.payload_id, nudge.answer_lost) == ("U0003", ts, "3", "")
    assert nudge.channel == slack.workspace.dm_of("U0003").id
    assert before <= nudge.at <= datetime.now(UTC), "real time, not the workspace's"
    assert (to_all.user, to_all.channel, to_all.payload_id) == ("", in_channel, "")


def test_no_edit_and_no_removal_touches_it(slack: LocalSlack, caller: Caller) -> None:
    made = caller.json(POST, **message(1))
    before = slack.posted()
    there = {"channel": made["channel"], "ts": made["ts"]}
    assert caller.json("chat.update", text="Changed", **there)["ok"]
    assert caller.json("chat.delete", **there)["ok"]
    assert slack.dm("U0001") == []
    assert slack.posted() == before
    assert before[0].text == "A nudge"


def test_what_slack_refused_or_others_said_is_not_in_it(slack: LocalSlack, caller: Caller) -> None:
    caller.json(POST, channel="UGONE", text="A nudge")
    caller.json(POST, channel=ADA, text="")
    caller.json("chat.postEphemeral", channel="#with-bot", user=ADA, text="Psst")
    slack.say(MIA, "general", "Hello")
    assert slack.posted() == []


def test_many_processes_at_once_never_share_a_ts(slack: LocalSlack, caller: Caller) -> None:
    told = crowd("posts", slack, processes=6, count=60)
    posted = slack.posted()
    assert sorted(told) == sorted(each.payload_id for each in posted)
    stamps = [float(each.ts) for each in posted]
    assert len(set(stamps)) == 360 and stamps == sorted(stamps)
    assert caller.json("auth.test")["ok"]


def test_callers_killed_in_the_middle_leave_no_half_message(
    slack: LocalSlack, caller: Caller, complaints: list[str]
) -> None:
    lines = psutil.Process().num_fds()
    whole = crowd("dies", slack, processes=3, count=100)
    assert 100 < len(whole) < 200
    assert slack.wait_for(lambda: len(slack.posted()) == len(whole))
    assert sorted(whole) == sorted(each.payload_id for each in slack.posted())
    assert {each.text for each in slack.posted()} == {"A nudge"}
    assert slack.wait_for(lambda: psutil.Process().num_fds() <= lines)
    assert caller.json(POST, channel=ADA, text="Still there")["ok"]
    assert complaints == []
