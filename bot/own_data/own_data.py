"""The front door to a person's own data: take it along, erase it, or ask for it to be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.own_data import store
from bot.own_data.model import (
    Denied,
    NothingKept,
    Records,
    Request,
    RequestGone,
    What,
)
from bot.own_data.telling import TELL_WINDOW, told, told_to_asker
from bot.privacy.policy import OPERATOR, Action, Actor, Subject, can
from bot.privacy.records import Keeper, Section
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, Transaction
from bot.storage.once import first_time

KIND = "data request"
READINGS = "readings"
ACTIONS = {
    What.EXPORT: Action.EXPORT,
    What.ERASE: Action.ERASE,
    What.READINGS: Action.READ_READINGS,
}


class OwnData:
    """Everything about one person, from every capability that keeps something about people."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        post_office: PostOffice,
        keepers: Sequence[Keeper],
        actor: Callable[[Member], Actor],
    ) -> None:
        """`keepers` tell and erase in their order; `actor` says what somebody's account is."""
        self._database = database
        self._keys = keys
        self._post_office = post_office
        self._keepers = (*keepers, self)
        self._actor = actor
        self._erasing: list[Callable[[Transaction, Member, datetime], None]] = []
        self._erased: list[Callable[[datetime], object]] = []

    def when_erasing(self, hook: Callable[[Transaction, Member, datetime], None]) -> None:
        """Runs `hook(tx, member, now)` in the transaction of an erasure, before anything goes."""
        self._erasing.append(hook)

    def after_erasing(self, hook: Callable[[datetime], object]) -> None:
        """Runs `hook` with the time once an erasure is committed; it may call Slack."""
        self._erased.append(hook)

    def records(self, actor: Actor, about: Member, now: datetime) -> Records:
        """All that is kept about somebody; raises Denied or NothingKept."""
        self._require(actor, Action.EXPORT, about, now)
        return self._collected(about, now)

    def my_records(self, member: Member, now: datetime) -> Records:
        """All that is kept about oneself; raises Denied or NothingKept."""
        return self.records(self._actor(member), member, now)

    def kinds(self, about: Member, now: datetime) -> list[str]:
        """For the operator: all that an erasure can remove, the same list whatever there is.

        Raises Denied or NothingKept.
        """
        self._require(OPERATOR, Action.ERASE, about, now)
        self._collected(about, now)
        return [section.title for section in self._sections(about)]

    def readings(self, about: Member, now: datetime) -> Section:
        """For the operator: who read what somebody shared, and when; without what was in it."""
        self._require(OPERATOR, Action.READ_READINGS, about, now)
        found = (each for each in self._sections(about) if each.name == READINGS)
        return next(found, Section(READINGS, "", (), ()))

    def take_along(self, member: Member, deed: str, now: datetime) -> Records | None:
        """One's own records, once for each deed: None when Slack repeats itself.

        Raises Denied or NothingKept.
        """
        records = self.my_records(member, now)
        with self._database.write() as tx:
            return records if first_time(tx, member.team_id, deed, now) else None

    def erase_me(self, member: Member, deed: str, now: datetime) -> bool:
        """Erases oneself, once for each deed; False when Slack repeats itself; raises Denied."""
        self._require(self._actor(member), Action.ERASE, member, now)
        return self._erase(member, deed, now)

    def ask(
        self, admin: Member, about: Member, what: What, reason: str, deed: str, now: datetime
    ) -> None:
        """A people admin asks the operator, once for each deed; the person is told of it.

        Raises Denied.
        """
        self._require(self._actor(admin), Action.ASK_FOR_DATA, about, now)
        new = Request(store.new_id(), about, what, reason, admin, now)
        with self._database.write() as tx:
            if first_time(tx, about.team_id, deed, now):
                store.insert(tx, self._keys, new)
                self._post_office.accept(tx, _news(new, now))

    def may_ask(self, member: Member, now: datetime) -> bool:
        """Whether somebody may ask for the data of others."""
        actor, others = self._actor(member), Subject(member.colleague(""))
        return can(actor, Action.ASK_FOR_DATA, others, now)

    def begin(self, about: Member, what: What, reason: str, now: datetime) -> Request:
        """The operator begins something about a person: it is recorded before it is done.

        Raises NothingKept.
        """
        self._require(OPERATOR, ACTIONS[what], about, now)
        self._collected(about, now)
        new = Request(store.new_id(), about, what, reason, None, now)
        with self._database.write() as tx:
            store.insert(tx, self._keys, new)
        return new

    def finish(self, request: Request, now: datetime) -> None:
        """The operator has done what was asked for; an erasure leaves only that there was one."""
        team_id = request.about.team_id
        if request.what is What.ERASE:
            self._require(OPERATOR, Action.ERASE, request.about, now)
            self._erase(request.about, "", now)
            return
        with self._database.write() as tx:
            store.settle(tx, team_id, request.id, now)

    def open_request(self, team_id: str, request_id: str, what: What) -> Request:
        """A request that is to be done; raises RequestGone."""
        request = self.find_request(team_id, request_id)
        if request is None or request.done_at or request.what is not what:
            raise RequestGone
        return request

    def find_request(self, team_id: str, request_id: str) -> Request | None:
        """For the post office: the request of that id, as long as the person is not erased."""
        with self._database.read() as tx:
            return store.find(tx, self._keys, team_id, request_id)

    def waiting(self, team_id: str) -> list[Request]:
        """Every request that is to be done, the oldest first."""
        with self._database.read() as tx:
            return store.waiting(tx, self._keys, team_id)

    def asked_about(self, member: Member) -> list[Request]:
        """What others asked for about a person, the oldest first."""
        with self._database.read() as tx:
            return store.about(tx, self._keys, member)

    def records_of(self, member: Member) -> Sequence[Section]:
        """What others asked for about the person, and what the person asked for about others."""
        with self._database.read() as tx:
            asked = store.asked_by(tx, self._keys, member)
        return [told(self.asked_about(member)), told_to_asker(asked)]

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes what was asked for about the person."""
        store.erase(tx, member)

    def _erase(self, about: Member, deed: str, now: datetime) -> bool:
        with self._database.write() as tx:
            if not first_time(tx, about.team_id, deed, now):
                return False
            for ends in self._erasing:
                ends(tx, about, now)
            for keeper in self._keepers:
                keeper.erase(tx, about)
            store.trace(tx, about.team_id, now)
        for hook in self._erased:
            hook(now)
        self._database.empty_log()
        return True

    def _collected(self, about: Member, now: datetime) -> Records:
        kept = tuple(section for section in self._sections(about) if section.rows)
        if not kept:
            raise NothingKept
        return Records(about, now, kept)

    def _sections(self, about: Member) -> list[Section]:
        return [section for keeper in self._keepers for section in keeper.records_of(about)]

    def _require(self, actor: Actor, action: Action, about: Member, now: datetime) -> None:
        if not can(actor, action, Subject(about), now):
            raise Denied


def number_waiting(database: Database) -> int:
    """For the doctor: how many requests wait for the operator."""
    with database.read() as tx:
        return store.number_waiting(tx)


def _news(request: Request, now: datetime) -> Parcel:
    """Tells the person that somebody asked for their data."""
    return Parcel(
        recipient=request.about,
        kind=KIND,
        key=f"{request.about.user_id}|{KIND}|{request.id}",
        subject=request.id,
        not_before=now,
        expires_at=now + TELL_WINDOW,
    )
