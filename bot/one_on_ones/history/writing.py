"""From a chronicle to a document: names instead of ids, days in the reader's zone. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.documents.model import Document, Item, Part
from bot.one_on_ones.history.model import Chronicle, NameOf, SharedPage
from bot.one_on_ones.page.model import ActionItem, AgendaItem, Past, State
from bot.slack.member import Member
from bot.slack.text import show_date

_AGENDA = {True: "Agenda for the next one", False: "Left on the agenda"}
_PROMISES = {True: "Open promises", False: "Promises left open"}
NOTHING_HELD = "No one-on-one was held in this time."


def document(chronicle: Chronicle, name_of: NameOf) -> Document:
    """The document; `name_of` says what somebody is called, and is asked once for each name."""
    return _Writer(chronicle, name_of).document()


class _Writer:
    """Knows whose eyes the document is for."""

    def __init__(self, chronicle: Chronicle, name_of: NameOf) -> None:
        self._chronicle = chronicle
        self._pair = chronicle.page.pair
        people = (self._pair.engineer, self._pair.partner)
        self._names = {each: name_of(each) for each in people if each}

    def document(self) -> Document:
        chronicle = self._chronicle
        now = [*self._as_it_stands(), *self._note()] if chronicle.wanted.is_everything else []
        return Document(
            f"One-on-ones of {self._both()}",
            (self._period(), f"Made by Rung on {self._day(chronicle.made_at)}."),
            (*now, self._past(), *self._shared()),
        )

    def _both(self) -> str:
        return " and ".join(self._names.values())

    def _period(self) -> str:
        since, until = self._chronicle.wanted.since, self._chronicle.wanted.until
        match since, until:
            case date(), date():
                return f"From {show_date(since)} to {show_date(until)}."
            case date(), None:
                return f"Since {show_date(since)}."
            case None, date():
                return f"Until {show_date(until)}."
        return "Everything since the two of them began."

    def _as_it_stands(self) -> list[Part]:
        page = self._chronicle.page
        agenda = tuple(self._agenda_item(item) for item in (*page.agenda, *page.discussed))
        promises = tuple(map(self._promise, page.promises))
        return [
            Part(_AGENDA[self._pair.is_live], agenda, empty="Nothing is on it."),
            Part(_PROMISES[self._pair.is_live], promises, empty="None is open."),
        ]

    def _note(self) -> list[Part]:
        note = self._chronicle.page.note
        if not (note and self._chronicle.wanted.with_note):
            return []
        return [Part("My private note, which only I see in Rung", (Item(note.text),))]

    def _past(self) -> Part:
        talks = tuple(map(self._talk, self._chronicle.pasts))
        return Part("Past one-on-ones", parts=talks, empty=NOTHING_HELD)

    def _talk(self, past: Past) -> Part:
        made = {item.id for item in past.made}
        earlier = [item for item in past.closed if item.id not in made]
        parts = [
            *_part("Agreed", [Item(past.talk.agreed)] if past.talk.agreed else []),
            *_part("Discussed", map(self._agenda_item, past.agenda)),
            *_part("Promised", map(self._promise, past.made)),
            *_part("Promised before, and settled here", map(self._promise, earlier)),
        ]
        return Part(self._day(past.talk.starts_at), parts=tuple(parts), empty="Nothing was noted.")

    def _agenda_item(self, item: AgendaItem) -> Item:
        return Item(item.text, f"added by {self._name(item.author)}")

    def _promise(self, item: ActionItem) -> Item:
        due = f", due {show_date(item.due_on)}" if item.due_on else ""
        said = f"{self._name(item.owner)} promised on {self._day(item.made_at)}{due}"
        return Item(item.text, f"{said}; {self._how_it_stands(item)}")

    def _how_it_stands(self, item: ActionItem) -> str:
        when = f" on {self._day(item.closed_at)}" if item.closed_at else ""
        if item.state is State.DROPPED:
            return f"dropped{when}: {item.reason}"
        return f"done{when}" if item.state is State.DONE else "still open"

    def _shared(self) -> list[Part]:
        pages = tuple(map(self._shared_page, self._chronicle.shared))
        name = self._name(self._pair.engineer)
        return [Part(f"Examples that {name} shared", parts=pages)] if pages else []

    def _shared_page(self, page: SharedPage) -> Part:
        items = tuple(
            Item(
                each.text,
                f"{each.competency}, {show_date(date.fromisoformat(each.day))}",
                tuple(each.link.split()),
                each.quote,
            )
            for each in page.items
        )
        return Part(f"Shared on {self._day(page.shared_at)}", items)

    def _day(self, moment: datetime) -> str:
        return show_date(moment.astimezone(self._chronicle.zone).date())

    def _name(self, member: Member) -> str:
        return self._names.get(member, "somebody who left")


def _part(heading: str, items: Iterable[Item]) -> list[Part]:
    found = tuple(items)
    return [Part(heading, found)] if found else []
