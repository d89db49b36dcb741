"""The words that we know when somebody says when they want to be asked. Pure."""

from __future__ import annotations

import re

from bot.ladder.wording import short
from bot.nudges.when.dates import MONTHS, Unclear
from bot.nudges.when.manners import WEEKDAYS
from bot.nudges.when.spelling import mended

WEEKDAY = "|".join(name.lower() for name in WEEKDAYS)
EXAMPLES = "“fortnightly tuesday 14:00”, “pause until 12 January” or “off”"

_SHORT = {
    **{month[:3]: month for month in MONTHS},
    **{name[:3].lower(): name.lower() for name in WEEKDAYS},
    "sept": "september",
    "tues": "tuesday",
    "weds": "wednesday",
    "thur": "thursday",
    "thurs": "thursday",
    "till": "until",
    "'til": "until",
    "til": "until",
    "hrs": "hours",
}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
_UNIT = r"(?=(?:days?|weeks?|months?|fortnights?)\b)"
_REWRITTEN = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"[\u2010-\u2015]", "-"),
        (r"[\u2018\u2019]", "'"),
        (r"\(or its last\)|[\"“”„*_`]", " "),
        (r"\b([ap])\.\s?m\b\.?", r"\1m"),
        (r"\b(?:1|one)(?::|[ -]?(?:on|to)[ -]?|-)(?:1|one)s?\b", "talk"),
        (r"\bbi-weekly\b", "fortnightly"),
        (rf"\b(?:a|an) {_UNIT}", "1 "),
        *((rf"\b{word} {_UNIT}", f"{number} ") for word, number in _NUMBERS.items()),
        (r"\b1 fortnights?\b", "2 weeks"),
        (r"[,;!?]|\.(?=\s|$)(?<!\d\.)", " "),
        (r"\s+", " "),
    )
)
_FILLERS = frozenset(
    re.findall(
        r"\S+",
        "a always and are ask asking at be can for from i i'd i'm in is it like me my now nudge"
        " nudges of on one please question questions so switch that the them then these this time"
        " to turn want with",
    )
)
_LONG = frozenset(
    re.findall(
        r"\S+",
        "after again always another asked asking before biweekly continue country first fortnight"
        " fortnightly fortnights holiday holidays hours later leave midday midnight month monthly"
        " months never nudge nudges other pause paused please question questions resume second"
        " snooze start switch their there these through today tomorrow unpause until vacation"
        " weekdays weekly weeks working",
    )
)
KNOWN = frozenset(
    {*_LONG, *_SHORT, *_NUMBERS, *MONTHS, *(name.lower() for name in WEEKDAYS)}
    | {f"{name.lower()}s" for name in WEEKDAYS}
)
_WORD = re.compile(r"'?[a-z]+")


def canonical(text: str) -> str:
    """In small letters, typing errors mended, short forms written out, each thing in one way."""
    text = mended(text.casefold().strip(), KNOWN)
    text = _WORD.sub(lambda found: _SHORT.get(found.group(), found.group()), text)
    for pattern, by in _REWRITTEN:
        text = pattern.sub(by, text)
    return text.strip()


def meaningful(text: str) -> list[str]:
    """The words that say something."""
    bare = (word.strip(".:-&") for word in text.split())
    return [word for word in bare if word and word not in _FILLERS]


class Rest:
    """What of a text has not been understood yet."""

    def __init__(self, text: str) -> None:
        """`text` is canonical."""
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place that fits, which is understood from now on."""
        match = pattern.search(self.text)
        if match is not None:
            self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}"
        return match

    def finish(self) -> None:
        """Raises Unclear when anything is left that says something."""
        if left := meaningful(self.text):
            said = short(" ".join(left))
            raise Unclear(f"I did not understand “{said}”. Write for example {EXAMPLES}.")
