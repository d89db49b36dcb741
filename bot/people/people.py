"""The front door to who is who: placing people, and following what Slack says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

from bot.delivery.post_office import PostOffice
from bot.people import store
from bot.people.directory import Directory, account_of
from bot.people.managers import ChangedHook, Managers
from bot.people.model import IMPORTED, ManagerRefused, NotPlaced, Person, ProposalGone
from bot.people.roster import Placement
from bot.privacy.policy import Account, Actor, Ties
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.slack.profiles import UNANSWERED, Profile
from bot.slack.state import StaleState
from bot.storage.database import Database, Transaction
from bot.storage.once import first_time

UNFIT = {
    Account.UNKNOWN: "Slack does not know that person.",
    Account.DEACTIVATED: "That account is deactivated.",
    Account.BOT: "That is a bot.",
    Account.STRANGER: "That person belongs to another company.",
    Account.GUEST: "That person is a guest in this workspace.",
}

PlacedHook = Callable[[Transaction, Person, datetime], None]


class People:
    """Everything that is known of people, one method for each thing that can happen."""

    def __init__(
        self,
        database: Database,
        profiles: Directory,
        post_office: PostOffice,
        actor: Callable[[Member], Actor],
    ) -> None:
        """`profiles` is asked for zones, and about people who are named as managers.

        `actor` says as whom a member acts.
        """
        self._database = database
        self._profiles = profiles
        self.managers = Managers(database, post_office, actor)
        self._placed: list[PlacedHook] = []
        self._after_placing: list[Callable[[], None]] = []

    def after_placing(self, hook: Callable[[], None]) -> None:
        """Runs `hook` once a placement, or a removal, is committed."""
        self._after_placing.append(hook)

    def when_placed(self, hook: PlacedHook) -> None:
        """Runs `hook` in each transaction that places somebody, or changes their zone."""
        self._placed.append(hook)

    def find(self, member: Member) -> Person | None:
        """The person, or None when not placed yet."""
        with self._database.read() as tx:
            return store.find(tx, member)

    def among(self, tx: Transaction, team_id: str, user_ids: Iterable[str]) -> dict[str, Person]:
        """Those of the users who are placed, by user id, as a transaction at work sees them."""
        return store.find_many(tx, team_id, user_ids)

    def known_zone(self, tx: Transaction, member: Member) -> str:
        """The zone of somebody placed, or what Slack said last; empty where nobody knows."""
        person = store.find(tx, member)
        return person.zone if person else store.zone_on_record(tx, member)

    def get(self, member: Member) -> Person:
        """The person; raises NotPlaced."""
        if person := self.find(member):
            return person
        raise NotPlaced

    def place_myself(
        self,
        member: Member,
        track_id: str,
        level_id: str,
        manager_id: str,
        now: datetime,
        deed: str = "",
    ) -> Person:
        """Saves a person's own choice, once for each deed; a new manager is only proposed by it.

        Asks Slack about the manager alone; the zone is `follow`ed later. Raises ManagerRefused.
        """
        if manager_id == member.user_id:
            raise ManagerRefused("That is you. Please choose the person who manages you.")
        if manager_id:
            self._refuse_manager(manager_id)
        with self._placing() as tx:
            before = store.hold(tx, member)
            person = Person(
                member=member,
                track_id=track_id,
                level_id=level_id,
                zone=before.zone if before else "UTC",
                placed_by=member.user_id,
                placed_at=now,
            )
            if not first_time(tx, member.team_id, deed, now):
                return before or person
            store.save(tx, person)
            self.managers.name_mine(tx, member, manager_id, now)
            self._tell_placed(tx, [person], now)
            store.mark_placed(tx, member.team_id, [member.user_id])
            return store.find(tx, member) or person

    def place_many(self, team_id: str, rows: Sequence[Placement], now: datetime) -> int:
        """Places everybody of a roster in one transaction; returns how many."""
        with self._placing() as tx:
            known = store.find_many(tx, team_id, [row.user_id for row in rows])
            rows = sorted(rows, key=lambda row: row.user_id)
            persons = [_imported(team_id, row, now) for row in rows]
            for person, row in zip(persons, rows, strict=True):
                store.save(tx, person)
                before = known.get(row.user_id)
                self.managers.name_imported(tx, person.member, before, row.manager_id, now)
            self._tell_placed(tx, persons, now)
            store.mark_placed(tx, team_id, [row.user_id for row in rows])
        return len(rows)

    def forget(self, member: Member) -> None:
        """Forgets where somebody stands and who their manager is; every process notices."""
        with self._placing() as tx:
            store.remove(tx, member)

    def records_of(self, member: Member) -> Sequence[Section]:
        """Where the person stands, and every manager relation that names them."""
        with self._database.read() as tx:
            return store.records_of(tx, member)

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes all of it within the transaction; other processes notice after its commit.

        Whoever had this person as their manager has none afterwards.
        """
        store.erase(tx, member)

    def ties(self, member: Member) -> Ties:
        """The managers around somebody at this moment, placed or not."""
        with self._database.read() as tx:
            return store.ties(tx, member)

    def ties_in(self, tx: Transaction, member: Member) -> Ties:
        """The same, as a transaction at work sees them."""
        return store.ties(tx, member)

    def reports_of(self, manager: Member) -> list[Member]:
        """Everybody who has confirmed this person as their manager."""
        with self._database.read() as tx:
            return store.reports_of(tx, manager)

    def hold(self, tx: Transaction, member: Member) -> Person | None:
        """The person, whom nobody else changes until the transaction ends; None when not placed."""
        return store.hold(tx, member)

    def zone_of(self, member: Member) -> str:
        """The zone of anybody: where they are placed, or else what Slack says; UTC if it is silent.

        May call Slack.
        """
        if person := self.find(member):
            return person.zone
        with suppress(*UNANSWERED):
            if profile := self._profiles.by_id(member.user_id):
                return profile.zone
        return "UTC"

    def unfit(self, user_id: str) -> str:
        """Why that account can be nobody's colleague in Rung, as a sentence; empty when it can.

        Asks Slack; a slow Slack holds nobody up.
        """
        with suppress(*UNANSWERED):
            profile = self._profiles.by_id(user_id)
            kind = account_of(profile) if profile else Account.UNKNOWN
            return UNFIT.get(kind, "")
        return ""

    def when_manager_changed(self, hook: ChangedHook) -> None:
        """Runs `hook(tx, engineer, old, new, now)` in each transaction that changes a manager.

        `old` or `new` is None where there was or will be none.
        """
        self.managers.when_changed(hook)

    def propose_manager(
        self, proposer: Member, engineer: Member, manager_id: str, now: datetime
    ) -> None:
        """Somebody else proposes whose manager is whose; the engineer is asked.

        Raises StaleState for somebody who may propose for nobody, EngineerRefused, ManagerRefused.
        """
        if not self.managers.may_propose(proposer, now):
            raise StaleState
        self._refuse_manager(manager_id)
        self.managers.propose(proposer, engineer, manager_id, now)

    def confirm_my_manager(self, member: Member, now: datetime) -> Person:
        """Sharing confirms the manager whom somebody else named; raises ProposalGone."""
        person = self.find(member)
        if person is None or person.manager is None or not person.may_confirm_manager:
            raise ProposalGone
        self.managers.decide(member, person.manager.user_id, yes=True, now=now, quietly=True)
        return self.get(member)

    def follow(self, member: Member, profile: Profile, now: datetime) -> None:
        """Takes over a changed zone, and whether the account may still use Rung."""
        seen = (profile.zone, account_of(profile) is Account.MEMBER)
        if _as_seen(self.find(member), seen):
            return
        with self._placing() as tx:
            before = store.hold(tx, member)
            if before is None or _as_seen(before, seen):
                return
            after = replace(before, zone=seen[0], active=seen[1])
            for hook in self._placed:
                hook(tx, after, now)
            store.follow(tx, before, after)

    def look_up(self, member: Member, now: datetime) -> None:
        """Asks Slack for a person's zone, and follows it."""
        profile = None
        with suppress(*UNANSWERED):
            profile = self._profiles.by_id(member.user_id)
        if profile:
            self.follow(member, profile, now)

    @contextmanager
    def _placing(self) -> Iterator[Transaction]:
        with self._database.write() as tx:
            yield tx
        for hook in self._after_placing:
            hook()

    def _tell_placed(self, tx: Transaction, persons: Sequence[Person], now: datetime) -> None:
        """Hook by hook, for each holds rows of another kind, and one kind comes before another."""
        for hook in self._placed:
            for person in persons:
                hook(tx, person, now)

    def _refuse_manager(self, manager_id: str) -> None:
        """Raises ManagerRefused for who cannot be a manager."""
        if problem := self.unfit(manager_id):
            raise ManagerRefused(f"{problem} Please choose somebody else.")


def _as_seen(person: Person | None, seen: tuple[str, bool]) -> bool:
    return person is None or (person.zone, person.active) == seen


def _imported(team_id: str, row: Placement, now: datetime) -> Person:
    return Person(
        member=Member(team_id, row.user_id),
        track_id=row.track_id,
        level_id=row.level_id,
        zone=row.zone,
        placed_by=IMPORTED,
        placed_at=now,
    )
