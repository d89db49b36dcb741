"""Days as people write them. Pure: today is an argument."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.nudges.when.calendar import monday_of
from bot.nudges.when.manners import WEEKDAYS

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
FARTHEST = timedelta(days=366)
A_YEAR = {"day": 366, "week": 52, "month": 12}
EXAMPLE = "12 January"
_MONTH = "|".join(MONTHS)
_WEEKDAY = "|".join(name.lower() for name in WEEKDAYS)
_YEAR = r"(?:,? (\d{4}))?"
_ORDINAL = "(?:st|nd|rd|th)?"


class Unclear(Exception):
    """What was said cannot be meant, or can be meant in two ways; a sentence for who said it."""


@dataclass(frozen=True, slots=True)
class Span:
    """How long: "for 2 weeks", from a day on that comes with it."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day so much later; in a shorter month its last."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)


def find_day(text: str, today: date) -> tuple[date, str] | None:
    """The first day that the text names, and the text around it; raises Unclear.

    The words of the text are whole and in small letters. Without a year it is the next such day
    from today on. A day that is over, or more than a year ahead, raises Unclear.
    """
    text = _DECORATION.sub("", text)
    found = [(match, read) for pattern, read in _READERS if (match := pattern.search(text))]
    if not found:
        return None
    match, read = min(found, key=lambda pair: (pair[0].start(), -pair[0].end()))
    day = read(match, today)
    _check(day, _quoted(match), today)
    return day, f"{text[: match.start()]} {text[match.end() :]}"


def find_span(text: str) -> tuple[Span, str] | None:
    """How long something is to last ("for 2 weeks"), and the text around it."""
    match = _SPAN.search(text)
    if match is None:
        return None
    return _span(match), f"{text[: match.start()]} {text[match.end() :]}"


def _check(day: date, said: str, today: date) -> None:
    if day < today:
        raise Unclear(f"“{said}” is over. Write a day to come, for example “{EXAMPLE}”.")
    if day > today + FARTHEST:
        raise Unclear(f"“{said}” is more than a year ahead. For that long, say “off”.")


def _iso(match: re.Match[str], today: date) -> date:
    year, month, day = match.groups()
    return _day(day, int(month), year, match, today)


def _dotted(match: re.Match[str], today: date) -> date:
    day, month, year = match.groups()
    return _day(day, int(month), year, match, today)


def _day_first(match: re.Match[str], today: date) -> date:
    day, month, year = match.groups()
    return _day(day, MONTHS.index(month) + 1, year, match, today)


def _month_first(match: re.Match[str], today: date) -> date:
    month, day, year = match.groups()
    return _day(day, MONTHS.index(month) + 1, year, match, today)


def _slashed(match: re.Match[str], today: date) -> date:
    """One number above twelve tells which is the day; two of the same are no question."""
    one, other, year = match.groups()
    if int(one) != int(other) and int(one) <= 12 and int(other) <= 12:
        raise Unclear(
            f"“{_quoted(match)}” can be read in two ways. "
            f"Write the month as a word, for example “{EXAMPLE}”."
        )
    day, month = (one, other) if int(other) <= 12 else (other, one)
    return _day(day, int(month), year, match, today)


def _in_a_while(match: re.Match[str], today: date) -> date:
    return _span(match).after(today)


def _near(match: re.Match[str], today: date) -> date:
    return {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "next week": monday_of(today) + timedelta(weeks=1),
        "next month": Span(months=1).after(today.replace(day=1)),
        "next year": date(today.year + 1, 1, 1),
    }[match.group(1)]


def _weekday(match: re.Match[str], today: date) -> date:
    """The next such day after today; "next Friday" is that of the week to come."""
    following, name = match.groups()
    index = [each.lower() for each in WEEKDAYS].index(name)
    if following:
        return monday_of(today) + timedelta(days=7 + index)
    return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)


def _span(match: re.Match[str]) -> Span:
    number, unit = int(match.group(1)), match.group(2)
    if number > A_YEAR[unit]:
        raise Unclear(f"“{match.group().strip()}” is more than a year. For that long, say “off”.")
    if unit == "month":
        return Span(months=number)
    return Span(days=number * (7 if unit == "week" else 1))


def _day(day: str, month: int, year: str | None, match: re.Match[str], today: date) -> date:
    """That day in the year that was said, or the next one there is from today on."""
    years = [_full(year)] if year else range(today.year, today.year + 9)
    for each in years:
        if 1 <= month <= 12 and 1 <= int(day) <= monthrange(each, month)[1]:
            found = date(each, month, int(day))
            if year or found >= today:
                return found
    raise Unclear(f"There is no {_quoted(match)}. Write a day such as “{EXAMPLE}”.")


def _quoted(match: re.Match[str]) -> str:
    """As they wrote it, but for the month's capital."""
    return re.sub(_MONTH, lambda month: month.group().capitalize(), match.group().strip())


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


_DECORATION = re.compile(rf"\b(?:{_WEEKDAY}),? (?=(?:the )?\d|(?:{_MONTH}) \d)")
_SPAN = re.compile(r"(?<!\bin )\b(?:for )?(?:the next |another )?(\d{1,4}) (day|week|month)s?\b")
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b"), _iso),
    (re.compile(r"\b(\d{1,2})\. ?(\d{1,2})(?:\. ?(\d{4}|\d{2})\b|\.|(?![\d.]))"), _dotted),
    (re.compile(rf"\b(\d{{1,2}}){_ORDINAL}\.? (?:of )?({_MONTH}){_YEAR}\b"), _day_first),
    (re.compile(rf"\b({_MONTH}) (?:the )?(\d{{1,2}}){_ORDINAL}\b{_YEAR}"), _month_first),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\b"), _slashed),
    (re.compile(r"\bin (\d{1,4}) (day|week|month)s?\b"), _in_a_while),
    (re.compile(r"\b(today|tomorrow|next week|next month|next year)\b"), _near),
    (re.compile(rf"\b(next )?(?:this )?({_WEEKDAY})\b"), _weekday),
)
