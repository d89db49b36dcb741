"""Texts in pieces that survive an ending, a typing error or a compound: three to five letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.ladder.asking.spelling import Words
from bot.ladder.asking.spelling import words as all_words

_MOST_WORDS = 150
_LONGEST_WORD = 30
_SHORTEST_PIECE, _LONGEST_PIECE = 3, 5
_NOT_SAID = re.compile(r"https?://\S+|<[@#!][^>\s]*>|:[a-z0-9_+'-]+:")


def words(text: str) -> Words:
    """The different words in their order, without links, mentions and names of emoji."""
    said = all_words(_NOT_SAID.sub(" ", text))
    return tuple(dict.fromkeys(word[:_LONGEST_WORD] for word in said))[:_MOST_WORDS]


def pieces(word: str) -> Iterator[str]:
    """Every run of letters in the word; a blank stands for its beginning and its end."""
    whole = f" {word} "
    for size in range(_SHORTEST_PIECE, min(_LONGEST_PIECE, len(whole)) + 1):
        for start in range(len(whole) - size + 1):
            yield whole[start : start + size]


def all_pieces(found: Sequence[str]) -> frozenset[str]:
    """Every piece of the words."""
    return frozenset(piece for word in found for piece in pieces(word))


def how_many(word: str) -> int:
    """The number of pieces that a word has."""
    letters = len(word) + 2
    longest = min(_LONGEST_PIECE, letters)
    return sum(letters - size + 1 for size in range(_SHORTEST_PIECE, longest + 1))
