"""Words of this very ladder that work when somebody types them as they stand in a hint."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ladder.model import Competency, Ladder, Level

LONGEST_WORD = 24


@dataclass(frozen=True, slots=True)
class Sample:
    """Two neighbouring levels, and what people call a competency that the higher one has."""

    lower: str = "L3"
    higher: str = "L4"
    competency: str = "teaching"


def sample(ladder: Ladder) -> Sample:
    """From the middle of the first track with two levels; our own words for an empty ladder."""
    track = next((each for each in ladder.tracks if len(each.levels) > 1), None)
    if track is None:
        return Sample()
    number = (len(track.levels) - 1) // 2
    lower, higher = track.levels[number : number + 2]
    return Sample(lower.id, higher.id, _spoken_word(higher, ladder))


def _spoken_word(level: Level, ladder: Ladder) -> str:
    """For the second competency, since the first is often the trade itself."""
    known = [each.competency for each in level.expects] or list(ladder.competencies)
    return _called(known[:2][-1]) if known else Sample().competency


def _called(known: Competency) -> str:
    """Its first alias, else its name, else its id: whatever is short enough for a hint."""
    names = (*known.aliases[:1], known.name.casefold())
    return next((name for name in names if len(name) <= LONGEST_WORD), known.id)
