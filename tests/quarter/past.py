"""What happened in a one-on-one, told by nobody: the measure of what both sides read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

DAY = re.compile(r"^\d{1,2} [A-Z][a-z]{2} \d{4}$")
PROMISE = re.compile(
    r"^(?P<sign>✅|➖|◻️) (?P<by>[^:]+): (?P<text>.+?)(?: – dropped: (?P<why>.+))?$"
)


class Fate(StrEnum):
    """What became of a promise, as the history draws it."""

    KEPT = "✅"
    DROPPED = "➖"
    OPEN = "◻️"


@dataclass(frozen=True)
class Promise:
    """Who promised what, what came of it, and why not."""

    by: str
    text: str
    fate: Fate = Fate.OPEN
    why: str = ""


@dataclass
class Talk:
    """One meeting; `settled` are earlier promises that were kept or dropped in it."""

    agreed: str = ""
    discussed: set[str] = field(default_factory=set)
    promised: set[Promise] = field(default_factory=set)
    settled: set[Promise] = field(default_factory=set)

    @property
    def words(self) -> Iterable[str]:
        """Everything that anybody wrote."""
        promises = self.promised | self.settled
        said = {self.agreed, *self.discussed, *(each.text for each in promises)}
        return said | {each.why for each in promises if each.why}


def read(text: str, viewer: str) -> list[Talk]:
    """The talks in a history as it is shown to somebody of that name, the earliest first."""
    talks: list[Talk] = []
    here: set[Promise] = set()
    for line in text.splitlines():
        if DAY.match(line):
            talks.append(Talk())
        elif line.startswith("Agreed: "):
            talks[-1].agreed = line.removeprefix("Agreed: ")
        elif line.startswith("• "):
            talks[-1].discussed.add(line.removeprefix("• "))
        elif line == "Promised:":
            here = talks[-1].promised
        elif line.startswith("Kept or dropped"):
            here = talks[-1].settled
        elif found := PROMISE.match(line):
            by = viewer if found["by"] == "you" else found["by"].removeprefix("@")
            here.add(Promise(by, found["text"], Fate(found["sign"]), found["why"] or ""))
    return talks[::-1]
