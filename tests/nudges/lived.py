"""Days lived through, and what somebody does with the question that came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from playground.local_slack import text_of
from playground.local_slack.model import Message
from tests.bench import Bench

BERLIN = ZoneInfo("Europe/Berlin")
NOON = time(12)
A_DAY = timedelta(days=1)


def days(first: date, last: date) -> Iterator[date]:
    """Each day, both ends included."""
    for number in range((last - first).days + 1):
        yield first + number * A_DAY


def at(day: date, clock: time = NOON, zone: ZoneInfo = BERLIN) -> str:
    """The instant as `tick` takes it."""
    return datetime.combine(day, clock, zone).isoformat()


def live(
    bench: Bench, first: date, last: date, asked: Callable[[], object] | None = None
) -> list[date]:
    """One heartbeat at noon of each day; `asked` answers what came. Returns the days with one."""
    found = []
    for day in days(first, last):
        if bench.tick(at(day)):
            found.append(day)
            if asked:
                asked()
    return found


def latest(bench: Bench, user: str = "UADA") -> Message:
    """The last of the messages with the bot."""
    return bench.slack.dm(user)[-1]


def press(bench: Bench, label: str, where: Message | None = None, user: str = "UADA") -> str:
    """Presses a button of that message, or of the last one, and waits for what it becomes."""
    message = where or latest(bench, user)
    before = text_of(message)
    bench.slack.press(user, message, label)
    return becomes(bench, before, message.ts, user)


def becomes(bench: Bench, before: str, ts: str, user: str = "UADA") -> str:
    """What stands in the place of a message once it is not what it was."""

    def now() -> str:
        return next(text_of(each) for each in bench.slack.dm(user) if each.ts == ts)

    assert bench.slack.wait_for(lambda: now() != before), f"it is still: {before}"
    return now()


def buttons(message: Message) -> list[str]:
    """What can be pressed below a message."""
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row["elements"]]


def typed(bench: Bench, words: str, user: str = "UADA") -> str:
    """What `/ladder nudges WORDS` answers, to that person alone."""
    before = len(bench.slack.dm(user))
    bench.slack.command(user, f"/ladder nudges {words}")
    there = bench.slack.wait_for(lambda: len(bench.slack.dm(user)) > before)
    assert there, f"no answer to {words}"
    return text_of(latest(bench, user))
