"""What every listener of the page needs: the page drawn for a reader, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo

from bot.one_on_ones.page import blocks
from bot.one_on_ones.page.blocks import FormState, PageRef, Scene
from bot.one_on_ones.page.pages import Pages
from bot.people.people import People
from bot.slack.blocks import Block, View
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn


class PageDesk:
    """Draws pages, and puts one back where a form was opened from it."""

    def __init__(
        self,
        pages: Pages,
        people: People,
        now: Callable[[], datetime],
        nothing_yet: Callable[[], list[Block]],
        earlier: Callable[[str], Block],
    ) -> None:
        """`nothing_yet` are the ways on for somebody without a one-on-one.

        `earlier(pair_id)` is the button that leads to the past talks of a pair.
        """
        self._earlier = earlier
        self.pages = pages
        self.now = now
        self._people = people
        self._nothing_yet = nothing_yet

    def view(self, member: Member, ref: PageRef, undo: Block | None = None) -> View:
        """That page, or the nearest one-on-one's, else that of the latest one that ended."""
        now = self.now()
        pairs = [*self.pages.of(member, now), *self.pages.ended_of(member)]
        pair_id = ref.pair or next((pair.id for pair in pairs), "")
        if not pair_id:
            return blocks.nothing_yet(self._nothing_yet())
        zone = self._zone(member)
        scene = Scene(
            reader=member,
            today=now.astimezone(zone).date(),
            zone=zone,
            ref=PageRef(pair_id, ref.agenda, ref.promises),
            earlier=self._earlier(pair_id),
            others=[pair for pair in pairs if pair.id != pair_id],
            undo=undo,
        )
        return blocks.page(self.pages.page(member, pair_id, now), scene)

    def today(self, member: Member) -> date:
        """The day on the member's own calendar."""
        return self.now().astimezone(self._zone(member)).date()

    def refresh(self, turn: Turn, undo: Block | None = None) -> None:
        """The page that the person is in, as it stands now."""
        turn.refresh(self.view(turn.member, unpack(PageRef, turn.state), undo))

    def after(self, turn: Turn, words: str) -> View | None:
        """What takes the place of a form: nothing where it lies on its page."""
        state = unpack(FormState, turn.state)
        if on_page(turn, state):
            return None
        if state.behind:
            return self.view(turn.member, state.page)
        return blocks.saved(words, state.pair)

    def refresh_behind(self, turn: Turn, undo: Block | None = None) -> None:
        """The page that the form lay on."""
        state = unpack(FormState, turn.state)
        if on_page(turn, state):
            turn.refresh_behind(self.view(turn.member, state.page, undo))

    def _zone(self, member: Member) -> tzinfo:
        person = self._people.find(member)
        return person.tz if person else UTC


def on_page(turn: Turn, state: FormState) -> bool:
    """Whether the form lies on its page; Slack puts it in the page's place on the third floor."""
    return bool(state.behind) and turn.view.get("previous_view_id") == state.behind


def form_state(turn: Turn, pair_id: str, item: str = "", version: str = "") -> FormState:
    """What a form remembers that is opened from the page."""
    ref = unpack(PageRef, turn.state)
    opened = str(turn.action.get("action_ts") or "")
    behind = str(turn.view.get("id") or "")
    return FormState(pair_id, item, behind, ref.agenda, ref.promises, version, opened)


def deed_of(turn: Turn, state: FormState) -> str:
    """One submit of one form, also where another form was in the same view before."""
    return f"{turn.deed} {state.opened} {state.version}"
