"""The front door to Home: what one person sees of themselves, gathered for one look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.coverage.coverage import Coverages
from bot.home.model import (
    LATEST,
    Choices,
    Glance,
    counterparts,
    own_promises,
    page_of,
)
from bot.journal.journal import Journal
from bot.ladder.model import Ladder
from bot.nudges.nudges import Nudges
from bot.one_on_ones.page.pages import Pages
from bot.one_on_ones.pairs.pairs import Pairs
from bot.people.people import People
from bot.sharing.sharing import Sharing
from bot.slack.member import Member


class Home:
    """Asks each capability as the viewer, so that nothing is here that they could not open."""

    def __init__(
        self,
        people: People,
        journal: Journal,
        coverages: Coverages,
        nudges: Nudges,
        pairs: Pairs,
        pages: Pages,
        sharing: Sharing,
        ladder: Callable[[], Ladder],
    ) -> None:
        """`ladder` gives the ladder in service at that moment."""
        self._people = people
        self._journal = journal
        self._coverages = coverages
        self._nudges = nudges
        self._pairs = pairs
        self._pages = pages
        self._sharing = sharing
        self._ladder = ladder

    def glance(self, member: Member, page: int, now: datetime) -> Glance:
        """All that their Home tab shows; `page` is that of the people whom they meet."""
        person, pairs = self._people.find(member), self._pairs.of(member)
        coverage = self._coverages.of(member, now)
        promised = own_promises(self._pages.promises_of(member, now), member)
        met = counterparts(member, pairs, self._sharing.given_by(member, now), promised)
        return Glance(
            member=member,
            person=person,
            ladder=self._ladder(),
            coming=self._nudges.coming(member, now),
            coverage=coverage,
            now=now,
            zone=person.tz if person else ZoneInfo("UTC"),
            pairs=tuple(pairs),
            latest=tuple(self._journal.latest(member, LATEST)),
            promised=promised,
            circle=page_of(met, page),
            picture=self._coverages.sent(member, coverage),
        )

    def choices(self, member: Member, now: datetime) -> Choices:
        """All that they decide."""
        return Choices(
            member=member,
            person=self._people.find(member),
            ladder=self._ladder(),
            coming=self._nudges.coming(member, now),
            pairs=tuple(self._pairs.of(member)),
            may_propose=self._people.managers.may_propose(member, now),
        )

    def picture_refused(self, member: Member, now: datetime) -> None:
        """Slack would not show the picture of their coverage."""
        self._coverages.was_refused(member, now)
