"""The front door to a manager relation: who proposes one, who answers, and what ends with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.people import store
from bot.people.model import (
    IMPORTED,
    EngineerRefused,
    Manager,
    ManagerRefused,
    News,
    Person,
    ProposalGone,
    Relation,
)
from bot.privacy.policy import Action, Actor, Subject, can
from bot.slack.member import Member
from bot.slack.state import StaleState
from bot.storage.database import Database, Transaction

QUESTION = "manager?"
TO_ENGINEER = "my manager?"
NEWS = "manager news"
QUESTION_WINDOW = timedelta(days=14)

ChangedHook = Callable[[Transaction, Member, Member | None, Member | None, datetime], None]


class Managers:
    """A confirmed manager stays until the next one is confirmed, never without the engineer."""

    def __init__(
        self, database: Database, post_office: PostOffice, actor: Callable[[Member], Actor]
    ) -> None:
        """`actor` says as whom a member acts, their kind of Slack account included."""
        self._database = database
        self._post_office = post_office
        self._actor = actor
        self._changed: list[ChangedHook] = []

    def when_changed(self, hook: ChangedHook) -> None:
        """Runs `hook(tx, engineer, old, new, now)` in each transaction that changes a manager."""
        self._changed.append(hook)

    def may_propose(self, member: Member, now: datetime) -> bool:
        """Whether there can be anybody for whom the member proposes a manager."""
        if can(self._actor(member), Action.PROPOSE_MANAGER, Subject(), now):
            return True
        with self._database.read() as tx:
            return store.manages_anybody(tx, member)

    def propose(self, proposer: Member, engineer: Member, manager_id: str, now: datetime) -> None:
        """Somebody else proposes whose manager is whose; the engineer is asked.

        Raises StaleState for somebody who may propose for nobody, EngineerRefused, ManagerRefused.
        """
        actor = self._actor(proposer)
        with self._database.write() as tx:
            person = store.hold(tx, engineer)
            if not self._allows(tx, actor, Action.PROPOSE_MANAGER, engineer, now):
                if store.manages_anybody(tx, proposer):
                    raise EngineerRefused("You can do this for those whose manager you are.")
                raise StaleState
            if person is None:
                raise EngineerRefused("They have not said where they stand yet: `/ladder start`.")
            if engineer.user_id == manager_id:
                raise ManagerRefused("Nobody is their own manager.")
            if person.confirmed_manager == engineer.colleague(manager_id):
                raise ManagerRefused("That is their manager already.")
            self._put(tx, engineer, Manager(manager_id, Relation.PROPOSED, proposer.user_id), now)

    def name_mine(self, tx: Transaction, member: Member, manager_id: str, now: datetime) -> None:
        """The person's own choice: somebody new is asked, nobody means that there is none."""
        before = store.ties(tx, member).manager
        if not manager_id:
            self._change(tx, member, None, now)
        elif before and before.user_id == manager_id:
            self._withdraw(tx, member, member.user_id)
        else:
            self._put(tx, member, Manager(manager_id, Relation.PROPOSED, member.user_id), now)

    def name_imported(
        self, tx: Transaction, member: Member, before: Person | None, manager_id: str, now: datetime
    ) -> None:
        """What a roster says: it never ends what was confirmed, and asks nobody twice.

        Somebody without a manager is not written to: their first nudge names the proposal.
        """
        confirmed = before and before.confirmed_manager
        if not manager_id or confirmed == member.colleague(manager_id):
            self._withdraw(tx, member, IMPORTED)
            return
        asked = store.proposal(tx, member) if before else None
        settled = asked and (asked.proposed_by == IMPORTED or asked.relation is Relation.PROPOSED)
        if not (asked and settled and asked.user_id == manager_id):
            proposed = Manager(manager_id, Relation.PROPOSED, IMPORTED)
            self._put(tx, member, proposed, now, ask=bool(confirmed))

    def answer(self, manager: Member, engineer: Member, *, yes: bool, now: datetime) -> Person:
        """Whom the engineer named says yes or no; raises ProposalGone when not asked any more."""
        actor = self._actor(manager)
        with self._database.write() as tx:
            person = store.hold(tx, engineer)
            if person is None or not self._allows(tx, actor, Action.ACCEPT_REPORT, engineer, now):
                raise ProposalGone
            old = self._settle(tx, person, yes=yes, now=now)
            news = News.ACCEPTED if yes else News.DECLINED
            self._tell(tx, engineer, news, manager, old, now=now)
            return store.find(tx, engineer) or person

    def decide(
        self, member: Member, manager_id: str, *, yes: bool, now: datetime, quietly: bool = False
    ) -> Member | None:
        """The engineer says yes or no to whom somebody else proposed; returns who was before.

        Tells the new manager unless `quietly`. Raises ProposalGone when another is asked about.
        """
        actor = self._actor(member)
        with self._database.write() as tx:
            person = store.hold(tx, member)
            asked = person.question if person else None
            allowed = self._allows(tx, actor, Action.CONFIRM_MANAGER, member, now)
            if person is None or asked is None or asked.user_id != manager_id or not allowed:
                raise ProposalGone
            old = self._settle(tx, person, yes=yes, now=now)
            self._tell_decided(tx, person, asked, old, yes=yes, quietly=quietly, now=now)
        return old

    def _settle(
        self, tx: Transaction, person: Person, *, yes: bool, now: datetime
    ) -> Member | None:
        """Carries out the answer to the open proposal; returns who was the manager until now."""
        asked = person.proposal
        if asked is None:
            raise ProposalGone
        if yes:
            confirmed = Manager(asked.user_id, Relation.CONFIRMED, asked.proposed_by)
            return self._change(tx, person.member, confirmed, now)
        declined = Manager(asked.user_id, Relation.DECLINED, asked.proposed_by)
        store.save_proposal(tx, person.member, declined, now)
        return None

    def _change(
        self, tx: Transaction, engineer: Member, new: Manager | None, now: datetime
    ) -> Member | None:
        """Ends what was, begins what is, and lets everybody know; returns who was before."""
        store.remove_proposal(tx, engineer)
        if new and store.ties(tx, engineer).manager == engineer.colleague(new.user_id):
            return None
        old = store.end_manager(tx, engineer, now)
        if new:
            store.save_manager(tx, engineer, new, now)
        if old or new:
            following = engineer.colleague(new.user_id) if new else None
            for hook in self._changed:
                hook(tx, engineer, old, following, now)
        if old:
            self._tell(tx, old, News.ENDED, engineer, now=now)
        return old

    def _put(
        self, tx: Transaction, engineer: Member, proposed: Manager, now: datetime, ask: bool = True
    ) -> None:
        """Makes it the one open proposal, and asks; the same one again changes nothing."""
        if store.proposal(tx, engineer) == proposed:
            return
        store.save_proposal(tx, engineer, proposed, now)
        if not ask:
            return
        manager = engineer.colleague(proposed.user_id)
        if proposed.proposed_by == engineer.user_id:
            self._send(tx, manager, QUESTION, engineer.user_id, now)
        else:
            self._send(tx, engineer, TO_ENGINEER, manager.user_id, now)

    def _withdraw(self, tx: Transaction, engineer: Member, proposed_by: str) -> None:
        asked = store.proposal(tx, engineer)
        if asked and asked.proposed_by == proposed_by:
            store.remove_proposal(tx, engineer)

    def _allows(
        self, tx: Transaction, actor: Actor, action: Action, engineer: Member, now: datetime
    ) -> bool:
        return can(actor, action, Subject(engineer, store.ties(tx, engineer)), now)

    def _tell_decided(
        self,
        tx: Transaction,
        person: Person,
        asked: Manager,
        old: Member | None,
        *,
        yes: bool,
        quietly: bool,
        now: datetime,
    ) -> None:
        """The new manager hears of a yes, and whoever proposed them hears of either answer."""
        member, manager = person.member, person.member.colleague(asked.user_id)
        if yes and not quietly:
            self._tell(tx, manager, News.CONFIRMED, member, now=now)
        proposer = member.colleague(asked.proposed_by)
        if asked.proposed_by != IMPORTED and proposer not in (manager, old):
            news = News.AGREED if yes else News.REFUSED
            self._tell(tx, proposer, news, member, manager, now=now)

    def _tell(
        self, tx: Transaction, recipient: Member, news: News, *about: Member | None, now: datetime
    ) -> None:
        ids = [member.user_id for member in about if member]
        self._send(tx, recipient, NEWS, " ".join([news, *ids]), now)

    def _send(
        self, tx: Transaction, recipient: Member, kind: str, subject: str, now: datetime
    ) -> None:
        parcel = Parcel(
            recipient=recipient,
            kind=kind,
            key=f"{recipient.user_id}|{kind}|{subject}|{now.isoformat()}",
            subject=subject,
            not_before=now,
            expires_at=now + QUESTION_WINDOW,
        )
        self._post_office.accept(tx, parcel)
