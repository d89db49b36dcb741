"""Slack in, the past of a pair out: in a modal, or as files in one's own messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.documents.html import as_html
from bot.documents.markdown import as_markdown
from bot.one_on_ones.history import blocks
from bot.one_on_ones.history.blocks import (
    HTML,
    MARKDOWN,
    WITH_NOTE,
    Act,
    Field,
    HistoryRef,
    OwnNotes,
    Shown,
)
from bot.one_on_ones.history.history import History
from bot.one_on_ones.history.model import Chronicle, EmptyPeriod, NameOf, Wanted
from bot.one_on_ones.history.writing import document
from bot.one_on_ones.page.model import PageNotFound
from bot.people.model import zone_or_utc
from bot.people.people import People
from bot.slack.acks import Errors
from bot.slack.blocks import View
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn
from bot.slack.upload import Upload, send

WRITERS = {HTML: (as_html, "html"), MARKDOWN: (as_markdown, "md")}


class HistoryListeners:
    """What somebody wants to know of their past one-on-ones."""

    def __init__(
        self, history: History, people: People, name_of: NameOf, now: Callable[[], datetime]
    ) -> None:
        """`name_of` may ask Slack; `now` is the bot's clock, in UTC."""
        self._history = history
        self._people = people
        self._name_of = name_of
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the words, buttons and forms that belong to the past."""
        front.words(["history", "past"], later=self.open)
        front.button(Act.OPEN, self.open)
        front.button(Act.NOTE, self.read_note)
        front.button(Act.TAKE, self.ask)
        front.form(Act.TAKEN, self.check, self.make)

    def open(self, turn: Turn) -> None:
        """`/ladder history`, or a button that leads there or turns its pages."""
        ref = unpack(HistoryRef, turn.value)
        view = self._view(turn.member, ref)
        is_turning = ":" in str(turn.action.get("action_id", ""))
        (turn.refresh if is_turning else turn.open)(view)

    def read_note(self, turn: Turn) -> None:
        """One's own note of a one-on-one that has ended."""
        pair_id = unpack(HistoryRef, turn.value).pair
        pair, note = self._history.note(turn.member, pair_id, self._now())
        turn.open(blocks.note(pair, note, self._zone(turn.member)))

    def ask(self, turn: Turn) -> None:
        """The button "Take it along"."""
        turn.open(blocks.take_along(unpack(HistoryRef, turn.value).pair))

    def check(self, turn: Turn) -> View | Errors:
        """The form was submitted; what cannot be is said before anything is made."""
        wanted = _wanted(turn)
        if not turn.answers(Field.FORMATS):
            return Errors({Field.FORMATS: "Please choose at least one kind of file."})
        if wanted.since and wanted.until and wanted.until < wanted.since:
            return Errors({Field.UNTIL: "That is before the first day. Please choose a later one."})
        return blocks.on_the_way()

    def make(self, turn: Turn) -> None:
        """After the form: the files."""
        if isinstance(self.check(turn), Errors):
            return  # the form says so, and nothing was opened
        kinds = [kind for kind in turn.answers(Field.FORMATS) if kind in WRITERS]
        try:
            chronicle = self._history.chronicle(turn.member, _wanted(turn), turn.deed, self._now())
        except (PageNotFound, EmptyPeriod):
            turn.reply(blocks.gone())
            return
        if kinds:
            send(turn.client, turn.member, self._files(chronicle, kinds), blocks.FILE_WORDS)

    def _files(self, chronicle: Chronicle, kinds: list[str]) -> list[Upload]:
        written = document(chronicle, self._name_of)
        name = f"one-on-ones-{chronicle.made_at:%Y-%m-%d}"
        return [
            Upload(f"{name}.{ending}", write(written).encode(), written.title)
            for write, ending in (WRITERS[kind] for kind in kinds)
        ]

    def _view(self, member: Member, ref: HistoryRef) -> View:
        now = self._now()
        pairs = self._history.pairs_of(member, now)
        pair_id = ref.pair or next((pair.id for pair in pairs), "")
        zone = self._zone(member)
        notes = OwnNotes(member, self._history.noted(member, now), ref, zone)
        if not pair_id:
            return blocks.nothing_yet(notes)
        pair, pasts, total = self._history.talks(member, pair_id, ref.number, now)
        return blocks.history(Shown(member, pair, pasts, ref.number, total, pairs, zone), notes)

    def _zone(self, member: Member) -> ZoneInfo:
        person = self._people.find(member)
        return person.tz if person else zone_or_utc("UTC")


def _wanted(turn: Turn) -> Wanted:
    return Wanted(
        pair_id=unpack(HistoryRef, turn.state).pair,
        since=_day(turn.answer(Field.SINCE)),
        until=_day(turn.answer(Field.UNTIL)),
        with_note=WITH_NOTE in turn.answers(Field.NOTE),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
