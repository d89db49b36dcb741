"""Slack in, somebody wrote in the thread of a question; out: an example, or another answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.delivery.model import Parcel
from bot.journal.blocks import only_files, saved_message, too_long
from bot.journal.drafts.model import Written
from bot.journal.journal import Journal
from bot.journal.model import TEXT_CHARS, Draft, EntryNotFound, Intake, Source, entry_from
from bot.ladder.model import Ladder
from bot.nudges.listeners import NudgeListeners
from bot.nudges.model import KIND, Answer, Nudge
from bot.nudges.nudges import Nudges
from bot.nudges.replies import Reply, reply_in
from bot.people.people import People
from bot.slack.blocks import Message, message
from bot.slack.member import Member
from bot.slack.turn import Turn, say

ANSWERS = {Reply.NOTHING: Answer.NOTHING, Reply.LATER: Answer.LATER}
ONE_SENTENCE = "One sentence about what changed is plenty: write it here, and I log it."

Behind = Callable[[Member, str], Parcel | None]
Said = Callable[[Member, str], Message]


class ThreadListeners:
    """Answers in words, each message one answer however often Slack tells of it."""

    def __init__(
        self,
        nudges: Nudges,
        answers: NudgeListeners,
        said: Said,
        journal: Journal,
        people: People,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        behind: Behind,
    ) -> None:
        """`behind(member, ts)` is what the post office sent the member as that message.

        `said` does what words about one's settings say; `now` is the bot's clock, in UTC.
        """
        self._nudges = nudges
        self._answers = answers
        self._said = said
        self._journal = journal
        self._people = people
        self._ladder = ladder
        self._now = now
        self._behind = behind

    def answered(self, turn: Turn, written: Written, said: Mapping[str, Any]) -> bool:
        """Whether the message was an answer to a question that is open, and was taken as one."""
        thread = str(said.get("thread_ts") or "")
        parcel = self._behind(turn.member, thread) if thread else None
        if parcel is None or parcel.kind != KIND:
            return False
        nudge, deed = self._nudges.get(turn.member, parcel.subject), f"thread {written.id}"
        if nudge.answer is not Answer.NONE:
            return not self._nudges.is_first(turn.member, deed, self._now())
        if not written.text or len(written.text) > TEXT_CHARS:
            short = too_long(len(written.text)) if written.text else only_files()
            return self._tell_once(turn, thread, short)
        if nudge.about_preferences:
            return self._prefer(turn, thread, written)
        return self._take(turn, thread, nudge, written)

    def _take(self, turn: Turn, thread: str, nudge: Nudge, written: Written) -> bool:
        member, reply = turn.member, reply_in(written.text)
        match reply:
            case Reply.QUESTION:
                return False
            case Reply.SMALL_TALK:
                return self._tell_once(turn, thread, message(ONE_SENTENCE))
            case Reply.EXAMPLE:
                return self._log(turn, thread, nudge, written)
            case Reply.NOTHING | Reply.LATER:
                self._record(turn, thread, nudge, ANSWERS[reply], written)
            case Reply.OTHER if self._nudges.is_first(member, turn.deed, self._now()):
                shown = self._answers.something_else(member, nudge.id, nudge.competency_id)
                self._redraw(turn, thread, shown)
            case Reply.NOT_RELEVANT:
                shown = self._answers.set_aside(member, nudge.id, nudge.competency_id)
                self._redraw(turn, thread, shown)
            case Reply.STOP:
                self._redraw(turn, thread, self._answers.stopped(member))
        return True

    def _log(self, turn: Turn, thread: str, nudge: Nudge, written: Written) -> bool:
        """Saves the example at once; its confirmation stands in the thread."""
        current = self._ladder().current(nudge.competency_id)
        person = self._people.get(turn.member)
        if current is None:
            return False
        day = written.written_at.astimezone(person.tz).date()
        intake = Intake(
            id=entry_from(turn.member, written.id),
            owner=turn.member,
            draft=Draft(current.id, written.text, "", day),
            source=Source.NUDGE,
            deed=f"draft {written.id}",
            statement=nudge.cue if nudge.cue and nudge.cue.id else None,
        )
        try:
            entry = self._journal.log(intake, person, now=self._now())
        except EntryNotFound:
            return True  # it was undone since, and Slack tells of the message again
        if self._record(turn, thread, nudge, Answer.LOGGED, written):
            self._say(turn, thread, saved_message(entry, self._ladder()))
        return True

    def _record(
        self, turn: Turn, thread: str, nudge: Nudge, said: Answer, written: Written
    ) -> bool:
        deed, now = f"thread {written.id}", self._now()
        if not self._nudges.answer_in_words(turn.member, nudge.id, said, deed, now):
            return False
        nudge = self._nudges.get(turn.member, nudge.id)
        self._redraw(turn, thread, self._answers.answered(nudge))
        return True

    def _prefer(self, turn: Turn, thread: str, written: Written) -> bool:
        """The question was how often to ask, so the words are about one's settings."""
        if self._nudges.is_first(turn.member, turn.deed, self._now()):
            self._say(turn, thread, self._said(turn.member, written.text))
        return True

    def _tell_once(self, turn: Turn, thread: str, words: Message) -> bool:
        if self._nudges.is_first(turn.member, turn.deed, self._now()):
            self._say(turn, thread, words)
        return True

    def _say(self, turn: Turn, thread: str, words: Message) -> None:
        say(turn.client, str(turn.event["channel"]), words, thread_ts=thread)

    def _redraw(self, turn: Turn, thread: str, shown: Message) -> None:
        turn.client.chat_update(channel=str(turn.event["channel"]), ts=thread, **shown)
