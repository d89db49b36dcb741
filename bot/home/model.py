"""What Home and the settings show of one person, to that person alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.coverage.model import Coverage
from bot.journal.model import Entry
from bot.ladder.model import Ladder
from bot.nudges.model import Coming
from bot.one_on_ones.page.model import ActionItem
from bot.one_on_ones.pairs.model import Pair
from bot.people.model import Person
from bot.slack.member import Member

A_TALK = timedelta(hours=1)
LATEST = 3
SHOWN = 3
PEOPLE = 5


@dataclass(frozen=True, slots=True)
class Promised:
    """One open promise of the viewer's, and to whom; None for somebody who prepares alone."""

    promise: ActionItem
    to: Member | None


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody whom the viewer meets as manager or lead, or who shares with the viewer.

    `pages` are those of theirs that the viewer may read now, `promises` what the viewer promised
    them, the oldest first. Of what they keep to themselves nothing is known here.
    """

    member: Member
    pair: Pair | None
    pages: int = 0
    promises: tuple[ActionItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    """One page of the viewer's counterparts; `number` counts from 0, `total` is all of them."""

    people: tuple[Counterpart, ...] = ()
    number: int = 0
    total: int = 0

    @property
    def first(self) -> int:
        """Which of all the first one on this page is, counted from 1."""
        return self.number * PEOPLE + 1

    @property
    def has_later(self) -> bool:
        """Whether another page follows."""
        return (self.number + 1) * PEOPLE < self.total


@dataclass(frozen=True, slots=True)
class Glance:
    """All that the Home tab shows of one person to that person, at `now` (UTC) in their `zone`.

    `pairs` are those on whichever side, the next meeting first, `latest` the newest examples.
    `picture` is Slack's id of a file that shows just this coverage, empty without one.
    """

    member: Member
    person: Person | None
    ladder: Ladder
    coming: Coming
    coverage: Coverage
    now: datetime
    zone: ZoneInfo
    pairs: tuple[Pair, ...] = ()
    latest: tuple[Entry, ...] = ()
    promised: tuple[Promised, ...] = ()
    circle: Circle = Circle()
    picture: str = ""

    @property
    def next_pair(self) -> Pair | None:
        """The one-on-one that comes first, of those that the viewer proposed or agreed to."""
        theirs = (pair for pair in self.pairs if pair.runs and pair.asked != self.member)
        return next((pair for pair in theirs if self.is_ahead(pair)), None)

    def is_ahead(self, pair: Pair) -> bool:
        """Whether its next meeting is known, and not over as far as can be told."""
        return pair.meeting is not None and pair.meeting.starts_at + A_TALK > self.now

    def days_old(self, promise: ActionItem) -> int:
        """How many days ago it was made, as their own calendar counts them."""
        days = self.now.astimezone(self.zone).date() - promise.made_at.astimezone(self.zone).date()
        return max(0, days.days)


@dataclass(frozen=True, slots=True)
class Choices:
    """All that a person decides; `pairs` are those on whichever side, the next meeting first."""

    member: Member
    person: Person | None
    ladder: Ladder
    coming: Coming
    pairs: tuple[Pair, ...] = ()
    may_propose: bool = False


def own_promises(found: Iterable[tuple[Pair, ActionItem]], member: Member) -> tuple[Promised, ...]:
    """The oldest first, each with whom it was given to."""
    given = [Promised(promise, pair.other(member)) for pair, promise in found]
    return tuple(sorted(given, key=lambda each: each.promise.made_at))


def counterparts(
    viewer: Member,
    pairs: Sequence[Pair],
    pages: Mapping[Member, int],
    promised: Sequence[Promised],
) -> list[Counterpart]:
    """First whom the viewer meets, in the order of `pairs`; then whoever only shares with them."""
    met = {pair.engineer: pair for pair in pairs if pair.is_shared and pair.partner == viewer}
    others = sorted(owner for owner in pages if owner not in met)
    return [
        Counterpart(
            member,
            met.get(member),
            pages.get(member, 0),
            tuple(each.promise for each in promised if _is_for(each, met.get(member))),
        )
        for member in (*met, *others)
    ]


def page_of(people: Sequence[Counterpart], number: int) -> Circle:
    """That page of them; one that is gone gives the last."""
    number = max(0, min(number, (len(people) - 1) // PEOPLE))
    shown = people[number * PEOPLE : (number + 1) * PEOPLE]
    return Circle(tuple(shown), number, len(people))


def _is_for(promised: Promised, pair: Pair | None) -> bool:
    return pair is not None and promised.promise.pair_id == pair.id
