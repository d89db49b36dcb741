"""What to ask one person, from all that is known of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.journal.model import Tally
from bot.ladder.model import Ladder, Statement
from bot.nudges.model import NO_WISHES, Answer, Nudge, Wishes
from bot.nudges.topics import RECENT_NUDGES, Topic, choose, cue, topic
from bot.people.model import Person
from bot.people.standing import expectation_of, expected_of
from bot.slack.text import clean

NOTHING_YET = Tally({}, {})
_cleaned = lru_cache(maxsize=1024)(clean)


@dataclass(frozen=True, slots=True)
class Known:
    """All that counts for choosing: their earlier nudges, the newest first, and their wishes."""

    person: Person
    nudges: Sequence[Nudge] = ()
    wishes: Wishes = NO_WISHES
    tally: Tally = NOTHING_YET


def next_topic(known: Known, ladder: Ladder, day: date) -> Topic | None:
    """What to ask about on that day; what was put off is asked again."""
    asked = [each for each in known.nudges if not each.about_preferences]
    again = _put_off(asked, ladder, known.wishes, day)
    if again:
        return topic(again, known.tally, day, known.wishes.focus)
    return _best(known, ladder, day, asked, set())


def other_topic(known: Known, ladder: Ladder, nudge: Nudge) -> Topic | None:
    """What the same question could be about instead; None when everything was offered."""
    asked = [each for each in known.nudges if each.id != nudge.id and not each.about_preferences]
    offered = {nudge.competency_id, *nudge.passed}
    return _best(known, ladder, nudge.local_date, asked, {_now(ladder, each) for each in offered})


def asked_about(nudge: Nudge, chosen: Topic, known: Known, ladder: Ladder) -> Nudge:
    """The nudge with its topic, and a sentence of the ladder to go with it."""
    expectation = expectation_of(known.person, ladder, chosen.competency_id)
    found = cue(expectation, nudge.local_date) if expectation else None
    return replace(
        nudge,
        competency_id=chosen.competency_id,
        days_since=chosen.days_since,
        focused=bool(chosen.focus),
        cue=found and Statement(found.id, _cleaned(found.text)),
    )


def _best(
    known: Known, ladder: Ladder, day: date, asked: Sequence[Nudge], offered: set[str]
) -> Topic | None:
    wishes = known.wishes.without_what_is_back(day)
    aside = {_now(ladder, each) for each in wishes.aside}
    expected = [each.id for each in expected_of(known.person, ladder)]
    return choose(
        [each for each in expected if each not in aside and each not in offered],
        known.tally,
        [_now(ladder, each.competency_id) for each in asked],
        day,
        focus={_now(ladder, each) for each in wishes.focus},
        passed={_now(ladder, each) for nudge in asked[:RECENT_NUDGES] for each in nudge.passed},
    )


def _put_off(asked: Sequence[Nudge], ladder: Ladder, wishes: Wishes, day: date) -> str:
    if not asked or asked[0].answer is not Answer.LATER:
        return ""
    current = ladder.current(asked[0].competency_id)
    aside = {_now(ladder, each) for each in wishes.without_what_is_back(day).aside}
    return current.id if current and current.id not in aside else ""


def _now(ladder: Ladder, competency_id: str) -> str:
    """The id under which it goes today."""
    current = ladder.current(competency_id)
    return current.id if current else competency_id
