"""What to ask about: a published score, so that the choice can be explained. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.ladder.model import Expectation, Statement

TARGET = 2
STALE_DAYS = 60
RECENT_NUDGES = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the journal knows of a person: counts in 90 days and the last day, by competency."""

    counts: Mapping[str, int]
    last_days: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Topic:
    """A competency to ask about; `days_since` is None where there is no example yet."""

    competency_id: str
    score: float
    days_since: int | None


def cue(expectation: Expectation, day: date) -> Statement | None:
    """The sentence of the ladder to quote in a question, another one each week."""
    cues = [s for s in expectation.statements if not s.placeholder]
    cues = cues or [Statement("", example) for example in expectation.examples]
    return cues[day.toordinal() // 7 % len(cues)] if cues else None


def choose(
    competencies: Sequence[str], evidence: Evidence, asked: Sequence[str], today: date
) -> Topic | None:
    """The highest score, the ladder's order on a tie; never what was asked last, if avoidable.

    `asked` are the competencies of earlier nudges, the latest first.
    """
    ranked = sorted(score_all(competencies, evidence, asked, today), key=lambda t: -t.score)
    fresh = [topic for topic in ranked if not asked or topic.competency_id != asked[0]]
    return next(iter(fresh or ranked), None)


def score_all(
    competencies: Iterable[str], evidence: Evidence, asked: Sequence[str], today: date
) -> list[Topic]:
    """Every competency with its score: 0.45 gap + 0.25 stale - 0.60 fresh."""
    return [_topic(c, evidence, asked[:RECENT_NUDGES], today) for c in competencies]


def _topic(competency_id: str, evidence: Evidence, recent: Sequence[str], today: date) -> Topic:
    gap = max(0, TARGET - evidence.counts.get(competency_id, 0)) / TARGET
    last = evidence.last_days.get(competency_id)
    days = (today - last).days if last else None
    stale = 1.0 if days is None else min(1.0, max(0, days) / STALE_DAYS)
    fresh = 1.0 if competency_id in recent else 0.0
    return Topic(competency_id, 0.45 * gap + 0.25 * stale - 0.60 * fresh, days)
