"""The front door to pre-reads: the facts, put into sentences, each of them checked."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.journal.evidence import Evidence
from bot.journal.model import Entry, Mark
from bot.ladder.model import Ladder
from bot.logs import happened
from bot.one_on_ones.page.model import ActionItem
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
)
from bot.one_on_ones.preread.sentences import sentences
from bot.people.model import Person
from bot.people.standing import expected_of
from bot.privacy.policy import Action, Actor, Subject, can
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

log = logging.getLogger(__name__)

FIRST_TIME = timedelta(days=28)


Between = Callable[[Pair, Transaction], Sequence[ActionItem]]


def _nothing(_pair: Pair, _tx: Transaction) -> Sequence[ActionItem]:
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
        self._between: Between = _nothing
        self._post_office = post_office

    def told_of_promises(self, between: Between) -> None:
        """`between(pair, tx)` are the open promises of both of its sides."""
        self._between = between

    def of(
        self,
        reader: Member,
        person: Person,
        now: datetime,
        pair: Pair | None = None,
        since: datetime | None = None,
    ) -> Summary:
        """What happened since the two met last, or in four weeks before the first time.

        A given `since` wins: a button in an older pre-read still means that pre-read. Raises
        PreReadNotFound for anybody but the person themselves.
        """
        actor = self._actor(reader)
        if not can(actor, Action.READ_PRE_READ, Subject(person.member), now):
            raise PreReadNotFound
        since = since or (pair and pair.met_at) or now - FIRST_TIME
        facts = self._gathered(actor, self._frame(person, now, pair, since), pair)
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

    def _frame(
        self, person: Person, now: datetime, pair: Pair | None, since: datetime | None
    ) -> Facts:
        since = since or (pair and pair.met_at) or now - FIRST_TIME
        ladder = self._ladder()
        return Facts(
            person,
            ladder,
            today=now.astimezone(person.tz).date(),
            since=since,
            since_day=since.astimezone(person.tz).date(),
            meeting=pair.meeting.starts_at if pair and pair.meeting else None,
            partner=pair.partner if pair else None,
            expected=expected_of(person, ladder),
        )

    def _gathered(self, actor: Actor, frame: Facts, pair: Pair | None) -> Facts:
        """Counts from marks alone; opens only what is shown."""
        member, year_ago = frame.person.member, frame.today - YEAR
        with self._database.read() as tx:
            day = min(frame.since_day, year_ago)
            known = self._evidence.marks(tx, actor, day, frame.since)
            facts = replace(
                frame,
                focus=tuple(sorted(self._focus(tx, member))),
                promises=self._promises(tx, frame, pair),
                fresh=tuple(each for each in known if _is_fresh(each, frame)),
                marks=tuple(each for each in known if each.happened_on >= year_ago),
            )
            return self._with_texts(tx, actor, facts)

    def _promises(self, tx: Transaction, frame: Facts, pair: Pair | None) -> tuple[Promise, ...]:
        found = self._between(pair, tx) if pair else ()
        return tuple(_promise(each, frame.person.tz) for each in found)

    def _with_texts(self, tx: Transaction, actor: Actor, facts: Facts) -> Facts:
        latest = [each.entry_id for each in facts.fresh[:MOST]]
        found = mirror(facts)
        older = [each.entry_id for each in found.earlier] if found else []
        opened = self._evidence.opened(tx, actor, [*latest, *older])
        return replace(facts, recent=_among(opened, latest), earlier=_among(opened, older))


def _promise(item: ActionItem, zone: ZoneInfo) -> Promise:
    made_on = item.made_at.astimezone(zone).date()
    return Promise(item.id, item.owner, item.text, made_on, item.due_on)


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
