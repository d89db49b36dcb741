"""Nudges and reminders are one budget: no two unasked questions within a week, whatever happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.nudges.model import Answer
from bot.nudges.when.manners import Cadence
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.reminding.model import REMINDER
from tests.bench import Bench
from tests.nudges.lived import BERLIN, NOON
from tests.one_on_ones.page.scenes import confirmed, pages, promise

DAYS = st.integers(1, 9)
ACTS = st.one_of(
    st.just(("promise",)),
    st.just(("keep",)),
    st.just(("answer",)),
    st.just(("heard",)),
    st.tuples(st.just("weekday"), st.integers(0, 4)),
    st.tuples(st.just("cadence"), st.sampled_from([Cadence.WEEKLY, Cadence.FORTNIGHTLY])),
    st.tuples(st.just("zone"), st.sampled_from(["Europe/Berlin", "Asia/Dubai"])),
)
HISTORY = st.lists(st.tuples(DAYS, ACTS), min_size=4, max_size=12)


class Life:
    """What one manager does, and when the bot asked them something by itself."""

    numbers = count()

    def __init__(self, bench: Bench) -> None:
        """Each begins where the one before ended."""
        self.bench, self.number = bench, next(self.numbers)
        self.day = date(2026, 12, 1) + self.number * timedelta(days=120)
        self.user, self.engineer = f"UMAN{self.number}", f"UENG{self.number}"
        self.noon()
        for user in (self.user, self.engineer):
            bench.slack.add_user(user, user.lower(), user, f"{user}@example.com")
            bench.place(user)
        self.pair: Pair = confirmed(bench, self.engineer, self.user, rhythm=None)
        self.owe()

    def noon(self) -> datetime:
        moment = datetime.combine(self.day, NOON, BERLIN)
        return self.bench.set_clock(moment.isoformat())

    def owe(self) -> None:
        promise(self.bench, self.pair, "this", self.user, self.engineer, self.day)

    def pass_days(self, number: int) -> None:
        for _ in range(number):
            self.day += timedelta(days=1)
            self.bench.bot.tick(self.noon())

    def do(self, act: tuple[object, ...]) -> None:
        bot, member, now = self.bench.bot, self.bench.member(self.user), self.bench.bot.now()
        manners = bot.nudges.schedule(member).manners
        match act:
            case ("promise",):
                self.owe()
            case ("keep",):
                for _, item in pages(self.bench).promises_of(member, now)[:1]:
                    pages(self.bench).done(member, item.id, now)
            case ("answer",):
                mine = [row for row in self.bench.rows("nudges") if row["user_id"] == self.user]
                for row in mine[-1:]:
                    bot.nudges.answer(member, str(row["id"]), Answer.NOTHING, now)
            case ("heard",):
                bot.reminders.heard(member, now)
            case ("zone", zone):
                self.bench.place(self.user, zone=str(zone))
            case (field, value):
                rhythm = replace(manners.rhythm, **{str(field): value})  # type: ignore[arg-type]
                bot.nudges.change(member, replace(manners, rhythm=rhythm), now)

    def end(self) -> None:
        for user in (self.user, self.engineer):
            self.bench.bot.people.forget(self.bench.member(user))
        self.bench.bot.pairs.end(self.bench.member(self.engineer), self.pair.id, self.noon())

    def asked(self) -> list[date]:
        """On which days a question really went out; a slot that was missed has a row too."""
        return sorted(
            date.fromisoformat(str(row["key"]).rpartition("|")[2])
            for row in self.bench.rows("parcels")
            if row["recipient_id"] == self.user
            and row["kind"] in ("nudge", REMINDER)
            and row["message_ts"]
        )


@pytest.mark.usefixtures("sqlite_bench")
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=HISTORY)
def test_no_two_unasked_questions_come_within_a_week(
    sqlite_bench: Bench, history: list[tuple[int, tuple[object, ...]]]
) -> None:
    life = Life(sqlite_bench)
    for number, act in history:
        life.pass_days(number)
        life.do(act)
    asked = life.asked()
    life.end()
    assert all((b - a).days >= 7 for a, b in pairwise(asked)), asked
