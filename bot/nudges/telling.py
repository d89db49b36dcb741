"""What is kept about when somebody is asked, and about what, as an export says it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.nudges.model import Nudge, Schedule
from bot.nudges.when.manners import WEEKDAYS
from bot.privacy.records import Section, Value

SETTINGS = (
    "how_often",
    "weekday",
    "at",
    "day_of_the_month",
    "counts_weeks_from",
    "working_days",
    "works_from",
    "works_until",
    "country",
    "time_off",
    "paused_until",
    "skipped",
    "again_on",
    "next_at",
    "last_asked",
    "last_heard_at",
    "introduced",
)
QUESTIONS = (
    "planned_for",
    "day",
    "competency",
    "quoted_from_the_ladder",
    "days_since_the_last_example",
    "was_a_focus",
    "passed_over",
    "reached_you_at",
    "answer",
    "answered_at",
)


def sections(
    schedule: Schedule | None,
    wished: Sequence[tuple[str, date | None]],
    asked: Sequence[tuple[Nudge, datetime | None]],
) -> list[Section]:
    """The schedule, the wishes, and every question with when it was answered."""
    settings = (_settings(schedule),) if schedule else ()
    return [
        Section("question_settings", "When Rung asks", SETTINGS, settings),
        Section(
            "question_wishes",
            "What Rung asks about",
            ("competency", "set_aside_until"),
            tuple(wished),
        ),
        Section(
            "questions",
            "Questions that Rung asked",
            QUESTIONS,
            tuple(_question(nudge, at) for nudge, at in asked),
        ),
    ]


def _settings(schedule: Schedule) -> tuple[Value, ...]:
    manners, rhythm = schedule.manners, schedule.manners.rhythm
    return (
        rhythm.cadence.value,
        WEEKDAYS[rhythm.weekday],
        f"{rhythm.at:%H:%M}",
        rhythm.month_day,
        rhythm.anchor,
        ", ".join(WEEKDAYS[day] for day in sorted(manners.days)),
        f"{manners.hours[0]:%H:%M}",
        f"{manners.hours[1]:%H:%M}",
        manners.country,
        ", ".join(f"{each.first} to {each.last}" for each in manners.away),
        manners.paused_until,
        manners.skipped,
        manners.again_on,
        schedule.due_at,
        schedule.last_asked,
        schedule.heard_at,
        schedule.introduced,
    )


def _question(nudge: Nudge, answered_at: datetime | None) -> tuple[Value, ...]:
    return (
        nudge.asked_at,
        nudge.local_date,
        nudge.competency_id,
        nudge.cue.text if nudge.cue else None,
        nudge.days_since,
        nudge.focused,
        ", ".join(nudge.passed),
        nudge.sent_at,
        nudge.answer.value,
        answered_at,
    )
