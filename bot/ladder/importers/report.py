"""What an importer read from a page, and everything it has to say about it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ladder.model import Problem


@dataclass(frozen=True, slots=True)
class ImportedCompetency:
    """One competency as a level page words it; `line` is where its heading stands."""

    name: str
    emoji: str = ""
    description: str = ""
    statements: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class ImportedLevel:
    """One level as its page words it, before anything has an id; attributes are (name, value).

    `next` names the rungs above it, as `L4` or `track/L4`, where that is not the next in its list.
    """

    id: str
    title: str
    summary: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    competencies: tuple[ImportedCompetency, ...] = ()
    examples: tuple[str, ...] = ()
    line: int = 1
    next: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedTrack:
    """The levels that belong together, lowest first as their source has them."""

    id: str
    name: str
    levels: tuple[ImportedLevel, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on a line of the source that its owner should know."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The account of one source: what became of every line that says something.

    `list_items` counts the bullets in the source, independently of how they were read;
    `items_read` those that became an attribute, a statement or an example, `items_left` those
    named in `not_understood`. The three always add up, or `unaccounted` says by how many not.
    """

    file: str
    attributes: int = 0
    competencies: int = 0
    statements: int = 0
    examples: int = 0
    placeholders: tuple[Finding, ...] = ()
    repairs: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    not_understood: tuple[Finding, ...] = ()
    list_items: int = 0
    items_read: int = 0
    items_left: int = 0

    @property
    def unaccounted(self) -> int:
        """Bullets that neither became something nor were reported; 0 unless the reader erred."""
        return self.list_items - self.items_read - self.items_left


@dataclass(frozen=True, slots=True)
class Harvest:
    """Everything read from a source, before it meets the ladder; a problem stops the import.

    There is one report for each file that was opened; `passed_over` names, with the reason, the
    files of a folder that hold no level.
    """

    tracks: tuple[ImportedTrack, ...] = ()
    reports: tuple[ImportReport, ...] = ()
    passed_over: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
