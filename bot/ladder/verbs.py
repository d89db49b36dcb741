"""The `ladder` verbs of the command line: what they print and the exit status they return."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from bot.ladder.check import examine
from bot.ladder.files.loading import load
from bot.ladder.fix import fix
from bot.ladder.importers.importing import ImportOutcome, import_source
from bot.ladder.importers.report import Finding, ImportReport
from bot.ladder.model import Problem
from bot.ladder.show import as_json, outline
from bot.ladder.wording import counted


def check(
    directory: Path,
    out: TextIO,
    err: TextIO,
    *,
    strict: bool = False,
    mend: bool = False,
    against: Path | None = None,
    github: bool = False,
) -> int:
    """Print every problem and warning; 0 when the ladder can be used, and, if strict, is clean."""
    mended = _mend(directory, out, err) if mend else True
    found = examine(directory, against)
    fatal = [problem for problem in found.problems if problem.fatal]
    warnings = [problem for problem in found.problems if not problem.fatal]
    as_line = _for_github if github else _for_people
    print(*map(as_line, fatal), sep="\n", end="\n" if fatal else "", file=err)
    print(*map(as_line, warnings), sep="\n", end="\n" if warnings else "", file=out)
    for note in found.notes:
        print(f"Note: {note}", file=out)
    if fatal:
        print(
            f"{counted(len(fatal), 'problem')} to solve before this ladder can be used.", file=err
        )
        return 1
    print(_summary(warnings, strict=strict), file=out)
    return 0 if mended and not (strict and warnings) else 1


def _summary(warnings: list[Problem], *, strict: bool) -> str:
    if not warnings:
        return "All is well."
    number = counted(len(warnings), "warning")
    return f"{number}; {'--strict allows none' if strict else 'the ladder can be used'}."


def _mend(directory: Path, out: TextIO, err: TextIO) -> bool:
    """Whether what is safe to mend was mended, or there was nothing to mend."""
    outcome = fix(directory)
    for each in outcome.fixed:
        print(f"{each.file}:{each.line}: fixed: {each.what}", file=out)
    _print_problems(outcome.problems, err)
    if not outcome.usable:
        print("Nothing was fixed: --fix needs a ladder that can be used.", file=err)
    return not outcome.problems


def _for_people(problem: Problem) -> str:
    kind = "" if problem.fatal else "warning: "
    return f"{problem.file}:{problem.line}: {kind}{_told(problem)}"


def _for_github(problem: Problem) -> str:
    """GitHub's workflow command, which marks the line in the pull request.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    kind = "error" if problem.fatal else "warning"
    text = _told(problem).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = problem.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} file={file},line={problem.line}::{text}"


def show(directory: Path, out: TextIO, err: TextIO, *, machine_readable: bool = False) -> int:
    """Print the ladder as JSON or as an outline; 0 when it could be read."""
    ladder, problems = load(directory)
    if ladder is None:
        _print_problems(problems, err)
        return 1
    if machine_readable:
        print(json.dumps(as_json(ladder), ensure_ascii=False, indent=2), file=out)
    else:
        print(*outline(ladder), sep="\n", file=out)
    return 0


def import_(
    page: Path,
    directory: Path,
    track_id: str | None,
    track_name: str | None,
    out: TextIO,
    err: TextIO,
) -> int:
    """Import a level page and print the report; 0 when everything was written."""
    if not track_id:
        message = "Say which track this page belongs to, as in --track security-operations."
        print(message, file=err)
        return 1
    outcome = import_source(page, directory, track_id, track_name)
    if outcome.problems:
        _print_problems(outcome.problems, err)
        print("Nothing was imported.", file=err)
        return 1
    print(*_told_import(outcome, directory, track_id), sep="\n", file=out)
    return 0


def _told_import(outcome: ImportOutcome, directory: Path, track_id: str) -> Iterable[str]:
    report = outcome.reports[0]
    yield f"Read {report.file}: {', '.join(outcome.levels)} of {track_id}."
    yield f"  {_counts(report)}."
    yield from _findings("Placeholders, to be written one day:", report.placeholders)
    yield from _findings("Repaired:", report.repairs)
    yield from _findings("Good to know:", report.notes)
    yield from _findings("Not understood, and so not imported:", report.not_understood)
    if report.unaccounted:
        yield f"{abs(report.unaccounted)} list items could not be followed; compare with the page."
    if outcome.files:
        written = ", ".join((directory / name).as_posix() for name in outcome.files)
        yield f"Wrote {written}."
    else:
        yield "Nothing had changed since the last import."
    yield f"Next: look it over with `python -m bot ladder check --dir {directory}`."


def _counts(report: ImportReport) -> str:
    placeholders = len(report.placeholders)
    counts = [
        counted(report.attributes, "attribute"),
        counted(report.competencies, "competency", "competencies"),
        counted(report.statements, "statement"),
        counted(report.examples, "example"),
    ]
    return ", ".join(counts) + f"; {counted(placeholders, 'placeholder')} among them"


def _findings(heading: str, findings: tuple[Finding, ...]) -> Iterable[str]:
    if findings:
        yield heading
        yield from (f"  line {finding.line}: {finding.message}" for finding in findings)


def _print_problems(problems: Iterable[Problem], err: TextIO) -> None:
    for problem in problems:
        print(f"{problem.file}:{problem.line}: {_told(problem)}", file=err)


def _told(problem: Problem) -> str:
    return f"{problem.message} {problem.remedy}".rstrip()
