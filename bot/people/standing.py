"""Where a person stands on a ladder that may have changed since they were placed. Pure."""

from __future__ import annotations

from bot.ladder.model import Competency, Expectation, Ladder, Level, full_name
from bot.people.model import Person


def level_of(person: Person, ladder: Ladder) -> Level | None:
    """The person's level, or None when the ladder has lost it."""
    rung = ladder.rung(person.track_id, person.level_id)
    return rung[1] if rung else None


def expected_of(person: Person, ladder: Ladder) -> tuple[Competency, ...]:
    """The competencies of the person's level, inherited ones too; all when the level is lost."""
    rung = ladder.rung(person.track_id, person.level_id)
    return ladder.competencies_at(*rung) if rung else ladder.competencies


def expectation_of(person: Person, ladder: Ladder, competency_id: str) -> Expectation | None:
    """What is expected of the person in the competency, or in the one that took over from it.

    None when the ladder has lost it.
    """
    competency = ladder.current(competency_id)
    if competency is None:
        return None
    found = expectation_at(ladder, person.track_id, person.level_id, competency.id)
    return found or Expectation(competency)


def expectation_at(
    ladder: Ladder, track_id: str, level_id: str, competency_id: str
) -> Expectation | None:
    """All that a level expects in a competency: its own words first, then what it inherits."""
    rung = ladder.rung(track_id, level_id)
    if rung is None:
        return None
    levels = [level for _, level in (rung, *ladder.inherited(*rung))]
    found = [each for level in levels if (each := level.expectation(competency_id))]
    if not found:
        return None
    return Expectation(
        found[0].competency,
        tuple(statement for each in found for statement in each.statements),
        tuple(example for each in found for example in each.examples),
    )


def rung_of(person: Person, ladder: Ladder) -> str:
    """The person's track and level in words, also when the ladder has lost them."""
    rung = ladder.rung(person.track_id, person.level_id)
    return full_name(rung) if rung else f"{person.track_id} {person.level_id}"
