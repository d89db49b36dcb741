"""Which slots are used and which are dropped, over all sorts of lives, against a slow oracle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nudges.when.manners import Dropped, Slot, Why
from bot.nudges.when.outlook import coming, standing
from tests.nudges.when.effort import LIVED, tried
from tests.nudges.when.lives import END, START, ZONES, around, instants, lives, near
from tests.nudges.when.oracle import Life, Seen, local, slots, verdict

DAY = timedelta(days=1)
Moves = list[tuple[datetime, ZoneInfo]]
Count = Callable[[str, int], None]


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Counts what the examples met, for the line at the end of a run."""
    counted: dict[str, int] = {}

    def add(what: str, number: int) -> None:
        counted[what] = counted.get(what, 0) + number

    record_property(LIVED, counted)
    return add


@st.composite
def moments_of_lives(draw: st.DrawFn) -> tuple[Life, ZoneInfo, date | None, datetime]:
    """A life, where it is lived, when the last question was, and a moment."""
    first = draw(st.dates(START, END))
    life, zone = draw(lives(first)), draw(ZONES)
    asked = draw(st.none() | st.integers(-40, 3).map(lambda back: first + back * DAY))
    return life, zone, asked, draw(instants(first, 40))


def drop(life: Life, zone: ZoneInfo, slot: Seen, asked: date | None) -> Dropped | None:
    reason = verdict(life, zone, slot, asked)
    return Dropped(slot.day, *reason) if reason else None


@tried(250)
@given(moment_of_life=moments_of_lives())
def test_what_comes_and_what_is_dropped_before_it_is_what_the_oracle_says(
    moment_of_life: tuple[Life, ZoneInfo, date | None, datetime], count: Count
) -> None:
    life, zone, asked, now = moment_of_life
    found = coming(life.manners, around(life, zone, asked), now)
    until = found.slot.day if found.slot else local(now, zone) + 390 * DAY
    seen = [s for s in slots(life, zone, local(now, zone) - 2 * DAY, until) if s.opens > now]
    dropped = [(slot, drop(life, zone, slot, asked)) for slot in seen]
    usable = [slot for slot, reason in dropped if reason is None]
    reasons = [reason for _, reason in dropped if reason]
    if found.slot is None:
        assert not usable
        assert list(found.dropped[: len(reasons)]) == reasons
    else:
        assert [Slot(s.day, s.opens, s.closes) for s in usable] == [found.slot]
        assert list(found.dropped) == reasons
    count("outlooks", 1)
    count("slots dropped with a reason", len(reasons))


@tried(250)
@given(moment_of_life=moments_of_lives(), back=st.integers(0, 40 * 24 * 60))
def test_what_stands_after_any_silence_is_the_latest_slot_alone(
    moment_of_life: tuple[Life, ZoneInfo, date | None, datetime], back: int, count: Count
) -> None:
    life, zone, asked, now = moment_of_life
    since = now - timedelta(minutes=back)
    seen = slots(life, zone, local(since, zone) - 2 * DAY, local(now, zone) + DAY)
    come = [slot for slot in seen if since <= slot.opens <= now]
    expected: Slot | Dropped | None = None
    if come:
        last = come[-1]
        late = Dropped(last.day, Why.WINDOW_OVER) if now >= last.closes else None
        found = drop(life, zone, last, asked) or late
        expected = found or Slot(last.day, last.opens, last.closes)
    assert standing(life.manners, around(life, zone, asked), since, now) == expected
    count("silences", 1)


@tried(200)
@given(moment_of_life=moments_of_lives(), late=st.integers(0, 400), which=st.integers(0, 5))
def test_a_slot_stands_until_its_window_is_over(
    moment_of_life: tuple[Life, ZoneInfo, date | None, datetime], late: int, which: int
) -> None:
    life, zone, asked, now = moment_of_life
    ahead = slots(life, zone, local(now, zone) - DAY, local(now, zone) + 60 * DAY)
    seen = [s for s in ahead if s.opens > now and not drop(life, zone, s, asked)]
    if not seen:
        return
    slot = seen[which % len(seen)]
    at = slot.opens + timedelta(minutes=late)
    stands = standing(life.manners, around(life, zone, asked), slot.opens, at)
    within = Slot(slot.day, slot.opens, slot.closes)
    assert stands == (within if at < slot.closes else Dropped(slot.day, Why.WINDOW_OVER))


@st.composite
def travels(draw: st.DrawFn) -> tuple[Life, datetime, Moves]:
    """A life of fifteen weeks in which somebody moves from zone to zone."""
    first = draw(st.dates(START, END))
    start = draw(instants(first, 2))
    times = sorted(draw(st.lists(instants(first + 2 * DAY, 100), max_size=6)))
    return draw(lives(first)), start, [(at, draw(ZONES)) for at in [start, *times]]


def lived(life: Life, moves: Moves, until: datetime) -> list[Slot]:
    """As a scheduler lives it: plan, ask or drop when it is due, plan anew; also after a move."""
    asked: list[Slot] = []
    for (now, zone), (moved, _) in pairwise([*moves, (until, moves[-1][1])]):
        while True:
            last = asked[-1].day if asked else None
            following = coming(life.manners, around(life, zone, last), now).slot
            if following is None or following.opens > moved:
                break
            now = following.opens
            found = standing(life.manners, around(life, zone, last), now, now)
            assert found == following
            asked.append(following)
    return asked


def foretold(life: Life, moves: Moves, until: datetime) -> list[Slot]:
    """The same, from the oracle's list of every slot between two moves."""
    asked: list[Slot] = []
    for (start, zone), (end, _) in pairwise([*moves, (until, moves[-1][1])]):
        for slot in slots(life, zone, local(start, zone) - 2 * DAY, local(end, zone) + DAY):
            last = asked[-1].day if asked else None
            if start < slot.opens <= end and not drop(life, zone, slot, last):
                asked.append(Slot(slot.day, slot.opens, slot.closes))
    return asked


@tried(250)
@given(travel=travels())
def test_a_life_on_the_move_is_asked_the_oracles_very_list(
    travel: tuple[Life, datetime, Moves], count: Count
) -> None:
    life, start, moves = travel
    until = start + 105 * DAY
    asked = lived(life, moves, until)
    assert asked == foretold(life, moves, until)
    count("questions of people on the move", len(asked))
    count("moves", len(moves) - 1)


@tried(200)
@given(travel=travels())
def test_nobody_is_asked_twice_on_a_date_nor_within_a_week_unless_they_put_it_off(
    travel: tuple[Life, datetime, Moves],
) -> None:
    life, start, moves = travel
    for earlier, later in pairwise(lived(life, moves, start + 105 * DAY)):
        assert earlier.opens < later.opens
        assert earlier.day < later.day
        if life.manners.again_on is None:
            assert later.day - earlier.day >= 7 * DAY


@tried(150)
@given(travel=travels())
def test_a_window_lies_on_the_persons_day_and_is_half_an_hour_to_six_hours_long(
    travel: tuple[Life, datetime, Moves],
) -> None:
    life, start, moves = travel
    stays = moves[:1]
    for slot in lived(life, stays, start + 105 * DAY):
        zone = stays[0][1]
        assert local(slot.opens, zone) == slot.day
        assert timedelta(minutes=30) <= slot.closes - slot.opens <= timedelta(hours=6)
        ends = slot.closes.astimezone(zone)
        beyond = ends.date() > slot.day or ends.time() > life.manners.hours[1]
        assert not beyond or slot.closes - slot.opens == timedelta(minutes=30)


@tried(200)
@given(first=st.dates(START, END), data=st.data())
def test_a_day_that_was_put_off_to_is_asked_once_and_then_too_soon_again(
    first: date, data: st.DataObject
) -> None:
    life, zone = data.draw(lives(first)), data.draw(ZONES)
    now = data.draw(instants(first, 5))
    again = data.draw(near(first + 25 * DAY, 20))
    life = replace(life, manners=replace(life.manners, again_on=again))
    asked = lived(life, [(now, zone)], now + 105 * DAY)
    closer = [(a, b) for a, b in pairwise(asked) if b.day - a.day < 7 * DAY]
    assert len(closer) <= 1
