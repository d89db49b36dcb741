"""What two people do on their page, in one line each: Ada is the engineer, Mia her manager."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.one_on_ones.page.model import Page, Past
from bot.one_on_ones.page.pages import Pages
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Rhythm
from tests.bench import Bench
from tests.sharing.scenes import was_always

MONDAY = "2026-11-30T10:00:00+01:00"
WEEKLY = Rhythm(date(2026, 12, 1), time(14), zone="Europe/Berlin")
FIRST = "2026-12-01T14:00:00+01:00"
AFTER_FIRST = "2026-12-01T15:01:00+01:00"
TWO_DAYS_ON = "2026-12-03T15:00:00+01:00"


def with_pair(bench: Bench, rhythm: Rhythm | None = WEEKLY) -> Pair:
    """Ada and Mia meet each Tuesday at two; Lena manages Mia, Ben meets nobody."""
    bench.slack.add_user("ULENA", "lena", "Lena Moreau", "lena@example.com", "Europe/Paris")
    bench.set_clock(MONDAY)
    for engineer, manager in (("UMIA", "ULENA"), ("UADA", "UMIA"), ("UBEN", "")):
        bench.place(engineer)
        if manager:
            was_always(bench, engineer, manager)
    return confirmed(bench, "UADA", "UMIA", rhythm)


def confirmed(bench: Bench, engineer: str, partner: str, rhythm: Rhythm | None = WEEKLY) -> Pair:
    """The engineer proposes, the partner says yes."""
    ada, mia, now = bench.member(engineer), bench.member(partner), bench.bot.now()
    pair = bench.bot.pairs.propose(ada, ada, mia, rhythm, now)
    return bench.bot.pairs.answer(mia, pair.id, yes=True, now=now)


def meet(bench: Bench, at: str = AFTER_FIRST) -> None:
    """The heartbeat after a meeting, an hour or more past its start."""
    bench.bot.pairs.plan_due(bench.set_clock(at))


def week(number: int) -> str:
    """The instant right after the meeting of that week, 0 being the first."""
    return (datetime.fromisoformat(AFTER_FIRST) + timedelta(weeks=number)).isoformat()


def pages(bench: Bench) -> Pages:
    return bench.bot.pages


def see(bench: Bench, pair: Pair, user: str = "UADA") -> Page:
    return pages(bench).page(bench.member(user), pair.id, bench.bot.now())


def agenda(bench: Bench, pair: Pair, user: str = "UADA") -> list[str]:
    return [item.text for item in see(bench, pair, user).agenda]


def promised(bench: Bench, pair: Pair, user: str = "UADA") -> list[str]:
    return [item.text for item in see(bench, pair, user).promises]


def past(bench: Bench, pair: Pair, user: str = "UADA") -> list[Past]:
    found, total = pages(bench).history(bench.member(user), pair.id, 0, bench.bot.now(), 100)
    assert len(found) == total
    return found


def add(bench: Bench, pair: Pair, text: str, user: str = "UADA", deed: str = "") -> str:
    now = bench.bot.now()
    return pages(bench).add_agenda(bench.member(user), pair.id, text, deed, now).id


def promise(
    bench: Bench,
    pair: Pair,
    text: str,
    owner: str = "UADA",
    user: str = "UADA",
    due: date | None = None,
    deed: str = "",
) -> str:
    who, whose, now = bench.member(user), bench.member(owner), bench.bot.now()
    return pages(bench).promise(who, pair.id, whose, text, due, deed, now).id
