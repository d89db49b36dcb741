"""The front door to who is who: placing people, and the two sides of a manager relation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.people import store
from bot.people.model import (
    IMPORTED,
    Manager,
    ManagerRefused,
    NotPlaced,
    Person,
    ProposalGone,
    Relation,
)
from bot.people.roster import Accounts, Placement
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.slack.profiles import UNANSWERED, Profile
from bot.storage.database import Database

QUESTION = "manager?"
QUESTION_WINDOW = timedelta(days=14)

Transaction = Any
PlacedHook = Callable[[Transaction, Person, datetime], None]


class People:
    """Everything that is known of people, one method for each thing that can happen."""

    def __init__(self, database: Database, profiles: Accounts, post_office: PostOffice) -> None:
        """`profiles` is asked for zones, and about people who are named as managers."""
        self._database = database
        self._profiles = profiles
        self._post_office = post_office
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

    def get(self, member: Member) -> Person:
        """The person; raises NotPlaced."""
        if person := self.find(member):
            return person
        raise NotPlaced

    def place_myself(
        self, member: Member, track_id: str, level_id: str, manager_id: str, now: datetime
    ) -> Person:
        """Saves a person's own choice; a manager who is new is only proposed by it.

        Asks Slack about the manager alone; the zone is `follow`ed later. Raises ManagerRefused.
        """
        manager = self._proposal(member, manager_id) if manager_id else None
        before = self.find(member)
        person = Person(
            member=member,
            track_id=track_id,
            level_id=level_id,
            zone=before.zone if before else "UTC",
            placed_by=member.user_id,
            placed_at=now,
            manager=_kept(before, manager),
        )
        with self._placing() as tx:
            self._save(tx, member.team_id, [person], now)
            if manager and manager == person.manager and manager != (before and before.manager):
                self._post_office.accept(tx, _question(member, manager, now))
        return person

    def place_many(self, team_id: str, rows: Sequence[Placement], now: datetime) -> int:
        """Places everybody of a roster in one transaction; returns how many."""
        with self._placing() as tx:
            known = store.find_many(tx, team_id, [row.user_id for row in rows])
            placed = [_imported(team_id, row, known.get(row.user_id), now) for row in rows]
            self._save(tx, team_id, placed, now)
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

    def answer_manager(
        self, manager: Member, engineer: Member, *, yes: bool, now: datetime
    ) -> Person:
        """The named manager confirms or declines; raises ProposalGone when not asked any more."""
        return self._settle(
            engineer,
            lambda person: (
                person.manager is not None
                and person.manager.user_id == manager.user_id
                and person.manager.relation is Relation.PROPOSED
                and not person.may_confirm_manager
            ),
            Relation.CONFIRMED if yes else Relation.DECLINED,
            now,
        )

    def confirm_my_manager(self, member: Member, now: datetime) -> Person:
        """The person confirms the manager that an import named; raises ProposalGone."""
        return self._settle(
            member, lambda person: person.may_confirm_manager, Relation.CONFIRMED, now
        )

    def follow(self, member: Member, profile: Profile, now: datetime) -> None:
        """Takes over a changed zone, or that an account was closed or opened again."""
        before = self.find(member)
        if before is None or (before.zone, before.active) == (profile.zone, profile.active):
            return
        with self._database.write() as tx:
            after = replace(before, zone=profile.zone, active=profile.active)
            store.follow(tx, after)
            for hook in self._placed:
                hook(tx, after, now)

    def look_up(self, member: Member, now: datetime) -> None:
        """Asks Slack for a person's zone, and follows it."""
        profile = None
        with suppress(*UNANSWERED):
            profile = self._profiles.by_id(member.user_id)
        if profile:
            self.follow(member, profile, now)

    def _settle(
        self,
        engineer: Member,
        stands: Callable[[Person], bool],
        relation: Relation,
        now: datetime,
    ) -> Person:
        with self._database.write() as tx:
            person = store.find(tx, engineer)
            if person is None or person.manager is None or not stands(person):
                raise ProposalGone
            settled = replace(person.manager, relation=relation)
            store.save_manager(tx, engineer, settled, now)
            return replace(person, manager=settled)

    @contextmanager
    def _placing(self) -> Iterator[Transaction]:
        with self._database.write() as tx:
            yield tx
        for hook in self._after_placing:
            hook()

    def _save(
        self, tx: Transaction, team_id: str, persons: Sequence[Person], now: datetime
    ) -> None:
        for person in persons:
            store.save(tx, person)
            if person.manager:
                store.save_manager(tx, person.member, person.manager, now)
            else:
                store.remove_manager(tx, person.member)
            for hook in self._placed:
                hook(tx, person, now)
        store.mark_placed(tx, team_id, [person.member.user_id for person in persons])

    def _proposal(self, member: Member, manager_id: str) -> Manager:
        if manager_id == member.user_id:
            raise ManagerRefused("That is you. Please choose the person who manages you.")
        with suppress(*UNANSWERED):  # a slow Slack keeps nobody from naming their manager
            refuse_manager(self._profiles.by_id(manager_id))
        return Manager(manager_id, Relation.PROPOSED, member.user_id)


def refuse_manager(profile: Profile | None) -> None:
    """Raises ManagerRefused, with the reason as a sentence, for somebody who cannot be one."""
    if profile is None:
        raise ManagerRefused("Slack does not know that person. Please choose somebody else.")
    if profile.deactivated:
        raise ManagerRefused("That account is deactivated. Please choose somebody else.")
    if profile.is_bot:
        raise ManagerRefused("That is a bot. Please choose a person.")


def _question(engineer: Member, manager: Manager, now: datetime) -> Parcel:
    return Parcel(
        recipient=engineer.colleague(manager.user_id),
        kind=QUESTION,
        key=f"{engineer.user_id}|{QUESTION}|{manager.user_id}|{now.isoformat()}",
        subject=engineer.user_id,
        not_before=now,
        expires_at=now + QUESTION_WINDOW,
    )


def _kept(before: Person | None, proposed: Manager | None) -> Manager | None:
    """Naming the same manager again keeps what was agreed; a declined one is asked anew."""
    old = before.manager if before else None
    same = old and proposed and old.user_id == proposed.user_id
    return old if same and old and old.relation is Relation.CONFIRMED else proposed


def _imported(team_id: str, row: Placement, before: Person | None, now: datetime) -> Person:
    proposed = row.manager_id and Manager(row.manager_id, Relation.PROPOSED, IMPORTED)
    return Person(
        member=Member(team_id, row.user_id),
        track_id=row.track_id,
        level_id=row.level_id,
        zone=row.zone,
        placed_by=IMPORTED,
        placed_at=now,
        manager=_kept(before, proposed or None),
    )
