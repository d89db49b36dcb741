"""What is expected of somebody, on a level that also asks for what another level asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.ladder.files.loading import load
from bot.ladder.model import Ladder
from bot.people.model import IMPORTED, Person
from bot.people.standing import expectation_of, expected_of
from bot.slack.member import Member
from tests.bench import Bench
from tests.changed_ladders import retired, serve
from tests.ladder.samples import HEAD, TRACK, ladder_at

NOW = datetime(2026, 12, 1, tzinfo=UTC)
CARE = """
  - id: L5
    title: Principal Platform Engineer
    inherits: [L4]
    expects:
      care: {statements: [calm: I stay calm.]}
retired:"""


@pytest.fixture
def ladder(tmp_path: Path) -> Ladder:
    """L5 asks for care; it inherits craft from L4, which inherits from L3."""
    text = TRACK.replace("\nretired:", CARE)
    found, problems = load(ladder_at(tmp_path, HEAD, platform=text))
    assert found, problems
    return found


def at(level: str) -> Person:
    return Person(Member("T1", "UADA"), "platform", level, "UTC", IMPORTED, NOW)


def test_what_a_level_inherits_is_expected_too(ladder: Ladder) -> None:
    assert [c.id for c in expected_of(at("L5"), ladder)] == ["care", "craft"]
    assert [c.id for c in expected_of(at("gone"), ladder)] == ["craft", "care"]


def test_the_levels_own_words_come_first_then_the_inherited_ones(ladder: Ladder) -> None:
    craft = expectation_of(at("L5"), ladder, "craft")
    assert craft
    assert craft.competency.name == "Deep craft"
    assert [s.text for s in craft.statements] == [
        "I name the risk before I take it.",
        "I plan a migration that can be stopped half way.",
    ]
    assert len(craft.examples) == 1


def test_a_retired_competency_means_the_one_that_took_over(ladder: Ladder) -> None:
    without = retired(ladder, "care", "craft")
    found = expectation_of(at("L5"), without, "care")
    assert found and found.competency.id == "craft"
    assert expectation_of(at("L5"), retired(ladder, "care", tell=False), "care") is None
    silent = expectation_of(at("gone"), ladder, "care")
    assert silent and silent.statements == ()


def test_somebody_is_asked_about_what_their_level_inherits(
    sqlite_bench: Bench, ladder: Ladder
) -> None:
    bench = sqlite_bench
    serve(bench, ladder)
    bench.set_clock("2026-11-30T09:00:00+01:00")
    bench.place("UADA", "L5")
    person = bench.bot.people.get(bench.member("UADA"))
    moved = replace(person, track_id="platform")
    with bench.bot.database.write() as tx:
        tx.exec_driver_sql("UPDATE people SET track_id = 'platform'")
    assert [c.id for c in expected_of(moved, ladder)] == ["care", "craft"]
    for week, words in enumerate(("Care*: did something", "Deep craft*: did something"), 1):
        bench.tick(f"2026-12-{3 + 7 * (week - 1):02}T11:40:00+01:00")
        assert words in bench.dm("UADA", week)
