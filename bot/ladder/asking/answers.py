"""What the ladder can say to a question: one frozen value for each kind of answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.ladder.model import (
    Competency,
    Expectation,
    Level,
    Maturity,
    Rung,
    SharedStatements,
    Track,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the asker stands: ids, which an edited ladder may no longer have."""

    track_id: str
    level_id: str


@dataclass(frozen=True, slots=True)
class LevelAnswer:
    """A whole level; `reached_from` is the asker's level when they asked what comes next."""

    track: Track
    level: Level
    reached_from: Level | None = None


@dataclass(frozen=True, slots=True)
class CompetencyAnswer:
    """One competency at one level; without statements where the level is silent about it."""

    track: Track
    level: Level
    expectation: Expectation


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """Two levels side by side; `competency_id` when only one competency was asked for."""

    track_a: Track
    level_a: Level
    track_b: Track
    level_b: Level
    competency_id: str | None = None


@dataclass(frozen=True, slots=True)
class AcrossLevels:
    """One competency over all levels of a track, lowest first; None where a level is silent."""

    track: Track
    competency: Competency
    levels: tuple[tuple[Level, Expectation | None], ...]


@dataclass(frozen=True, slots=True)
class SameRung:
    """The rungs of the same rank on the other tracks; empty where no other track has one."""

    track: Track
    level: Level
    others: tuple[Rung, ...]


class Found(StrEnum):
    """In which part of the ladder a search found its words."""

    NAME = "name"
    SUMMARY = "summary"
    ATTRIBUTE = "attribute"
    STATEMENT = "statement"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that holds the words of a search; `text` is the ladder's own, whole.

    `level` is None for a shared statement, or a competency's or track's own name; `competency`
    is None where the text belongs to the level as a whole.
    """

    kind: Found
    text: str
    track: Track | None = None
    level: Level | None = None
    competency: Competency | None = None


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Every place with the words, best first; without words, the question what to look for."""

    words: str
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class MaturityAnswer:
    """The words for how far somebody is within a level; none where the ladder has none."""

    words: tuple[Maturity, ...]


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """A group of statements that counts for every level of some tracks."""

    group: SharedStatements
    tracks: tuple[Track, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several rungs that fit; `text` typed after `/ladder` leads to exactly this one."""

    track: Track
    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class ChooseTrack:
    """Several rungs fit; `level_id` is the one they share, empty when they differ in it."""

    level_id: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """The question needs to know where the asker stands: `my level`, `next` or `compare`.

    `lost` when they were placed, but the ladder no longer has that level.
    """

    wanted: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class TopRung:
    """Nothing comes after this level."""

    track: Track
    level: Level


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing fits what was typed; `suggestions` are words that would, nearest first."""

    asked: str
    suggestions: tuple[str, ...] = ()


Answer = (
    LevelAnswer
    | CompetencyAnswer
    | AcrossLevels
    | CompareAnswer
    | SameRung
    | SearchAnswer
    | MaturityAnswer
    | SharedAnswer
    | ChooseTrack
    | NotPlaced
    | TopRung
    | NotFound
)
