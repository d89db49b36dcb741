"""Which rules of recurrence are followed: plain ones, each of which is sure to come round.

A rule that never comes true keeps a library counting to the year 9999, and one that comes true
each second fills its memory. So a rule is judged by its shape before anything counts along it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28}
EVERY = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month"}
MOST_APART = {"DAILY": 366, "WEEKLY": 52, "MONTHLY": 11}
KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "WKST", "COUNT", "UNTIL"}
ONE_TIME = {"BYHOUR", "BYMINUTE", "BYSECOND"}
"""Passed over where they name one time, which is that of the start anyway."""

ORDINAL_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
NUMBER = re.compile(r"[+-]?\d{1,4}")
UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?")
ZONE_RULE = re.compile(
    r"FREQ=YEARLY(;INTERVAL=1)?;(BYMONTH=\d{1,2};BYDAY=([1-4]|-1)[A-Z]{2}"
    r"|BYDAY=([1-4]|-1)[A-Z]{2};BYMONTH=\d{1,2})(;WKST=[A-Z]{2})?(;UNTIL=\d{8}T\d{6}Z?)?"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A rule that can be followed; `text` is the rule as a library may have it."""

    text: str
    freq: str
    every: int

    @property
    def words(self) -> str:
        """As people say it."""
        what = EVERY[self.freq]
        if self.every <= 2:
            return f"every {what}" if self.every == 1 else f"every second {what}"
        return f"every {self.every} {what}s"

    def steps(self, since: date, until: date) -> int:
        """How many periods have to be counted along to get from one day to the other, at most."""
        return max(0, (until - since).days) // (DAYS[self.freq] * self.every) + 1


def plain(text: str) -> Plain | None:
    """The rule, or None for one that is not the rhythm of a one-on-one (yearly, each hour …)."""
    parts = _parts(text)
    if parts is None:
        return None
    freq, every = parts.get("FREQ", ""), _number(parts.get("INTERVAL", "1"))
    if freq not in EVERY or not 1 <= every <= MOST_APART[freq]:
        return None
    if not (_ends_well(parts) and _days_well(parts, freq, every)):
        return None
    kept = {name: value for name, value in parts.items() if name not in ONE_TIME}
    return Plain(";".join(f"{name}={value}" for name, value in kept.items()), freq, every)


def plain_zone(text: str) -> bool:
    """Whether a time zone's clock changes are of the usual kind: one weekday of one month."""
    return bool(ZONE_RULE.fullmatch(text.upper()))


def _parts(text: str) -> dict[str, str] | None:
    split = [piece.partition("=") for piece in text.strip().upper().split(";") if piece]
    parts = {name.strip(): value.strip() for name, _, value in split}
    well = len(parts) == len(split) and parts.keys() <= KNOWN | ONE_TIME
    times = all(NUMBER.fullmatch(parts[name]) for name in ONE_TIME if name in parts)
    return parts if well and times else None


def _ends_well(parts: Mapping[str, str]) -> bool:
    if "COUNT" in parts and _number(parts["COUNT"]) < 1:
        return False
    if parts.get("WKST", "MO") not in WEEKDAYS:
        return False
    return "UNTIL" not in parts or bool(UNTIL.fullmatch(parts["UNTIL"]))


def _days_well(parts: Mapping[str, str], freq: str, every: int) -> bool:
    """Each of these comes true within a few years, whatever its numbers are."""
    days = set(parts["BYDAY"].split(",")) if "BYDAY" in parts else set()
    read = [ORDINAL_DAY.fullmatch(day) for day in days]
    if len(days) > 35 or not all(read):
        return False
    numbered = any(found and found[1] for found in read)
    if freq == "MONTHLY":
        return _monthly_well(parts, len(days), numbered)
    if numbered or "BYMONTHDAY" in parts or "BYSETPOS" in parts:
        return False
    return freq == "WEEKLY" or not days or every % 7 != 0


def _monthly_well(parts: Mapping[str, str], days: int, numbered: bool) -> bool:
    if "BYMONTHDAY" in parts:
        dates = [_number(each) for each in parts["BYMONTHDAY"].split(",")]
        well = len(dates) <= 31 and all(1 <= abs(each) <= 31 for each in dates)
        return well and not numbered and "BYSETPOS" not in parts
    if "BYSETPOS" in parts:
        places = [_number(each) for each in parts["BYSETPOS"].split(",")]
        well = bool(days) and not numbered and len(places) <= 5
        return well and all(1 <= abs(each) <= 4 * days for each in places)
    return True


def _number(text: str) -> int:
    """A number of at most four digits; zero for anything else."""
    return int(text) if NUMBER.fullmatch(text) else 0
