"""Undo what happened to text whose UTF-8 bytes were once read as Mac Roman or Windows-1252.

An owl then shows as three or four odd letters, the first often an invisible private-use one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_RUN = re.compile(r"[^\x00-\x7f]+")
_EMOJI = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\U0001f000-\U0001faff]")
_PLAUSIBLE = re.compile(
    "[\u00a0-\u017f\u2010-\u203f\u20ac\u20d0-\u20ff\u2122\u2190-\u2bff\u3030\u303d\u3297\u3299"
    "\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)
_PUNCTUATION = re.compile("(?:â€|‚Ä|Ã¢â‚¬)")
_LOST_FIRST = re.compile("(?<![^\x00-\x7f]|\\w)ü[\x80-\uf8ff]{2}(?![^\x00-\x7f]|\\w)")
_LOST_LAST = re.compile("(?P<run>ð[^\x00-\x7f]{2}) (?= )")
_TRACES = re.compile(
    "[\x80-\x9f\ue000-\uf8ff\ufffd]|ðŸ|â€|ï¸|Ã[\u0080-\u00bf\u0192\u02c6\u02dc]|√[ü©®°¢§£]|‚Ä|Ô∏|ü[¶ß§•å][^\x00-\x7f\\s]"
)
_DEEPEST = 3


def repair(line: str) -> str:
    """The line as it was before the damage, or unchanged when there is none to undo.

    Either every odd stretch of the line can be undone, or only those that give an emoji, or
    punctuation that nobody types by hand, are: letters such as the French “l’équipe” happen to
    be undoable alone and must stay. Damage that was done twice is undone twice.
    """
    if line.isascii():
        return line
    mended = _repair(_whole(line))
    if mended == line and (composed := unicodedata.normalize("NFC", line)) != line:
        undone = _repair(composed)
        return undone if undone != composed and _EMOJI.search(undone) else line
    return mended if mended != _whole(line) else line


def looks_damaged(text: str) -> bool:
    """Whether the text holds traces of damage, undoable or not."""
    return not text.isascii() and (bool(_TRACES.search(text)) or repair(text) != text)


def _repair(line: str) -> str:
    undone = {run: _undo(run) for run in set(_RUN.findall(line))}
    if not all(undone.values()):
        undone = {run: new for run, new in undone.items() if new and _is_certain(run, new)}
    return _RUN.sub(lambda found: undone.get(found.group()) or found.group(), line)


def _is_certain(run: str, undone: str) -> bool:
    return bool(_EMOJI.search(undone) or _PUNCTUATION.match(run))


def _whole(line: str) -> str:
    """The line with the byte that a damaged emoji lost on its way, where only one can be meant.

    An invisible first letter goes missing when text is copied; a last one that looks like a
    space becomes a plain space.
    """
    line = _LOST_FIRST.sub(lambda found: _if_emoji(found.group(), f"\uf8ff{found.group()}"), line)
    return _LOST_LAST.sub(lambda found: _if_emoji(found.group(), f"{found['run']}\u00a0"), line)


def _if_emoji(as_it_is: str, completed: str) -> str:
    undone = _undo(completed)
    return completed if undone and _EMOJI.search(undone) else as_it_is


def _undo(run: str, depth: int = 1) -> str | None:
    for encode in (_mac_bytes, _windows_bytes):
        original = _round_trip(run, encode)
        if not original:
            continue
        if depth < _DEEPEST and (deeper := _undo(original, depth + 1)):
            return deeper
        if _PLAUSIBLE.fullmatch(original):
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
