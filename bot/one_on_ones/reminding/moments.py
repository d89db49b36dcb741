"""When a preparation comes, and until when a wrap-up may. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.nudges.when.calendar import instant, next_working_day
from bot.one_on_ones.pairs.rhythm import PRE_READ_AT, pre_read_at

DAYTIME = (time(8), time(18))
WRAP_UP_DAYS = 3


def prepare_at(meeting: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """Their morning of the working day before; once that is over, the next one, or else now.

    Instants in UTC. `now` is the morning of whom they meet, maybe far away.
    """
    morning = pre_read_at(meeting, zone)
    if now <= morning:
        return morning
    wall = now.astimezone(zone)
    if (
        DAYTIME[0] <= wall.time() < DAYTIME[1]
        and next_working_day(wall.date() - timedelta(days=1)) == wall.date()
    ):
        return now
    early = wall.time() < DAYTIME[0]
    day = next_working_day(wall.date() - timedelta(days=1) if early else wall.date())
    later = instant(day, PRE_READ_AT, zone)
    return later if later < meeting else now


def wrap_up_until(over: datetime) -> datetime:
    """Three working days after it was over; UTC, and so are its days."""
    day = over.date()
    for _ in range(WRAP_UP_DAYS):
        day = next_working_day(day)
    return over + (day - over.date())
