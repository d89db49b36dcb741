"""Slack in, the form out: the word, the buttons and the shortcuts by which an example comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.journal.addresses import link_to, permalink, place_of
from bot.journal.blocks import Act, Filled, FormState, LogRef
from bot.journal.drafts.drafts import Drafts
from bot.journal.forms import Forms
from bot.journal.model import TEXT_CHARS, Source
from bot.journal.overheard import Overheard
from bot.ladder.model import Ladder
from bot.slack.front import Front
from bot.slack.mentions import names_in, readable
from bot.slack.state import unpack
from bot.slack.text import clip
from bot.slack.turn import Turn


class JournalListeners:
    """Whatever opens the form, and the buttons in it."""

    def __init__(
        self,
        forms: Forms,
        drafts: Drafts,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        workspace_address: str,
    ) -> None:
        """`workspace_address` is where links to messages begin."""
        self._forms = forms
        self._drafts = drafts
        self._ladder = ladder
        self._now = now
        self._address = workspace_address
        self._overheard = Overheard()

    def register(self, front: Front) -> None:
        """Takes the word, buttons and shortcuts that open the form."""
        front.words(["log", "add"], later=self.log_by_word)
        front.button(Act.LOG, self.log_by_button)
        front.shortcut(Act.SHORTCUT, self.log_by_shortcut)
        front.shortcut(Act.GLOBAL, self.log_by_global_shortcut)
        front.button(Act.QUOTE, self.quote)
        front.button(Act.MY_WORDS, self.use_my_words)

    def log_by_word(self, turn: Turn) -> None:
        """`/ladder log [what happened]`."""
        typed = "".join(str(turn.body.get("text") or "").split(maxsplit=1)[1:])
        text = readable(typed, names_in(turn.client))
        self._forms.open(turn, Filled(self._forms.day(turn.member), text=text), FormState())

    def log_by_button(self, turn: Turn) -> None:
        """Any button that opens the form; below a question it remembers the message it stands in.

        What was written to the bot is in the form already, and what was marked is linked.
        """
        ref = unpack(LogRef, turn.value)
        asked = ref.nudge or ref.written or ref.about
        channel, ts = turn.message_place if asked else ("", "")
        state = FormState(ref.source, nudge=ref.nudge, channel=channel, ts=ts)
        state = replace(state, written=ref.written, about=ref.about, own=ref.own)
        self._forms.open(turn, self._filled_by(turn, ref), state)

    def log_by_global_shortcut(self, turn: Turn) -> None:
        """The shortcut "Log an example", which is everywhere in Slack."""
        state = FormState(Source.GLOBAL.value)
        self._forms.open(turn, Filled(self._forms.day(turn.member)), state)

    def log_by_shortcut(self, turn: Turn) -> None:
        """The shortcut "Save as example" on a message: the link is kept, its text is not."""
        member, said = turn.member, turn.body.get("message") or {}
        channel, sent = place_of(turn.body)
        about, words = f"{channel}/{sent}", str(said.get("text") or "")
        if words:
            self._overheard.keep(member, about, words, self._now())
        own = bool(words) and said.get("user") == member.user_id
        day = self._forms.day(member, moment(sent) if sent else None)
        filled = Filled(day, link=permalink(turn.body, self._address))
        self._forms.open(turn, filled, FormState(Source.SHORTCUT.value, about=about, own=int(own)))

    def quote(self, turn: Turn) -> None:
        """The button "Keep their words as a quote": they are in the form, to be shortened."""
        state, filled = unpack(FormState, turn.state), self._forms.filled_in(turn)
        filled = replace(filled, quote=self._words_about(turn, state))
        self._forms.redraw(turn, filled, replace(state, quoting=1))

    def use_my_words(self, turn: Turn) -> None:
        """The button "Use my words", on a message of one's own."""
        state, filled = unpack(FormState, turn.state), self._forms.filled_in(turn)
        words = "\n".join(filter(None, [filled.text, self._words_about(turn, state)]))
        filled = replace(filled, text=clip(words, TEXT_CHARS))
        self._forms.redraw(turn, filled, replace(state, about="", own=0))

    def _filled_by(self, turn: Turn, ref: LogRef) -> Filled:
        member, current = turn.member, self._ladder().current(ref.competency)
        competency_id = current.id if current else ""
        if ref.written:
            draft = self._drafts.get(member, ref.written, self._now())
            day = self._forms.day(member, draft.written_at)
            return Filled(day, competency_id, draft.text)
        if ref.about:
            channel, _, sent = ref.about.partition("/")
            day = self._forms.day(member, moment(sent))
            return Filled(day, competency_id, link=link_to(self._address, channel, sent))
        return Filled(self._forms.day(member), competency_id)

    def _words_about(self, turn: Turn, state: FormState) -> str:
        words = self._overheard.words(turn.member, state.about, self._now())
        return clip(readable(words, names_in(turn.client)), TEXT_CHARS)


def moment(sent: str) -> datetime:
    """When a message was sent, from its timestamp."""
    return datetime.fromtimestamp(float(sent), UTC)
