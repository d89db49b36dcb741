"""Slack in, one's own examples listed, changed and deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from bot.journal import blocks
from bot.journal.blocks import Act, EntryRef, Filled, FormState, PageRef
from bot.journal.carried import competency_now
from bot.journal.journal import Journal, Page
from bot.journal.listeners import day_of, draft_in
from bot.journal.model import DraftRefused, EntryNotFound
from bot.ladder.model import Ladder
from bot.people.people import People
from bot.slack.blocks import View, notice
from bot.slack.front import Errors, Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn


class OwnExamplesListeners:
    """What people do with the examples that they have."""

    def __init__(
        self,
        journal: Journal,
        people: People,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
    ) -> None:
        """`now` is the bot's clock, in UTC."""
        self._journal = journal
        self._people = people
        self._ladder = ladder
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the words, buttons and form that belong to one's own examples."""
        front.words(["examples", "mine", "list"], later=self.show_list)
        front.button(Act.LIST, self.show_list)
        front.button(Act.EDIT, self.edit)
        front.form(Act.CHANGE, self.change, self.after_change)
        front.button(Act.DELETE, self.delete)
        front.button(Act.THEN, self.show_then)

    def change(self, turn: Turn) -> View | Errors:
        """The form for changing an example was submitted."""
        state = unpack(FormState, turn.state)
        try:
            entry = self._journal.edit(
                turn.member, state.entry, draft_in(turn, self._today(turn.member)), now=self._now()
            )
        except DraftRefused as refusal:
            return Errors(refusal.problems)
        except EntryNotFound:
            return notice("Not found", "That example is not there any more, so nothing changed.")
        return blocks.saved(entry, self._ladder())

    def after_change(self, turn: Turn) -> None:
        """Refreshes the list below the form."""
        page = unpack(FormState, turn.state).page
        turn.refresh_below(self._listing(self._journal.page(turn.member, page)))

    def edit(self, turn: Turn) -> None:
        """The Edit button of an example."""
        ref = unpack(EntryRef, turn.value)
        entry = self._journal.get(turn.member, ref.entry)
        now = competency_now(self._ladder(), entry)
        filled = Filled(entry.happened_on, now.id, entry.text, entry.link)
        state = FormState(entry=entry.id, page=max(ref.page, 0))
        known = self._ladder().competencies
        lost = [] if now.id in {each.id for each in known} else [now]
        turn.open(blocks.form(known, filled, state, lost))

    def delete(self, turn: Turn) -> None:
        """The Delete button of an example, confirmed."""
        ref = unpack(EntryRef, turn.value)
        self._journal.delete(turn.member, ref.entry)
        if ref.page < 0:
            turn.refresh(notice("Deleted", "The example is deleted for good."))
        else:
            turn.refresh(self._listing(self._journal.page(turn.member, ref.page)))

    def show_list(self, turn: Turn) -> None:
        """`/ladder examples`, or a button that leads there."""
        ref = unpack(PageRef, turn.value)
        view = self._listing(self._journal.page(turn.member, ref.page))
        if turn.view.get("type") == "modal":
            turn.refresh(view)
        else:
            turn.open(view)

    def show_then(self, turn: Turn) -> None:
        """The button "What was expected then" of an example."""
        entry, wording = self._journal.pinned(turn.member, unpack(EntryRef, turn.value).entry)
        turn.open(blocks.expected_then(entry, wording, self._ladder()))

    def _listing(self, page: Page) -> View:
        return blocks.listing(page, self._ladder())

    def _today(self, member: Member) -> date:
        return day_of(self._people, member, self._now())
