"""Home and the settings as somebody might find them, without a bot behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot.coverage.model import coverage_of
from bot.home import blocks
from bot.home.model import Choices, Glance, counterparts, own_promises, page_of
from bot.journal.model import Entry, Mark
from bot.ladder.model import Ladder
from bot.nudges.model import Coming, Schedule
from bot.one_on_ones.page.model import ActionItem
from bot.one_on_ones.pairs.model import Pair, State
from bot.one_on_ones.pairs.rhythm import Meeting, Rhythm
from bot.people.model import Person
from bot.slack.blocks import View
from tests.slack.hostile import ADA, NOW

MANY = 12


def pairs(many: int = MANY) -> list[Pair]:
    """Ada's own, some whom she manages, and some who ask her."""
    soon = Meeting("2026-12-04", NOW + timedelta(days=1))
    rhythm = Rhythm(date(2026, 12, 4), time(14), zone="Europe/Berlin")

    def pair(number: int, state: State) -> Pair:
        other = ADA.colleague(f"U{number:019}")
        return Pair(f"p{number}", other, ADA, state, other, rhythm, NOW, meeting=soon)

    mine = Pair("p", ADA, ADA.colleague("UMIA"), State.CONFIRMED, ADA, rhythm, NOW, meeting=soon)
    met = [pair(number, State.CONFIRMED) for number in range(many)]
    return [mine, *met, *(pair(many + number, State.PROPOSED) for number in range(many))]


def glance(
    ladder: Ladder,
    person: Person | None,
    latest: Sequence[Entry] = (),
    text: str = "I ask about the budget.",
    *,
    page: int = 1,
    many: int = MANY,
) -> Glance:
    """A Home with everything on it, as much as `many` of each."""
    known = pairs(many) if many else []
    owed = [
        (pair, ActionItem(f"a{number}", pair.id, ADA, ADA, text, NOW.date(), NOW))
        for number, pair in enumerate(known)
        if pair.is_shared
    ]
    promised = own_promises(owed, ADA)
    pages = {ADA.colleague(f"U{number:019}"): 1234 for number in range(2 * many)}
    marks = [Mark(entry.id, entry.competency_id, entry.happened_on, NOW) for entry in latest]
    return Glance(
        member=ADA,
        person=person,
        ladder=ladder,
        coming=Coming(Schedule(ADA)),
        coverage=coverage_of(ladder, ladder.competencies, marks, NOW.date()),
        now=NOW,
        zone=ZoneInfo("Europe/Berlin"),
        pairs=tuple(known),
        latest=tuple(latest),
        promised=promised,
        circle=page_of(counterparts(ADA, known, pages, promised), page),
        picture="F0123456789",
    )


def choices(ladder: Ladder, person: Person | None, many: int = MANY) -> Choices:
    """The settings of the same person."""
    known = tuple(pairs(many)) if many else ()
    return Choices(ADA, person, ladder, Coming(Schedule(ADA)), known, may_propose=True)


def surfaces(ladder: Ladder, person: Person, latest: Sequence[Entry]) -> Iterator[View]:
    """Every view of Home, of somebody placed and of somebody who is not."""
    for known in (None, person):
        for many in (0, MANY):
            shown = glance(ladder, known, latest[:many], many=many)
            for with_picture in (True, False):
                yield blocks.home(shown, "seedling", with_picture=with_picture)
            yield blocks.settings(choices(ladder, known, many))
    yield from (blocks.help_view(ladder, "seedling"), blocks.ladder_alone(ladder))
