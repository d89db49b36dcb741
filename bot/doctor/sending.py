"""What waits to be sent, what holds it up, and whether a bot is there to send it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.clock import clock_of
from bot.delivery.desk import Desk
from bot.delivery.model import Queue, State
from bot.delivery.post_office import PostOffice
from bot.doctor.model import Finding, fine, note, wrong
from bot.ladder.wording import counted
from bot.settings import Settings
from bot.slack.client import standing_refusal, web_client
from bot.storage.canary import workspaces
from bot.storage.database import Database

LONG = timedelta(minutes=10)
BEATS = 3
AT_LEAST_SECONDS = 150  # the trace is written once a minute

IS_ONE_RUNNING = (
    "Is a bot running? `python -m bot run` sends what is due, and its log says what holds it up."
)
TO_BE_CHECKED = (
    "A bot that runs looks whether they arrived, within some minutes. Nothing is to be done."
)
UNCONFIRMED = 'docs/operating.md says how to find them, under "Messages that were in doubt".'
AHEAD = "`tick --now` does that, and a clock that was put back. It passes by itself."
START_ONE = "If that is not meant, start it: `python -m bot run`."


def check_sending(database: Database, settings: Settings) -> Iterator[Finding]:
    """Each workspace that this database serves; there is one, as a rule."""
    client = web_client(settings.bot_token, settings.api_url, settings.http_timeout_seconds)
    now = clock_of(settings.clock_file)()
    for team_id in workspaces(database):
        office = PostOffice(Desk(database, client, team_id))
        queue = office.queue(now)
        yield from judge_queue(queue, now)
        yield from judge_pause(queue)
        yield from judge_bot(queue.alive_at, now, settings.heartbeat_seconds)


def judge_queue(queue: Queue, now: datetime) -> Iterator[Finding]:
    """What is due should be gone within a heartbeat or two."""
    age = now - queue.oldest_due if queue.oldest_due else timedelta()
    if not queue.due:
        yield fine("queue", "Nothing is due.")
    else:
        said = f"{_messages(queue.due, 'due')}, the oldest for {_for(age)}."
        if age <= LONG:
            yield fine("queue", said)
        elif queue.paused_until:
            yield note("queue", f"{said} The pause explains it.")
        else:
            yield wrong("queue", said, IS_ONE_RUNNING)
    if doubtful := sum(queue.waiting.get(each, 0) for each in (State.UNKNOWN, State.CHECKING)):
        said = f"{_messages(doubtful, 'in doubt')}, because Slack's answer was lost."
        yield note("queue", said, TO_BE_CHECKED)
    if ended := queue.unconfirmed:
        said = f"{counted(ended, 'message')} ended in doubt: arrived or not, never sent again."
        yield note("queue", said, UNCONFIRMED)


def judge_pause(queue: Queue) -> Iterator[Finding]:
    """A short one that Slack asks for is no trouble; a token that it refuses is."""
    if queue.paused_until is None:
        return
    if refusal := standing_refusal(queue.pause_reason):
        yield wrong("pause", refusal)
    else:
        until = f"{queue.paused_until:%H:%M:%S} UTC"
        why = f" ({queue.pause_reason})" if queue.pause_reason else ""
        yield note("pause", f"Nothing is sent until {until}{why}. It then goes on by itself.")


def judge_bot(alive_at: datetime | None, now: datetime, beat_seconds: float) -> Iterator[Finding]:
    """By the trace that a heartbeat leaves; nothing is said where there is none yet."""
    if alive_at is None:
        return
    silent = now - alive_at
    usual = timedelta(seconds=max(AT_LEAST_SECONDS, BEATS * beat_seconds))
    if silent < -usual:
        said = f"The last look at what is due is dated {_for(-silent)} ahead"
        yield note("bot", f"{said}, which hides whether one runs.", AHEAD)
    elif silent <= usual:
        yield fine("bot", "One is running.")
    else:
        yield note("bot", f"None has looked at what is due for {_for(silent)}.", START_ONE)


def _messages(number: int, how: str) -> str:
    return f"{counted(number, 'message')} {'is' if number == 1 else 'are'} {how}"


def _for(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return counted(minutes, "minute")
    return counted(minutes // 60, "hour") if minutes < 2880 else counted(age.days, "day")
