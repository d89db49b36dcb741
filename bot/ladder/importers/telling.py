"""An import in words: what was read, what became of it, and what to look over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.ladder.importers.difference import (
    Change,
    Difference,
    FactChange,
    LevelDifference,
    StatementChange,
    TrackDifference,
)
from bot.ladder.importers.importing import ImportOutcome
from bot.ladder.importers.report import Finding, ImportReport
from bot.ladder.wording import counted, short

_SHOWN = 160
_HEADINGS = {
    "placeholders": "Placeholders, to be written one day:",
    "repairs": "Repaired:",
    "notes": "Good to know:",
    "not_understood": "Not understood, and so not imported:",
}


def told(outcome: ImportOutcome, source: Path, directory: Path, *, dry_run: bool) -> Iterator[str]:
    """The whole report, line by line."""
    reports = outcome.harvest.reports
    if len(reports) == 1 and not outcome.harvest.passed_over:
        yield from _one_file(outcome, reports[0])
    else:
        yield from _many_files(outcome, source)
    yield from _listed("Good to know about the ladder as a whole:", outcome.notes)
    yield from _to_confirm(outcome.change, dry_run=dry_run)
    yield from _full(outcome, directory) if dry_run else _short(outcome, directory)


# What was read.


def _one_file(outcome: ImportOutcome, report: ImportReport) -> Iterator[str]:
    tracks = outcome.harvest.tracks
    read = "; ".join(f"{', '.join(lv.id for lv in track.levels)} of {track.id}" for track in tracks)
    yield f"Read {report.file}: {read}."
    yield f"  {_counts(reports=[report])}."
    for name, heading in _HEADINGS.items():
        yield from _findings(heading, getattr(report, name))
    yield from _unaccounted(report)


def _many_files(outcome: ImportOutcome, source: Path) -> Iterator[str]:
    harvest = outcome.harvest
    levels = sum(len(track.levels) for track in harvest.tracks)
    files = counted(len(harvest.reports), "file")
    tracks = counted(len(harvest.tracks), "track")
    yield f"Read {files} of {source.as_posix()}: {tracks}, {counted(levels, 'level')}."
    yield f"  {_counts(harvest.reports)}."
    for track in harvest.tracks:
        yield f"  {track.id} ({track.name}): {', '.join(level.id for level in track.levels)}"
    for report in harvest.reports:
        yield from _findings_of(report, source)
    passed = [f"{_within(file, source)}: {reason}" for file, reason in harvest.passed_over]
    yield from _listed("Passed over:", passed)


def _findings_of(report: ImportReport, source: Path) -> Iterator[str]:
    """What matters about one file of many; nothing where all of it was plain."""
    lines = [
        line
        for name, heading in _HEADINGS.items()
        for line in _findings(heading, getattr(report, name))
    ]
    lines += _unaccounted(report)
    if lines:
        yield _within(report.file, source)
        yield from (f"  {line}" for line in lines)


def _within(file: str, source: Path) -> str:
    """The file's name as seen from the folder that was given."""
    path = Path(file)
    return path.relative_to(source).as_posix() if path.is_relative_to(source) else file


def _counts(reports: Iterable[ImportReport]) -> str:
    every = list(reports)
    placeholders = sum(len(report.placeholders) for report in every)
    counts = [
        counted(sum(report.attributes for report in every), "attribute"),
        counted(sum(report.competencies for report in every), "competency", "competencies"),
        counted(sum(report.statements for report in every), "statement"),
        counted(sum(report.examples for report in every), "example"),
    ]
    return ", ".join(counts) + f"; {counted(placeholders, 'placeholder')} among them"


def _findings(heading: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    yield from _listed(heading, (f"line {each.line}: {each.message}" for each in findings))


def _unaccounted(report: ImportReport) -> Iterator[str]:
    if report.unaccounted:
        what = counted(abs(report.unaccounted), "item")
        yield f"{what} could not be followed; compare with the source."


def _listed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield heading
        yield f"  {line}"


# What became of it.


def _to_confirm(change: Difference, *, dry_run: bool) -> Iterator[str]:
    """The statements that kept their ids under other words: somebody should look at each."""
    reworded = [
        f"{track.id} {level.id} {each.competency} {each.id}: {_arrow(each.was, each.text)}"
        for track in change.tracks
        for level, each in track.reworded()
    ]
    yield from _listed("Reworded, and kept their ids; look these over:", reworded)
    if reworded:
        before = "" if dry_run else "put the files back and "
        yield f"  If they say something new, {before}import with --reworded new."


def _short(outcome: ImportOutcome, directory: Path) -> Iterator[str]:
    if not outcome.files:
        yield "Nothing had changed since the last import."
    else:
        if outcome.change:
            yield f"Changed: {_in_numbers(outcome.change)}."
        yield f"Wrote {_paths(outcome, directory)}."
    yield f"Next: look it over with `python -m bot ladder check --dir {directory}`."


def _full(outcome: ImportOutcome, directory: Path) -> Iterator[str]:
    if not outcome.files:
        yield f"This was a dry run; {directory.as_posix()} already says all of this."
        return
    yield f"What would change in {directory.as_posix()}: {_in_numbers(outcome.change)}."
    yield from _difference(outcome.change)
    yield f"Files that would be written: {_paths(outcome, directory)}."
    yield "Next: this was a dry run and wrote nothing; import without --dry-run to keep it."


def _paths(outcome: ImportOutcome, directory: Path) -> str:
    return ", ".join((directory / name).as_posix() for name in outcome.files)


def _in_numbers(change: Difference) -> str:
    levels = sum(level.new for track in change.tracks for level in track.levels)
    tracks = sum(track.new for track in change.tracks)
    facts = len(change.facts) + sum(
        len(track.facts) + sum(len(level.facts) for level in track.levels)
        for track in change.tracks
    )
    new = len(change.competencies)
    statements = {each: change.count(each) for each in Change}
    counts = [
        (tracks, counted(tracks, "new track")),
        (levels, counted(levels, "new level")),
        (new, counted(new, "new competency", "new competencies")),
        *((n, counted(n, f"{each.value} statement")) for each, n in statements.items()),
        (facts, counted(facts, "other change")),
    ]
    return ", ".join(words for number, words in counts if number) or "nothing that people see"


def _difference(change: Difference) -> Iterator[str]:
    yield from _listed("New competencies:", change.competencies)
    yield from _listed("Competencies:", map(_fact, change.facts))
    for track in change.tracks:
        yield f"{track.id}{', a new track' if track.new else ''}: {track.name}"
        yield from _track(track)


def _track(track: TrackDifference) -> Iterator[str]:
    yield from (f"  {_fact(each)}" for each in track.facts)
    for level in track.levels:
        yield f"  {level.id}: {level.title}{', a new level' if level.new else ''}"
        yield from (f"    {line}" for line in _level(level))
    yield from (f"  {level} would be gone" for level in track.gone)


def _level(level: LevelDifference) -> Iterator[str]:
    yield from map(_fact, level.facts)
    shown = [each for each in level.statements if not (level.new and each.change is Change.NEW)]
    if level.new:
        yield f"{counted(level.count(Change.NEW), 'new statement')}"
    yield from map(_statement, shown)


def _statement(change: StatementChange) -> str:
    place = f"{change.change.value}, {change.competency} {change.id}: "
    if change.change is Change.REWORDED:
        return place + _arrow(change.was, change.text)
    if change.change is Change.MOVED:
        said = _arrow(change.was, change.text) if change.was else _quoted(change.text)
        return f"{place}from {change.origin}: {said}"
    after = f"; {', '.join(change.replaced_by)} takes over" if change.replaced_by else ""
    return place + _quoted(change.text) + after


def _fact(change: FactChange) -> str:
    if not change.was:
        return f"{change.name}, new: {_quoted(change.now)}"
    if not change.now:
        return f"{change.name}, gone: {_quoted(change.was)}"
    return f"{change.name}: {_arrow(change.was, change.now)}"


def _arrow(was: str, now: str) -> str:
    return f"{_quoted(was)} → {_quoted(now)}"


def _quoted(text: str) -> str:
    return f"“{short(text, _SHOWN)}”"
