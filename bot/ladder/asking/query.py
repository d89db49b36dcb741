"""What kind of question somebody typed, before the ladder is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.ladder.wording import fold

_COMPARING = frozenset(["compare", "comparison", "diff", "difference", "vs", "versus"])
_BETWEEN = frozenset(["and", "between", "to", "vs", "versus", "with"])
_ME = frozenset(["me", "mine", "my"])
_ANY_LEVEL = frozenset(["level", "rung"])
_CHATTER = frozenset(
    ["expectations", "expected", "is", "please", "see", "show", "what", "what's", "whats"]
)
_MOST_WORDS = 16
_TOKEN = re.compile(r"[^\s,;:&?!()]+")


@dataclass(frozen=True, slots=True)
class MyLevel:
    """Where am I."""


@dataclass(frozen=True, slots=True)
class ShowLevel:
    """One level, one competency, or both, in words still to be understood."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """What comes after my level; the words may name a competency."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compare:
    """Two levels, or one with mine; the words still hold both sides."""

    words: tuple[str, ...] = ()

    def sides(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Every way to part the words in two, the words in between taken off each side."""
        for place in range(1, len(self.words)):
            first, second = _trimmed(self.words[:place]), _trimmed(self.words[place:])
            if first and second:
                yield first, second


Query = MyLevel | ShowLevel | Next | Compare


def parse(text: str) -> Query:
    """The question behind the text; more than 16 words are no question about the ladder."""
    typed = _TOKEN.findall(fold(text).replace("’", "'"))[: _MOST_WORDS + 1]
    words = tuple(word for word in typed if word not in _CHATTER)
    if len(typed) > _MOST_WORDS:
        return ShowLevel(words)
    rest = tuple(word for word in words if word not in _ANY_LEVEL)
    if _COMPARING & set(words):
        return Compare(_trimmed(tuple(w for w in rest if w not in _COMPARING - _BETWEEN)))
    if not rest or set(rest) <= _ME:
        return MyLevel()
    if "next" in rest:
        return Next(tuple(word for word in rest if word not in {"next", *_ME}))
    return ShowLevel(words)


def _trimmed(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without those that only stand between two sides."""
    first, last = 0, len(words)
    while first < last and words[first] in _BETWEEN:
        first += 1
    while last > first and words[last - 1] in _BETWEEN:
        last -= 1
    return words[first:last]
