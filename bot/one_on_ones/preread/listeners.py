"""Slack in, pre-reads out; and the post office's renderer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.delivery.model import Parcel
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.preread.asking import questions
from bot.one_on_ones.preread.blocks import Act, PairRef, ShareRef, agenda_menu, other_menu, pre_read
from bot.one_on_ones.preread.preread import PreReads
from bot.one_on_ones.preread.sentences import words
from bot.people.blocks import first_step
from bot.people.model import Person
from bot.people.people import People
from bot.sharing.model import Choice
from bot.slack.blocks import Block, Message, View, message, modal
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import StaleState, unpack
from bot.slack.turn import Turn

Ways = Callable[[Pair | None], Sequence[Block]]


class PreReadListeners:
    """What an engineer asks for ahead of a one-on-one; nobody is shown anybody else's."""

    def __init__(
        self,
        pre_reads: PreReads,
        pairs: Pairs,
        people: People,
        preview: Callable[[Member, Choice], View],
        note: Callable[[Member], str],
        ways: Ways,
        now: Callable[[], datetime],
    ) -> None:
        """`preview` shows a page before it is shared; `now` is the bot's clock, in UTC.

        `note(member)` is one escaped line for their pre-read, or nothing; `ways(pair)` are the
        buttons that others put below it.
        """
        self._pre_reads = pre_reads
        self._pairs = pairs
        self._people = people
        self._preview = preview
        self._note = note
        self._ways = ways
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the words and buttons that belong to pre-reads."""
        front.words(["1on1", "1:1", "one-on-one", "1-on-1"], at_once=self.by_word)
        front.button(Act.OPEN, self.by_button)
        front.button(Act.OTHER, self.by_choice)
        front.button(Act.SHARE, self.open_preview)

    def render(self, parcel: Parcel, now: datetime) -> Message | None:
        """The pre-read as it stands when it is sent.

        None for somebody who left, and for a meeting that was skipped or whose pair has ended.
        """
        person = self._people.find(parcel.recipient)
        pair = self._due(parcel)
        if person is None or not person.active or pair is None:
            return None
        return self._drawn(person, pair, [pair], now)

    def by_word(self, turn: Turn) -> Message:
        """`/ladder 1on1`: of the next one, with a way to the others."""
        return self._answer(turn, "")

    def by_button(self, turn: Turn) -> None:
        """A button "My one-on-one"."""
        self._show(turn, self.by_word(turn))

    def by_choice(self, turn: Turn) -> None:
        """The menu "Another one-on-one"."""
        self._show(turn, self._answer(turn, unpack(PairRef, turn.value).pair))

    def open_preview(self, turn: Turn) -> None:
        """The button "Share": shows what the manager would see, and shares nothing yet."""
        person = self._people.get(turn.member)
        since = _instant(unpack(ShareRef, turn.value).since)
        read = self._pre_reads.of(turn.member, person, self._now(), since=since)
        turn.open(self._preview(turn.member, Choice(tuple(e.id for e in read.entries))))

    def words_of(self, member: Member, pair_id: str, kind: str, about: str) -> str:
        """The question that a choice of the agenda's menu names; empty when it is none any more."""
        person, pair = self._people.find(member), self._pairs.find(pair_id)
        if person is None or pair is None or not _is_read_by(pair, member):
            return ""
        facts = self._pre_reads.of(member, person, self._now(), pair).facts
        asked = (each for each in questions(facts) if (each.reason, each.about) == (kind, about))
        return next((words(each, facts) for each in asked), "")

    def _show(self, turn: Turn, answer: Message) -> None:
        turn.show(modal("My one-on-one", answer["blocks"]), answer)

    def _answer(self, turn: Turn, pair_id: str) -> Message:
        person = self._people.find(turn.member)
        if person is None:
            return message("First tell me where you stand.", first_step())
        own = [pair for pair in self._pairs.of(turn.member) if _is_read_by(pair, turn.member)]
        asked = [pair for pair in own if pair.id == pair_id]
        return self._drawn(person, next(iter([*asked, *own]), None), own, self._now())

    def _drawn(
        self, person: Person, pair: Pair | None, own: Sequence[Pair], now: datetime
    ) -> Message:
        read = self._pre_reads.of(person.member, person, now, pair)
        others = [each for each in own if each != pair]
        menus = [*(agenda_menu(read, pair) if pair else []), *other_menu(others, person)]
        ways = [*self._ways(pair), *menus]
        return pre_read(read, ways, self._note(person.member))

    def _due(self, parcel: Parcel) -> Pair | None:
        pair_id, slash, slot = parcel.subject.partition("/")
        if not slash:  # handed in before there were pairs
            own = (pair for pair in self._pairs.of(parcel.recipient))
            return next((each for each in own if _is_read_by(each, parcel.recipient)), None)
        pair = self._pairs.find(pair_id)
        due = pair is not None and pair.meeting is not None and pair.meeting.slot == slot
        return pair if pair and due and _is_read_by(pair, parcel.recipient) else None


def _is_read_by(pair: Pair, member: Member) -> bool:
    return pair.is_live and pair.runs and pair.engineer == member


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise StaleState from None
