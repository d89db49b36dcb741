"""What kind of Slack account somebody has: asked of Slack once, and followed from then on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Container
from contextlib import suppress
from datetime import datetime, timedelta

from bot.people import store
from bot.people.directory import Directory, account_of
from bot.privacy.policy import Account, Actor
from bot.slack.member import Member
from bot.slack.profiles import UNANSWERED, Profile
from bot.storage.database import Database, DatabaseBusy

IN_MEMORY = timedelta(minutes=1)
ON_RECORD = timedelta(days=1)
REMEMBERED = 100_000

Hook = Callable[[Member, Profile, datetime], None]


class Accounts:
    """Says as whom a member acts; whom Slack tells nothing about is nobody in particular."""

    def __init__(
        self,
        database: Database,
        profiles: Directory,
        admins: Container[Member],
        now: Callable[[], datetime],
    ) -> None:
        """`profiles` answers within two seconds; `admins` are the people admins."""
        self._database = database
        self._profiles = profiles
        self._admins = admins
        self._now = now
        self._memory: OrderedDict[Member, tuple[Account, datetime]] = OrderedDict()
        self._lock = threading.Lock()
        self._told: list[Hook] = []

    def when_told(self, hook: Hook) -> None:
        """Runs `hook` with each profile that Slack gives, asked for or not."""
        self._told.append(hook)

    def actor(self, member: Member) -> Actor:
        """The member with their account, for the table of who may do what."""
        return Actor(member, self.account(member), member in self._admins)

    def account(self, member: Member) -> Account:
        """From memory, or from the record of today, or from Slack; UNKNOWN when it is silent."""
        now = self._now()
        known = self._remembered(member, now)
        if known is None:
            known = self._recorded(member, now) or self._asked(member, now)
            self._remember(member, known, now)
        return known

    def follow(self, member: Member, profile: Profile) -> None:
        """Slack says that an account changed; of whom nothing is on record, nothing is kept."""
        kind, now = account_of(profile), self._now()
        with self._database.write() as tx:
            store.follow_account(tx, member, kind, now, profile.zone)
        self._remember(member, kind, now)
        self._tell(member, profile, now)

    def _remembered(self, member: Member, now: datetime) -> Account | None:
        with self._lock:
            kind, since = self._memory.get(member, (None, now))
        return kind if _fresh(since, now, IN_MEMORY) else None

    def _recorded(self, member: Member, now: datetime) -> Account | None:
        with self._database.read() as tx:
            found = store.account(tx, member)
        return found[0] if found and _fresh(found[1], now, ON_RECORD) else None

    def _asked(self, member: Member, now: datetime) -> Account:
        try:
            profile = self._profiles.by_id(member.user_id)
        except UNANSWERED:
            return Account.UNKNOWN
        kind = account_of(profile) if profile else Account.STRANGER
        with suppress(DatabaseBusy):
            with self._database.write() as tx:
                store.save_account(tx, member, kind, now, profile.zone if profile else None)
            if profile:
                self._tell(member, profile, now)
        return kind

    def _tell(self, member: Member, profile: Profile, now: datetime) -> None:
        for hook in self._told:
            hook(member, profile, now)

    def _remember(self, member: Member, kind: Account, now: datetime) -> None:
        """What Slack did not say is asked again the next time."""
        with self._lock:
            self._memory.pop(member, None)
            if kind is not Account.UNKNOWN:
                self._memory[member] = (kind, now)
            if len(self._memory) > REMEMBERED:
                self._memory.popitem(last=False)


def _fresh(since: datetime, now: datetime, span: timedelta) -> bool:
    """A moment that is yet to come is not fresh either: a clock was put back."""
    return timedelta() <= now - since < span
