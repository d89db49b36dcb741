"""The front door to pre-reads: the facts, put into sentences, each of them checked."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.journal.evidence import Evidence
from bot.journal.model import Entry, Mark
from bot.ladder.model import Ladder
from bot.logs import happened
from bot.one_on_ones.preread.checking import sound
from bot.one_on_ones.preread.mirror import mirror
from bot.one_on_ones.preread.model import MOST, YEAR, Facts, Promise, Sentence, Summary, Talk
from bot.one_on_ones.preread.sentences import sentences
from bot.people.model import Person
from bot.people.standing import expected_of
from bot.privacy.policy import Action, Actor, Subject, can
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

log = logging.getLogger(__name__)

FIRST_TIME = timedelta(days=28)
ALONE = Talk()


class PreReadNotFound(Exception):
    """There is no such pre-read, or it is somebody else's: both look the same."""


@dataclass(frozen=True, slots=True)
class Around:
    """What others know that a pre-read tells: the focus that was chosen, and open promises."""

    focus: Callable[[Transaction, Member], Collection[str]]
    promises: Callable[[Transaction, Member, Talk], Sequence[Promise]]


class PreReads:
    """Each is its engineer's alone: nobody else can ask for it, not even their manager."""

    def __init__(
        self,
        database: Database,
        evidence: Evidence,
        ladder: Callable[[], Ladder],
        actor: Callable[[Member], Actor],
        around: Around,
    ) -> None:
        """`actor` may ask Slack, so it is called outside of transactions."""
        self._database = database
        self._evidence = evidence
        self._ladder = ladder
        self._actor = actor
        self._around = around

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
                focus=tuple(self._around.focus(tx, member)),
                promises=tuple(self._around.promises(tx, member, talk)),
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
