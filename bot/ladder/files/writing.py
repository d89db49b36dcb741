"""A ladder's way to disk: all of it or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.ladder.files.dumping import dump
from bot.ladder.files.loading import TRACKS, assemble, read
from bot.ladder.files.record import RECORD, record_text, recorded
from bot.ladder.model import Ladder, Problem


def write(ladder: Ladder, directory: Path) -> tuple[Problem, ...]:
    """Put the ladder into the directory; on a problem the directory is as it was.

    Only files whose content changes are touched, and no file is removed. What was written reads
    back as exactly this ladder, and no recorded id has vanished from it, or nothing is written.
    The ids go into the record, `ids.yaml`.
    """
    texts = dump(ladder)
    contents = {name: text.encode() for name, text in texts.items()}
    if (record := _bytes_of(directory / RECORD)) is not None:
        contents[RECORD] = record
    back = assemble(contents, directory.as_posix())
    if back.ladder != ladder:
        message = "This ladder would not read back as it is, so nothing was written."
        return back.problems or (Problem(str(directory), 1, message),)
    changed = _changed(texts, directory)
    if (now := recorded(back.record, ladder)) != back.record:
        changed[RECORD] = record_text(now)
    return put(changed, directory)


def put(texts: Mapping[str, str], directory: Path) -> tuple[Problem, ...]:
    """Write these files, by their names in the directory, just as the texts are: all or none."""
    try:
        _put(texts, directory)
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"The ladder could not be written: {reason} ({error.filename or directory})."
        remedy = "Nothing was changed. Check the directory and its permissions."
        return (Problem(str(directory), 1, message, remedy),)
    return ()


def comment_lines(directory: Path, name: str) -> int:
    """How many lines of the file are comments; rewriting the file would lose them."""
    path = directory / name
    if not path.is_file():
        return 0
    return sum(line.lstrip().startswith(b"#") for line in path.read_bytes().splitlines())


def files_to_change(ladder: Ladder, directory: Path) -> tuple[str, ...]:
    """The names of the ladder's files that `write` would touch; the record of ids is no such."""
    return tuple(_changed(dump(ladder), directory))


def _changed(texts: Mapping[str, str], directory: Path) -> dict[str, str]:
    """The files that say something new, each under the name its track already has on disk."""
    current = read(directory)
    before = dump(current.ladder) if current.ladder else {}
    own_names = {f"{TRACKS}/{track}.yaml": file for track, file in current.track_files.items()}
    new = {name: text for name, text in texts.items() if before.get(name) != text}
    return {own_names.get(name, name): text for name, text in new.items()}


def _put(texts: Mapping[str, str], directory: Path) -> None:
    """Write every file beside its place first, then move all of them, undoing all on failure."""
    made = _make_directories(directory / TRACKS)
    try:
        staging = Path(tempfile.mkdtemp(prefix=".incoming-", dir=directory))
        try:
            (staging / TRACKS).mkdir()
            for name, text in texts.items():
                _write_through(staging / name, text)
            _move_all(staging, directory, texts)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError:
        for path in made:
            path.rmdir()
        raise


def _make_directories(path: Path) -> list[Path]:
    """Make the directory and those above it; returns the new ones, deepest first."""
    missing = [each for each in (path, *path.parents) if not each.exists()]
    path.mkdir(parents=True, exist_ok=True)
    return missing


def _write_through(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _move_all(staging: Path, directory: Path, names: Iterable[str]) -> None:
    before = {name: _bytes_of(directory / name) for name in names}
    moved: list[str] = []
    try:
        for name, content in before.items():
            target = (directory / name).resolve()  # a link inside the directory stays a link
            if content is not None:
                shutil.copymode(target, staging / name)
            (staging / name).replace(target)
            moved.append(name)
    except OSError:
        for name in moved:
            _put_back(directory / name, before[name])
        raise


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
