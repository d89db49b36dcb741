"""A folder's files, met in a fixed order and never outside the folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.ladder.model import Problem

MAX_FILES = 2_000
MAX_DEPTH = 20


@dataclass
class Walk:
    """What a folder holds; hidden files and folders are not looked at."""

    root: Path
    files: list[Path] = field(default_factory=list)
    passed_over: list[tuple[Path, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def walk(root: Path) -> Walk:
    """Every file below the root, folder by folder; too many of them are a problem, not a wait."""
    found = Walk(root)
    for place in _entries(root, found, depth=1):
        if len(found.files) + len(found.passed_over) >= MAX_FILES:
            message = f"This folder holds more than {MAX_FILES:,} files."
            found.problems.append(Problem(shown(root), 1, message, "Give the folder of the pages."))
            break
        if place.is_symlink():
            _look_at_link(place, found)
        elif place.is_file():
            found.files.append(place)
        else:
            found.passed_over.append((place, "no ordinary file"))
    return found


def shown(path: Path) -> str:
    """The path as it can be printed, whatever bytes its name is made of."""
    text = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(ch if ch.isprintable() else repr(ch)[1:-1] for ch in text)


def _entries(folder: Path, found: Walk, depth: int) -> Iterator[Path]:
    """The files in the folder, then those in the folders within it."""
    if depth > MAX_DEPTH:
        message = f"Folders lie more than {MAX_DEPTH} deep here."
        found.problems.append(Problem(shown(folder), 1, message, "Give the folder of the pages."))
        return
    folders = []
    for place in _listed(folder, found):
        if place.is_dir() and not place.is_symlink():
            folders.append(place)
        else:
            yield place
    for inner in folders:
        yield from _entries(inner, found, depth + 1)


def _listed(folder: Path, found: Walk) -> list[Path]:
    try:
        places = [place for place in folder.iterdir() if not place.name.startswith(".")]
    except OSError as error:
        message = f"This folder cannot be read: {error.strerror or error}."
        found.problems.append(Problem(shown(folder), 1, message, "Check who may read it."))
        return []
    return sorted(places, key=lambda place: (place.name.casefold(), place.name))


def _look_at_link(link: Path, found: Walk) -> None:
    """A link to a page of another folder within the root counts as that page; no other does."""
    try:
        target = link.resolve()
    except (OSError, RuntimeError):
        found.passed_over.append((link, "a link that leads round in a circle"))
        return
    if not target.is_relative_to(found.root.resolve()):
        message = "This link leads out of the folder, and is not followed."
        found.problems.append(
            Problem(shown(link), 1, message, "Put a copy in its place, or take the link away.")
        )
    elif target.is_file() and target.parent != link.parent.resolve():
        found.files.append(link)
    else:
        kind = "a link to something that is read where it stands"
        found.passed_over.append((link, kind if target.exists() else "a link that leads nowhere"))
