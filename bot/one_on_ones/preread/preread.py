"""The front door to pre-reads: the facts, put into sentences, each of them checked."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.journal.evidence import Evidence
from bot.journal.model import Entry, Mark
from bot.ladder.model import Ladder
from bot.logs import happened
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.one_on_ones.preread.checking import sound
from bot.one_on_ones.preread.mirror import mirror
from bot.one_on_ones.preread.model import (
    MOST,
    PRE_READ,
    YEAR,
    Facts,
    PreReadNotFound,
    Promise,
    Sentence,
    Summary,
    Talk,
)
from bot.one_on_ones.preread.sentences import sentences
from bot.people.model import Person
from bot.people.standing import expected_of
from bot.privacy.policy import Action, Actor, Subject, can
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

log = logging.getLogger(__name__)

FIRST_TIME = timedelta(days=28)
ALONE = Talk()


Promises = Callable[[Transaction, Member, str], Sequence[Promise]]


def _none(_tx: Transaction, _engineer: Member, _pair_id: str) -> Sequence[Promise]:
    return ()


class PreReads:
    """Each is its engineer's alone: nobody else can ask for it, not even their manager."""

    def __init__(
        self,
        database: Database,
        evidence: Evidence,
        ladder: Callable[[], Ladder],
        actor: Callable[[Member], Actor],
        focus: Callable[[Transaction, Member], Collection[str]],
        post_office: PostOffice,
    ) -> None:
        """`focus(tx, member)` are the competencies of today that somebody chose.

        `actor` may ask Slack, so it is called outside of transactions.
        """
        self._database = database
        self._evidence = evidence
        self._ladder = ladder
        self._actor = actor
        self._focus = focus
        self._promises: Promises = _none
        self._post_office = post_office

    def told_of_promises(self, promises: Promises) -> None:
        """`promises(tx, engineer, pair_id)` are the open ones of both sides of that pair."""
        self._promises = promises

    def of(
        self,
        reader: Member,
        person: Person,
        now: datetime,
        talk: Talk = ALONE,
        since: datetime | None = None,
    ) -> Summary:
        """What happened since the talk took place last, or in four weeks before the first.

        A given `since` wins: a button in an older pre-read still means that pre-read. Raises
        PreReadNotFound for anybody but the person themselves.
        """
        actor = self._actor(reader)
        if not can(actor, Action.READ_PRE_READ, Subject(person.member), now):
            raise PreReadNotFound
        facts = self._gathered(actor, self._frame(person, now, talk, since), talk)
        return Summary(facts, tuple(_supported(facts)))

    def comes_near(self, tx: Transaction, pair: Pair, meeting: Meeting, now: datetime) -> None:
        """Hands the pre-read of a meeting to the post office."""
        parcel = Parcel(
            recipient=pair.engineer,
            kind=PRE_READ,
            key=f"{pair.engineer.user_id}|{PRE_READ}|{pair.id}|{meeting.slot}",
            subject=f"{pair.id}/{meeting.slot}",
            not_before=now,
            expires_at=meeting.starts_at,
        )
        self._post_office.accept(tx, parcel)

    def _frame(self, person: Person, now: datetime, talk: Talk, since: datetime | None) -> Facts:
        since = since or talk.last or now - FIRST_TIME
        ladder = self._ladder()
        return Facts(
            person,
            ladder,
            today=now.astimezone(person.tz).date(),
            since=since,
            since_day=since.astimezone(person.tz).date(),
            meeting=talk.meeting,
            partner=talk.partner,
            expected=expected_of(person, ladder),
        )

    def _gathered(self, actor: Actor, frame: Facts, talk: Talk) -> Facts:
        """Counts from marks alone; opens only what is shown."""
        member, year_ago = frame.person.member, frame.today - YEAR
        with self._database.read() as tx:
            day = min(frame.since_day, year_ago)
            known = self._evidence.marks(tx, actor, day, frame.since)
            facts = replace(
                frame,
                focus=tuple(sorted(self._focus(tx, member))),
                promises=tuple(self._promises(tx, member, talk.id)),
                fresh=tuple(each for each in known if _is_fresh(each, frame)),
                marks=tuple(each for each in known if each.happened_on >= year_ago),
            )
            return self._with_texts(tx, actor, facts)

    def _with_texts(self, tx: Transaction, actor: Actor, facts: Facts) -> Facts:
        latest = [each.entry_id for each in facts.fresh[:MOST]]
        found = mirror(facts)
        older = [each.entry_id for each in found.earlier] if found else []
        opened = self._evidence.opened(tx, actor, [*latest, *older])
        return replace(facts, recent=_among(opened, latest), earlier=_among(opened, older))


def _is_fresh(mark: Mark, frame: Facts) -> bool:
    return mark.happened_on > frame.since_day or mark.created_at >= frame.since


def _among(entries: Sequence[Entry], ids: Collection[str]) -> tuple[Entry, ...]:
    return tuple(each for each in entries if each.id in ids)


def _supported(facts: Facts) -> Iterator[Sentence]:
    """The sentences that the facts support; of others only the kind of fault is noted."""
    refused: Counter[str] = Counter()
    for sentence, wrong in sound(sentences(facts), facts):
        if wrong is None:
            yield sentence
        else:
            refused[wrong.value] += 1
    for kind, times in refused.items():
        log.error(happened("sentence_refused", kind=kind, times=times))
