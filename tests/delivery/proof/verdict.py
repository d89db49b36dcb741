"""What came of a proof, by what Slack really received."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from tests.delivery.proof.stage import Stage

ORDERLY_ENDS = {None, 0, -9, -15}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kills` are SIGKILLs of processes that were at it; `crashed` ended by an error of theirs.

    `met` counts what went wrong between the bot and Slack, `untold` the messages that were made
    and whose sender was not told.
    """

    proof: str
    database: str
    nudges: int
    kills: int
    met: Counter[str]
    untold: Counter[str]
    duplicates: int
    lost: int
    unconfirmed: int
    crashed: int

    @property
    def unexplained(self) -> int:
        """Messages that did not arrive, and of which the bot does not say that it cannot tell."""
        return max(0, self.lost - self.unconfirmed)

    @property
    def holds(self) -> bool:
        """Whether nothing came twice and nothing is missing."""
        return not (self.duplicates or self.unexplained or self.crashed)

    def __add__(self, other: Verdict) -> Verdict:
        """Both proofs as one."""
        numbers = ("nudges", "kills", "met", "untold", "duplicates", "lost", "unconfirmed")
        both = {n: getattr(self, n) + getattr(other, n) for n in (*numbers, "crashed")}
        return replace(self, **both)

    def __str__(self) -> str:
        return (
            f"{self.proof} ({self.database}): {self.duplicates} twice, {self.lost} lost, "
            f"{self.unconfirmed} unconfirmed, {self.crashed} crashed"
        )


def judge(stage: Stage, proof: str, kills: int | None = None) -> Verdict:
    """Looks at Slack's own list; the bot's table says only what is `unconfirmed`."""
    met: Counter[str] = Counter()
    for (_, kind), number in stage.slack.faults.met.items():
        met[kind] += number
    return Verdict(
        proof=proof,
        database=stage.engine,
        nudges=len(stage.people) * stage.occasions,
        kills=stage.kills if kills is None else kills,
        met=met,
        untold=stage.slack.lost_answers(),
        duplicates=stage.duplicates(),
        lost=stage.lost(),
        unconfirmed=stage.states()["unconfirmed"],
        crashed=sum(1 for process in stage.workers if process.exitcode not in ORDERLY_ENDS),
    )
