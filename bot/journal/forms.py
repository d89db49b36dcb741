"""The form on its way to a person: filled in, with a competency suggested, and read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.journal import blocks
from bot.journal.advice import Advice
from bot.journal.blocks import Field, Filled, FormState
from bot.journal.model import Draft
from bot.ladder.model import Ladder
from bot.people.people import People
from bot.slack.blocks import View
from bot.slack.member import Member
from bot.slack.turn import Turn


class Forms:
    """Draws the form for a new example."""

    def __init__(
        self,
        people: People,
        ladder: Callable[[], Ladder],
        advice: Advice,
        now: Callable[[], datetime],
    ) -> None:
        """`now` is the bot's clock, in UTC."""
        self._people = people
        self._ladder = ladder
        self._advice = advice
        self._now = now

    def day(self, member: Member, moment: datetime | None = None) -> date:
        """The moment's day, or today, on the member's own calendar."""
        return day_of(self._people, member, moment or self._now())

    def draw(self, filled: Filled, state: FormState) -> View:
        """The form as it is filled in."""
        return blocks.form(self._ladder().competencies, filled, state)

    def open(self, turn: Turn, filled: Filled, state: FormState) -> None:
        """Shows the form, a competency suggested where the text tells one."""
        turn.open(self.draw(self.advised(turn.member, filled), state))

    def redraw(self, turn: Turn, filled: Filled, state: FormState) -> None:
        """Puts the form anew where it is open already, a competency suggested as in `open`."""
        turn.refresh(self.draw(self.advised(turn.member, filled), anew(state)))

    def advised(self, member: Member, filled: Filled) -> Filled:
        """With the suggested competency chosen, where there is one and none was chosen yet."""
        found = self._advice.on(member, filled.text)
        if found is None or filled.competency_id not in ("", found.competency_id):
            return filled
        return replace(filled, competency_id=found.competency_id, like=found.like)

    def filled_in(self, turn: Turn) -> Filled:
        """What the open form holds."""
        draft = draft_in(turn, self.day(turn.member))
        return Filled(draft.happened_on, draft.competency_id, draft.text, draft.link, draft.quote)


def anew(state: FormState) -> FormState:
    """The state of a form that is drawn once more."""
    return replace(state, drawn=state.drawn + 1)


def draft_in(turn: Turn, today: date) -> Draft:
    """What the submitted form holds; `today` where its day was emptied."""
    return Draft(
        competency_id=turn.answer(Field.COMPETENCY),
        text=turn.answer(Field.TEXT),
        link=turn.answer(Field.LINK),
        happened_on=turn.answer_date(Field.DATE, today),
        quote=turn.answer(Field.QUOTE),
    )


def day_of(people: People, member: Member, moment: datetime) -> date:
    """The moment's day on the member's own calendar, UTC's for somebody not placed."""
    person = people.find(member)
    return moment.astimezone(person.tz if person else UTC).date()
