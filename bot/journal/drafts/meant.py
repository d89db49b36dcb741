"""What somebody means who writes to the bot: an example, a question to the ladder, a word. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum

from bot.ladder.asking.answers import Answer, NotFound, SearchAnswer

WORD_MOST = 3
QUESTION_MOST = 8
EXAMPLE_LEAST = 3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GREETINGS = _words("""
    afternoon bye cheers cool evening good great hello hey hi morning nice ok okay perfect please
    rung super thank thanks there thx welcome yes no you
""")
_ASKING = _words("""
    am are can compare could do does explain find how is list next search should show tell what
    what's whats when where which who whose why would
""")


class Meant(StrEnum):
    """What to do with a message."""

    EXAMPLE = "example"
    QUESTION = "question"
    WORD = "word"
    GREETING = "greeting"


def meant(text: str, owned: Collection[str], ask: Callable[[str], Answer]) -> Meant:
    """Keeps rather than answers: what is taken for an example can be dismissed with one tap.

    `owned` are the first words that capabilities answer to, `ask` is what the ladder says. A word
    counts with two more at most, and a question has to be short or to end like one.
    """
    words = [word.strip(".,;:!?…").casefold() or word for word in text.split()]
    if words[0] in owned and len(words) <= WORD_MOST:
        return Meant.WORD
    if set(words) <= _GREETINGS and len(words) <= WORD_MOST + 1:
        return Meant.GREETING
    if text.rstrip().endswith("?"):
        return Meant.QUESTION
    if len(words) <= QUESTION_MOST and _is_understood(ask(text), words):
        return Meant.QUESTION
    return Meant.EXAMPLE


def could_be_example(text: str) -> bool:
    """Whether what was answered as a question may have been meant as an example after all."""
    words = text.split()
    return len(words) >= EXAMPLE_LEAST and words[0].casefold() not in _ASKING


def _is_understood(found: Answer, words: list[str]) -> bool:
    """A search counts where it was asked for: many a word of an example is in the ladder too."""
    if isinstance(found, SearchAnswer):
        return len(words) == 1 or words[0] in _ASKING
    return not isinstance(found, NotFound)
