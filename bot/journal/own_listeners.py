"""Slack in, one's own examples found, opened, changed and deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from bot.journal import blocks
from bot.journal.blocks import (
    ANY,
    TAKE_BACK,
    Act,
    EntryRef,
    Filled,
    FormState,
    PageRef,
    Place,
    Surface,
)
from bot.journal.carried import competency_now
from bot.journal.forms import day_of, draft_in
from bot.journal.journal import Journal
from bot.journal.looking import first_day, named
from bot.journal.model import DraftRefused, Entry, EntryNotFound, Sought
from bot.ladder.model import Ladder
from bot.people.people import People
from bot.slack.acks import Errors
from bot.slack.blocks import Block, View, notice
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import pack, unpack
from bot.slack.turn import Turn

WaysOn = Callable[[Entry], Sequence[Block]]

DELETED = "The example is deleted for good."


class OwnExamplesListeners:
    """What people do with the examples that they have."""

    def __init__(
        self,
        journal: Journal,
        people: People,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        ways_on: WaysOn,
    ) -> None:
        """`now` is in UTC; `ways_on` are what capabilities above the journal do with an example."""
        self._journal = journal
        self._people = people
        self._ladder = ladder
        self._now = now
        self._ways_on = ways_on

    def register(self, front: Front) -> None:
        """Takes the words, buttons and forms that belong to one's own examples."""
        front.words(["examples", "mine", "list"], later=self.show_by_word)
        front.button(Act.LIST, self.show_list)
        front.button(Act.FILTER, self.narrow)
        front.button(Act.LOOK, self.look)
        front.form(Act.SEARCH, self.search)
        front.button(Act.OPEN, self.open)
        front.button(Act.EDIT, self.edit)
        front.form(Act.CHANGE, self.change, self.after_change)
        front.button(Act.UNDO, self.undo)
        front.button(Act.VERSIONS, self.show_versions)
        front.button(Act.BRING_BACK, self.bring_back)
        front.button(Act.ASK_DELETE, self.ask_delete)
        front.button(Act.DELETE, self.delete)
        front.button(Act.THEN, self.show_then)

    def show_by_word(self, turn: Turn) -> None:
        """`/ladder examples [a competency, or words to look for]`."""
        typed = " ".join(turn.text.split()[1:])
        competency = named(self._ladder(), typed)
        ref = PageRef(competency=competency)
        turn.open(self._list(turn.member, ref, "" if competency else typed))

    def show_list(self, turn: Turn) -> None:
        """A button that leads to the list, or to another page of it."""
        ref = unpack(PageRef, turn.value)
        view = self._list(turn.member, ref, _words(turn, ref))
        if turn.view.get("type") == "modal":
            turn.refresh(view)
        else:
            turn.open(view)

    def narrow(self, turn: Turn) -> None:
        """One of the menus above the list."""
        ref = replace(unpack(PageRef, turn.state), page=0)
        chosen = "" if turn.value == ANY else turn.value
        match str(turn.action.get("action_id")).partition(":")[2]:
            case "competency":
                ref = replace(ref, competency=chosen)
            case "span":
                ref = replace(ref, span=chosen)
            case "shared":
                ref = replace(ref, shared=chosen)
        turn.refresh(self._list(turn.member, ref, _words(turn, ref)))

    def look(self, turn: Turn) -> None:
        """Enter in the search field."""
        turn.refresh(self.search(turn))

    def search(self, turn: Turn) -> View:
        """The Search button below the list."""
        ref = replace(unpack(PageRef, turn.state), page=0)
        return self._list(turn.member, ref, _words(turn, ref))

    def open(self, turn: Turn) -> None:
        """The Open button of an example."""
        entry = unpack(EntryRef, turn.value).entry
        turn.open(self._opened(turn.member, entry, _on_top(turn).below))

    def edit(self, turn: Turn) -> None:
        """The Edit button of an example."""
        entry = self._journal.get(turn.member, unpack(EntryRef, turn.value).entry)
        now = competency_now(self._ladder(), entry)
        filled = Filled(entry.happened_on, now.id, entry.text, entry.link, entry.quote)
        known = self._ladder().competencies
        lost = [] if now.id in {each.id for each in known} else [now]
        state = FormState(entry=entry.id, below=pack(_on_top(turn, entry.id)))
        shared = self._journal.shared_with(turn.member, entry.id)
        turn.open(blocks.form(known, filled, state, lost, shared))

    def change(self, turn: Turn) -> View | Errors:
        """The form for changing an example was submitted."""
        state, today = unpack(FormState, turn.state), self._today(turn.member)
        try:
            draft = draft_in(turn, today)
            entry = self._journal.edit(turn.member, state.entry, draft, now=self._now())
        except DraftRefused as refusal:
            return Errors(refusal.problems)
        except EntryNotFound:
            return notice("Not found", "That example is not there any more, so nothing changed.")
        shared = self._journal.shared_with(turn.member, entry.id)
        saved = blocks.saved(entry, self._ladder(), shared=shared, ask=False)
        return saved | {"private_metadata": state.below}

    def after_change(self, turn: Turn) -> None:
        """Shows the change in the views behind the form too."""
        place = unpack(Place, unpack(FormState, turn.state).below)
        with suppress(EntryNotFound):  # deleted meanwhile, as the form has said by now
            self._refresh_behind(turn, place)

    def undo(self, turn: Turn) -> None:
        """The button "Undo" of a confirmation: a new example goes, a changed one is as before."""
        ref = unpack(EntryRef, turn.value)
        entry = self._journal.undo(turn.member, ref.entry, ref.stamp, now=self._now())
        if not turn.view:
            return turn.replace(blocks.undone_message(entry))
        shared = self._journal.shared_with(turn.member, ref.entry) if entry else ()
        turn.refresh(blocks.undone(entry, self._ladder(), shared))
        place = unpack(Place, turn.state) if _in(turn, Surface.SAVED) else Place()
        return self._refresh_behind(turn, place if entry else replace(place, entry=""))

    def show_versions(self, turn: Turn) -> None:
        """The button "Earlier versions" of an example."""
        entry = unpack(EntryRef, turn.value).entry
        turn.open(self._versions(turn.member, entry, _on_top(turn, entry)))

    def bring_back(self, turn: Turn) -> None:
        """The button "Bring this one back" of an earlier version."""
        ref = unpack(EntryRef, turn.value)
        self._journal.bring_back(turn.member, ref.entry, ref.version, now=self._now())
        place = unpack(Place, turn.state)
        turn.refresh(self._versions(turn.member, ref.entry, place))
        self._refresh_behind(turn, place)

    def ask_delete(self, turn: Turn) -> None:
        """The Delete button of an example that somebody can read."""
        entry = self._journal.get(turn.member, unpack(EntryRef, turn.value).entry)
        shared = self._journal.shared_with(turn.member, entry.id)
        turn.open(blocks.ask_delete(entry, shared, _on_top(turn, entry.id)))

    def delete(self, turn: Turn) -> None:
        """The Delete button of an example, confirmed; asked again if it was shared meanwhile."""
        entry = unpack(EntryRef, turn.value).entry
        choice = str(turn.action.get("action_id")).partition(":")[2]
        readers = self._journal.shared_with(turn.member, entry)
        if not choice and any(each.live for each in readers):
            return self.ask_delete(turn)
        if choice == TAKE_BACK:
            self._journal.take_back(turn.member, entry, now=self._now())
        self._journal.delete(turn.member, entry)
        return self._after_deleting(turn)

    def show_then(self, turn: Turn) -> None:
        """The button "What was expected then" of an example."""
        opened = self._journal.open(turn.member, unpack(EntryRef, turn.value).entry)
        turn.open(blocks.expected_then(opened.entry, opened.wording, self._ladder()))

    def _after_deleting(self, turn: Turn) -> None:
        if _in(turn, Act.SEARCH):
            ref = unpack(PageRef, turn.state)
            return turn.refresh(self._list(turn.member, ref, _words(turn, ref)))
        if not turn.view:
            return turn.tell(DELETED)
        place = unpack(Place, turn.state)
        turn.refresh(notice("Deleted", DELETED))
        if place.entry:
            turn.refresh_behind(notice("Deleted", DELETED))
        return self._refresh_behind(turn, replace(place, entry=""))

    def _refresh_behind(self, turn: Turn, place: Place) -> None:
        if place.entry:
            turn.refresh_behind(self._opened(turn.member, place.entry, place.below))
        if place.below:
            turn.refresh_below(self._same_list(turn.member, unpack(PageRef, place.below)))

    def _opened(self, member: Member, entry_id: str, below: str) -> View:
        found = self._journal.open(member, entry_id)
        return blocks.opened(found, self._ladder(), self._ways_on(found.entry), below)

    def _versions(self, member: Member, entry_id: str, place: Place) -> View:
        entry, found = self._journal.versions(member, entry_id)
        return blocks.versions(entry, found, self._ladder(), place)

    def _list(self, member: Member, ref: PageRef, words: str) -> View:
        page = self._journal.page(member, ref.page, self._sought(member, ref, words))
        shown = " ".join(entry.id for entry in page.entries) if words else ""
        ref = replace(ref, page=page.number, total=page.total, shown=shown)
        return blocks.listing(page, self._ladder(), ref, words)

    def _same_list(self, member: Member, ref: PageRef) -> View:
        """The list as it was, from behind another view, where what was searched for is unseen."""
        if not ref.shown:
            return self._list(member, ref, "")
        whole = self._journal.page(member, 0, self._sought(member, ref, ""))
        same = self._journal.these(member, ref.shown.split())
        page = replace(whole, entries=same.entries, wordings=same.wordings, shared=same.shared)
        page = replace(page, number=ref.page, total=ref.total)
        return blocks.listing(page, self._ladder(), ref)

    def _sought(self, member: Member, ref: PageRef, words: str) -> Sought:
        since = first_day(ref.span, self._today(member))
        shared = {"yes": True, "no": False}.get(ref.shared)
        return Sought(words, ref.competency, since, shared)

    def _today(self, member: Member) -> date:
        return day_of(self._people, member, self._now())


def _in(turn: Turn, *views: Act | Surface) -> bool:
    """Whether the turn happened in a view of such a name."""
    return turn.view.get("callback_id") in views


def _words(turn: Turn, ref: PageRef) -> str:
    """What stands in the search field of the list that the person is in."""
    return turn.answer(blocks.search_field(ref))


def _on_top(turn: Turn, entry_id: str = "") -> Place:
    """What lies below a view that is opened on top of this one, about that example."""
    if _in(turn, Act.SEARCH):
        return Place(turn.state)
    if _in(turn, Surface.OPENED, Surface.SAVED):
        return Place(unpack(Place, turn.state).below, entry_id)
    return Place()
