"""What the tracks of a folder are called: names for people, and ids that stay the same."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Container, Sequence
from pathlib import Path

from bot.ladder.importers.pages.headings import level_in
from bot.ladder.wording import fold, name_slug, unique

_ORDER = re.compile(r"^\d{1,3}[\s._-]+(?=\D)")
_GENERIC = re.compile(
    r"(?:\s+|^)(?:roles?|levels?|ladder|career|path|paths|track|tracks|framework|progression"
    r"|matrix|guide|readme|overview|expectations)$",
    re.IGNORECASE,
)
_LONGEST_NAME = 80
_SAME_START = 4


def track_name(folder: Path, readme: str) -> str:
    """The heading of the folder's README where it speaks of the same thing, else its own name."""
    own = _name_of(folder)
    name = " ".join(readme.split())
    while name != (shorter := _GENERIC.sub("", name).strip(" :–—-")):
        name = shorter
    fits = name and len(name) <= _LONGEST_NAME and not level_in(name) and _alike(name, own)
    return name if fits else own


def track_ids(folders: Sequence[Path], root: Path) -> dict[Path, str]:
    """An id for each folder, of its name; folders of the same name get their parents' in front."""
    parts = {folder: _parts(folder, root) for folder in folders}
    used = dict.fromkeys(folders, 1)
    while doubles := _doubles(_ids(parts, used)):
        growing = [each for each in doubles if used[each] < len(parts[each])]
        for folder in growing:
            used[folder] += 1
        if not growing:
            break
    return _numbered(_ids(parts, used))


def id_from(name: str) -> str:
    """A track's id for a name; one without a Latin letter or digit gets one that stays the same."""
    slug = name_slug(name)
    return slug or f"track-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:6]}"


def _ids(parts: dict[Path, list[str]], used: dict[Path, int]) -> dict[Path, str]:
    return {folder: "-".join(parts[folder][-count:]) for folder, count in used.items()}


def _doubles(ids: dict[Path, str]) -> list[Path]:
    counts = Counter(ids.values())
    return [folder for folder, track_id in ids.items() if counts[track_id] > 1]


def _numbered(ids: dict[Path, str]) -> dict[Path, str]:
    taken: set[str] = set()
    for folder, track_id in ids.items():
        ids[folder] = free(track_id, taken)
        taken.add(ids[folder])
    return ids


def free(track_id: str, taken: Container[str]) -> str:
    """The id, cut to what an id may be long, and numbered where it is taken."""
    return unique(track_id[:70].strip("-._"), taken)


def _parts(folder: Path, root: Path) -> list[str]:
    inner = folder.relative_to(root).parts
    return [id_from(_ORDER.sub("", part)) for part in (root.resolve().name or "ladder", *inner)]


def _name_of(folder: Path) -> str:
    name = _ORDER.sub("", folder.resolve().name) or "Ladder"
    words = re.sub(r"[_-]+", " ", name.encode(errors="replace").decode()).split()
    return " ".join(word.capitalize() if word.islower() else word for word in words)[:150]


def _alike(name: str, other: str) -> bool:
    """Whether the two share a word, or at least how one begins."""
    starts = {fold(word)[:_SAME_START] for word in re.findall(r"\w{2,}", other)}
    return any(fold(word)[:_SAME_START] in starts for word in re.findall(r"\w{2,}", name))
