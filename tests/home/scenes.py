"""Who meets whom, who promised what, and what is on somebody's Home, in one line each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Rhythm
from playground.local_slack import text_of
from tests.bench import PATIENCE_SECONDS, Bench

TUESDAY = "2026-12-01T10:00:00+01:00"
FRIDAY = date(2026, 12, 4)


def home(bench: Bench, user: str = "UADA") -> str:
    """Opens somebody's Home, and gives all that it says."""
    return text_of(bench.slack.open_home(user, wait_s=4 * PATIENCE_SECONDS))


def shows(bench: Bench, user: str, words: str | Callable[[str], bool]) -> str:
    """Waits, without opening it again, until the open Home says so; gives all that it says."""
    is_so = words if callable(words) else lambda text: words in text
    there = bench.slack.wait_for(lambda: is_so(text_of(bench.slack.home(user))), PATIENCE_SECONDS)
    assert there, text_of(bench.slack.home(user))
    return text_of(bench.slack.home(user))


def propose(
    bench: Bench, engineer: str, partner: str = "", day: date = FRIDAY, by: str = ""
) -> Pair:
    """One of the two proposes a weekly one-on-one at two."""
    rhythm = Rhythm(day, time(14), zone="Europe/Berlin")
    return bench.bot.pairs.propose(
        bench.member(by or engineer),
        bench.member(engineer),
        bench.member(partner) if partner else None,
        rhythm,
        bench.bot.now(),
    )


def meet(bench: Bench, engineer: str, partner: str, day: date = FRIDAY) -> Pair:
    """Both have agreed to meet every week."""
    pair = propose(bench, engineer, partner, day)
    return bench.bot.pairs.answer(bench.member(partner), pair.id, yes=True, now=bench.bot.now())


def promise(bench: Bench, pair: Pair, owner: str, text: str) -> str:
    """Somebody writes down on the page of both what they are going to do."""
    by = bench.member(owner)
    made = bench.bot.pages.promise(by, pair.id, by, text, None, f"deed {text}", bench.bot.now())
    return made.id
