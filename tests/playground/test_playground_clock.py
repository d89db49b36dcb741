"""Where the clock's buttons lead, and what the bot reads in its file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from playground.clock import MOVES, Clock
from playground.local_slack import LocalSlack

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("move", "now", "then"),
    [
        ("hour", "2026-11-23T10:00", "2026-11-23T11:00"),
        ("hour", "2026-10-25T02:30", "2026-10-25T02:30"),  # the hour that comes twice
        ("day", "2026-10-24T12:00", "2026-10-25T12:00"),  # wall time stays over the change
        ("thursday", "2026-11-23T10:00", "2026-11-26T11:30"),
        ("thursday", "2026-11-26T11:29", "2026-11-26T11:30"),
        ("thursday", "2026-11-26T11:30", "2026-12-03T11:30"),
        ("working-day", "2026-11-23T08:00", "2026-11-24T10:00"),
        ("working-day", "2026-11-27T18:00", "2026-11-30T10:00"),
        ("working-day", "2026-11-28T09:00", "2026-11-30T10:00"),
    ],
)
def test_where_a_button_leads(move: str, now: str, then: str) -> None:
    assert MOVES[move](at(now)).replace(tzinfo=None) == datetime.fromisoformat(then)


def test_the_file_holds_the_offset_of_workspace_and_bot(slack: LocalSlack, tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = Clock(slack, file)
    assert float(file.read_text()) == 0
    clock.move("hour", "Europe/Berlin")
    assert float(file.read_text()) == pytest.approx(3600, abs=0.01)
    assert slack.workspace.offset_s == pytest.approx(3600, abs=0.01)
    clock.move("thursday", "Europe/Berlin")
    there = datetime.fromtimestamp(slack.workspace.now(), BERLIN)
    assert (there.weekday(), there.hour, there.minute) == (3, 11, 30)
    assert list(tmp_path.iterdir()) == [file]
