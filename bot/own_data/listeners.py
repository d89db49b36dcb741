"""Slack in, one's own data out: who sees what, take everything along, erase it, ask for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.own_data import blocks
from bot.own_data.as_csv import DEFUSED
from bot.own_data.blocks import Act, Field, FilesRef
from bot.own_data.files import files_of
from bot.own_data.model import REASON_CHARS, WORD, NothingKept, Records
from bot.own_data.own_data import OwnData
from bot.slack import upload
from bot.slack.acks import Errors
from bot.slack.blocks import Block, Message, View
from bot.slack.front import Front, retired_button, retired_form
from bot.slack.state import unpack
from bot.slack.turn import Turn, say
from bot.slack.upload import Upload

WAYS = Callable[[], Sequence[Block]]


class OwnDataListeners:
    """What a person says about all of their data."""

    def __init__(
        self,
        own_data: OwnData,
        post_office: PostOffice,
        now: Callable[[], datetime],
        ways: WAYS,
    ) -> None:
        """`ways` gives the buttons of others on the page about privacy."""
        self._own_data = own_data
        self._post_office = post_office
        self._now = now
        self._ways = ways

    def register(self, front: Front) -> None:
        """Takes the words, buttons and forms about one's data."""
        front.words(["privacy", "data"], later=self.open_privacy)
        front.words(["export"], at_once=self.promise, later=self.export)
        front.button(Act.OPEN, self.open_privacy)
        front.button(Act.EXPORT, self.export_by_button)
        front.button(Act.DROP_FILES, self.drop_files)
        front.button(Act.ERASE, self.open_erase)
        front.form(Act.ERASED, self.check_word, self.erase)
        front.button(Act.ASK, self.open_ask)
        front.form(Act.ASKED, self.ask, self.deliver)

    def open_privacy(self, turn: Turn) -> None:
        """`/ladder privacy`, or a button that leads there."""
        asked = self._own_data.asked_about(turn.member)
        may_ask = self._own_data.may_ask(turn.member, self._now())
        turn.open(blocks.privacy(asked, self._ways(), may_ask=may_ask))

    def promise(self, _turn: Turn) -> Message:
        """`/ladder export`: what is known before the files are made."""
        return blocks.on_the_way()

    def export(self, turn: Turn) -> None:
        """After the promise: the files."""
        self._export(turn, lambda: None)

    def export_by_button(self, turn: Turn) -> None:
        """The button on the page about privacy: the promise first, while Slack lets us open it."""
        self._export(turn, lambda: turn.tell(blocks.ON_THE_WAY, "Export"))

    def drop_files(self, turn: Turn) -> None:
        """The person has saved the files; only those in their own messages can be deleted."""
        ids = unpack(FilesRef, turn.value).files.split()
        _, at = turn.message_place
        number = upload.remove(turn.client, turn.member, ids, at)
        turn.replace(blocks.files_dropped(number))

    def open_erase(self, turn: Turn) -> None:
        """The form that says what goes, and asks for a word."""
        try:
            found = self._own_data.my_records(turn.member, self._now())
        except NothingKept:
            turn.tell(blocks.nothing_kept(), "Erase everything")
            return
        turn.open(blocks.erase(found.counts))

    def check_word(self, turn: Turn) -> View | Errors:
        """The form was submitted: nothing happens without the word."""
        if _has_word(turn):
            return blocks.erasing()
        return Errors({Field.WORD: f"Please type {WORD}, or press Cancel."})

    def erase(self, turn: Turn) -> None:
        """After the word: everything goes, and the person hears so."""
        if _has_word(turn) and self._own_data.erase_me(turn.member, turn.deed, self._now()):
            say(turn.client, turn.member.user_id, blocks.erased())

    def open_ask(self, turn: Turn) -> None:
        """The form of people admins; for anybody else the button is one that nobody drew."""
        if self._own_data.may_ask(turn.member, self._now()):
            turn.open(blocks.ask())
        else:
            retired_button(turn)

    def ask(self, turn: Turn) -> View | Errors:
        """A people admin asks; who is none any more meets a form that is not used any more."""
        person, reason = turn.answer(Field.PERSON), turn.answer(Field.REASON)
        what = next((each for each in blocks.WHATS if each == turn.answer(Field.WHAT)), None)
        if not (person and what) or not self._own_data.may_ask(turn.member, self._now()):
            return retired_form(turn)
        if not 0 < len(reason) <= REASON_CHARS:
            said = f"Please say why, in at most {REASON_CHARS:,} characters."
            return Errors({Field.REASON: said})
        about = turn.member.colleague(person)
        self._own_data.ask(turn.member, about, what, reason, turn.deed, self._now())
        return blocks.was_asked(about.mention, what)

    def deliver(self, _turn: Turn) -> None:
        """Sends the news to the person at once."""
        self._post_office.send_due(self._now())

    def render_news(self, parcel: Parcel, _now: datetime) -> Message | None:
        """For the post office: what the person hears; None once they were erased."""
        request = self._own_data.find_request(parcel.recipient.team_id, parcel.subject)
        return blocks.news(request) if request else None

    def _export(self, turn: Turn, promise: Callable[[], None]) -> None:
        """Once for each time that somebody asks, however often Slack repeats it."""
        try:
            records = self._own_data.take_along(turn.member, turn.deed, self._now())
        except NothingKept:
            turn.tell(blocks.nothing_kept(), "Export")
            return
        if records:
            promise()
            self._send(turn, records)

    def _send(self, turn: Turn, records: Records) -> None:
        files = files_of(records)
        words = blocks.files_words(files, f"In the tables: {DEFUSED}")
        uploads = [Upload(each.name, each.content, title=each.name) for each in files]
        ids = upload.send(turn.client, turn.member, uploads, words)
        say(turn.client, turn.member.user_id, blocks.files_sent(ids))


def _has_word(turn: Turn) -> bool:
    return turn.answer(Field.WORD).casefold() == WORD.casefold()
