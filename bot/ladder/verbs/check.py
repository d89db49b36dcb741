"""`ladder check`: everything that is wrong, or only odd, about a ladder directory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rapidfuzz.utils import default_process

from bot.ladder.files.loading import Reading, read
from bot.ladder.files.parts import UNNAMED
from bot.ladder.files.record import RECORD, Given, given_by
from bot.ladder.files.references import nearest
from bot.ladder.model import Competency, Expectation, Ladder, Level, Problem, Statement, Track
from bot.ladder.repair import looks_damaged
from bot.ladder.wording import counted, is_placeholder, short, trimmed
from bot.slack.blocks import BUTTON_CHARS

_MOSTLY = 0.5
_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found; `notes` are good to know and never make it fail."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def check(directory: Path, against: Path | None = None) -> tuple[Problem, ...]:
    """Every problem of the directory by file and line; those that are not fatal are warnings."""
    return examine(directory, against).problems


def examine(directory: Path, against: Path | None = None) -> Findings:
    """The same with notes; `against` is an older copy, whose ids must not have vanished."""
    if against and not against.is_dir():
        message, remedy = "There is no older copy to compare with.", "Give a directory."
        return Findings((Problem(str(against), 1, message, remedy),))
    before = read(against) if against else None
    reading = read(directory, before)
    notes = tuple(_notes(directory, reading, against, before))
    if reading.ladder is None:
        return Findings(reading.problems, notes)
    warnings = [*_Checker(reading, reading.ladder).warnings(), *_unrecorded(directory, reading)]
    return Findings(tuple(sorted({*reading.problems, *warnings})), notes)


def _notes(
    directory: Path, reading: Reading, against: Path | None, before: Reading | None
) -> Iterator[str]:
    if reading.ladder and reading.record is None:
        yield (
            f"{(directory / RECORD).as_posix()} is not there yet: run this with --fix to begin"
            " the record of ids, so that none can vanish unseen."
        )
    if before and before.ladder is None:
        yield f"The older copy in {against} holds no ladder that can be read; nothing was compared."


def _unrecorded(directory: Path, reading: Reading) -> Iterator[Problem]:
    if reading.ladder is None or reading.record is None:
        return
    new: Given = given_by(reading.ladder).without(reading.record)
    ids = [*new.competencies, *new.statements]
    if ids:
        some = ", ".join(ids[:3]) + (", …" if len(ids) > 3 else "")
        message = f"{counted(len(ids), 'id')} not recorded yet: {some}."
        file = (directory / RECORD).as_posix()
        yield Problem(file, 1, message, "Run this with --fix.", fatal=False)


class _Checker:
    """Looks for what loads well but reads badly."""

    def __init__(self, reading: Reading, ladder: Ladder) -> None:
        self._places = reading.places
        self._ladder = ladder
        self._usual: Mapping[str, Competency] = {each.id: each for each in ladder.competencies}

    def warnings(self) -> Iterator[Problem]:
        """Every warning, in no order."""
        yield from self._head()
        for track in self._ladder.tracks:
            yield from self._name((track.id,), f"The track {track.id}", track.name)
            if not track.levels and not track.retired:
                yield self._warn((track.id,), "This track has no level yet.", "Add its levels.")
            for level in track.levels:
                yield from self._level(track, level)
            yield from self._silent_competencies(track)
            yield from self._too_alike(track)

    def _head(self) -> Iterator[Problem]:
        yield from self._wording((), "The ladder's name", self._ladder.name)
        for name in self._ladder.attributes.values():
            yield from self._wording((), "An attribute's name", name)
        for maturity in self._ladder.maturity:
            yield from self._wording((), "A maturity word", maturity.name)
            if maturity.meaning:
                what = f"What {maturity.name!r} means"
                yield from self._wording((), what, maturity.meaning)
        for competency in self._ladder.competencies:
            path = ("competencies", competency.id)
            yield from self._competency(path, competency)
        for group in self._ladder.shared:
            for statement in group.statements:
                yield from self._statement(("shared", group.id), "A shared statement", statement)

    def _competency(self, path: _Path, competency: Competency) -> Iterator[Problem]:
        yield from self._name(path, f"The competency {competency.id}", competency.label)
        if competency.description:
            what = f"The description of {competency.id}"
            yield from self._wording(path, what, competency.description)

    def _level(self, track: Track, level: Level) -> Iterator[Problem]:
        path = (track.id, level.id)
        yield from self._name(path, f"The level {level.id}", level.label)
        if is_placeholder(level.title):
            message = f"The title of {level.id} is a placeholder: “{short(level.title)}”."
            yield self._warn(path, message, "Write its title.")
        if level.summary:
            yield from self._wording(path, f"The summary of {level.id}", level.summary)
        for name, value in level.attributes.items():
            yield from self._wording((*path, "attributes", name), name, value)
        yield from self._examples(path, level.examples)
        for expectation in level.expects:
            yield from self._expectation((*path, expectation.competency.id), expectation)
        yield from self._twice(path, level)

    def _expectation(self, path: _Path, expectation: Expectation) -> Iterator[Problem]:
        competency = expectation.competency
        if competency != self._usual[competency.id]:
            yield from self._competency(path, competency)
        if not expectation.statements and (*path, "statements", "") not in self._places:
            message = f"{competency.name} has no statement at {path[1]}."
            remedy = "Write what is expected, or `statements: []` if nothing is."
            yield self._warn(path, message, remedy)
        for statement in expectation.statements:
            yield from self._statement(path, "A statement", statement)
        yield from self._examples(path, expectation.examples)

    def _statement(self, path: _Path, what: str, statement: Statement) -> Iterator[Problem]:
        where = (*path, statement.id)
        yield from self._wording(where, what, statement.text)
        if statement.id.startswith(UNNAMED) and trimmed(statement.text):
            message = f"This statement has no id: “{short(statement.text)}”."
            yield self._warn(where, message, "Write it as `short-id: text`, or run --fix.")

    def _examples(self, path: _Path, examples: tuple[str, ...]) -> Iterator[Problem]:
        for number, text in enumerate(examples):
            yield from self._wording((*path, "examples", str(number)), "An example", text)

    def _wording(self, path: _Path, what: str, text: str) -> Iterator[Problem]:
        if not trimmed(text).strip():
            yield self._warn(path, f"{what} is empty.", "Write it, or take the line out.")
        elif is_placeholder(text):
            message = f"{what} is a placeholder: “{short(text)}”."
            yield self._warn(path, message, "Write what is meant, or take the line out.")
        elif trimmed(text) != text:
            message = f"{what} has spaces at its ends: “{short(text)}”."
            yield self._warn(path, message, "Take them out, or run --fix.")
        yield from self._damage(path, what, text)

    def _damage(self, path: _Path, what: str, text: str) -> Iterator[Problem]:
        if looks_damaged(text):
            message = f"{what} holds damaged text: “{short(text)}”."
            yield self._warn(path, message, "Type the odd characters again, or run --fix.")

    def _name(self, path: _Path, what: str, name: str) -> Iterator[Problem]:
        if len(name) > BUTTON_CHARS:
            message = f"{what} has a name of {len(name)} characters; Slack shows {BUTTON_CHARS}."
            yield self._warn(path, message, "Shorten it, or it is cut off on buttons.")
        yield from self._damage(path, what, name)

    def _silent_competencies(self, track: Track) -> Iterator[Problem]:
        """A competency that one level leaves out, or that stops and goes on higher up.

        One that begins or ends somewhere on the way up is as its authors want it.
        """
        speaking = [(position, lv) for position, lv in enumerate(track.levels) if lv.expects]
        positions: dict[str, set[int]] = {}
        for position, level in speaking:
            for expectation in level.expects:
                positions.setdefault(expectation.competency.id, set()).add(position)
        for level in track.levels:
            if speaking and not level.expects and not level.inherits:
                message = f"{level.id} expects nothing yet."
                yield self._warn((track.id, level.id), message, "Write what it expects.")
        for competency_id, here in positions.items():
            missing = [(position, lv) for position, lv in speaking if position not in here]
            for position, level in missing:
                hole = min(here) < position < max(here)
                if (hole or len(missing) == 1) and not level.inherits:
                    yield self._silent(track, level, competency_id)

    def _silent(self, track: Track, level: Level, competency_id: str) -> Problem:
        message = f"{level.id} says nothing about {competency_id}."
        remedy = (
            "Other levels of this track do: add it here, or write"
            f" `{competency_id}: {{statements: []}}` if nothing is expected."
        )
        return self._warn((track.id, level.id), message, remedy)

    def _too_alike(self, track: Track) -> Iterator[Problem]:
        for lower, higher in pairwise(track.levels):
            below, above = _texts(lower), _texts(higher)
            shared = len(below & above)
            if shared > _MOSTLY * max(len(below), len(above), 1):
                message = f"{higher.id} hardly differs from {lower.id}: {shared} statements alike."
                remedy = "Say what is new here, or use `inherits`."
                yield self._warn((track.id, higher.id), message, remedy)

    def _twice(self, path: _Path, level: Level) -> Iterator[Problem]:
        seen: set[str] = set()
        for expectation in level.expects:
            for statement in expectation.statements:
                text = _plain(statement.text)
                if text and text in seen and not statement.placeholder:
                    where = (*path, expectation.competency.id, statement.id)
                    message = f"{level.id} says this twice: “{short(statement.text)}”."
                    yield self._warn(where, message, "Take one of the two out.")
                seen.add(text)

    def _warn(self, path: _Path, message: str, remedy: str) -> Problem:
        return Problem(*nearest(self._places, path), message, remedy, fatal=False)


def _texts(level: Level) -> set[str]:
    return {
        _plain(statement.text)
        for expectation in level.expects
        for statement in expectation.statements
        if not statement.placeholder
    }


def _plain(text: str) -> str:
    """The text without capitals and punctuation."""
    return " ".join(default_process(text).split())
