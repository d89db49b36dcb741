"""`ladder check`: everything that is wrong, or only odd, about a ladder directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bot.ladder.files.loading import HEAD, Reading, read
from bot.ladder.files.parts import UNNAMED
from bot.ladder.importers.repair import looks_damaged
from bot.ladder.model import Expectation, Ladder, Level, Problem, Track
from bot.ladder.wording import is_placeholder

LONGEST_LABEL = 75
"""Slack's limit for the text of a button and of a menu entry, in characters."""

_MOSTLY = 0.5


def check(directory: Path) -> tuple[Problem, ...]:
    """Every problem of the directory by file and line; those that are not fatal are warnings."""
    reading = read(directory)
    if reading.ladder is None:
        return reading.problems
    warnings = _Checker(reading, reading.ladder, directory).warnings()
    return tuple(sorted({*reading.problems, *warnings}))


class _Checker:
    """Looks for what loads well but reads badly."""

    def __init__(self, reading: Reading, ladder: Ladder, directory: Path) -> None:
        self._places = reading.places
        self._ladder = ladder
        self._head = (directory / HEAD).as_posix()

    def warnings(self) -> Iterator[Problem]:
        for competency in self._ladder.competencies:
            path = ("competencies", competency.id)
            yield from self._name(path, f"The competency {competency.id}", competency.label)
        for track in self._ladder.tracks:
            yield from self._name((track.id,), f"The track {track.id}", track.name)
            if not track.levels:
                yield self._warn((track.id,), "This track has no level yet.", "Add its levels.")
            for level in track.levels:
                yield from self._level(track, level)
            yield from self._silent_competencies(track)
            yield from self._too_alike(track)
        yield from self._shared()

    def _level(self, track: Track, level: Level) -> Iterator[Problem]:
        path = (track.id, level.id)
        yield from self._name(path, f"The level {level.id}", level.label)
        if level.summary:
            yield from self._wording(path, f"The summary of {level.id}", level.summary)
        for name, value in level.attributes.items():
            yield from self._wording((*path, "attributes", name), name, value)
        yield from self._examples(path, level.examples)
        for expectation in level.expects:
            yield from self._expectation((*path, expectation.competency.id), expectation)
        yield from self._twice(path, level)

    def _expectation(self, path: tuple[str, ...], expectation: Expectation) -> Iterator[Problem]:
        competency = expectation.competency
        if competency != self._ladder.competency(competency.id):
            yield from self._name(path, f"The competency {competency.id}", competency.label)
        if not expectation.statements:
            message = f"{competency.name} has no statement at {path[1]}."
            yield self._warn(path, message, "Write what is expected, or take it out here.")
        for statement in expectation.statements:
            where = (*path, statement.id)
            yield from self._wording(where, "A statement", statement.text)
            if statement.id.startswith(UNNAMED):
                message = f"This statement has no id: {_short(statement.text)}"
                yield self._warn(where, message, "Write it as `short-id: text`.")
        yield from self._examples(path, expectation.examples)

    def _examples(self, path: tuple[str, ...], examples: tuple[str, ...]) -> Iterator[Problem]:
        for number, text in enumerate(examples):
            yield from self._wording((*path, "examples", str(number)), "An example", text)

    def _shared(self) -> Iterator[Problem]:
        for group in self._ladder.shared:
            for statement in group.statements:
                path = ("shared", group.id, statement.id)
                yield from self._wording(path, "A shared statement", statement.text)

    def _wording(self, path: tuple[str, ...], what: str, text: str) -> Iterator[Problem]:
        if not text.strip():
            yield self._warn(path, f"{what} is empty.", "Write it, or take the line out.")
        elif is_placeholder(text):
            message = f"{what} is a placeholder: {_short(text)}"
            yield self._warn(path, message, "Write what is meant, or take the line out.")
        if looks_damaged(text):
            message = f"{what} holds damaged text: {_short(text)}"
            yield self._warn(path, message, "Type the odd characters again.")

    def _name(self, path: tuple[str, ...], what: str, name: str) -> Iterator[Problem]:
        if len(name) > LONGEST_LABEL:
            message = f"{what} has a name of {len(name)} characters; Slack shows {LONGEST_LABEL}."
            yield self._warn(path, message, "Shorten it, or it is cut off on buttons.")
        if looks_damaged(name):
            message = f"{what} has a name with damaged text: {_short(name)}"
            yield self._warn(path, message, "Type the odd characters again.")

    def _silent_competencies(self, track: Track) -> Iterator[Problem]:
        """A competency that other levels of the track speak about and this one does not."""
        spoken = Counter(e.competency.id for level in track.levels for e in level.expects)
        for level in track.levels:
            for competency_id in spoken:
                if not level.inherits and level.expectation(competency_id) is None:
                    message = f"{level.id} says nothing about {competency_id}."
                    remedy = "Other levels of this track do: add it here, or leave it on purpose."
                    yield self._warn((track.id, level.id), message, remedy)

    def _too_alike(self, track: Track) -> Iterator[Problem]:
        for lower, higher in pairwise(track.levels):
            below, above = _texts(lower), _texts(higher)
            shared = len(below & above)
            if shared > _MOSTLY * max(len(below), len(above), 1):
                message = f"{higher.id} hardly differs from {lower.id}: {shared} statements alike."
                remedy = "Say what is new here, or use `inherits`."
                yield self._warn((track.id, higher.id), message, remedy)

    def _twice(self, path: tuple[str, ...], level: Level) -> Iterator[Problem]:
        seen: set[str] = set()
        for expectation in level.expects:
            for statement in expectation.statements:
                text = _plain(statement.text)
                if text in seen and not statement.placeholder:
                    where = (*path, expectation.competency.id, statement.id)
                    message = f"{level.id} says this twice: {_short(statement.text)}"
                    yield self._warn(where, message, "Take one of the two out.")
                seen.add(text)

    def _warn(self, path: tuple[str, ...], message: str, remedy: str) -> Problem:
        """A warning at the nearest place known for that path."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._places:
                file, line = self._places[path[:length]]
                return Problem(file, line, message, remedy, fatal=False)
        return Problem(self._head, 1, message, remedy, fatal=False)


def _texts(level: Level) -> set[str]:
    return {
        _plain(statement.text)
        for expectation in level.expects
        for statement in expectation.statements
        if not statement.placeholder
    }


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
