"""What to ask about: a published score, so that the choice can be explained. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.journal.model import Tally
from bot.ladder.model import Expectation, Statement

TARGET = 2
STALE_DAYS = 60
RECENT_NUDGES = 3
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Topic:
    """A competency to ask about, with the parts of its score, each from 0 to 1.

    `days_since` is None where there is no example yet.
    """

    competency_id: str
    gap: float
    stale: float
    focus: float
    fresh: float
    days_since: int | None

    @property
    def score(self) -> float:
        """The published one: the highest is asked about."""
        return 0.45 * self.gap + 0.25 * self.stale + 0.30 * self.focus - 0.60 * self.fresh


def cue(expectation: Expectation, day: date) -> Statement | None:
    """The sentence of the ladder to quote in a question, another one each week."""
    cues = [s for s in expectation.statements if not s.placeholder]
    cues = cues or [Statement("", example) for example in expectation.examples]
    return cues[day.toordinal() // 7 % len(cues)] if cues else None


def choose(
    competencies: Iterable[str],
    evidence: Tally,
    asked: Sequence[str],
    today: date,
    *,
    focus: Collection[str] = NONE,
    passed: Collection[str] = NONE,
) -> Topic | None:
    """The highest score, the ladder's order on a tie; never what was asked last, if avoidable.

    `asked` are the competencies of earlier nudges, the latest first; `passed` are those that the
    latest ones asked about before something else was wanted.
    """
    fresh = {*asked[:RECENT_NUDGES], *passed}
    topics = [topic(each, evidence, today, focus, fresh) for each in competencies]
    ranked = sorted(topics, key=lambda each: -each.score)
    others = [each for each in ranked if each.competency_id not in asked[:1]]
    return next(iter(others or ranked), None)


def topic(
    competency_id: str,
    evidence: Tally,
    today: date,
    focus: Collection[str] = NONE,
    fresh: Collection[str] = NONE,
) -> Topic:
    """One competency with all that counts for and against it."""
    last = evidence.last_days.get(competency_id)
    days = (today - last).days if last else None
    return Topic(
        competency_id,
        gap=max(0, TARGET - evidence.counts.get(competency_id, 0)) / TARGET,
        stale=1.0 if days is None else min(1.0, max(0, days) / STALE_DAYS),
        focus=float(competency_id in focus),
        fresh=float(competency_id in fresh),
        days_since=days,
    )
