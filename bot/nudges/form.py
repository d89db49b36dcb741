"""The settings form read back, and what has to be mended in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.nudges.blocks import BY_ZONE, NO_HOLIDAYS, Field, next_away
from bot.nudges.when.country import known_country
from bot.nudges.when.manners import WEEKDAYS, Away, Cadence, Manners, Rhythm
from bot.slack.turn import Turn

ROOM = timedelta(minutes=30)
A_DAY = timedelta(days=1)
FARTHEST = timedelta(days=366)


def manners_in(turn: Turn, before: Manners, today: date) -> Manners:
    """What the form says; what it does not hold stays as it was."""
    days = frozenset(int(each) for each in turn.answers(Field.DAYS)) or before.days
    opens, closes = before.hours
    return replace(
        before,
        rhythm=_rhythm_in(turn, before.rhythm, today),
        days=days,
        hours=(_time_in(turn, Field.OPENS, opens), _time_in(turn, Field.CLOSES, closes)),
        country=_country_in(turn, before.country),
        away=_away_in(turn, before, today),
        again_on=None,
    )


def problems(turn: Turn, manners: Manners, today: date) -> dict[str, str]:
    """What to mend, by field; each sentence says how."""
    found = _hours_problem(manners) | _away_problem(turn, today)
    rhythm = manners.rhythm
    if rhythm.cadence is Cadence.OFF:
        return found
    by_weekday = rhythm.cadence is not Cadence.BEFORE_ONE_ON_ONE and rhythm.month_day is None
    if by_weekday and rhythm.weekday not in manners.days:
        name = WEEKDAYS[rhythm.weekday]
        found[Field.WEEKDAY] = f"You do not work on {name}. Choose another day, or add it below."
    return found


def _hours_problem(manners: Manners) -> dict[str, str]:
    opens, closes = manners.hours
    if _later(opens, ROOM) is None or closes < (_later(opens, ROOM) or closes):
        return {Field.CLOSES: f"Choose a time at least half an hour after {opens:%H:%M}."}
    at = manners.rhythm.at
    latest = datetime.combine(date.min + A_DAY, closes) - ROOM
    if manners.rhythm.cadence is not Cadence.OFF and not opens <= at <= latest.time():
        span = f"{opens:%H:%M} and {latest:%H:%M}"
        return {Field.AT: f"Choose a time between {span}, or change your working hours below."}
    return {}


def _away_problem(turn: Turn, today: date) -> dict[str, str]:
    first, back = turn.answer(Field.AWAY), turn.answer(Field.BACK)
    if bool(first) is not bool(back):
        field = Field.BACK if first else Field.AWAY
        return {field: "Time off needs both days: the first, and the one you are back on."}
    if not first:
        return {}
    begins, returns = date.fromisoformat(first), date.fromisoformat(back)
    if returns <= begins:
        return {Field.BACK: "Choose a day after the first one that you are away."}
    if returns <= today:
        return {Field.BACK: "That is over. Choose a day to come, or clear both."}
    if begins > today + FARTHEST:
        return {Field.AWAY: "That is more than a year away. Choose an earlier day."}
    if returns > today + FARTHEST:
        return {Field.BACK: "That is more than a year away. For that long, choose “Never” above."}
    return {}


def _rhythm_in(turn: Turn, before: Rhythm, today: date) -> Rhythm:
    cadence = Cadence(turn.answer(Field.CADENCE) or before.cadence)
    weekday = int(turn.answer(Field.WEEKDAY) or before.weekday)
    at = _time_in(turn, Field.AT, before.at)
    after = replace(before, cadence=cadence, weekday=weekday, at=at)
    if (cadence, weekday) == (before.cadence, before.weekday):
        return after
    upcoming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return replace(after, anchor=upcoming, month_day=None)


def _time_in(turn: Turn, name: Field, before: time) -> time:
    return time.fromisoformat(turn.answer(name) or before.isoformat())


def _country_in(turn: Turn, before: str | None) -> str | None:
    chosen = turn.answer(Field.COUNTRY)
    if chosen == BY_ZONE:
        return None
    if chosen == NO_HOLIDAYS:
        return ""
    return chosen if known_country(chosen) else before


def _away_in(turn: Turn, before: Manners, today: date) -> tuple[Away, ...]:
    """The form is about the time off that ends next; what is over goes, the rest stays."""
    shown = next_away(before, today)
    rest = [each for each in before.away if each != shown and each.last >= today]
    first, back = turn.answer(Field.AWAY), turn.answer(Field.BACK)
    if not (first and back) or back <= first:
        return tuple(rest)
    new = Away(date.fromisoformat(first), date.fromisoformat(back) - A_DAY)
    return tuple(sorted([*rest, new], key=lambda each: each.first))


def _later(at: time, by: timedelta) -> time | None:
    """That time of the same day; None beyond midnight."""
    moment = datetime.combine(date.min, at) + by
    return moment.time() if moment.date() == date.min else None
