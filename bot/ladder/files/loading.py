"""A ladder directory, read: what it says, what is wrong with it, and where each thing stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from yaml.nodes import MappingNode

from bot.ladder.files.head import read_head
from bot.ladder.files.references import reference_problems
from bot.ladder.files.track import read_track
from bot.ladder.files.yaml_reader import MAX_BYTES, Place, Sheet, compose
from bot.ladder.model import Ladder, Problem, Track

HEAD = "ladder.yaml"
TRACKS = "tracks"
_MOST_TRACKS = 200


@dataclass(frozen=True)
class Reading:
    """A ladder as read from its files; `ladder` is None when a problem is fatal.

    `places` leads from a path of ids, such as (track, level, competency, statement), to its
    file and line; `track_files` from a track's id to its file's name inside the directory.
    """

    ladder: Ladder | None
    problems: tuple[Problem, ...] = ()
    places: Mapping[tuple[str, ...], Place] = field(default_factory=dict)
    track_files: Mapping[str, str] = field(default_factory=dict)


def load(directory: Path) -> tuple[Ladder | None, tuple[Problem, ...]]:
    """The ladder in the directory, or None, and everything that is wrong with its files."""
    reading = read(directory)
    return reading.ladder, reading.problems


def read(directory: Path) -> Reading:
    """Like `load`, and where each thing stands."""
    contents, problems = gather(directory)
    if HEAD not in contents:
        return Reading(None, tuple(problems))
    reading = assemble(contents, directory.as_posix())
    problems = sorted({*problems, *reading.problems})
    fatal = any(problem.fatal for problem in problems)
    return replace(reading, ladder=None if fatal else reading.ladder, problems=tuple(problems))


def holds_ladder(directory: Path) -> bool:
    """Whether there is a ladder, or a part of one, in the directory."""
    return (directory / HEAD).exists() or any((directory / TRACKS).glob("*.yaml"))


def gather(directory: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of each ladder file by its name inside the directory; at most 1 MiB + 1 of each."""
    if not directory.is_dir():
        what = "is not a directory" if directory.exists() else "does not exist"
        remedy = "Give the directory that holds ladder.yaml."
        return {}, [Problem(str(directory), 1, f"The ladder directory {what}.", remedy)]
    contents: dict[str, bytes] = {}
    problems = []
    for path in [directory / HEAD, *_track_paths(directory)[:_MOST_TRACKS]]:
        try:
            contents[path.relative_to(directory).as_posix()] = _content(path, directory)
        except OSError as error:
            problems.append(_unreadable(path, error))
    problems += _passed_over(directory)
    if len(contents) == 1 and HEAD in contents and not problems:
        remedy = f"Add {TRACKS}/<name>.yaml with its levels."
        problems.append(Problem(str(directory / HEAD), 1, "This ladder has no track yet.", remedy))
    return contents, problems


def assemble(contents: Mapping[str, bytes], root: str) -> Reading:
    """The ladder that these files make; `root` is put before their names in problems."""
    sheets = {name: Sheet(str(PurePosixPath(root, name))) for name in contents}
    roots = {name: compose(sheets[name], contents[name]) for name in contents}
    ladder, track_files = _join(sheets, roots)
    problems = {problem for sheet in sheets.values() for problem in sheet.problems}
    places = {path: place for sheet in sheets.values() for path, place in sheet.places.items()}
    if ladder and not any(problem.fatal for problem in problems):
        problems |= set(reference_problems(ladder, places))
    fatal = any(problem.fatal for problem in problems)
    return Reading(None if fatal else ladder, tuple(sorted(problems)), places, track_files)


def _join(
    sheets: Mapping[str, Sheet], roots: Mapping[str, MappingNode | None]
) -> tuple[Ladder | None, dict[str, str]]:
    head_root = roots[HEAD]
    if head_root is None:
        return None, {}
    head = read_head(sheets[HEAD], head_root)
    files: dict[str, str] = {}
    tracks: list[Track] = []
    for name, root in roots.items():
        if root is None or name == HEAD:
            continue
        track = read_track(sheets[name], root, head)
        if files.setdefault(track.id, name) != name:
            message = f"The track {track.id!r} is already in {files[track.id]}."
            sheets[name].complain(root, message, "Give one of them another id.")
        tracks.append(track)
    return replace(head, tracks=tuple(sorted(tracks, key=lambda track: track.id))), files


def _track_paths(directory: Path) -> list[Path]:
    paths = (directory / TRACKS).glob("*.yaml")
    return sorted(path for path in paths if not path.name.startswith("."))


def _content(path: Path, directory: Path) -> bytes:
    if not path.resolve().is_relative_to(directory.resolve()):
        raise OSError(None, "it is a link that leads out of the ladder directory")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _unreadable(path: Path, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(
            str(path), 1, f"{path.name} is missing.", "Check the directory, or add the file."
        )
    reason = error.strerror or str(error)
    return Problem(str(path), 1, f"This file cannot be read: {reason}.", "Check what it is.")


def _passed_over(directory: Path) -> list[Problem]:
    """Files that look like tracks to people but are not read."""
    odd = sorted((directory / TRACKS).glob("*.yml"))
    message, remedy = "This file is not read.", "Rename it so that it ends in .yaml."
    problems = [Problem(str(path), 1, message, remedy, fatal=False) for path in odd]
    for path in _track_paths(directory)[_MOST_TRACKS:]:
        message = f"A ladder can have {_MOST_TRACKS} tracks; this one is too many."
        problems.append(Problem(str(path), 1, message, "Move it to a ladder of its own."))
    return problems
