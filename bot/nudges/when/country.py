"""Which country a time zone lies in, and that country's public holidays.

The only file that sees the holidays library, which takes long to load: it waits for the first need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

# Old names that lead to a clock which agrees, but which ticks in another country.
_ELSEWHERE = {
    "Africa/Asmera": "ER",
    "Africa/Timbuktu": "ML",
    "America/Coral_Harbour": "CA",
    "America/Virgin": "VI",
    "Antarctica/South_Pole": "AQ",
    "Atlantic/Jan_Mayen": "SJ",
    "Iceland": "IS",
    "Pacific/Johnston": "UM",
    "Pacific/Ponape": "FM",
    "Pacific/Truk": "FM",
    "Pacific/Yap": "FM",
}
_NOWHERE = frozenset({"CET", "EET", "EST", "HST", "MET", "MST", "WET"})
_YEARS_KEPT = 1024


def country_of(zone_name: str) -> str | None:
    """The ISO 3166 code of the country that the zone lies in; None for UTC and the like."""
    return _zones().get(zone_name)


def known_country(code: str) -> bool:
    """Whether its public holidays are known: "DE", or "DE-BY" for a part of it."""
    return _law_of(code) is not None


def public_holiday(country: str, day: date) -> str:
    """The name of the public holiday, in English where the library has it; otherwise empty."""
    return _year(country.upper(), day.year).get(day, "")


@lru_cache(maxsize=1)
def countries() -> tuple[tuple[str, str], ...]:
    """Code and English name of each country whose holidays are known, by name."""
    named = (row for row in _table("iso3166.tab") if known_country(row[0]))
    return tuple(sorted(((code, name) for code, name, *_ in named), key=lambda pair: pair[1]))


@lru_cache(maxsize=_YEARS_KEPT)
def _year(code: str, year: int) -> Mapping[date, str]:
    law = _law_of(code)
    if law is None:
        return {}
    kind, part = law
    english = (language for language in kind.supported_languages if language.startswith("en"))
    return kind(years=year, subdiv=part, language=next(english, None), expand=False)


def _law_of(code: str) -> tuple[type[HolidayBase], str | None] | None:
    """The library's class for a country, and the name that it has for the part of it."""
    country, _, part = code.upper().partition("-")
    kind = _kind(country)
    if kind is None or not part:
        return None if kind is None or code.endswith("-") else (kind, None)
    named = (name for name in kind.subdivisions if name.upper() == part)
    found = next(named, None)
    return None if found is None else (kind, found)


@lru_cache(maxsize=_YEARS_KEPT)
def _kind(country: str) -> type[HolidayBase] | None:
    if len(country) != 2 or not country.isalpha():
        return None
    from holidays import countries

    kind: type[HolidayBase] | None = getattr(countries, country, None)
    return kind


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    """Every zone name that lies in a country: those of the table, and older names for them."""
    places = {zone: country for country, _, zone, *_ in _table("zone.tab")}
    older = {
        alias: places[zone]
        for zone, alias in _links()
        if zone in places and alias not in _NOWHERE and alias not in places
    }
    return places | older | _ELSEWHERE


def _links() -> Iterator[tuple[str, str]]:
    for line in _lines("tzdata.zi"):
        if line.startswith("L "):
            _, zone, alias = line.split()
            yield zone, alias


def _table(name: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(name) if line and not line.startswith("#"))


def _lines(name: str) -> list[str]:
    return (files("tzdata") / "zoneinfo" / name).read_text("utf-8").splitlines()
