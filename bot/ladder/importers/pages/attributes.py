"""Facts that a level states about itself, in the many ways in which people write them."""

from __future__ import annotations

import re

from bot.ladder.importers.names import without_emphasis

_SET_OFF = re.compile(
    r"(?P<mark>\*{1,3}|_{1,3})(?P<name>[^*_:]{2,80}?)\s*"
    r"(?:\\?:\s*(?P=mark)\s*\\?:?|(?P=mark)\s*(?:\\?:|[–—-]\s))\s*(?P<value>.*)"
)
_NAME_AND_VALUE = re.compile(r"(\*{1,3}|_{1,3})(?P<name>[^*_:]{2,80})\1(?:\s+(?P<value>.*)|$)")
_PLAIN = re.compile(r"(?P<name>[^:*_`<>\[\]]{2,60}?)\s*\\?:(?:\s+(?P<value>.*)|$)")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_MOST_WORDS = 5
_USUAL = frozenset(
    ["planning horizon", "impact radius", "evaluation", "evaluated by", "scope", "autonomy",
     "responsibility and direction needed", "responsibility", "direction needed", "complexity",
     "experience", "reports to", "time horizon", "horizon", "reach", "sphere of influence",
     "scope of influence", "scope of impact", "supervision", "ambiguity", "years of experience"]
)  # fmt: skip


def is_usual(name: str) -> bool:
    """Whether many ladders state a fact of that name, so that it needs no emphasis to be one."""
    return " ".join(name.split()).casefold() in _USUAL


def attribute_in(text: str, *, listed: bool) -> tuple[str, str] | None:
    """The name and value on a line above the competencies, if it states a fact.

    Without emphasis the name must be a usual one, or short and `listed`: on a bullet, or right
    below another fact. The value may be empty and follow on the next line.
    """
    found = _SET_OFF.fullmatch(text)
    if not found and (found := _NAME_AND_VALUE.fullmatch(text)) and not is_usual(found["name"]):
        found = None
    if not found and (found := _PLAIN.fullmatch(text)) and not _is_plain_fact(found, listed):
        found = None
    return (" ".join(found["name"].split()), (found["value"] or "").strip()) if found else None


def cells_in(row: str) -> list[str]:
    """The cells of a table's row, without emphasis."""
    inner = row.strip().removeprefix("|").removesuffix("|")
    return [without_emphasis(cell).rstrip(":").strip() for cell in _CELL_BORDER.split(inner)]


def _is_plain_fact(found: re.Match[str], listed: bool) -> bool:
    words = found["name"].split()
    short = len(words) <= _MOST_WORDS and words[:1] not in (["I"], ["You"], ["We"])
    return is_usual(found["name"]) or (listed and short and bool(found["value"]))
