"""Undo what happened to text whose UTF-8 bytes were once read as Mac Roman or Windows-1252.

An owl then shows as three or four odd letters, the first often an invisible private-use one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_RUN = re.compile(r"[^\x00-\x7f]+")
_PRIVATE_OR_BROKEN = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd]")
_EMOJI = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\U0001f000-\U0001faff]")
_PLAUSIBLE = re.compile(
    "[\u00a0-\u017f\u2010-\u203a\u20ac\u2122\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)


def repair(line: str) -> str:
    """The line as it was before the damage, or unchanged when there is none to undo.

    Either every odd stretch of the line can be undone, or only those that give an emoji are:
    letters such as the French “l’équipe” happen to be undoable alone and must stay.
    """
    runs = _RUN.findall(line)
    undone = {run: _undo(run) for run in runs}
    if not all(undone.values()):
        undone = {run: new for run, new in undone.items() if new and _EMOJI.search(new)}
    return _RUN.sub(lambda found: undone.get(found.group()) or found.group(), line)


def looks_damaged(text: str) -> bool:
    """Whether the text holds traces of damage, undoable or not."""
    return bool(_PRIVATE_OR_BROKEN.search(text)) or repair(text) != text


def _undo(run: str) -> str | None:
    for encode in (_mac_bytes, _windows_bytes):
        original = _round_trip(run, encode)
        if original and _PLAUSIBLE.fullmatch(original):
            return original
    return None


def _round_trip(run: str, encode: Callable[[str], bytes]) -> str | None:
    try:
        return encode(run).decode("utf-8")
    except UnicodeError:
        return None


def _mac_bytes(run: str) -> bytes:
    return run.encode("mac_roman")


def _windows_bytes(run: str) -> bytes:
    """Windows-1252, where the five bytes that it leaves undefined stand for themselves."""
    return b"".join(
        bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")
        for letter in run
    )
