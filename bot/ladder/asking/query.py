"""What kind of question somebody typed, before the ladder is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.ladder.asking.spelling import Words
from bot.ladder.wording import fold

_COMPARING = frozenset(
    ["against", "changes", "compare", "compared", "comparing", "comparison", "diff", "differ",
     "difference", "differences", "differs", "versus", "vs"]
)  # fmt: skip
_BETWEEN = frozenset(["against", "and", "between", "from", "or", "to", "versus", "vs", "with"])
_NEXT = frozenset(["after", "next", "promoted", "promotion"])
_ALL = frozenset(["across", "all", "each", "every", "everywhere", "throughout"])
_BY = frozenset(["by", "over", "per", "through"])
_SAME = frozenset(["counterpart", "elsewhere", "equivalent", "other", "others", "same"])
_SCALE = frozenset(["maturity", "scale"])
_SHARED = frozenset(["common", "shared"])
_ME = frozenset(["am", "current", "do", "i", "me", "mine", "my", "own", "stand", "where", "who"])
_MY = frozenset(["current", "my", "our", "own", "your"])
_MINE = dict.fromkeys(_MY, "mine")
_ANY_LEVEL = frozenset(["level", "levels", "lvl", "rung", "rungs"])
_ANY_TRACK = frozenset(["path", "paths", "track", "tracks"])
_CHATTER = frozenset([
    "about", "are", "be", "become", "can", "career", "could", "describe", "do", "does",
    "everything", "expect", "expectation", "expectations", "expected", "expects", "explain", "for",
    "get", "give", "hello", "hey", "hi", "how", "i", "is", "ladder", "look", "mean", "meaning",
    "means", "move", "need", "of", "please", "required", "requirement", "requirements", "say",
    "see", "should",
    "show", "tell", "thanks", "the", "there", "us", "want", "was", "we", "what", "what's",
    "whats", "would", "you", "your",
])  # fmt: skip
COMMANDS = _COMPARING | _NEXT | _ALL | _SAME | _SCALE | _SHARED | {"find", "search"}
LITTLE = _BETWEEN | _BY | _ME | _MY | _ANY_LEVEL | _ANY_TRACK | _CHATTER
_MOST_WORDS = 16

_LEVEL = re.compile(r"[a-z]{0,5}-?\d+(?:\.\d+)*")
_ARROW = re.compile(r"[-=]+>|→|⇒|⟶|»")
_EMOJI = re.compile(r"(?<![^\s:]):[a-z0-9_+'-]*[a-z_][a-z0-9_+'-]*:(?![^\s:])")
_TOKEN = re.compile(r"[^\s,;:&?!()\"“”„«…|+*~`<>\[\]{}=]+")
_EDGES = "'’‘.-–—_/\\#"
_SEARCH = re.compile(
    r"\s*(?:please\s+)?(?:(?:search|find|grep|look\s*up|look\s+for|lookup)(?:\s+(?:for|me|all))*"
    r"|where\s+(?:does|do|is|are)\s+(?:it|the\s+ladder|they|we)\s+(?:\w+\s+)?"
    r"(?:says?|said|mentions?|mentioned|talks?|speaks?)(?:\s+about)?)(?:[\s:,]+|$)",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\s*where\s+(?:is|are)\s+(.+?)\s+(?:described|explained|mentioned|said|written)[\s?.!]*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”„«]\s*([^\"“”„«»]+?)\s*[\"“”»]")


@dataclass(frozen=True, slots=True)
class MyLevel:
    """Where am I."""


@dataclass(frozen=True, slots=True)
class ShowLevel:
    """One level, one competency, or both, in words still to be understood."""

    words: Words


@dataclass(frozen=True, slots=True)
class Next:
    """What comes after my level; the words may name another, or a competency."""

    words: Words = ()


@dataclass(frozen=True, slots=True)
class Compare:
    """Two levels, or one with mine; the words still hold both sides."""

    words: Words = ()

    def sides(self) -> Iterator[tuple[Words, Words]]:
        """Every way to part the words in two, the words in between taken off each side."""
        for place in range(1, len(self.words)):
            first, second = _trimmed(self.words[:place]), _trimmed(self.words[place:])
            if first and second:
                yield first, second


@dataclass(frozen=True, slots=True)
class Across:
    """A competency, over every level of a track."""

    words: Words = ()


@dataclass(frozen=True, slots=True)
class Same:
    """The same rung elsewhere; the words may name the rung and the other track."""

    words: Words = ()


@dataclass(frozen=True, slots=True)
class Search:
    """Words to look for in the ladder's texts, as typed; a phrase was put in quotes."""

    words: str = ""
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """What the words for maturity mean."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A group of statements that several tracks share."""

    words: Words = ()


Query = MyLevel | ShowLevel | Next | Compare | Across | Same | Search | Scale | Shared


def tokens(text: str) -> Words:
    """The folded words of a line, emoji and punctuation aside; at most 17 of them."""
    plain = _EMOJI.sub(" ", _ARROW.sub(" to ", fold(text).replace("’", "'")))
    typed = (word.strip(_EDGES) for word in _TOKEN.findall(plain))
    return tuple(word for word in typed if any(map(str.isalnum, word)))[: _MOST_WORDS + 1]


def as_typed(text: str, words: str) -> str:
    """The folded words with the capitals that they have in the text, where they are found there."""
    place = text.lower().find(words)
    return words if place < 0 else text[place : place + len(words)]


def searched(text: str) -> Search | None:
    """What to look for, when the line starts like a search or has words in quotes."""
    if mentioned := _WHERE.fullmatch(text):
        return Search(mentioned.group(1))
    command = _SEARCH.match(text)
    rest = text[command.end() :].strip() if command else text.strip()
    quoted = _QUOTED.search(rest)
    if quoted and quoted.group() == rest.rstrip("?!. "):
        return Search(quoted.group(1).strip(), phrase=True)
    return Search(rest.strip('?! "“”„«»')) if command else None


def parse(typed: Words, scale: frozenset[Words] = frozenset()) -> Query:
    """The question behind the words; `scale` are the ladder's own names for maturity.

    More than 16 words are no question about levels.
    """
    words = tuple(word for word in typed if word not in _CHATTER)
    if len(typed) > _MOST_WORDS:
        return ShowLevel(words)
    rest = tuple(word for word in words if word not in _ANY_LEVEL)
    if _COMPARING & set(rest):
        sides = (_MINE.get(w, w) for w in rest if w not in _COMPARING - _BETWEEN)
        return Compare(_trimmed(tuple(sides)))
    if _is_scale(rest, scale):
        return Scale()
    if set(typed) <= _ME | _ANY_LEVEL - {"levels", "rungs"} | _CHATTER:
        return MyLevel()
    return _of_several(words, rest)


def _is_scale(rest: Words, scale: frozenset[Words]) -> bool:
    """Whether the words are about maturity alone, or about it at some level."""
    about = tuple(w for w in rest if w not in {"a", "an", "at", "in", "on"})
    named = tuple(w for w in about if not _LEVEL.fullmatch(w))
    return about in scale or (
        bool(named) and all(word in _SCALE or (word,) in scale for word in named)
    )


def _of_several(words: Words, rest: Words) -> Query:
    """The questions that look beyond one level, else the one about it."""
    has = set(rest)
    if has and has <= _ANY_TRACK:
        return Same()
    if _SHARED & has:
        return Shared(tuple(w for w in rest if w not in _SHARED))
    if _SAME & has:
        aside = _SAME | _ANY_TRACK | _ME | _MY | {"another", "as", "on"}
        return Same(tuple(w for w in rest if w not in aside))
    if _ALL & has or {"levels", "rungs"} & set(words) or (_BY & has and set(words) & _ANY_LEVEL):
        return Across(tuple(w for w in rest if w not in _ALL | _BY | {"on"}))
    if _NEXT & has:
        return Next(_trimmed(tuple(w for w in rest if w not in _NEXT | _ME | {"comes"})))
    aside = _MY | _ANY_TRACK | _ANY_LEVEL | _ME - {"me", "mine"}
    return ShowLevel(tuple(w for w in words if w not in aside) or words)


def _trimmed(words: Words) -> Words:
    """The words without those that only stand between two sides."""
    first, last = 0, len(words)
    while first < last and words[first] in _BETWEEN:
        first += 1
    while last > first and words[last - 1] in _BETWEEN:
        last -= 1
    return words[first:last]
