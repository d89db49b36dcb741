"""Slack in, one-on-ones called, pre-reads and previews out; and the post office's renderers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.delivery.model import Parcel, State
from bot.delivery.post_office import PostOffice
from bot.journal.model import Entry
from bot.one_on_ones import blocks
from bot.one_on_ones.blocks import Act, Field, ShareRef, ShareState
from bot.one_on_ones.model import NothingToShare, PreRead, PreviewOutdated, Snapshot
from bot.one_on_ones.one_on_ones import OneOnOnes
from bot.one_on_ones.rhythm import Rhythm
from bot.people.blocks import first_step
from bot.people.model import Person
from bot.people.people import People
from bot.slack.blocks import Message, View, message, modal, notice
from bot.slack.front import Errors, Front
from bot.slack.member import Member
from bot.slack.state import StaleState, unpack
from bot.slack.text import show_instant
from bot.slack.turn import Turn

SHARE_IDS = uuid.UUID("2b1c9c1e-52a2-5f0e-a7c6-6d1f0b8f7b10")
SOONEST_GUESS = timedelta(days=2)


class OneOnOneListeners:
    """What an engineer says about their one-on-one."""

    def __init__(
        self,
        one_on_ones: OneOnOnes,
        people: People,
        post_office: PostOffice,
        now: Callable[[], datetime],
        tell: Callable[[Member, Message], None],
    ) -> None:
        """`now` is the bot's clock, in UTC; `tell` posts to a person, as far as Slack lets it."""
        self._tell = tell
        self._one_on_ones = one_on_ones
        self._people = people
        self._post_office = post_office
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the words, buttons and forms that belong to one-on-ones."""
        front.words(["1on1", "1:1", "one-on-one", "1-on-1"], at_once=self.by_word)
        front.button(Act.OPEN, self.by_button)
        front.button(Act.SHARE, self.open_preview)
        front.button(Act.LEAVE_OUT, self.leave_out)
        front.button(Act.PUT_BACK, self.put_back)
        front.form(Act.CONFIRM, self.confirm, self.deliver)
        front.button(Act.SET_UP, self.open_set_up)
        front.form(Act.SAVE, self.save)
        front.button(Act.END, self.end)

    def render_pre_read(self, parcel: Parcel, now: datetime) -> Message | None:
        """The pre-read as it stands when it is sent; None for somebody who left."""
        person = self._people.find(parcel.recipient)
        if person is None or not person.active:
            return None
        return blocks.pre_read(self._one_on_ones.pre_read(person, now), person)

    def render_shared(self, parcel: Parcel, _now: datetime) -> Message | None:
        """One page of what was shared, from the frozen snapshot."""
        share_id, _, page = parcel.subject.partition("/")
        snapshot = self._one_on_ones.shared(share_id)
        return blocks.shared_messages(snapshot)[int(page)] if snapshot else None

    def tell_lost(self, parcel: Parcel, state: State) -> None:
        """For the post office: a shared page did not arrive for certain, and its owner hears so."""
        snapshot = self._one_on_ones.shared(parcel.subject.partition("/")[0])
        if snapshot:
            self._tell(snapshot.owner, blocks.not_delivered(snapshot, state))

    def by_word(self, turn: Turn) -> Message:
        """`/ladder 1on1`."""
        person = self._people.find(turn.member)
        if person is None:
            return message("First tell me where you stand.", first_step())
        return blocks.pre_read(self._one_on_ones.pre_read(person, self._now()), person)

    def by_button(self, turn: Turn) -> None:
        """A button "My one-on-one"."""
        answer = self.by_word(turn)
        turn.show(modal("My one-on-one", answer["blocks"]), answer)

    def open_preview(self, turn: Turn) -> None:
        """The button "Share": shows what the manager would see, and shares nothing yet."""
        person = self._people.get(turn.member)
        read = self._read(person, unpack(ShareRef, turn.value).since)
        turn.open(self._preview(person, read, list(read.entries)))

    def leave_out(self, turn: Turn) -> None:
        """One example is taken out of the preview."""
        state = unpack(ShareState, turn.state)
        person = self._people.get(turn.member)
        read = self._read(person, state.since)
        kept = [e for e in read.entries if e.id in state.ids and e.id != turn.value]
        turn.refresh(self._preview(person, read, kept))

    def put_back(self, turn: Turn) -> None:
        """Everything comes back into the preview."""
        person = self._people.get(turn.member)
        read = self._read(person, unpack(ShareState, turn.state).since)
        turn.refresh(self._preview(person, read, list(read.entries)))

    def confirm(self, turn: Turn) -> View:
        """The preview was confirmed; anything that changed since then is shown again first."""
        state = unpack(ShareState, turn.state)
        person = self._people.get(turn.member)
        read = self._read(person, state.since)
        now = self._now()
        try:
            snapshot = self._one_on_ones.share(
                _share_id(turn), person, read, state.ids, state.digest, _page_count, now
            )
        except PreviewOutdated:
            return self._preview(person, read, [e for e in read.entries if e.id in state.ids])
        except NothingToShare:
            return notice("Nothing shared", "Those examples are not there any more.")
        return blocks.shared(snapshot)

    def deliver(self, _turn: Turn) -> None:
        """Sends what was shared right away, instead of with the next heartbeat."""
        self._post_office.send_due(self._now())

    def open_set_up(self, turn: Turn) -> None:
        """The form for when the talk takes place."""
        person = self._people.get(turn.member)
        one = self._one_on_ones.find(turn.member)
        now = self._now()
        upcoming = one.rhythm.after(now, person.tz) if one else now + SOONEST_GUESS
        turn.open(blocks.set_up(one, person, upcoming.astimezone(person.tz).date()))

    def save(self, turn: Turn) -> View | Errors:
        """The set-up form was submitted."""
        person = self._people.get(turn.member)
        today = self._now().astimezone(person.tz).date()
        first = turn.answer_date(Field.FIRST, today)
        if problem := _date_problem(first, today):
            return Errors({Field.FIRST: problem})
        rhythm = Rhythm(
            first,
            time.fromisoformat(turn.answer(Field.AT) or "14:00"),
            2 if turn.answer(Field.WEEKS) == "2" else 1,
        )
        one = self._one_on_ones.set_up(turn.member, rhythm, self._now())
        return blocks.set_up_saved(one, show_instant(rhythm.after(self._now(), person.tz)))

    def end(self, turn: Turn) -> None:
        """The button "No more pre-reads"."""
        self._one_on_ones.end(turn.member)
        turn.refresh(notice("Done", "No more pre-reads. `/ladder 1on1` still works any time."))

    def _read(self, person: Person, since: str) -> PreRead:
        try:
            start = datetime.fromisoformat(since)
        except ValueError:
            raise StaleState from None
        return self._one_on_ones.pre_read(person, self._now(), start)

    def _preview(self, person: Person, read: PreRead, entries: list[Entry]) -> View:
        snapshot, shown = self._fitting(person, read, entries)
        left_out = len(entries) < len(read.entries) and len(shown) == len(entries)
        return blocks.preview(snapshot, read, shown, person, left_out=left_out)

    def _fitting(
        self, person: Person, read: PreRead, entries: list[Entry]
    ) -> tuple[Snapshot, list[Entry]]:
        """As many of the examples as one modal holds, the last ones left out first."""
        while True:
            ids = frozenset(entry.id for entry in entries)
            snapshot = self._one_on_ones.preview(person, read, ids)
            if blocks.fits_preview(snapshot):
                return snapshot, entries
            entries = entries[:-1]


def _date_problem(first: date, today: date) -> str:
    if first < today:
        return "That day is over. Choose the next one that is still to come."
    if first > today + timedelta(days=366):
        return "That is more than a year away. Choose the next one."
    return ""


def _page_count(snapshot: Snapshot) -> int:
    return len(blocks.shared_messages(snapshot))


def _share_id(turn: Turn) -> str:
    """Made from the modal's own id, so that a preview confirmed twice is shared once."""
    return uuid.uuid5(SHARE_IDS, f"{turn.member.team_id} {turn.view['id']}").hex
