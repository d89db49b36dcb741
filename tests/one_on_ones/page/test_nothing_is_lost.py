"""Whatever two people do, and whether they meet or not: nothing is lost, and nothing is twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.one_on_ones.pairs.model import Pair
from tests.bench import Bench
from tests.one_on_ones.page.scenes import (
    WEEKLY,
    add,
    agenda,
    pages,
    past,
    promise,
    promised,
    see,
    with_pair,
)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "tick", "promise", "done", "drop", "reopen", "meet", "move", "skip", "not held"]
        ),
        st.integers(0, 9),
    ),
    max_size=25,
)


class Model:
    """What has to be open, by its words; each thing has words of its own."""

    def __init__(self, bench: Bench, pair: Pair) -> None:
        self.bench, self.pair = bench, pair
        self.agenda: dict[str, str] = {}
        self.ticked: set[str] = set()
        self.open: dict[str, str] = {}
        self.closed: dict[str, str] = {}
        self.made: set[str] = set()
        self.number = 0

    def do(self, what: str, number: int) -> None:
        bench, pair = self.bench, self.pair
        now = bench.set_clock((bench.bot.now() + timedelta(minutes=7)).isoformat())
        user = ("UADA", "UMIA")[number % 2]
        member = bench.member(user)
        self.number += 1
        words = f"{what} {self.number}"
        if what == "add":
            self.agenda[words] = add(bench, pair, words, user)
        elif what == "promise":
            self.open[words] = promise(bench, pair, words, user=user)
            self.made.add(words)
        elif what == "tick" and self.agenda:
            chosen = sorted(self.agenda)[number % len(self.agenda)]
            pages(bench).discussed(member, self.agenda.pop(chosen), now)
            self.ticked.add(chosen)
        elif what in ("done", "drop") and self.open:
            chosen = sorted(self.open)[number % len(self.open)]
            item = self.closed[chosen] = self.open.pop(chosen)
            if what == "done":
                pages(bench).done(member, item, now)
            else:
                pages(bench).drop(member, item, "gone", now)
        elif what == "reopen" and self.closed:
            chosen = sorted(self.closed)[number % len(self.closed)]
            self.open[chosen] = self.closed.pop(chosen)
            pages(bench).reopen(member, self.open[chosen], now)
        else:
            self.about_meetings(what)

    def about_meetings(self, what: str) -> None:
        bench, pair = self.bench, self.pair
        ada, now = bench.member("UADA"), bench.bot.now()
        meeting = see(bench, pair).pair.meeting
        assert meeting
        if what == "meet":
            bench.set_clock((meeting.starts_at + timedelta(hours=1, minutes=1)).isoformat())
            bench.bot.pairs.plan_due(bench.bot.now())
        elif what == "move":
            later = meeting.starts_at + timedelta(hours=3)
            bench.bot.pairs.move(ada, pair.id, meeting.slot, later, now)
        elif what == "skip":
            bench.bot.pairs.move(ada, pair.id, meeting.slot, None, now)
        elif what == "not held" and (talks := past(bench, pair)):
            for item in talks[0].agenda:
                self.agenda[item.text] = item.id
                self.ticked.discard(item.text)
            pages(bench).did_not_take_place(ada, talks[0].talk.id, now)

    def check(self) -> None:
        bench, pair = self.bench, self.pair
        assert sorted(agenda(bench, pair)) == sorted(self.agenda)
        assert sorted(promised(bench, pair, "UMIA")) == sorted(self.open)
        talks, waiting = past(bench, pair), see(bench, pair).discussed
        kept = Counter(item.text for talk in talks for item in talk.agenda)
        assert kept + Counter(item.text for item in waiting) == Counter(self.ticked)
        made = Counter(item.text for talk in talks for item in talk.made)
        closed = Counter(item.text for talk in talks for item in talk.closed)
        assert made <= Counter(self.made)
        assert closed <= Counter(self.closed.keys())

    def check_after_a_talk(self) -> None:
        talks = past(self.bench, self.pair)
        made = Counter(item.text for talk in talks for item in talk.made)
        closed = Counter(item.text for talk in talks for item in talk.closed)
        assert made == Counter(self.made)
        assert closed == Counter(self.closed.keys())
        assert see(self.bench, self.pair).discussed == ()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
@example([("add", 0), ("tick", 0), ("meet", 0), ("not held", 0), ("promise", 1), ("meet", 0)])
def test_nothing_is_lost_and_nothing_is_twice(
    sqlite_bench: Bench, steps: list[tuple[str, int]]
) -> None:
    model = Model(sqlite_bench, a_new_pair(sqlite_bench))
    for what, number in steps:
        model.do(what, number)
        model.check()
    model.about_meetings("meet")
    model.check()
    model.check_after_a_talk()


def a_new_pair(bench: Bench) -> Pair:
    if not bench.rows("pairs"):
        return with_pair(bench)
    ada, mia, now = bench.member("UADA"), bench.member("UMIA"), bench.bot.now()
    for old in bench.bot.pairs.of(ada):
        bench.bot.pairs.end(ada, old.id, now)
    pair = bench.bot.pairs.propose(ada, ada, mia, WEEKLY, now)
    return bench.bot.pairs.answer(mia, pair.id, yes=True, now=now)
