"""Which slot comes next and which is open, a sentence for each rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.nudges.when.manners import Away, Cadence, Dropped, Manners, Rhythm, Slot, Why
from bot.nudges.when.outlook import Around, coming, standing

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
APIA, HONOLULU = ZoneInfo("Pacific/Apia"), ZoneInfo("Pacific/Honolulu")
HOLIDAYS = {date(2026, 12, 24): "Christmas Eve", date(2026, 12, 31): "New Year's Eve"}
WEDNESDAY = datetime(2026, 12, 2, 12, tzinfo=UTC)


def around(
    zone: ZoneInfo = BERLIN,
    asked: str = "",
    stretch: int = 1,
    meetings: Sequence[datetime] = (),
) -> Around:
    def next_meeting(moment: datetime) -> datetime | None:
        return next((meeting for meeting in meetings if meeting > moment), None)

    last = date.fromisoformat(asked) if asked else None
    return Around(zone, lambda day: HOLIDAYS.get(day, ""), next_meeting, last, stretch)


def manners(cadence: Cadence = Cadence.WEEKLY, weekday: int = 3, at: str = "11:30") -> Manners:
    return Manners(Rhythm(weekday, time.fromisoformat(at), cadence))


def next_day(who: Manners, world: Around | None = None, after: datetime = WEDNESDAY) -> str:
    """The day of the next slot."""
    slot = coming(who, world or around(), after).slot
    return slot.day.isoformat() if slot else "never"


def before_it(who: Manners, world: Around | None = None) -> list[str]:
    """What is dropped before the next slot, as "2026-12-03 paused 2026-12-10"."""
    dropped = coming(who, world or around(), WEDNESDAY).dropped
    return [f"{each.day} {each.why} {each.detail}".strip() for each in dropped]


def weekly_talks(first: str, weeks: int = 1) -> list[datetime]:
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    return [start + timedelta(weeks=weeks * n) for n in range(20)]


def test_without_a_setting_it_is_thursday_half_past_eleven_until_the_working_day_ends() -> None:
    slot = coming(Manners(), around(), WEDNESDAY).slot
    opens = datetime(2026, 12, 3, 10, 30, tzinfo=UTC)
    assert slot == Slot(date(2026, 12, 3), opens, opens + timedelta(hours=6))


def test_the_window_ends_with_the_hours_that_somebody_chose() -> None:
    slot = coming(replace(manners(), hours=(time(8), time(14))), around(), WEDNESDAY).slot
    assert slot is not None
    assert f"{slot.closes.astimezone(BERLIN):%H:%M}" == "14:00"


def test_a_slot_that_opens_right_now_is_not_to_come_but_stands() -> None:
    now = datetime(2026, 12, 3, 10, 30, tzinfo=UTC)
    assert next_day(manners(), after=now) == "2026-12-10"
    stands = standing(manners(), around(), now, now)
    assert isinstance(stands, Slot)
    assert stands.day == date(2026, 12, 3)


def test_off_is_never() -> None:
    off = replace(manners(Cadence.OFF), again_on=date(2026, 12, 4))
    assert next_day(off) == "never"
    assert standing(off, around(), WEDNESDAY, WEDNESDAY + timedelta(days=30)) is None


def test_a_pause_ends_on_the_day_it_names() -> None:
    paused = replace(manners(), paused_until=date(2026, 12, 17))
    assert before_it(paused) == ["2026-12-03 paused 2026-12-17", "2026-12-10 paused 2026-12-17"]
    assert next_day(paused) == "2026-12-17"


def test_time_off_that_meets_more_time_off_tells_the_day_after_all_of_it() -> None:
    off = Away(date(2026, 12, 1), date(2026, 12, 3)), Away(date(2026, 12, 4), date(2026, 12, 8))
    assert before_it(replace(manners(), away=off)) == ["2026-12-03 away 2026-12-09"]
    assert next_day(replace(manners(), away=off)) == "2026-12-10"


def test_the_last_day_of_time_off_is_still_off_and_the_next_is_not() -> None:
    until_thursday = replace(manners(), away=(Away(date(2026, 12, 2), date(2026, 12, 3)),))
    until_wednesday = replace(manners(), away=(Away(date(2026, 12, 2), date(2026, 12, 2)),))
    assert next_day(until_thursday) == "2026-12-10"
    assert next_day(until_wednesday) == "2026-12-03"


def test_a_skip_skips_one() -> None:
    assert before_it(replace(manners(), skipped=date(2026, 12, 3))) == ["2026-12-03 skipped"]


def test_whoever_skips_the_next_one_too_is_asked_for_neither() -> None:
    who = replace(manners(), skipped=date(2026, 12, 10))
    assert before_it(who) == ["2026-12-03 skipped", "2026-12-10 skipped"]


def test_what_was_put_off_comes_before_the_one_that_they_skip() -> None:
    who = replace(manners(), skipped=date(2026, 12, 10), again_on=date(2026, 12, 4))
    assert next_day(who, around(asked="2026-12-03")) == "2026-12-04"
    assert next_day(replace(who, skipped=date(2026, 12, 4))) == "2026-12-10"


def test_a_public_holiday_is_dropped_and_says_its_name() -> None:
    after = datetime(2026, 12, 20, tzinfo=UTC)
    outlook = coming(manners(), around(), after)
    assert [each.detail for each in outlook.dropped] == ["Christmas Eve", "New Year's Eve"]
    assert next_day(manners(), after=after) == "2027-01-07"


def test_a_day_on_which_they_do_not_work_is_dropped_and_so_is_a_time_outside_their_hours() -> None:
    short = replace(manners(), days=frozenset({0, 1, 2}))
    assert before_it(short)[0] == "2026-12-03 day_off"
    assert next_day(short) == "never"
    assert before_it(manners(at="17:30"))[0] == "2026-12-03 outside_hours"
    assert next_day(manners(at="09:00")) == "2026-12-03"


def test_the_first_reason_is_told_in_a_fixed_order() -> None:
    """Each time one reason less holds, until none is left."""
    day = date(2026, 12, 24)
    who = replace(
        manners(at="08:00"),
        paused_until=date(2027, 1, 1),
        away=(Away(day, day),),
        skipped=day,
        days=frozenset({0, 1, 2}),
    )
    world, told = around(asked="2026-12-23"), []
    moment = datetime(2026, 12, 24, 7, tzinfo=UTC)
    for less in (
        {"paused_until": None},
        {"away": ()},
        {"skipped": None},
        {"days": frozenset(range(5))},
        {},
    ):
        found = standing(who, world, moment, moment)
        assert isinstance(found, Dropped)
        told.append(found.why)
        who = replace(who, **less)  # type: ignore[arg-type]
    no_holiday = replace(world, holiday=lambda _day: "")
    for each in (who, replace(who, hours=(time(8), time(17)))):
        found = standing(each, no_holiday, moment, moment)
        assert isinstance(found, Dropped)
        told.append(found.why)
    order = [Why.PAUSED, Why.AWAY, Why.SKIPPED, Why.DAY_OFF, Why.HOLIDAY]
    assert told == [*order, Why.OUTSIDE_HOURS, Why.TOO_SOON]


def test_six_days_after_a_question_is_too_soon_and_seven_are_not() -> None:
    assert before_it(manners(), around(asked="2026-11-27")) == ["2026-12-03 too_soon"]
    assert before_it(manners(), around(asked="2026-11-26")) == []


@pytest.mark.parametrize(
    ("cadence", "asked", "following"),
    [
        (Cadence.WEEKLY, "2026-11-26", "2026-12-10"),
        (Cadence.FORTNIGHTLY, "2026-11-26", "2027-01-07"),
        (Cadence.MONTHLY, "2026-11-05", "2027-01-07"),
    ],
)
def test_who_ignored_two_is_asked_half_as_often(
    cadence: Cadence, asked: str, following: str
) -> None:
    who = manners(cadence)
    who = replace(who, rhythm=replace(who.rhythm, anchor=date(2026, 11, 26)))
    assert next_day(who, around(asked=asked, stretch=2)) == following


def test_every_second_month_comes_through_also_when_its_days_move_back() -> None:
    who = Manners(Rhythm(cadence=Cadence.MONTHLY, month_day=1))
    after = datetime(2026, 10, 30, 12, tzinfo=UTC)
    world = around(asked="2026-10-30", stretch=2)  # the first of November, a Sunday
    assert next_day(who, world, after) == "2027-01-01"


@pytest.mark.parametrize(("weeks", "following"), [(1, "2026-12-15"), (2, "2026-12-29")])
def test_who_ignored_two_before_one_on_ones_is_asked_before_every_second(
    weeks: int, following: str
) -> None:
    talks = weekly_talks("2026-12-03T13:00", weeks)
    world = around(asked="2026-12-01", stretch=2, meetings=talks)
    assert next_day(manners(Cadence.BEFORE_ONE_ON_ONE), world) == following


def test_the_night_of_summer_time_makes_no_fortnight_between_one_on_ones_shorter() -> None:
    talks = [
        datetime(2027, month, day, 14, tzinfo=BERLIN).astimezone(UTC)
        for month, day in ((3, 25), (4, 8), (4, 22), (5, 6))
    ]
    after = datetime(2027, 3, 22, 12, tzinfo=UTC)
    who = manners(Cadence.BEFORE_ONE_ON_ONE)
    world = around(asked="2027-02-24", stretch=2, meetings=talks)  # 27 days before 23 March
    assert next_day(who, world, after) == "2027-04-06"


def test_before_a_one_on_one_it_comes_a_working_day_before_the_pre_read() -> None:
    world = around(meetings=weekly_talks("2026-12-07T13:00"))
    assert next_day(manners(Cadence.BEFORE_ONE_ON_ONE), world) == "2026-12-03"
    assert next_day(manners(Cadence.BEFORE_ONE_ON_ONE)) == "never"
    nothing = replace(manners(Cadence.BEFORE_ONE_ON_ONE), days=frozenset())
    assert next_day(nothing, world) == "never"


def test_two_one_on_ones_on_one_day_make_one_slot() -> None:
    talks = [datetime(2026, 12, 7, hour, tzinfo=UTC) for hour in (9, 10, 15)]
    who = replace(manners(Cadence.BEFORE_ONE_ON_ONE), skipped=date(2026, 12, 3))
    assert before_it(who, around(meetings=talks)) == ["2026-12-03 skipped"]


def test_a_nudge_that_was_put_off_comes_on_that_day_however_soon_it_is() -> None:
    again = replace(manners(), again_on=date(2026, 12, 4))
    world = around(asked="2026-12-03")
    assert next_day(again, world, datetime(2026, 12, 3, 12, tzinfo=UTC)) == "2026-12-04"


def test_a_day_put_off_to_moves_on_over_weekends_holidays_and_time_off() -> None:
    after = datetime(2026, 12, 24, 12, tzinfo=UTC)
    away = (Away(date(2026, 12, 28), date(2026, 12, 28)),)
    again = replace(manners(), again_on=date(2026, 12, 26), away=away)
    assert next_day(again, after=after) == "2026-12-29"


def test_a_day_put_off_to_in_a_pause_moves_to_its_end() -> None:
    again = replace(manners(), again_on=date(2026, 12, 4), paused_until=date(2026, 12, 8))
    assert next_day(again) == "2026-12-08"


def test_a_day_put_off_to_that_is_a_slot_anyway_is_one_slot_and_not_too_soon() -> None:
    again = replace(manners(), again_on=date(2026, 12, 3))
    world = around(asked="2026-12-01")
    assert before_it(again, world) == []
    assert next_day(again, world) == "2026-12-03"
    assert next_day(again, world, datetime(2026, 12, 3, 12, tzinfo=UTC)) == "2026-12-10"


def test_a_day_put_off_to_is_used_once() -> None:
    again = replace(manners(), again_on=date(2026, 12, 4))
    moment = datetime(2026, 12, 4, 10, 30, tzinfo=UTC)
    found = standing(again, around(asked="2026-12-04"), moment, moment)
    assert found == Dropped(date(2026, 12, 4), Why.TOO_SOON)


def test_flying_west_on_the_day_of_a_question_brings_no_second_one() -> None:
    asked = coming(manners(), around(), WEDNESDAY).slot
    assert asked is not None
    flown = around(NEW_YORK, asked=asked.day.isoformat())
    assert next_day(manners(), flown, asked.opens + timedelta(hours=1)) == "2026-12-10"
    again = replace(manners(), again_on=asked.day)
    assert next_day(again, flown, asked.opens + timedelta(hours=1)) == "2026-12-10"


def test_flying_back_over_the_date_line_brings_no_second_thursday() -> None:
    friday_in_apia = datetime(2026, 12, 3, 22, 30, tzinfo=UTC)  # 11:30 on Friday, 4 December
    assert next_day(manners(weekday=4), around(APIA), friday_in_apia - timedelta(1)) == "2026-12-04"
    flown = around(HONOLULU, asked="2026-12-04")
    again = replace(manners(weekday=4), again_on=date(2026, 12, 3))
    assert next_day(again, flown, friday_in_apia - timedelta(hours=3)) == "2026-12-11"


def test_after_a_silence_of_months_only_the_latest_slot_counts() -> None:
    now = datetime(2026, 12, 3, 11, tzinfo=UTC)
    found = standing(manners(), around(), now - timedelta(days=100), now)
    assert isinstance(found, Slot)
    assert found.day == date(2026, 12, 3)
    late = now + timedelta(days=1)
    over = Dropped(date(2026, 12, 3), Why.WINDOW_OVER)
    assert standing(manners(), around(), now - timedelta(days=100), late) == over


def test_a_window_is_over_at_the_very_instant_at_which_it_closes() -> None:
    slot = coming(manners(), around(), WEDNESDAY).slot
    assert slot is not None
    last = slot.closes - timedelta(seconds=1)
    assert standing(manners(), around(), slot.opens, last) == slot
    closed = standing(manners(), around(), slot.opens, slot.closes)
    assert closed == Dropped(slot.day, Why.WINDOW_OVER)


def test_nothing_stands_before_the_first_slot_and_years_of_silence_end_quickly() -> None:
    assert standing(manners(), around(), WEDNESDAY, WEDNESDAY + timedelta(hours=1)) is None
    long_ago = datetime(1999, 1, 1, tzinfo=UTC)
    assert isinstance(standing(manners(), around(), long_ago, WEDNESDAY), Dropped)


def test_it_looks_a_year_ahead_and_no_further() -> None:
    far = replace(manners(), paused_until=date(2027, 12, 1))
    assert next_day(far) == "2027-12-02"
    farther = coming(replace(far, paused_until=date(2029, 1, 1)), around(), WEDNESDAY)
    assert farther.slot is None
    assert len(farther.dropped) < 60


def test_a_calendar_of_one_on_ones_without_an_end_comes_to_one_here() -> None:
    every_minute = replace(around(), next_meeting=lambda moment: moment + timedelta(minutes=1))
    who = replace(manners(Cadence.BEFORE_ONE_ON_ONE), paused_until=date(2029, 1, 1))
    assert next_day(who, every_minute) == "never"


def test_a_gap_that_moves_a_slot_past_the_end_of_the_day_leaves_half_an_hour() -> None:
    night = Manners(Rhythm(6, time(2, 30)), frozenset(range(7)), (time(1), time(2, 45)))
    slot = coming(night, around(), datetime(2026, 3, 28, tzinfo=UTC)).slot
    assert slot is not None
    assert f"{slot.opens.astimezone(BERLIN):%a %H:%M}" == "Sun 03:30"
    assert slot.closes - slot.opens == timedelta(minutes=30)


def test_a_day_that_a_zone_leaves_out_gives_its_slot_to_the_day_after() -> None:
    """Apia went from Thursday to Saturday in December 2011, and nobody works on Saturday."""
    friday = coming(manners(weekday=4), around(APIA), datetime(2011, 12, 25, tzinfo=UTC))
    assert friday.dropped == (Dropped(date(2011, 12, 31), Why.DAY_OFF),)
