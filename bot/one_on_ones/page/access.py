"""The way to a page: each look and each change passes the table of who may do what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from bot.one_on_ones.page.model import PageNotFound
from bot.one_on_ones.pairs import store
from bot.one_on_ones.pairs.model import Pair
from bot.privacy.policy import Action, Actor, Subject, Ties, can
from bot.slack.member import Member
from bot.storage.database import Database, Transaction
from bot.storage.once import first_time

Line = TypeVar("Line")
ActorOf = Callable[[Member], Actor]
TiesOf = Callable[[Transaction, Member], Ties]


class Access:
    """Opens transactions on one pair's page; raises PageNotFound for whoever may not."""

    def __init__(self, database: Database, ties: TiesOf, actor: ActorOf, team_id: str) -> None:
        """`ties` are the managers and leads around an engineer, as a transaction sees them."""
        self._database = database
        self._ties = ties
        self._actor = actor
        self._team_id = team_id
        self.changed: list[Callable[[Pair, Member], None]] = []

    def used(self, member: Member, found: list[Pair], now: datetime) -> list[Pair]:
        """Those of the pairs whose page the member may read and fill, without a query for each.

        Whom an engineer meets, confirmed by both, is among their leads by that alone.
        """
        actor = self._actor(member)
        return [pair for pair in found if pair.runs and _may(actor, pair, _lead_of(pair), now)]

    @contextmanager
    def reading(
        self, member: Member, pair_id: str, now: datetime
    ) -> Iterator[tuple[Transaction, Pair]]:
        """A transaction in which the member may read the page, also once the pair has ended."""
        actor = self._actor(member)
        with self._database.read() as tx:
            yield tx, self._pair(tx, actor, pair_id, now)

    @contextmanager
    def filling(
        self, member: Member, pair_id: str, now: datetime
    ) -> Iterator[tuple[Transaction, Pair]]:
        """A transaction in which nobody else changes the pair or its page; it has to be live."""
        actor = self._actor(member)
        with self._database.write() as tx:
            yield tx, self._pair(tx, actor, pair_id, now, fill=True)

    @contextmanager
    def looking(
        self, member: Member, find: Callable[[Transaction], Line | None], now: datetime
    ) -> Iterator[tuple[Transaction, Pair, Line]]:
        """The same as `reading`, for a line of whatever page."""
        actor = self._actor(member)
        with self._database.read() as tx:
            line = _there(find(tx))
            yield tx, self._pair(tx, actor, _page_of(line), now), line

    @contextmanager
    def changing(
        self, member: Member, find: Callable[[Transaction], Line | None], now: datetime
    ) -> Iterator[tuple[Transaction, Pair, Line]]:
        """The same as `filling`; the line is as the last one to change it left it.

        Whoever wants to know of it hears once it is committed.
        """
        actor = self._actor(member)
        with self._database.write() as tx:
            pair = self._pair(tx, actor, _page_of(_there(find(tx))), now, fill=True)
            yield tx, pair, _there(find(tx))
        for hook in self.changed:
            hook(pair, member)

    def is_first(self, tx: Transaction, deed: str, now: datetime) -> bool:
        """False when the deed was done before."""
        return first_time(tx, self._team_id, deed, now)

    def _pair(
        self, tx: Transaction, actor: Actor, pair_id: str, now: datetime, *, fill: bool = False
    ) -> Pair:
        pair = store.find(tx, self._team_id, pair_id, lock=fill)
        if pair is None or (fill and not pair.runs) or not self._may(tx, actor, pair, now):
            raise PageNotFound
        return pair

    def _may(self, tx: Transaction, actor: Actor, pair: Pair, now: datetime) -> bool:
        return _may(actor, pair, self._ties(tx, pair.engineer), now)


def _may(actor: Actor, pair: Pair, ties: Ties, now: datetime) -> bool:
    reads_own = can(actor, Action.READ_NOTE, Subject(actor.member), now)
    return reads_own and can(actor, Action.USE_SHARED_PAGE, pair.subject(ties), now)


def _lead_of(pair: Pair) -> Ties:
    met = pair.partner if pair.is_shared else None
    return Ties(leads=frozenset({met} if met else ()))


def _there(found: Line | None) -> Line:
    if found is None:
        raise PageNotFound
    return found


def _page_of(line: object) -> str:
    return str(line.pair_id)  # type: ignore[attr-defined]
