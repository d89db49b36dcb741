"""What an entry means on the ladder of today, which may have changed since it was logged. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.journal.model import Entry, Pin, Wording
from bot.ladder.model import Competency, Ladder, Retired, Statement, Track
from bot.people.standing import expectation_at
from bot.slack.text import clean


def competency_now(ladder: Ladder, entry: Entry) -> Competency:
    """Where the entry counts today; under its old name where nothing took over."""
    found = ladder.current(entry.competency_id)
    return found or Competency(entry.competency_id, _old_name(ladder, entry))


def is_known(ladder: Ladder, competency: Competency) -> bool:
    """False for an old name that the ladder does not have any more."""
    return ladder.competency(competency.id) is not None


def old_name(ladder: Ladder, entry: Entry) -> str:
    """The name under which the entry was logged, where it differs from where it counts today."""
    name = _old_name(ladder, entry)
    return "" if name == clean(competency_now(ladder, entry).name) else name


def counted_now(ladder: Ladder, competency_ids: Iterable[str]) -> dict[str, list[str]]:
    """The ids in groups, by the id under which they count today."""
    groups: dict[str, list[str]] = {}
    for competency_id in competency_ids:
        current = ladder.current(competency_id)
        groups.setdefault(current.id if current else competency_id, []).append(competency_id)
    return groups


def wording_of(ladder: Ladder, competency_id: str, track_id: str, level_id: str) -> Wording:
    """The words of this moment; a placeholder is not an expectation, so it is left out."""
    competency = ladder.competency(competency_id) or Competency(competency_id, competency_id)
    expected = expectation_at(ladder, track_id, level_id, competency_id)
    said = tuple(s for s in expected.statements if not s.placeholder) if expected else ()
    return Wording(competency_id, clean(competency.name), track_id, level_id, said)


def is_reworded(ladder: Ladder, wording: Wording) -> bool:
    """True when the same level says something else today, in whatever order."""
    today = wording_of(ladder, wording.competency_id, wording.track_id, wording.level_id)
    return bool(wording.statements) and _texts(today) != _texts(wording)


def statements_now(ladder: Ladder, pin: Pin) -> tuple[Statement, ...]:
    """The statements of today that the pinned one leads to; none when it was simply dropped.

    Follows `replaced_by` through chains and forks, however they loop. Where tracks use an id
    twice, it means the one of the pinned track.
    """
    if pin.statement is None:
        return ()
    living, gone = _living(ladder, pin), _gone(ladder, pin)
    found: dict[str, Statement] = {}
    waiting, seen = [pin.statement.id], set[str]()
    while waiting:
        wanted = waiting.pop(0)
        if wanted in living:
            found[wanted] = living[wanted]
        elif wanted in gone and wanted not in seen:
            seen.add(wanted)
            waiting[:0] = gone[wanted].replaced_by
    return tuple(found.values())


def _old_name(ladder: Ladder, entry: Entry) -> str:
    """The pinned name; for older entries what the ladder remembers, or the id itself."""
    if entry.pin.competency:
        return entry.pin.competency
    known = ladder.competency(entry.competency_id)
    was = next((each.was for each in ladder.retired if each.id == entry.competency_id), "")
    return clean(known.name if known else was) or entry.competency_id


def _texts(wording: Wording) -> list[str]:
    return sorted(statement.text for statement in wording.statements)


def _living(ladder: Ladder, pin: Pin) -> dict[str, Statement]:
    shared = [statement for group in ladder.shared for statement in group.statements]
    own = [
        statement
        for track in _pinned_last(ladder, pin)
        for level in track.levels
        for expectation in level.expects
        for statement in expectation.statements
    ]
    return {statement.id: statement for statement in [*shared, *own]}


def _gone(ladder: Ladder, pin: Pin) -> dict[str, Retired]:
    return {each.id: each for track in _pinned_last(ladder, pin) for each in track.retired}


def _pinned_last(ladder: Ladder, pin: Pin) -> list[Track]:
    """So that the pinned track's own ids win in a mapping."""
    return sorted(ladder.tracks, key=lambda track: track.id == pin.track_id)
