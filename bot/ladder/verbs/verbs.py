"""The `ladder` verbs of the command line: what they print and the exit status they return."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from bot.ladder.files.loading import load
from bot.ladder.importers.importing import import_source
from bot.ladder.importers.merging import Choices
from bot.ladder.importers.telling import told
from bot.ladder.model import Problem
from bot.ladder.verbs.check import examine
from bot.ladder.verbs.fix import fix
from bot.ladder.verbs.show import as_json, outline
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
    source: Path,
    directory: Path,
    track_id: str | None,
    track_name: str | None,
    out: TextIO,
    err: TextIO,
    *,
    dry_run: bool = False,
    choices: Choices | None = None,
) -> int:
    """Import a page, a folder or a table and print the report.

    0 when everything was written, or when a dry run found nothing in the way.
    """
    outcome = import_source(
        source, directory, track_id, track_name, dry_run=dry_run, choices=choices
    )
    if outcome.problems:
        _print_problems(outcome.problems, err)
        print("Nothing was imported.", file=err)
        return 1
    print(*told(outcome, source, directory, dry_run=dry_run), sep="\n", file=out)
    return 0


def _print_problems(problems: Iterable[Problem], err: TextIO) -> None:
    for problem in problems:
        print(f"{problem.file}:{problem.line}: {_told(problem)}", file=err)


def _told(problem: Problem) -> str:
    return f"{problem.message} {problem.remedy}".rstrip()
