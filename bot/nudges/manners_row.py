"""What a person decided about when they are asked, as the columns of one row. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.nudges.when.manners import Away, Cadence, Manners, Rhythm

SHORT = {Cadence.BEFORE_ONE_ON_ONE: "before_1on1"}
LONG = {short: cadence for cadence, short in SHORT.items()}


def columns_of(manners: Manners) -> dict[str, Any]:
    """By the names of the columns; days are digits, absences `first/last` with spaces between."""
    rhythm = manners.rhythm
    return {
        "cadence": SHORT.get(rhythm.cadence, rhythm.cadence.value),
        "weekday": rhythm.weekday,
        "at": f"{rhythm.at:%H:%M}",
        "anchor": rhythm.anchor,
        "month_day": rhythm.month_day,
        "days": "".join(map(str, sorted(manners.days))),
        "opens": f"{manners.hours[0]:%H:%M}",
        "closes": f"{manners.hours[1]:%H:%M}",
        "country": manners.country,
        "away": " ".join(f"{each.first}/{each.last}" for each in manners.away),
        "paused_until": manners.paused_until,
        "skipped": manners.skipped,
        "again_on": manners.again_on,
    }


def manners_in(row: Mapping[Any, Any]) -> Manners:
    """What the columns say; raises ValueError for what another version wrote."""
    cadence = LONG.get(row["cadence"]) or Cadence(row["cadence"])
    at, opens, closes = (time.fromisoformat(row[name]) for name in ("at", "opens", "closes"))
    return Manners(
        rhythm=Rhythm(row["weekday"], at, cadence, row["anchor"], row["month_day"]),
        days=frozenset(map(int, row["days"])),
        hours=(opens, closes),
        country=row["country"],
        away=tuple(_away(each) for each in row["away"].split()),
        paused_until=row["paused_until"],
        skipped=row["skipped"],
        again_on=row["again_on"],
    )


def _away(text: str) -> Away:
    first, _, last = text.partition("/")
    return Away(date.fromisoformat(first), date.fromisoformat(last))
