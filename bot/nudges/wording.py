"""What comes next and why, in plain words; no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.nudges.model import Coming
from bot.nudges.patience import SILENT_AT, is_silent, stretch
from bot.nudges.topics import Topic
from bot.nudges.when.country import countries
from bot.nudges.when.manners import WEEKDAYS, Away, Cadence, Dropped, Manners, Why
from bot.slack.text import escape, show_date, show_lasting_instant

HOW_OFTEN = "how often I should ask"
ON_AGAIN = "`/ladder nudges on` turns them on again."
OFF = f"Nudges are off. {ON_AGAIN}"
STOPPED = (
    f"I stopped asking, since {SILENT_AT} questions went unanswered, and that is fine. {ON_AGAIN}"
)
LAST_ONE = "My last question is open. Without an answer to it I ask no more."
NONE_PLANNED = "No question is planned. `/ladder nudges` shows when I may ask."
NO_TALK = "No question is planned. `/ladder 1on1` lets you say when your one-on-ones are."
MOST_DROPPED = 3

WHY: Mapping[Why, str] = {
    Why.DAY_OFF: "you do not work that day",
    Why.HOLIDAY: "public holiday",
    Why.AWAY: "you are away",
    Why.PAUSED: "paused",
    Why.SKIPPED: "you skip this one",
    Why.OUTSIDE_HOURS: "outside your working hours",
    Why.TOO_SOON: "less than a week after the last question",
    Why.WINDOW_OVER: "its time is over",
    Why.GAP: "I ask less often while questions go unanswered",
}


def next_words(coming: Coming) -> str:
    """When the next question comes, about what and why; escaped, in the reader's own zone."""
    slot, schedule = coming.outlook.slot, coming.schedule
    if schedule.is_off:
        return OFF
    if is_silent(coming.ignored):
        return LAST_ONE if schedule.due_at else STOPPED
    if slot is None:
        before_talks = schedule.manners.rhythm.cadence is Cadence.BEFORE_ONE_ON_ONE
        return NO_TALK if before_talks else NONE_PLANNED
    about = f", about {escape(coming.about)}" if coming.about else ""
    reason = f", because {coming.because}" if coming.because else ""
    lines = [f"Next: {slot.day:%a}, {show_lasting_instant(slot.opens)}{about}{reason}."]
    dropped = [dropped_words(each, coming.ignored) for each in coming.outlook.dropped]
    return "\n".join([*lines, *dropped[:MOST_DROPPED]])


def stopped_words(coming: Coming) -> str:
    """That the bot has fallen silent; nothing while it asks, or was turned off."""
    silent = is_silent(coming.ignored) and not coming.schedule.is_off
    return STOPPED if silent and coming.schedule.due_at is None else ""


def dropped_words(dropped: Dropped, ignored: int = 0) -> str:
    """Why a slot is not used: "Not on Thu 24 Dec: public holiday (Christmas Eve)."."""
    why = WHY[dropped.why]
    if dropped.why is Why.TOO_SOON and stretch(ignored) > 1:
        why = WHY[Why.GAP]
    elif dropped.why in (Why.AWAY, Why.PAUSED) and dropped.detail:
        why = f"{why} until {show_weekday(date.fromisoformat(dropped.detail))}"
    elif dropped.detail:
        why = f"{why} ({escape(dropped.detail)})"
    return f"Not on {show_weekday(dropped.day)}: {why}."


def show_weekday(day: date) -> str:
    """A day that is near enough to be known by its weekday."""
    return f"{day:%a} {day.day} {day:%b}"


def because(topic: Topic | None, days_ahead: int) -> str:
    """Why the topic was chosen, as it stands that many days before it is asked about."""
    if topic is None:
        return ""
    days = None if topic.days_since is None else max(0, topic.days_since - days_ahead)
    return reason(days, focused=bool(topic.focus))


def reason(days_since: int | None, *, focused: bool, name: str = "it") -> str:
    """The two things that speak for a competency; `name` is escaped."""
    if days_since is None:
        last = f"you have no example for {name} yet"
    else:
        when = {0: "from today", 1: "yesterday"}.get(days_since, f"{days_since} days ago")
        last = f"your last example for {name} {'is' if not days_since else 'was'} {when}"
    return f"{last}, and you chose it as a focus" if focused else last


def change_words(before: Manners, after: Manners) -> str:
    """What is different now, as one line for each thing that changed; escaped."""
    return "\n".join(_changes(before, after)) or "That is how it stands already."


def _changes(before: Manners, after: Manners) -> Iterator[str]:
    if after.rhythm != before.rhythm:
        yield f"✅ *Saved:* {after.rhythm.words}."
    if after.paused_until != before.paused_until:
        until = after.paused_until
        yield f"✅ Paused until {show_date(until)}." if until else "✅ The pause is over."
    if after.skipped and after.skipped != before.skipped:
        yield f"✅ I skip {show_weekday(after.skipped)}."
    if after.away != before.away:
        yield from _away_words(after.away)
    if after.days != before.days:
        names = ", ".join(WEEKDAYS[day] for day in sorted(after.days))
        yield f"✅ You work on {names}."
    if after.hours != before.hours:
        yield f"✅ You work from {after.hours[0]:%H:%M} to {after.hours[1]:%H:%M}."
    if after.country != before.country:
        yield "✅ Public holidays: " + _country_words(after.country)


def _away_words(away: Sequence[Away]) -> Iterator[str]:
    if not away:
        yield "✅ No time off is noted."
    for each in away:
        yield f"✅ Time off: {show_date(each.first)} to {show_date(each.last)}."


def _country_words(code: str | None) -> str:
    if code is None:
        return "those of your time zone."
    return f"those of {escape(dict(countries()).get(code, code))}." if code else "none."
