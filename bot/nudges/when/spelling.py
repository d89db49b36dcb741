"""Typing errors in the few words that we know."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_MENDED = 5
_WORD = re.compile(r"[a-z]+")


def mended(text: str, known: Collection[str]) -> str:
    """The text, in small letters, with each longer word put right that is nearly a known one.

    One slip is forgiven, two in a word of eight letters or more; what could be two words stays.
    """
    return _WORD.sub(lambda found: _nearest(found.group(), known), text)


def _nearest(word: str, known: Collection[str]) -> str:
    if word in known or len(word) < SHORTEST_MENDED:
        return word
    slips = 2 if len(word) >= 8 else 1
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=2)
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return word
    return str(near[0][0])
