"""Slack in, journal called, forms out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.journal import blocks
from bot.journal.blocks import Act, Field, Filled, FormState, LogRef
from bot.journal.journal import Journal
from bot.journal.model import Draft, DraftRefused, Source
from bot.ladder.model import Ladder, Statement
from bot.people.people import People
from bot.slack.blocks import Message, View
from bot.slack.front import Errors, Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn

ENTRY_IDS = uuid.UUID("6f6a7df5-9d0c-5c1b-8d6c-0b7f0b0a7a11")

Logged = Callable[[Member, str], Message | None]
Quoted = Callable[[Member, str, str], Statement | None]


class JournalListeners:
    """The ways in: the word, the button, the shortcut, and the form that they open."""

    def __init__(
        self,
        journal: Journal,
        people: People,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        logged: Logged,
        quoted: Quoted,
        workspace_address: str,
    ) -> None:
        """`logged(member, nudge_id)` records that a nudge was answered and gives its new text.

        `quoted(member, nudge_id, competency_id)` is the statement that the nudge put before them.
        """
        self._journal = journal
        self._people = people
        self._ladder = ladder
        self._now = now
        self._logged = logged
        self._quoted = quoted
        self._workspace_address = workspace_address

    def register(self, front: Front) -> None:
        """Takes the word, button, form and shortcut by which an example comes in."""
        front.words(["log", "add"], later=self.log_by_word)
        front.shortcut(Act.SHORTCUT, self.log_by_shortcut)
        front.button(Act.LOG, self.log_by_button)
        front.form(Act.SAVE, self.save, self.after_save)

    def log_by_word(self, turn: Turn) -> None:
        """`/ladder log [what happened]`."""
        text = "".join(turn.text.split(maxsplit=1)[1:])
        self._open(turn, Filled(self._today(turn.member), text=text), FormState())

    def log_by_button(self, turn: Turn) -> None:
        """Any "Log an example" button; one in a nudge remembers the message it stands in."""
        ref = unpack(LogRef, turn.value)
        channel, ts = turn.message_place if ref.nudge else ("", "")
        state = FormState(ref.source, nudge=ref.nudge, channel=channel, ts=ts)
        current = self._ladder().current(ref.competency)
        self._open(turn, Filled(self._today(turn.member), current.id if current else ""), state)

    def log_by_shortcut(self, turn: Turn) -> None:
        """The shortcut "Save as example" on a message: the link is kept, its text is not."""
        day = day_of(self._people, turn.member, _sent_at(turn.body) or self._now())
        filled = Filled(day, link=permalink(turn.body, self._workspace_address))
        self._open(turn, filled, FormState(Source.SHORTCUT.value))

    def save(self, turn: Turn) -> View | Errors:
        """The form for a new example was submitted."""
        state, draft = unpack(FormState, turn.state), draft_in(turn, self._today(turn.member))
        asked = (turn.member, state.nudge, draft.competency_id)
        try:
            entry = self._journal.log(
                _entry_id(turn),
                turn.member,
                draft,
                Source(state.source),
                self._people.find(turn.member),
                now=self._now(),
                statement=self._quoted(*asked) if state.nudge else None,
            )
        except DraftRefused as refusal:
            return Errors(refusal.problems)
        return blocks.saved(entry, self._ladder())

    def after_save(self, turn: Turn) -> None:
        """Tells the nudge, if there was one, that it got its answer."""
        state = unpack(FormState, turn.state)
        if not state.nudge or not self._journal.has(turn.member, _entry_id(turn)):
            return
        new = self._logged(turn.member, state.nudge)
        if new and state.channel:
            turn.client.chat_update(channel=state.channel, ts=state.ts, **new)

    def _open(self, turn: Turn, filled: Filled, state: FormState) -> None:
        turn.open(blocks.form(self._ladder().competencies, filled, state))

    def _today(self, member: Member) -> date:
        return day_of(self._people, member, self._now())


def draft_in(turn: Turn, today: date) -> Draft:
    """What the submitted form holds; `today` where its day was emptied."""
    return Draft(
        competency_id=turn.answer(Field.COMPETENCY),
        text=turn.answer(Field.TEXT),
        link=turn.answer(Field.LINK),
        happened_on=turn.answer_date(Field.DATE, today),
    )


def day_of(people: People, member: Member, moment: datetime) -> date:
    """The moment's day on the member's own calendar, UTC's for somebody not placed."""
    person = people.find(member)
    return moment.astimezone(person.tz if person else UTC).date()


def permalink(body: Mapping[str, Any], workspace_address: str) -> str:
    """The message's address, built from the shortcut's payload; empty when that lacks a part.

    `chat.getPermalink` would need the bot to be in the conversation.
    """
    domain = (body.get("team") or {}).get("domain")
    address = f"https://{domain}.slack.com" if domain else workspace_address.rstrip("/")
    channel = (body.get("channel") or {}).get("id")
    sent = str((body.get("message") or {}).get("ts") or body.get("message_ts") or "")
    if not (address and channel and sent):
        return ""
    link = f"{address}/archives/{channel}/p{sent.replace('.', '')}"
    thread = (body.get("message") or {}).get("thread_ts")
    return f"{link}?thread_ts={thread}&cid={channel}" if thread and thread != sent else link


def _sent_at(body: Mapping[str, Any]) -> datetime | None:
    sent = (body.get("message") or {}).get("ts")
    return datetime.fromtimestamp(float(sent), UTC) if sent else None


def _entry_id(turn: Turn) -> str:
    """Made from the form's own id, so that a form submitted twice is one example."""
    return uuid.uuid5(ENTRY_IDS, f"{turn.member.team_id} {turn.view['id']}").hex
