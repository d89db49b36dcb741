"""Wrap-up: after a one-on-one each side may close what is open, once, or leave it."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.one_on_ones.page.model import PageNotFound, sides
from bot.one_on_ones.page.pages import Pages
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.planning import LASTS
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.one_on_ones.reminding.model import WRAP_UP, WrapUp, left_open, not_reached
from bot.one_on_ones.reminding.moments import wrap_up_until
from bot.one_on_ones.reminding.where import zone
from bot.one_on_ones.talks.model import talk_id
from bot.people.people import People
from bot.slack.member import Member
from bot.storage.database import Database, Transaction


class WrappingUp:
    """What is left open is carried over: nobody has to answer."""

    def __init__(
        self, database: Database, post_office: PostOffice, people: People, pages: Pages
    ) -> None:
        """`pages` hold all that can be closed."""
        self._database = database
        self._post_office = post_office
        self._people = people
        self._pages = pages

    def is_over(self, tx: Transaction, pair: Pair, meeting: Meeting, now: datetime) -> None:
        """For `pairs.when_over`: hands each side's message to the post office."""
        until = wrap_up_until(meeting.starts_at + LASTS)
        if not pair.runs or until <= now:
            return
        for side in sides(pair):
            parcel = Parcel(
                recipient=side,
                kind=WRAP_UP,
                key=f"{beginning(pair, side)}{meeting.slot}",
                subject=talk_id(pair.id, meeting.slot),
                not_before=max(now, meeting.starts_at + LASTS),
                expires_at=until,
            )
            self._post_office.accept(tx, parcel)

    def find(self, member: Member, talk_id: str, now: datetime) -> WrapUp | None:
        """What that side can close now, maybe nothing; None where the pair has ended."""
        try:
            pair, past = self._pages.past(member, talk_id, now)
            page = self._pages.page(member, pair.id, now)
        except PageNotFound:
            return None
        if not pair.runs or member not in sides(pair):
            return None
        with self._database.read() as tx:
            here = zone(tx, self._people, member, pair.other(member))
        agenda = not_reached(page.agenda, past.talk)
        return WrapUp(
            pair=pair,
            talk=past.talk,
            viewer=member,
            today=now.astimezone(here).date(),
            zone=here,
            promises=left_open(page.promises, past.talk),
            agenda=agenda,
            unsaid=not past.talk.agreed and bool(agenda or past.agenda),
        )

    def discussed(self, member: Member, item_id: str, now: datetime) -> None:
        """A line of the agenda was talked about."""
        self._pages.discussed(member, item_id, now)

    def did_not_meet(self, member: Member, talk_id: str, now: datetime) -> None:
        """They did not meet after all; saying it again changes nothing."""
        _, past = self._pages.past(member, talk_id, now)
        if past.talk.held:
            self._pages.did_not_take_place(member, talk_id, now)


def beginning(pair: Pair, side: Member) -> str:
    """How the keys of all wrap-ups of the pair for that side begin."""
    other = pair.other(side)
    return f"{side.user_id}|{WRAP_UP}|{other.user_id if other else ''}|{pair.id}|"
