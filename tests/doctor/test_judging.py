"""What the doctor makes of what it finds: when to be quiet, when to warn, what to advise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import wall
from bot.delivery.model import Queue, State
from bot.doctor.clocks import Compared, check_database_clock, judge, judge_zones
from bot.doctor.disk import judge_room
from bot.doctor.model import Verdict
from bot.doctor.sending import judge_bot, judge_pause, judge_queue
from bot.slack.client import REFUSALS
from bot.storage.database import Database

NOW = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def queue(
    due_for: timedelta | None = None,
    waiting: dict[State, int] | None = None,
    unconfirmed: int = 0,
    pause: str = "",
) -> Queue:
    oldest = NOW - due_for if due_for is not None else None
    until = NOW + 30 * SECOND if pause else None
    return Queue(waiting or {}, 3 if oldest else 0, oldest, unconfirmed, until, pause, None)


@pytest.mark.parametrize(
    ("theirs", "resolution", "ahead"),
    [
        (NOW + SECOND, 0, 0),  # between the two looks
        (NOW, 0, 0),
        (NOW - 0.9 * SECOND, 1, 0),  # the fraction that an HTTP date does not show
        (NOW - 9 * SECOND, 1, 8),
        (NOW - 9 * SECOND, 0, 9),
        (NOW + 12 * SECOND, 1, -10),
    ],
)
def test_only_what_is_certain_counts_as_a_difference(
    theirs: datetime, resolution: float, ahead: float
) -> None:
    compared = Compared(NOW, theirs, NOW + 2 * SECOND, resolution)
    assert compared.ahead_seconds == ahead


@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [
        (0, Verdict.FINE),
        (4, Verdict.FINE),
        (5, Verdict.NOTE),
        (-59, Verdict.NOTE),
        (60, Verdict.WRONG),
        (-3600, Verdict.WRONG),
    ],
)
def test_a_clock_may_be_a_little_off(seconds: int, verdict: Verdict) -> None:
    assert judge(Compared(NOW, NOW - seconds * SECOND, NOW), "Slack").verdict is verdict


def test_postgresql_is_asked_for_its_clock_and_sqlite_has_none(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(database_url)
    try:
        found = list(check_database_clock(database))
        assert len(found) == (0 if database.is_sqlite else 1)
        assert all(each.verdict is Verdict.FINE for each in found)
        monkeypatch.setattr("bot.doctor.clocks.wall", lambda: wall() + timedelta(hours=1))
        assert all("ahead of PostgreSQL's" in str(each) for each in check_database_clock(database))
    finally:
        database.close()


@pytest.mark.parametrize(
    ("version", "verdict"),
    [
        ("2027a", Verdict.FINE),
        ("2026f", Verdict.FINE),
        ("2025a", Verdict.FINE),
        ("2024b", Verdict.NOTE),
        ("2019c", Verdict.NOTE),
    ],
)
def test_time_zones_grow_old(version: str, verdict: Verdict) -> None:
    found = judge_zones(version, NOW)
    assert found.verdict is verdict
    assert version in found.sentence
    assert ("tzdata" in found.remedy) == (verdict is Verdict.NOTE)


@pytest.mark.parametrize(
    ("free", "verdict"),
    [
        (99_999_999, Verdict.WRONG),
        (100_000_000, Verdict.NOTE),
        (999_999_999, Verdict.NOTE),
        (1_000_000_000, Verdict.FINE),
    ],
)
def test_a_disk_needs_room(free: int, verdict: Verdict) -> None:
    assert judge_room(free).verdict is verdict


@pytest.mark.parametrize(
    ("due_for", "pause", "verdict", "sentence"),
    [
        (None, "", Verdict.FINE, "Nothing is due."),
        (10 * SECOND, "", Verdict.FINE, "3 messages are due, the oldest for less than a minute."),
        (600 * SECOND, "", Verdict.FINE, "3 messages are due, the oldest for 10 minutes."),
        (601 * SECOND, "", Verdict.WRONG, "3 messages are due, the oldest for 10 minutes."),
        (timedelta(hours=5), "ratelimited", Verdict.NOTE, "for 5 hours. The pause explains it."),
        (timedelta(days=3), "", Verdict.WRONG, "the oldest for 3 days."),
    ],
)
def test_what_is_due_for_long_is_wrong_unless_a_pause_explains_it(
    due_for: timedelta | None, pause: str, verdict: Verdict, sentence: str
) -> None:
    (found,) = judge_queue(queue(due_for, pause=pause), NOW)
    assert found.verdict is verdict
    assert found.sentence.endswith(sentence)
    assert ("Is a bot running?" in found.remedy) == (verdict is Verdict.WRONG)


def test_doubt_is_told_while_it_lasts_and_after() -> None:
    waiting = {State.UNKNOWN: 1, State.CHECKING: 2, State.SENDING: 5}
    _, doubtful, ended = judge_queue(queue(waiting=waiting, unconfirmed=1), NOW)
    assert doubtful.sentence == "3 messages are in doubt, because Slack's answer was lost."
    assert ended.sentence == "1 message ended in doubt: arrived or not, never sent again."
    assert doubtful.verdict is ended.verdict is Verdict.NOTE


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_that_stays_is_wrong_and_says_what_to_do(code: str) -> None:
    (found,) = judge_pause(queue(pause=code))
    assert found.verdict is Verdict.WRONG
    assert found.sentence == f"Slack refuses the bot ({code}), so nothing is sent. {REFUSALS[code]}"


@pytest.mark.parametrize("reason", ["ratelimited", "Slack cannot be reached"])
def test_a_pause_that_ends_by_itself_is_a_note(reason: str) -> None:
    (found,) = judge_pause(queue(pause=reason))
    assert found.verdict is Verdict.NOTE
    assert "until 12:00:30 UTC" in found.sentence
    assert reason in found.sentence
    assert list(judge_pause(queue())) == []


@pytest.mark.parametrize(
    ("silent", "beat", "verdict"),
    [
        (5, 10, Verdict.FINE),
        (150, 10, Verdict.FINE),
        (151, 10, Verdict.NOTE),
        (400, 300, Verdict.FINE),
        (901, 300, Verdict.NOTE),
        (-5, 10, Verdict.FINE),
    ],
)
def test_a_bot_that_beats_is_running(silent: int, beat: float, verdict: Verdict) -> None:
    (found,) = judge_bot(NOW - silent * SECOND, NOW, beat)
    assert found.verdict is verdict


def test_a_trace_from_a_moment_to_come_does_not_say_that_one_is_running() -> None:
    (found,) = judge_bot(NOW + timedelta(days=4), NOW, 10)
    assert found.verdict is Verdict.NOTE
    assert "4 days ahead" in found.sentence


def test_where_no_bot_left_a_trace_nothing_is_said_of_it() -> None:
    assert list(judge_bot(None, NOW, 10)) == []
