"""A ladder directory, read: what it says, what is wrong with it, and where each thing stands."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from yaml.nodes import MappingNode

from bot.ladder.files.head import read_head
from bot.ladder.files.parts import HEAD as HEAD
from bot.ladder.files.parts import TRACKS as TRACKS
from bot.ladder.files.record import RECORD, RECORD_LIMITS, Given, given_by, read_record
from bot.ladder.files.references import reference_problems
from bot.ladder.files.track import read_track
from bot.ladder.files.vanishing import id_problems
from bot.ladder.files.yaml_reader import MAX_BYTES, Place, Sheet, compose
from bot.ladder.model import Ladder, Problem, Track

_MOST_TRACKS = 200


@dataclass(frozen=True)
class Reading:
    """A ladder as read from its files; `ladder` is None when a problem is fatal.

    `places` leads from a path of ids, such as (track, level, competency, statement), to its
    file and line; `track_files` from a track's id to its file's name inside the directory.
    `record` is what `ids.yaml` remembers, and None where there is no such file.
    """

    ladder: Ladder | None
    problems: tuple[Problem, ...] = ()
    places: Mapping[tuple[str, ...], Place] = field(default_factory=dict)
    track_files: Mapping[str, str] = field(default_factory=dict)
    record: Given | None = None


def load(directory: Path) -> tuple[Ladder | None, tuple[Problem, ...]]:
    """The ladder in the directory, or None, and everything that is wrong with its files."""
    reading = read(directory)
    return reading.ladder, reading.problems


def read(directory: Path, before: Reading | None = None) -> Reading:
    """Like `load`, and where each thing stands.

    With an older reading, an id that it used must not have vanished either, unless it was taken
    out of the record since.
    """
    contents, problems = gather(directory)
    if HEAD not in contents:
        return Reading(None, tuple(problems))
    if _fatal(problems):  # then nothing has vanished: it may be in a file that cannot be read
        contents.pop(RECORD, None)
        before = None
    reading = assemble(contents, directory.as_posix(), before)
    problems = sorted({*problems, *reading.problems})
    fatal = any(problem.fatal for problem in problems)
    return replace(reading, ladder=None if fatal else reading.ladder, problems=tuple(problems))


def holds_ladder(directory: Path) -> bool:
    """Whether there is a ladder, or a part of one, in the directory."""
    return (directory / HEAD).exists() or any((directory / TRACKS).glob("*.yaml"))


def gather(directory: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of each ladder file by its name inside the directory, cut where they are too many.

    Only plain files inside the directory are opened: no pipe can hold us, no link lead us out.
    """
    try:
        if not directory.is_dir():
            return {}, [_no_directory(directory)]
        tracks, problems = _track_paths(directory)
    except (OSError, RuntimeError) as error:
        return {}, [_unreadable(directory, error)]
    record = [directory / RECORD] if _is_there(directory / RECORD) else []
    contents: dict[str, bytes] = {}
    for path in [directory / HEAD, *tracks[:_MOST_TRACKS], *record]:
        try:
            contents[path.relative_to(directory).as_posix()] = _content(path, directory)
        except (OSError, RuntimeError) as error:
            problems.append(_unreadable(path, error))
    if HEAD in contents and not tracks and not _fatal(problems):
        remedy = f"Add {TRACKS}/<name>.yaml with its levels."
        problems.append(Problem(str(directory / HEAD), 1, "This ladder has no track yet.", remedy))
    return contents, problems


def assemble(contents: Mapping[str, bytes], root: str, before: Reading | None = None) -> Reading:
    """The ladder that these files make; `root` is put before their names in problems."""
    record_sheet = Sheet(str(PurePosixPath(root, RECORD)))
    record = read_record(record_sheet, contents[RECORD]) if RECORD in contents else None
    files = {name: content for name, content in contents.items() if name != RECORD}
    sheets = {name: Sheet(str(PurePosixPath(root, name))) for name in files}
    roots = {name: compose(sheets[name], content) for name, content in files.items()}
    ladder, track_files = _join(sheets, roots)
    problems = {p for sheet in (*sheets.values(), record_sheet) for p in sheet.problems}
    places = {path: place for sheet in sheets.values() for path, place in sheet.places.items()}
    if ladder and not _fatal(problems):
        problems |= set(reference_problems(ladder, places))
    if ladder and not _fatal(problems):
        problems |= set(id_problems(_given(record, before), ladder, places))
    usable = None if _fatal(problems) else ladder
    return Reading(usable, tuple(sorted(problems)), places, track_files, record)


def _given(record: Given | None, before: Reading | None) -> Given:
    """Every id that must not vanish; what left the record since the older reading was given up."""
    given = given_by(before.ladder) if before and before.ladder else Given()
    if record and before and before.record:
        given = given.without(before.record.without(record))
    return given.joined(record) if record else given


def _fatal(problems: Iterable[Problem]) -> bool:
    return any(problem.fatal for problem in problems)


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
        sheets[name].names_are_known = not sheets[HEAD].problems
        track = read_track(sheets[name], root, head)
        if files.setdefault(track.id, name) != name:
            message = f"The track {track.id!r} is already in {files[track.id]}."
            sheets[name].complain(root, message, "Give one of them another id.")
        tracks.append(track)
    return replace(head, tracks=tuple(sorted(tracks, key=lambda track: track.id))), files


def _track_paths(directory: Path) -> tuple[list[Path], list[Problem]]:
    """The track files in order, and what only looks like one; raises OSError."""
    folder = directory / TRACKS
    if not _is_there(folder):
        return [], []
    _stay_inside(folder, directory)
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    tracks = [path for path in paths if path.suffix == ".yaml"]
    message, remedy = "This file is not read.", "Rename it so that it ends in .yaml."
    problems = [
        Problem(str(path), 1, message, remedy, fatal=False)
        for path in paths
        if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml"
    ]
    for path in tracks[_MOST_TRACKS:]:
        message = f"A ladder can have {_MOST_TRACKS} tracks; this one is too many."
        problems.append(Problem(str(path), 1, message, "Move it to a ladder of its own."))
    return tracks, problems


def _content(path: Path, directory: Path) -> bytes:
    """Raises OSError, or RuntimeError for links that go round in a circle."""
    _stay_inside(path, directory)
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(None, "it is a pipe or a device, not a file")
    with path.open("rb") as file:
        return file.read((RECORD_LIMITS.size if path.name == RECORD else MAX_BYTES) + 1)


def _stay_inside(path: Path, directory: Path) -> None:
    if not path.resolve().is_relative_to(directory.resolve()):
        raise OSError(None, "it is a link that leads out of the ladder directory", str(path))


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _no_directory(directory: Path) -> Problem:
    what = "is not a directory" if directory.exists() else "does not exist"
    remedy = "Give the directory that holds ladder.yaml."
    return Problem(str(directory), 1, f"The ladder directory {what}.", remedy)


def _unreadable(path: Path, error: Exception) -> Problem:
    if isinstance(error, FileNotFoundError):
        remedy = "Check the directory, or add the file."
        return Problem(str(path), 1, f"{path.name} is missing.", remedy)
    if isinstance(error, RuntimeError):
        reason = "it is a link that leads back to itself"
    else:
        reason = getattr(error, "strerror", None) or str(error)
    where = getattr(error, "filename", None) or path
    return Problem(str(where), 1, f"This cannot be read: {reason}.", "Check what it is.")
