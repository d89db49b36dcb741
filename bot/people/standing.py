"""Where a person stands on a ladder that may have changed since they were placed. Pure."""

from __future__ import annotations

from bot.ladder.model import Competency, Expectation, Ladder, Level
from bot.people.model import Person


def level_of(person: Person, ladder: Ladder) -> Level | None:
    """The person's level, or None when the ladder has lost it."""
    track = ladder.track(person.track_id)
    return track.level(person.level_id) if track else None


def expected_of(person: Person, ladder: Ladder) -> tuple[Competency, ...]:
    """The competencies of the person's level; all of the ladder's when the level is lost."""
    level = level_of(person, ladder)
    return tuple(e.competency for e in level.expects) if level else ladder.competencies


def expectation_of(person: Person, ladder: Ladder, competency_id: str) -> Expectation | None:
    """What is expected of the person in the competency; None when the ladder has lost it."""
    level, competency = level_of(person, ladder), ladder.competency(competency_id)
    found = level.expectation(competency_id) if level else None
    return found or (Expectation(competency) if competency else None)


def rung_of(person: Person, ladder: Ladder) -> str:
    """The person's track and level in words, also when the ladder has lost them."""
    track, level = ladder.track(person.track_id), level_of(person, ladder)
    if track is None or level is None:
        return f"{person.track_id} {person.level_id}"
    return f"{track.name} {level.id}: {level.title}"
