"""Slack in: somebody wrote to the bot; out: a question whether to keep it, or an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.delivery.model import Parcel
from bot.journal import blocks
from bot.journal.advice import Advice
from bot.journal.blocks import Act, DraftRef, PlaceRef
from bot.journal.drafts.drafts import Drafts
from bot.journal.drafts.meant import Meant, could_be_example, meant
from bot.journal.drafts.model import DraftGone, Written, draft_id
from bot.journal.forms import Forms
from bot.journal.journal import Journal
from bot.journal.model import TEXT_CHARS, Draft, Intake, Source, entry_from
from bot.ladder.asking.lookup import answer
from bot.ladder.model import Ladder
from bot.people.people import People
from bot.slack.blocks import MESSAGE_BLOCKS, Message
from bot.slack.front import Front
from bot.slack.mentions import names_in, readable
from bot.slack.state import unpack
from bot.slack.turn import Turn, say
from bot.slack.words import COMMAND

WRITTEN_BY_HAND = {None, "file_share", "me_message", "thread_broadcast"}
CHANGED = {"message_changed", "message_deleted"}


class InThread(Protocol):
    """Whoever takes what is written below one of the bot's own messages."""

    def __call__(self, turn: Turn, written: Written, said: Mapping[str, Any]) -> bool:
        """False for what is to be taken like any other message."""


class WrittenListeners:
    """Whatever people write in their direct messages with the bot."""

    def __init__(
        self,
        journal: Journal,
        drafts: Drafts,
        advice: Advice,
        forms: Forms,
        people: People,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        in_thread: InThread,
    ) -> None:
        """`in_thread` is asked first about what stands in a thread; `now` is UTC."""
        self._journal = journal
        self._drafts = drafts
        self._advice = advice
        self._forms = forms
        self._people = people
        self._ladder = ladder
        self._now = now
        self._in_thread = in_thread

    def register(self, front: Front) -> None:
        """Takes the event, and the buttons below the question that it leads to."""
        self._front = front
        front.event("message", self.written, concerns=_is_for_us)
        front.button(Act.KEEP, self.keep)
        front.button(Act.KEEP_UNDER, self.keep_under)
        front.button(Act.KEEP_AFTER_ALL, self.keep_after_all)
        front.button(Act.DROP, self.drop)

    def written(self, turn: Turn) -> None:
        """Something was written, edited or deleted in the messages with the bot."""
        match turn.event.get("subtype"):
            case "message_changed":
                self._edited(turn)
            case "message_deleted":
                self._deleted(turn)
            case _:
                self._take(turn, turn.event)

    def render_question(self, parcel: Parcel, now: datetime) -> Message | None:
        """The question about a draft, for the post office; None once it was decided about."""
        draft = self._drafts.find(parcel.recipient, parcel.subject, now)
        return self._question(draft) if draft else None

    def keep(self, turn: Turn) -> None:
        """The button that saves under the suggested competency."""
        ref = unpack(DraftRef, turn.value)
        self._save(turn, ref.written, ref.competency)

    def keep_under(self, turn: Turn) -> None:
        """The menu that saves under whatever is chosen in it."""
        self._save(turn, str(turn.action.get("action_id")).partition(":")[2], turn.value)

    def drop(self, turn: Turn) -> None:
        """The button "Not an example"."""
        member, written = turn.member, unpack(DraftRef, turn.value).written
        if written and not self._drafts.drop(member, written):
            saved = self._journal.find(member, entry_from(member, written))
            if saved:
                return turn.replace(blocks.saved_message(saved, self._ladder(), ask=False))
        return turn.replace(blocks.nothing_kept())

    def keep_after_all(self, turn: Turn) -> None:
        """Below an answer: it was meant as an example. Slack still has the words, we do not."""
        ref = unpack(PlaceRef, turn.value)
        found = turn.client.conversations_history(
            channel=ref.channel, oldest=ref.ts, latest=ref.ts, inclusive=True, limit=1
        )
        said: Any = next(iter(found.get("messages") or []), {})
        if said.get("user") != turn.member.user_id or said.get("ts") != ref.ts:
            raise DraftGone
        draft = self._draft(turn, said, ref.channel)
        self._drafts.take(draft, f"kept after all {draft.id}", self._now())

    def _take(self, turn: Turn, said: Any) -> None:
        """A message, or one that was too long and was shortened."""
        draft, place = self._draft(turn, said), PlaceRef(turn.event["channel"], said["ts"])
        if said.get("thread_ts") and self._in_thread(turn, draft, said):
            return
        answered = self._answer(turn, draft, place)
        if answered is None:
            self._drafts.take(draft, turn.deed, self._now())
        elif self._drafts.is_first(draft.owner, turn.deed, self._now()):
            say(turn.client, place.channel, answered)

    def _answer(self, turn: Turn, draft: Written, place: PlaceRef) -> Message | None:
        """What to say to a message that is no example; None for one that may be."""
        text = draft.text
        if not text:
            return blocks.only_files()
        if len(text) > TEXT_CHARS:
            return blocks.too_long(len(text))
        match meant(text, self._front.owned, lambda words: answer(self._ladder(), None, words)):
            case Meant.EXAMPLE:
                return None
            case Meant.GREETING:
                return blocks.welcome()
            case Meant.WORD:
                return self._front.typed(turn, text.rstrip(".!"))
        shown = self._front.typed(turn, text)
        return _with_keep(shown, place) if could_be_example(text) else shown

    def _edited(self, turn: Turn) -> None:
        """An open draft follows its message; one that was too long is read again when it fits.

        Slack also says so when it unfolds a link; then the words are the same.
        """
        said, before = turn.event["message"], turn.event.get("previous_message") or {}
        if said.get("text") == before.get("text"):
            return
        draft = self._draft(turn, said)
        if not draft.text or len(draft.text) > TEXT_CHARS:
            return
        if self._drafts.rewrite(draft):
            self._redraw(turn, draft, self._question(draft))
        elif len(str(before.get("text") or "")) > TEXT_CHARS:
            self._take(turn, said)

    def _deleted(self, turn: Turn) -> None:
        """A draft goes with its message; an example that was saved stays."""
        draft = self._draft(turn, turn.event["previous_message"])
        if self._drafts.drop(draft.owner, draft.id):
            self._redraw(turn, draft, blocks.nothing_kept("You deleted the message."))

    def _draft(self, turn: Turn, said: Any, channel: str = "") -> Written:
        member, room = turn.member, channel or str(turn.event["channel"])
        text = readable(str(said.get("text") or ""), names_in(turn.client))
        text = text.removeprefix(COMMAND).strip()
        first, _, rest = text.partition(" ")
        text = rest.strip() if first.casefold() == "log" and rest.strip() else text
        written = draft_id(member.team_id, room, str(said["ts"]))
        return Written(written, member, text, self._now())

    def _redraw(self, turn: Turn, draft: Written, shown: Message) -> None:
        if place := self._drafts.question_place(draft):
            turn.client.chat_update(channel=place[0], ts=place[1], **shown)

    def _question(self, draft: Written) -> Message:
        ladder, found = self._ladder(), self._advice.on(draft.owner, draft.text)
        suggested = ladder.competency(found.competency_id) if found else None
        like = found.like if found and not found.own else ""  # what is in a form stays out of Slack
        first = self._drafts.is_first_question(draft.owner)
        return blocks.keep_question(draft, ladder.competencies, suggested, like, first=first)

    def _save(self, turn: Turn, written: str, competency_id: str) -> None:
        """Once for each draft, whichever of its buttons was pressed, and however often."""
        member, now = turn.member, self._now()
        entry_id = entry_from(member, written)
        draft = self._drafts.find(member, written, now)
        if draft is None:
            entry = self._journal.find(member, entry_id)
            if entry is None:
                raise DraftGone
        else:
            kept = Draft(competency_id, draft.text, "", self._forms.day(member, draft.written_at))
            intake = Intake(entry_id, member, kept, Source.MESSAGE, f"draft {written}", written)
            entry = self._journal.log(intake, self._people.find(member), now=now)
        turn.replace(blocks.saved_message(entry, self._ladder()))


def _with_keep(shown: Message, place: PlaceRef) -> Message:
    room = list(shown.get("blocks") or [])[: MESSAGE_BLOCKS - 1]
    return shown | {"blocks": [*room, blocks.keep_after_all(place)]}


def _is_for_us(turn: Turn) -> bool:
    """What a person writes, edits or deletes in the messages with the bot; no bot's words."""
    event = turn.event
    about = event.get("message") or event.get("previous_message") or event
    by_hand = event.get("subtype") in WRITTEN_BY_HAND | CHANGED
    return event.get("channel_type") == "im" and by_hand and not about.get("bot_id")
