"""What happens around pairs: people move, leave, get another manager, or have all erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.one_on_ones.pairs import store
from bot.one_on_ones.pairs.model import News, Pair, State, Why
from bot.one_on_ones.pairs.planning import ended, with_meeting
from bot.one_on_ones.pairs.register import Register
from bot.one_on_ones.pairs.telling import section
from bot.people.model import Person
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.database import Transaction


class Around(Register):
    """Nobody pressed a button of a one-on-one, and still it is not what it was."""

    def meetings_changed(self, tx: Transaction, pair_id: str, now: datetime) -> None:
        """A calendar says something else than before."""
        pair = self.held(tx, pair_id)
        if pair and pair.is_live:
            if self._diary.stands(tx, pair):
                pair = self._without_begun(tx, pair, now)
            self._save(tx, self._diary.planned(tx, pair, now), now)

    def did_not_meet(self, tx: Transaction, pair: Pair, met_at: datetime | None) -> None:
        """The latest meeting did not take place after all; `met_at` is when they met before it.

        Whoever calls it holds the pair.
        """
        store.save(tx, replace(pair, met_at=met_at))

    def keep_up(self, tx: Transaction, person: Person, now: datetime) -> None:
        """The engineer moved to another zone: their pre-reads come in their morning there."""
        for pair in self._held_of(tx, person.member):
            still_to_come = pair.pre_read_due_at is None or pair.pre_read_due_at > now
            if pair.meeting and still_to_come:
                store.save(tx, with_meeting(pair, pair.meeting, person.tz))

    def when_manager_changed(
        self,
        tx: Transaction,
        engineer: Member,
        old: Member | None,
        new: Member | None,  # noqa: ARG002
        now: datetime,
    ) -> None:
        """Ends what the engineer and the old manager had; their next one is set up anew."""
        for pair in self._held_of(tx, engineer):
            if old and pair.partner == old:
                news = News.MANAGER_CHANGED
                self._end(tx, pair, Why.MANAGER_CHANGED, now, news, engineer)

    def left(self, member: Member, now: datetime) -> None:
        """Somebody's account is closed: what they had ends, and the other side is told."""
        with self._database.read() as tx:
            found = store.of(tx, member)
        for pair in found:
            with self._database.write() as tx:
                held = self.held(tx, pair.id)
                if held and held.is_live:
                    self._end(tx, held, Why.LEFT, now, News.LEFT, held.other(member))

    def hold_all(self, tx: Transaction, member: Member, now: datetime) -> None:  # noqa: ARG002
        """Before anything of somebody is erased: nobody else changes whom they meet or met."""
        found = store.of(tx, member, ended=True)
        for each in sorted({member, *(pair.engineer for pair in found)}):
            self._people.hold(tx, each)
        for pair in found:
            store.find(tx, self._team_id, pair.id, lock=True)

    def when_erased(self, tx: Transaction, member: Member, now: datetime) -> None:
        """Somebody erases everything: engineers whom they met are told that it ended, not why.

        Who met an engineer that erases everything is not told: there is nobody left to name.
        """
        for pair in store.of(tx, member):
            told = pair.engineer if member == pair.partner else None
            self._end(tx, pair, Why.LEFT, now, News.LEFT, told)

    def records_of(self, member: Member) -> Sequence[Section]:
        """Whom the person meets or met, and when."""
        with self._database.read() as tx:
            found = store.of(tx, member, ended=True)
        return [section(member, [pair for pair in found if pair.is_known_to(member)])]

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes the engineer's pairs; for a partner's, the engineer keeps it without a name."""
        for pair in store.of(tx, member, ended=True):
            if pair.engineer == member:
                store.erase(tx, pair)
            else:
                store.save(tx, _nameless(pair))

    def _held_of(self, tx: Transaction, engineer: Member) -> list[Pair]:
        found = [self.held(tx, pair.id) for pair in store.of_engineer(tx, engineer)]
        return [pair for pair in found if pair and pair.is_live]


def _nameless(pair: Pair) -> Pair:
    over = pair if pair.state is State.ENDED else ended(pair, Why.LEFT, pair.created_at)
    return replace(over, partner=None, proposed_by=pair.engineer)
