"""A ladder as YAML that people like to edit, and its way to disk: all of it or nothing."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import ScalarNode

from bot.ladder.files.loading import HEAD, TRACKS, assemble, read
from bot.ladder.files.parts import SCHEMA, UNNAMED
from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Problem,
    Retired,
    SharedStatements,
    Statement,
    Track,
)

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ODD = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_OPTIONAL_IN_EXPECTATION = ("name", "emoji", "description")


class _Plain(str):
    """Text that may stand without quotes although YAML would take it for a date."""


class _Dumper(yaml.SafeDumper):
    """Block style with lists indented under their key, as people write it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    """Paragraphs as a block, odd characters as escapes, all else as YAML sees fit."""
    if _ODD.search(text):
        return '"'
    lines = text.split("\n")
    if len(lines) == 1:
        return None
    tidy = all(line == line.strip() for line in lines) and lines[0] and lines[-1]
    return "|" if tidy else '"'


def _represent_plain(dumper: yaml.SafeDumper, text: _Plain) -> ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(text))


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(_Plain, _represent_plain)


def dump(ladder: Ladder) -> dict[str, str]:
    """The text of each file of the ladder, by its name inside the ladder directory."""
    files = {HEAD: _yaml(_head(ladder))}
    for track in ladder.tracks:
        files[f"{TRACKS}/{track.id}.yaml"] = _yaml(_track(track, ladder))
    return files


def write(ladder: Ladder, directory: Path) -> tuple[Problem, ...]:
    """Put the ladder into the directory; on a problem the directory is as it was.

    Only files whose content changes are touched, and no file is removed. What was written reads
    back as exactly this ladder, or nothing is written.
    """
    texts = dump(ladder)
    back = assemble({name: text.encode() for name, text in texts.items()}, directory.as_posix())
    if back.ladder != ladder:
        message = "This ladder would not read back as it is, so nothing was written."
        return back.problems or (Problem(str(directory), 1, message),)
    try:
        _put(_changed(texts, directory), directory)
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
    """The names of the files that `write` would touch."""
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
        for name in before:
            (staging / name).replace(directory / name)
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


def _yaml(content: dict[str, Any]) -> str:
    return yaml.dump(
        content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000,
        default_flow_style=False,
    )  # fmt: skip


def _head(ladder: Ladder) -> dict[str, Any]:
    effective = _Plain(ladder.effective) if _is_date(ladder.effective) else ladder.effective
    optional = {
        "effective": effective,
        "attributes": dict(ladder.attributes),
        "maturity": [each.name for each in ladder.maturity],
        "competencies": {each.id: _competency(each) for each in ladder.competencies},
        "shared": {group.id: _shared(group) for group in ladder.shared},
    }
    always = {
        "schema": SCHEMA, "id": ladder.id, "name": ladder.name, "version": ladder.version
    }  # fmt: skip
    return always | _filled(optional)


def _track(track: Track, ladder: Ladder) -> dict[str, Any]:
    return {
        "id": track.id,
        "name": track.name,
        "kind": track.kind,
        **_filled({"includes": list(track.includes)}),
        "levels": [_level(level, ladder) for level in track.levels],
        **_filled({"retired": [_retired(each) for each in track.retired]}),
    }


def _level(level: Level, ladder: Ladder) -> dict[str, Any]:
    ids = {name: attribute_id for attribute_id, name in ladder.attributes.items()}
    optional = {
        "inherits": list(level.inherits),
        "next": list(level.next),
        "summary": level.summary,
        "attributes": {ids[name]: value for name, value in level.attributes.items()},
        "expects": {e.competency.id: _expectation(e, ladder) for e in level.expects},
        "examples": list(level.examples),
    }
    return {"id": level.id, "title": level.title, "rank": level.rank} | _filled(optional)


def _expectation(expectation: Expectation, ladder: Ladder) -> dict[str, Any]:
    usual = ladder.competency(expectation.competency.id)
    own = {
        key: getattr(expectation.competency, key)
        for key in _OPTIONAL_IN_EXPECTATION
        if getattr(expectation.competency, key) != getattr(usual, key)
    }
    lists = {
        "statements": [_statement(each) for each in expectation.statements],
        "examples": list(expectation.examples),
    }
    return own | _filled(lists)


def _statement(statement: Statement) -> dict[str, str] | str:
    if statement.id.startswith(UNNAMED):
        return statement.text
    return {statement.id: statement.text}


def _competency(competency: Competency) -> dict[str, Any]:
    optional = {
        "emoji": competency.emoji,
        "description": competency.description,
        "aliases": list(competency.aliases),
    }
    return {"name": competency.name} | _filled(optional)


def _shared(group: SharedStatements) -> dict[str, Any]:
    return {"name": group.name, "statements": [_statement(each) for each in group.statements]}


def _retired(retired: Retired) -> dict[str, Any]:
    always = {
        "id": retired.id, "was": retired.was, "competency": retired.competency,
        "level": retired.level,
    }  # fmt: skip
    return always | _filled({"until": retired.until, "replaced_by": list(retired.replaced_by)})


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if value}


def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text))
