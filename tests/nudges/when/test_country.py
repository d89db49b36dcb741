"""Where a zone lies, and when people there have a day off."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from zoneinfo import available_timezones

import pytest

from bot.nudges.when.country import countries, country_of, known_country, public_holiday


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Kiev", "UA"),
        ("US/Pacific", "US"),
        ("Asia/Calcutta", "IN"),
        ("Canada/Eastern", "CA"),
        ("Europe/Amsterdam", "NL"),
        ("Europe/Oslo", "NO"),
        ("Atlantic/Reykjavik", "IS"),
        ("Iceland", "IS"),
        ("GB", "GB"),
        ("America/Virgin", "VI"),
    ],
)
def test_a_zone_lies_in_its_country_under_older_names_too(zone: str, country: str) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+5", "EST", "CET", "Factory", "Mars/Olympus", ""])
def test_a_clock_without_a_place_lies_nowhere(zone: str) -> None:
    assert country_of(zone) is None


def test_every_zone_with_a_place_lies_in_a_country_whose_holidays_are_known() -> None:
    placed = {zone: country_of(zone) for zone in available_timezones()}
    nowhere = {zone for zone, country in placed.items() if country is None}
    assert all(zone.startswith("Etc/") or "/" not in zone for zone in nowhere)
    assert len(nowhere) < 60
    assert all(known_country(country) for country in placed.values() if country)


def test_holidays_have_english_names_and_follow_the_part_of_the_country() -> None:
    assert public_holiday("DE", date(2026, 12, 25)) == "Christmas Day"
    assert public_holiday("FR", date(2026, 7, 14)) == "National Day"
    assert public_holiday("US", date(2026, 11, 26)) == "Thanksgiving Day"
    assert public_holiday("DE-BY", date(2026, 1, 6)) == "Epiphany"
    assert public_holiday("de-by", date(2026, 1, 6)) == "Epiphany"
    assert public_holiday("DE", date(2026, 1, 6)) == ""


def test_a_day_in_lieu_is_a_holiday_and_a_day_that_only_some_keep_is_not() -> None:
    assert "Boxing Day" in public_holiday("GB", date(2026, 12, 28))
    assert public_holiday("US", date(2026, 2, 14)) == ""
    assert public_holiday("GB-SCT", date(2026, 1, 2)) != ""
    assert public_holiday("AT", date(2026, 12, 24)) == ""


def test_the_language_of_the_machine_changes_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    assert public_holiday("DE", date(2043, 12, 25)) == "Christmas Day"


@pytest.mark.parametrize("code", ["", "XX", "DE-XX", "DE-", "-", "D", "DEU", "Germany", "__", "D1"])
def test_an_unknown_code_has_no_holidays(code: str) -> None:
    assert not known_country(code)
    assert public_holiday(code, date(2026, 12, 25)) == ""


def test_the_menu_has_every_country_by_its_name() -> None:
    menu = countries()
    assert ("DE", "Germany") in menu
    assert len(menu) > 240
    assert [name for _, name in menu] == sorted(name for _, name in menu)


def test_the_library_is_loaded_only_when_somebody_needs_a_holiday() -> None:
    seen = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from bot.nudges.when.country import country_of, public_holiday\n"
            "from datetime import date\n"
            "country_of('Europe/Berlin'); print('holidays' in sys.modules)\n"
            "public_holiday('DE', date(2026, 1, 1)); print('holidays' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert seen.stdout.split() == ["False", "True"]
