"""Looking through one's own examples: by the time, and by the words in them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from rapidfuzz.distance import OSA

from bot.ladder.asking.spelling import SHORTEST_BEGINNING, Words, key, slips, telling, words
from bot.ladder.model import Ladder
from bot.ladder.wording import fold

SEARCHED = 5_000
"""How many of the latest examples a search opens at most."""

SPANS = {
    "all": "Any time",
    "30": "Last 30 days",
    "90": "Last 90 days",
    "year": "This year",
    "365": "Last 12 months",
}

Reads = Callable[[str, str], bool]


def first_day(span: str, today: date) -> date | None:
    """The first day of one of the `SPANS`; None for any time, and for what is none of them."""
    if span == "year":
        return today.replace(month=1, day=1)
    return today - timedelta(days=int(span)) if span in SPANS and span.isdecimal() else None


def having(written: Iterable[tuple[str, str]], typed: str) -> set[str]:
    """The ids of texts that hold all that was typed, in any spelling, or the beginning of a word.

    Where none does, typing errors are forgiven. Signs without a letter are taken as they stand.
    """
    asked = telling(typed) or words(typed)
    if not asked:
        return {found for found, text in written if fold(typed) in fold(text)}
    read = [(found, frozenset(words(text))) for found, text in written]
    known = frozenset[str]().union(*(held for _, held in read))
    return _all(read, known, asked, _says) or _all(read, known, asked, _may_say)


def named(ladder: Ladder, typed: str) -> str:
    """The id of the one competency whose name the words are, or are part of; empty if none."""
    asked = set(map(key, telling(typed)))
    found = [
        competency.id
        for competency in ladder.competencies
        if any(
            asked <= set(map(key, telling(name)))
            for name in (competency.id.replace("-", " "), competency.name, *competency.aliases)
        )
    ]
    return found[0] if asked and len(found) == 1 else ""


def _all(
    read: Iterable[tuple[str, frozenset[str]]], known: Iterable[str], asked: Words, reads: Reads
) -> set[str]:
    """The texts in which each word asked for is read, in one way or another."""
    ways = [frozenset(each for each in known if reads(each, word)) for word in asked]
    return {found for found, held in read if not any(held.isdisjoint(way) for way in ways)}


def _says(word: str, asked: str) -> bool:
    """The same word; one that goes on; or, in scripts without spaces, one that holds it."""
    if not asked.isascii():
        return asked in word
    return key(word) == key(asked) or (len(asked) >= SHORTEST_BEGINNING and word.startswith(asked))


def _may_say(word: str, asked: str) -> bool:
    most = slips(asked)
    return word == asked or bool(most and OSA.distance(word, asked, score_cutoff=most) <= most)
