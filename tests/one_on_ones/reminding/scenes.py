"""What arrives around the meetings of Ada and Mia, each Tuesday at two, and what became of it."""

from __future__ import annotations

from collections import Counter

from bot.one_on_ones.pairs.model import Pair
from playground.local_slack import text_of
from playground.local_slack.model import Message
from tests.bench import Bench

MORNING_BEFORE = "2026-11-30T10:00:00+01:00"
JUST_BEFORE = "2026-11-30T09:00:00+01:00"
OVER = "2026-12-01T15:01:00+01:00"


def got(bench: Bench, user: str = "UMIA") -> list[str]:
    """The messages with the bot, as they stand now."""
    return [text_of(message) for message in bench.slack.dm(user)]


def about(bench: Bench, words: str, user: str = "UMIA") -> list[str]:
    """Those of them that say so."""
    return [text for text in got(bench, user) if words in text]


def ends(bench: Bench, kind: str, user: str = "") -> Counter[str]:
    """In which states the parcels of a kind are."""
    rows = bench.rows("parcels")
    mine = [row for row in rows if row["kind"] == kind and user in ("", row["recipient_id"])]
    return Counter(str(row["state"]) for row in mine)


def due_at(bench: Bench, user: str = "UMIA") -> str:
    """When a reminder is due, in UTC; empty when none is."""
    found = [row["due_at"] for row in bench.rows("promise_reminders") if row["user_id"] == user]
    return str(found[0])[:16] if found and found[0] else ""


def latest(bench: Bench, user: str = "UMIA", words: str = "") -> Message:
    """The last of the messages with the bot in which these words stand."""
    return [each for each in bench.slack.dm(user) if words in text_of(each)][-1]


def erased(bench: Bench, user: str) -> None:
    """Somebody erases all that is about them."""
    bench.bot.own_data.erase_me(bench.member(user), "erased", bench.bot.now())


def becomes(bench: Bench, words: str, user: str = "UMIA") -> str:
    """Waits until a message says so, and gives all of the last such one."""
    there = bench.slack.wait_for(lambda: about(bench, words, user))
    assert there, f"{words!r} is not in: {got(bench, user)}"
    return about(bench, words, user)[-1]


def press(bench: Bench, label: str, words: str, user: str = "UMIA", where: str = "") -> str:
    """Presses a button of the last message that has it, and waits for words that come of it."""
    message = latest(bench, user, where or f"[{label}]")
    bench.slack.press(user, message, label)
    return becomes(bench, words, user)


def choose(bench: Bench, line: str, option: str, user: str = "UMIA", where: str = "") -> None:
    """Chooses from the three dots at a line of the last message with these words."""
    bench.slack.select(user, latest(bench, user, where), line, option)


def left(bench: Bench) -> Pair:
    """The pair as it stands."""
    return bench.bot.pairs.of(bench.member("UADA"))[0]
