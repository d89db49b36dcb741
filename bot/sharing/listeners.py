"""Slack in, sharing called, forms, previews and pages out; and the post office's renderers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime

from bot.delivery.model import Parcel, State
from bot.delivery.post_office import PostOffice
from bot.journal.carried import competency_now
from bot.journal.journal import Journal
from bot.journal.model import Entry
from bot.ladder.model import Ladder
from bot.people.people import People
from bot.sharing import blocks
from bot.sharing.blocks import (
    EVERY_COMPETENCY,
    PAGE,
    WITH_QUOTES,
    Act,
    Field,
    FormState,
    HandOverRef,
    ListRef,
    Lists,
    Offer,
    PreviewState,
    ShareRef,
    StartRef,
)
from bot.sharing.model import Choice, NoReader, NothingToShare, PreviewOutdated, Snapshot
from bot.sharing.sharing import Sharing
from bot.slack.acks import Errors
from bot.slack.blocks import MESSAGE_BLOCKS, OPTIONS, Block, Message, View, notice
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn
from bot.storage.database import Transaction

LATEST = 1_000
NOT_THIS_ONE = "That person cannot be chosen. Please choose somebody from this list."
AT_REST = "With this button your reader tells you that they read it. Here it rests."
READER_LOST = (
    "Nothing was shared: whoever you had chosen cannot be chosen any more. Please choose again."
)


class SharingListeners:
    """What an owner says about their pages, and what a reader does with those they are given."""

    def __init__(
        self,
        sharing: Sharing,
        people: People,
        journal: Journal,
        ladder: Callable[[], Ladder],
        post_office: PostOffice,
        now: Callable[[], datetime],
        tell: Callable[[Member, Message], None],
        room: Callable[[Member, Member], list[Block]],
    ) -> None:
        """`now` is the bot's clock, in UTC; `tell` posts to a person, as far as Slack lets it.

        `room(reader, owner)` stands below a page: where its reader can prepare, if anywhere.
        """
        self._room = room
        self._sharing = sharing
        self._people = people
        self._journal = journal
        self._ladder = ladder
        self._post_office = post_office
        self._now = now
        self._tell = tell

    def register(self, front: Front) -> None:
        """Takes the words, buttons and forms that belong to sharing."""
        front.words(["share"], later=self.start)
        front.words(["shared"], later=self.show_lists, alone=True)
        front.button(Act.START, self.start)
        front.button(Act.HAND_OVER, self.hand_over)
        front.button(Act.FILTER, self.narrow)
        front.form(Act.CHOOSE, self.choose)
        front.button(Act.LEAVE_OUT, self.leave_out)
        front.button(Act.PUT_BACK, self.put_back)
        front.button(Act.AGAIN, self.choose_again)
        front.form(Act.CONFIRM, self.confirm, self.deliver)
        front.button(Act.LIST, self.show_lists)
        front.button(Act.OPEN, self.open)
        front.button(Act.MARK, self.mark)
        front.button(Act.TAKE_BACK, self.take_back)

    # choosing

    def start(self, turn: Turn) -> None:
        """`/ladder share`, or a button "Share", which may stand at one example."""
        entry_id = unpack(StartRef, turn.value).entry
        turn.open(self._form(turn.member, [entry_id] if entry_id else []))

    def hand_over(self, turn: Turn) -> None:
        """After a change of manager: what the old one was shown, for the new one to be shown."""
        old = turn.member.colleague(unpack(HandOverRef, turn.value).manager)
        ids = self._sharing.shown_to(turn.member, old)
        person = self._people.find(turn.member)
        manager = person.confirmed_manager if person else None
        turn.open(self._form(turn.member, ids, manager.user_id if manager else ""))

    def narrow(self, turn: Turn) -> None:
        """The form's menu is narrowed to one competency; what was chosen before stays in it."""
        wanted = "" if turn.value == EVERY_COMPETENCY else turn.value
        chosen = turn.answers(_entries_field(turn))
        quotes = WITH_QUOTES in turn.answers(Field.QUOTES)
        reader = turn.answer(Field.READER)
        turn.refresh(self._form(turn.member, chosen, reader, quotes, wanted))

    def choose(self, turn: Turn) -> View | Errors:
        """The form was submitted: shows the page, and shares nothing yet."""
        field = _entries_field(turn)
        quotes = WITH_QUOTES in turn.answers(Field.QUOTES)
        choice = Choice(turn.answers(field), turn.answer(Field.READER), quotes)
        if not choice.reader:
            return Errors({Field.READER: NOT_THIS_ONE})
        try:
            return self.preview(turn.member, choice)
        except NoReader:
            return Errors({Field.READER: NOT_THIS_ONE})
        except NothingToShare:
            return Errors({field: "None of these is there any more. Please choose again."})

    # previewing

    def preview(self, owner: Member, choice: Choice) -> View:
        """What the reader would see, and the question; raises NoReader and NothingToShare."""
        return blocks.preview(self._sharing.sketch(owner, choice, self._now()), choice)

    def leave_out(self, turn: Turn) -> None:
        """One example is taken out of the preview."""
        state = unpack(PreviewState, turn.state)
        kept = tuple(each for each in state.choice.ids if each != turn.value)
        self._preview_again(turn, state, kept)

    def put_back(self, turn: Turn) -> None:
        """Everything comes back into the preview."""
        state = unpack(PreviewState, turn.state)
        self._preview_again(turn, state, state.everything)

    def choose_again(self, turn: Turn) -> None:
        """From the preview back to the form, with what was chosen."""
        choice = unpack(PreviewState, turn.state).choice
        turn.refresh(self._form(turn.member, choice.ids, choice.reader, choice.quotes))

    def confirm(self, turn: Turn) -> View:
        """The preview was confirmed; anything that changed since then is shown again first."""
        state = unpack(PreviewState, turn.state)
        owner, choice = turn.member, state.choice
        try:
            share, number = self._sharing.share(turn.deed, owner, choice, state.digest, self._now())
        except PreviewOutdated:
            return self.preview(owner, choice)
        except NothingToShare:
            return notice("Nothing shared", "Those examples are not there any more.")
        except NoReader:
            return self._form(owner, choice.ids, quotes=choice.quotes, note=READER_LOST)
        return blocks.shared(share, number)

    def deliver(self, _turn: Turn) -> None:
        """Sends what was shared right away, instead of with the next heartbeat."""
        self._post_office.send_due(self._now())

    # looking, reading, taking back

    def show_lists(self, turn: Turn) -> None:
        """`/ladder shared`, or a button that leads there."""
        view = self._lists(turn.member, unpack(ListRef, turn.value))
        if turn.view.get("type") == "modal":
            turn.refresh(view)
        else:
            turn.open(view)

    def open(self, turn: Turn) -> None:
        """A page is opened by its reader, or looked at by its owner."""
        share_id = unpack(ShareRef, turn.value).share
        share, snapshot = self._sharing.open(turn.member, share_id, turn.deed, self._now())
        turn.open(blocks.opened(share, snapshot, turn.member))

    def mark(self, turn: Turn) -> None:
        """The button "Mark as read", in a message or in the opened page."""
        share_id, now = unpack(ShareRef, turn.value).share, self._now()
        if not share_id:
            turn.tell(AT_REST)
            return
        share, snapshot = self._sharing.mark(turn.member, share_id, now)
        if turn.member == share.owner:
            turn.tell(AT_REST)
        elif turn.view:
            turn.refresh(blocks.marked(snapshot, now))
        else:
            turn.replace(self._with_room(blocks.marked_message(snapshot, now), snapshot))

    def take_back(self, turn: Turn) -> None:
        """The button "Take it back", confirmed."""
        share_id = unpack(ShareRef, turn.value).share
        result = self._sharing.unshare(turn.member, share_id, self._now())
        turn.refresh(blocks.taken_back(result))
        self._post_office.send_due(self._now())

    # for the post office

    def render(self, parcel: Parcel, now: datetime) -> Message | None:
        """One message of a page; None when its reader may not read it any more."""
        share_id, page = _named_by(parcel)
        snapshot = self._sharing.deliverable(parcel.recipient.team_id, share_id, now)
        if snapshot is None:
            return None
        messages = blocks.shared_messages(snapshot, share_id)
        is_last = page == len(messages) - 1
        return self._with_room(messages[page], snapshot) if is_last else messages[page]

    def render_closed(self, parcel: Parcel) -> Message:
        """What stands in the place of a message that was taken back."""
        return blocks.closed(self._sharing.find(parcel.recipient.team_id, _named_by(parcel)[0]))

    def arrived(self, tx: Transaction, parcel: Parcel, now: datetime) -> None:
        """A message of a page was posted: the first one makes it delivered."""
        self._sharing.delivered(tx, parcel.recipient.team_id, _named_by(parcel)[0], now)

    def tell_lost(self, parcel: Parcel, state: State) -> None:
        """A page did not arrive, or could not be taken away, for certain: its owner hears so."""
        share = self._sharing.find(parcel.recipient.team_id, _named_by(parcel)[0])
        if share is None or (share.ended_at and state is State.SUPPRESSED):
            return
        if self._sharing.first_to_tell(share, state.value, self._now()):
            self._tell(share.owner, blocks.not_delivered(share, state))

    # inside

    def _with_room(self, page: Message, snapshot: Snapshot) -> Message:
        """Only where Slack takes one more row; all of it is on the page of the two as well."""
        shown = [*page["blocks"], *self._room(snapshot.reader, snapshot.owner)]
        return page | {"blocks": shown} if len(shown) <= MESSAGE_BLOCKS else page

    def _form(
        self,
        owner: Member,
        chosen: Collection[str],
        reader: str = "",
        quotes: bool = False,
        competency: str = "",
        note: str = "",
    ) -> View:
        readers = self._sharing.readers(owner, self._now())
        if not readers:
            return blocks.nobody_to_share_with(self._people.find(owner))
        everything = self._journal.since(owner, date.min, self._now(), LATEST)
        if not everything:
            return blocks.nothing_to_choose()
        ids = {each.member.user_id for each in readers}
        offer = Offer(
            entries=self._offered(everything, chosen, competency),
            readers=readers,
            competencies=self._ladder().competencies if len(everything) > OPTIONS else (),
            competency=competency,
            chosen=chosen,
            reader=reader if reader in ids else readers[0].member.user_id,
            quotes=quotes,
        )
        return blocks.form(offer, note)

    def _offered(
        self, everything: list[Entry], chosen: Collection[str], competency: str
    ) -> list[Entry]:
        """What was chosen before, and the latest of the rest, as many as a menu holds."""
        ladder = self._ladder()
        first = [entry for entry in everything if entry.id in chosen]
        rest = [
            entry
            for entry in everything
            if entry.id not in chosen and competency in ("", competency_now(ladder, entry).id)
        ]
        return [*first, *rest][:OPTIONS]

    def _preview_again(self, turn: Turn, state: PreviewState, ids: tuple[str, ...]) -> None:
        choice = Choice(ids, state.reader, bool(state.quotes))
        sketch = self._sharing.sketch(turn.member, choice, self._now())
        shown = {entry.id for entry in sketch.entries}
        left_out = [each for each in state.everything if each not in shown]
        turn.refresh(blocks.preview(sketch, choice, left_out))

    def _lists(self, member: Member, ref: ListRef) -> View:
        now = self._now()
        mine, all_mine = self._sharing.mine(member, ref.mine, PAGE, now)
        given, all_given = self._sharing.with_me(member, ref.given, PAGE, now)
        return blocks.lists(Lists(ref, mine, all_mine, given, all_given))


def _entries_field(turn: Turn) -> str:
    """The form names its menu by what it is narrowed to, so that Slack draws it anew."""
    return f"{Field.ENTRIES}:{unpack(FormState, turn.state).competency}"


def _named_by(parcel: Parcel) -> tuple[str, int]:
    """The share and the number of its message that a parcel stands for."""
    share_id, _, page = parcel.subject.partition("/")
    return share_id, int(page)
