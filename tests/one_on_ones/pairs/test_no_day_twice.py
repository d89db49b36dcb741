"""Whatever two people move, skip, pause and change: one talk for a day, and the next is ahead."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Cadence, Meeting, Rhythm
from bot.storage.database import Transaction
from playground.local_slack import text_of
from tests.bench import Bench
from tests.one_on_ones.page.scenes import past
from tests.one_on_ones.pairs.scenes import (
    TUESDAY,
    listed,
    met,
    pressed,
    with_manager,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGAN = timedelta(minutes=10)
DEEDS = ("move", "move up", "skip", "pause", "change", "change", "reach", "reach", "wait")
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 40)), max_size=14)


class Meetings:
    """One pair, the meetings that are over by what the bot told, and the one that was moved."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.over = bench, list[Meeting]()
        bench.set_clock(TUESDAY)
        for old in bench.bot.pairs.of(bench.member("UADA")):
            bench.bot.pairs.end(bench.member("UADA"), old.id, bench.bot.now())
        self.id = met(bench).id
        self.moved: Meeting | None = None

    def heard(self, _tx: Transaction, pair: Pair, meeting: Meeting, _now: datetime) -> None:
        if pair.id == self.id:
            self.over.append(meeting)

    def do(self, deed: str, number: int) -> None:
        pairs, member = self.bench.bot.pairs, self.bench.member(("UADA", "UMIA")[number % 2])
        before, now = self.pair(), self.bench.bot.now()
        assert before.meeting and before.rhythm
        slot, starts = before.meeting.slot, before.meeting.starts_at
        if deed in ("reach", "wait"):
            to = starts + (BEGAN, HOUR)[number % 2] if deed == "reach" else now + number * HOUR
            self.bench.bot.pairs.plan_due(self.bench.set_clock(max(now, to).isoformat()))
        elif deed == "skip":
            pairs.move(member, self.id, slot, None, now)
        elif deed == "pause":
            pairs.pause(member, self.id, now.date() + number * DAY, now)
        elif deed == "change":
            self.change(member.user_id, number, slot)
        else:
            up = max(now + HOUR, starts - number * DAY)
            to = up if deed == "move up" else max(now, starts) + number * 7 * HOUR
            to += timedelta(minutes=7)
            pairs.move(member, self.id, slot, to, now)
            self.moved = Meeting(slot, to)

    def change(self, user: str, number: int, slot: str) -> None:
        """Also to the very day of a meeting that was moved, or is over."""
        now, stays = self.bench.bot.now(), self.moved
        days = [each.slot for each in self.over[-1:] if each.slot >= now.date().isoformat()]
        first = datetime.fromisoformat([slot, *days][number % (1 + len(days))]).date()
        if number % 3 == 0:
            first = now.date() + number * DAY
        rhythm = Rhythm(first, time(8 + number % 15), list(Cadence)[number % 3], "Europe/Berlin")
        next_one = self.pair().meeting
        after = self.bench.bot.pairs.change(self.bench.member(user), self.id, rhythm, now)
        if stays and stays == next_one and stays.starts_at > now:
            assert after.meeting == stays, "both had agreed to move it"

    def pair(self) -> Pair:
        ada, mia = (
            self.bench.bot.pairs.get(self.bench.member(user), self.id, self.bench.bot.now())
            for user in ("UADA", "UMIA")
        )
        assert ada == mia
        return ada

    def check(self) -> None:
        pair, now = self.pair(), self.bench.bot.now()
        slots = [each.slot for each in self.over]
        assert len(set(slots)) == len(slots), f"one of {slots} was there twice"
        assert all(one.starts_at < other.starts_at for one, other in pairwise(self.over))
        assert pair.meeting and pair.meeting.slot not in slots
        assert pair.meeting.starts_at > now - HOUR
        for user in ("UADA", "UMIA"):
            kept = [each.talk for each in reversed(past(self.bench, pair, user))]
            assert [(talk.slot, talk.starts_at) for talk in kept] == [
                (each.slot, each.starts_at) for each in self.over
            ]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
@example([("move up", 5), ("reach", 0), ("change", 1)])
@example([("move up", 5), ("reach", 1), ("change", 1), ("reach", 1), ("reach", 1)])
@example([("reach", 0), ("change", 7), ("reach", 1), ("change", 11), ("reach", 1)])
@example([("move", 10), ("change", 9), ("change", 2), ("reach", 1), ("reach", 1)])
def test_one_talk_for_a_day_and_the_next_one_is_ahead(
    sqlite_bench: Bench, steps: list[tuple[str, int]]
) -> None:
    if not sqlite_bench.rows("people"):
        with_manager(sqlite_bench)
    meetings = Meetings(sqlite_bench)
    sqlite_bench.bot.pairs.when_over(meetings.heard)
    for deed, number in steps:
        meetings.do(deed, number)
        meetings.check()


def test_a_moved_one_stays_the_next_and_the_form_is_about_those_after_it(ada: Bench) -> None:
    pair, wednesday = met(ada), datetime.fromisoformat("2026-12-09T11:00:00+01:00")
    ada.bot.pairs.move(ada.member("UMIA"), pair.id, "2026-12-07", wednesday, ada.bot.now())
    pressed(ada, "UADA", "Change")
    form = text_of(ada.modal("UADA", "My one-on-one"))
    assert "was moved to 2026-12-09 10:00 UTC stays" in form
    assert "The one after it" in form and "2026-12-14" in form
    ada.slack.close_modal("UADA", whole_stack=True)
    pressed(ada, "UADA", "Change")
    ada.modal("UADA", "My one-on-one")
    answer = ada.slack.submit("UADA", {"The one after it": "2026-12-08", "Time": "16:00"})
    assert not answer.errors
    assert "The next one is 2026-12-09 10:00 UTC" in text_of(ada.modal("UADA", "Saved"))
    ada.hears("UMIA", "every week on Tuesday at 16:00 (Europe/Berlin). The next one is 2026-12-09")
    assert "2026-12-09 10:00 UTC" in listed(ada, "UMIA")
    ada.bot.pairs.plan_due(ada.set_clock("2026-12-09T12:00:00+01:00"))
    assert "2026-12-15 15:00 UTC" in listed(ada) and "2026-12-15 15:00 UTC" in listed(ada, "UMIA")
