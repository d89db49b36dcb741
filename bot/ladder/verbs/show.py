"""The ladder as other programs read it, and as a short outline for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.ladder.files.parts import SCHEMA
from bot.ladder.model import Expectation, Ladder, Level, Track
from bot.ladder.wording import counted


def as_json(ladder: Ladder) -> dict[str, Any]:
    """The documented machine-readable form; keys may be added to it, none change or go."""
    return {
        "schema": SCHEMA,
        "version": ladder.version,
        "name": ladder.name,
        "maturity": [{"name": each.name, "meaning": each.meaning} for each in ladder.maturity],
        "tracks": [_track(track) for track in ladder.tracks],
    }


def outline(ladder: Ladder) -> Iterator[str]:
    """One line for the ladder, each track and each level."""
    yield f"{ladder.name}, version {ladder.version}"
    for track in ladder.tracks:
        yield f"{track.name} ({track.id})"
        for level in track.levels:
            statements = sum(len(each.statements) for each in level.expects)
            competencies = counted(len(level.expects), "competency", "competencies")
            yield f"  {level.label}, {competencies}, {counted(statements, 'statement')}"


def _track(track: Track) -> dict[str, Any]:
    levels = [_level(level) for level in track.levels]
    return {"id": track.id, "name": track.name, "kind": track.kind, "levels": levels}


def _level(level: Level) -> dict[str, Any]:
    return {
        "id": level.id,
        "title": level.title,
        "rank": level.rank,
        "inherits": list(level.inherits),
        "next": list(level.next),
        "summary": level.summary,
        "attributes": dict(level.attributes),
        "competencies": [_competency(each) for each in level.expects],
        "examples": list(level.examples),
    }


def _competency(expectation: Expectation) -> dict[str, Any]:
    return {
        "id": expectation.competency.id,
        "name": expectation.competency.name,
        "emoji": expectation.competency.emoji,
        "statements": [
            {"id": each.id, "text": each.text, "placeholder": each.placeholder}
            for each in expectation.statements
        ],
        "examples": list(expectation.examples),
    }
