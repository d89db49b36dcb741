"""The front desk: every word, button, form, shortcut and event is registered here.

A listener has two halves. `at_once` runs before Slack gets its answer, from memory or with one
indexed read, and returns the answer. `later` runs after it, in a thread, and may call Slack.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.slack.acks import (
    KEPT_OPEN,
    Answer,
    Errors,
    FormAnswer,
    error_ack,
    form_ack,
    message_ack,
    plain_ack,
)
from bot.slack.blocks import Message, View, actions, button, message, notice, section
from bot.slack.client import Identity
from bot.slack.errors import ErrorMap
from bot.slack.fast_path import FastPath
from bot.slack.ready import Ready
from bot.slack.refusals import SILENCE, Door, refused_form, silent, told, told_of_event
from bot.slack.rooms import OwnRooms
from bot.slack.seen import Seen
from bot.slack.timing import Answered, TimedApp, untimed
from bot.slack.turn import Turn, say
from bot.slack.words import ALONE, COMMAND, names, starts_with

WORD = "front.word"
OPENS = "That opens a form. In messages it takes a button:"
THREADS = 20
ANYTHING = re.compile(".*", re.DOTALL)

Later = Callable[[Turn], None]


class Front:
    """The Bolt app with our conventions: ack first, errors mapped once, nothing unanswered.

    Nobody is answered whom the door does not let in. What is registered as `reads_ladder` shows
    nothing but the ladder; the door is told so.
    """

    def __init__(
        self,
        client: WebClient,
        identity: Identity,
        signing_secret: str,
        errors: ErrorMap,
        door: Door,
        answered: Answered = untimed,
    ) -> None:
        """`signing_secret` may be empty in Socket Mode, where Slack signs nothing.

        `door(turn, reads_ladder)` gives None for whoever may come in, otherwise what to tell them.
        `answered` hears how many seconds Slack waited for each answer.
        """
        self._errors = errors
        self._door = door
        self._words: set[str] = set()
        self._typed: dict[str, tuple[Answer | None, Later | None]] = {}
        self._seen = Seen()
        self.own_rooms = OwnRooms()
        self._after_deeds: list[Later] = []
        self._fast_path = FastPath(client, self._words, door)
        self.app = TimedApp(
            answered,
            name="rung",
            logger=_quiet_logger(),
            client=client,
            signing_secret=signing_secret or "unused-in-socket-mode",
            before_authorize=self._fast_path,
            authorize=_authorizer(client, identity),
            process_before_response=True,
            listener_executor=ThreadPoolExecutor(THREADS, thread_name_prefix="slack"),
        )
        self.app.error(self._on_error)

    def rest(self, at_once: Answer) -> None:
        """Answers `/ladder` for every first word that nobody owns, now or later."""
        self._fast_path.at_once = at_once

    def words(
        self,
        words: Iterable[str],
        *,
        at_once: Answer | None = None,
        later: Later | None = None,
        alone: bool = False,
    ) -> None:
        """Owns `/ladder WORD …`; raises ValueError when somebody owns a word already.

        With `alone`, only where nothing follows the word: with more, the ladder is asked.
        """
        own = frozenset(f"{word}{ALONE}" if alone else word for word in words)
        if taken := own & self._words:
            raise ValueError(f"/ladder words with two owners: {sorted(taken)}")
        self._words |= own
        self._typed |= dict.fromkeys(own, (at_once, later))
        matcher = self.app.command(COMMAND, matchers=[lambda body: starts_with(body, own)])
        ack = message_ack(self._message_behind_door(at_once) if at_once else None)
        self._on(matcher, ack, later, refused=silent if at_once else told)

    def button(self, action_id: str, later: Later, *, reads_ladder: bool = False) -> None:
        """A button or menu, in a message, a modal or the Home tab.

        Ids in one row have to differ, so whatever follows a colon belongs to the same listener.
        """
        named = re.compile(f"{re.escape(action_id)}(:.*)?$")
        self._on(self.app.action(named), plain_ack, later, reads_ladder=reads_ladder)

    def form(
        self,
        callback_id: str,
        at_once: FormAnswer,
        later: Later | None = None,
        *,
        reads_ladder: bool = False,
    ) -> None:
        """A modal's submit: None closes it, a view takes its place, Errors keep it open.

        `later` follows only where it was not kept open: nothing was done then.
        """
        ack = form_ack(self._form_behind_door(at_once, reads_ladder))
        form = self.app.view(callback_id)
        afterwards = _once_taken(later) if later else _nothing
        self._on(form, ack, afterwards, reads_ladder=reads_ladder, refused=silent)

    def shortcut(self, callback_id: str, later: Later) -> None:
        """A message or global shortcut."""
        self._on(self.app.shortcut(callback_id), plain_ack, later)

    def event(
        self,
        kind: str,
        later: Later,
        *,
        concerns: Callable[[Turn], bool] = lambda _: True,
        by_slack: bool = False,
        refused: Callable[[Turn, str], None] = told_of_event,
    ) -> None:
        """An event, handled once: Slack sends one again when our acknowledgement was lost.

        What we have seen is a first look, in memory: whatever must not happen twice leaves a row.
        What does not `concern` us is passed over before anybody asks who did it. An event
        `by_slack` is told of a person, not done by one, and does not pass the door.
        """
        done = self._with_what_follows(later)
        inside = later if by_slack else self._behind_door(done, False, refused)

        def once(turn: Turn) -> None:
            self.own_rooms.learn(turn.event)
            event_id = str(turn.body.get("event_id") or "")
            if not concerns(turn) or not self._seen.is_new(event_id):
                return
            try:
                inside(turn)
            except Exception:
                self._seen.forget(event_id)
                raise

        self.app.event(kind)(ack=plain_ack, lazy=[self._guarded(once)])

    @property
    def owned(self) -> Collection[str]:
        """The first words that capabilities answer to, whatever follows them."""
        return {word.removesuffix(ALONE) for word in self._words}

    def typed(self, turn: Turn, text: str) -> Message:
        """What `/ladder text` answers to somebody who wrote it to the bot.

        A message opens no form, so a word that does gets a button.
        """
        word = next(iter(names(text) & self._words), "")
        at_once, later = self._typed.get(word, (self._fast_path.at_once, None))
        if later:
            return message(OPENS, [section(OPENS), actions(button("Open", f"{WORD}:{word}"))])
        member, room = turn.member, str(turn.event.get("channel") or "")
        body = {"text": text, "user_id": member.user_id, "team_id": member.team_id}
        answer = at_once(Turn(body | {"channel_id": room}, turn.client)) if at_once else {}
        whole = json.loads(answer.body) if isinstance(answer, Ready) else answer
        return {key: whole[key] for key in ("text", "blocks") if key in whole}

    def after_deeds(self, later: Later) -> None:
        """Runs after whatever somebody did whom the door let in, also where it went wrong.

        That is a button, a form, a shortcut, an event, or a word with a second half: whatever may
        change something. `later` has to be quick, and must not raise.
        """
        self._after_deeds.append(later)

    def close(self) -> App:
        """Adds the answers for whatever nobody registered, and hands over the finished app."""
        named = re.compile(f"{re.escape(WORD)}:.*")
        self._on(self.app.action(named), plain_ack, self._by_word_button)
        old_form = self._form_behind_door(retired_form, False)
        unknown_command = self._message_behind_door(_unknown_command)
        self._on(self.app.action(ANYTHING), plain_ack, retired_button)
        self._on(self.app.view(ANYTHING), form_ack(old_form))
        self._on(self.app.shortcut(ANYTHING), plain_ack, retired_button)
        self._on(self.app.command(ANYTHING), message_ack(unknown_command))
        self._on(self.app.event(ANYTHING), plain_ack)
        self.app.view_closed(ANYTHING)(plain_ack)
        return self.app

    def _by_word_button(self, turn: Turn) -> None:
        """The button below a word that somebody wrote to the bot."""
        word = str(turn.action.get("action_id")).partition(":")[2]
        _, later = self._typed.get(word, (None, None))
        (later or retired_button)(turn)

    def _on(
        self,
        register: Any,
        ack: Callable[..., object],
        later: Later | None = None,
        *,
        reads_ladder: bool = False,
        refused: Callable[[Turn, str], None] | None = None,
    ) -> None:
        if later is None:
            register(ack=ack, lazy=[])
            return
        done = self._with_what_follows(later)
        inside = self._behind_door(done, reads_ladder, refused or told)
        register(ack=ack, lazy=[self._guarded(inside)])

    def _with_what_follows(self, later: Later) -> Later:
        def run(turn: Turn) -> None:
            try:
                later(turn)
            finally:
                for follow in self._after_deeds:
                    follow(turn)

        return run

    def _behind_door(
        self, later: Later, reads_ladder: bool, refused: Callable[[Turn, str], None]
    ) -> Later:
        def run(turn: Turn) -> None:
            sentence = self._door(turn, reads_ladder)
            if sentence is None:
                later(turn)
            elif sentence != SILENCE:
                refused(turn, sentence)

        return run

    def _message_behind_door(self, at_once: Answer) -> Answer:
        def answer(turn: Turn) -> Message | Ready:
            sentence = self._door(turn, False)
            return at_once(turn) if sentence is None else message(sentence)

        return answer

    def _form_behind_door(self, at_once: FormAnswer, reads_ladder: bool) -> FormAnswer:
        def answer(turn: Turn) -> View | Errors | None:
            sentence = self._door(turn, reads_ladder)
            return at_once(turn) if sentence is None else refused_form(sentence)

        return answer

    def _guarded(self, later: Later) -> Callable[..., None]:
        def run(body: dict[str, Any], client: WebClient) -> None:
            turn = Turn(body, client)
            try:
                later(turn)
            except Exception as error:
                self._tell(turn, error)

        return run

    def _tell(self, turn: Turn, error: Exception) -> None:
        sentence = self._errors.sentence(error)
        try:
            turn.tell(sentence)
        except Exception:
            say(turn.client, turn.member.user_id, message(sentence))

    def _on_error(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        return error_ack(body, self._errors.sentence(error))


def _quiet_logger() -> logging.Logger:
    """Bolt gives this level to every logger of its own, and at INFO they quote request bodies."""
    logger = logging.getLogger("bot.bolt")
    logger.setLevel(logging.CRITICAL)
    return logger


def _authorizer(client: WebClient, identity: Identity) -> Callable[..., AuthorizeResult]:
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team_id,
        bot_token=client.token,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user_id,
    )

    def authorize() -> AuthorizeResult:
        return known

    return authorize


def _once_taken(later: Later) -> Later:
    def run(turn: Turn) -> None:
        if KEPT_OPEN not in turn.body:
            later(turn)

    return run


def retired_button(turn: Turn) -> None:
    """What a button says that nobody registered, or that is not for whoever pressed it."""
    turn.tell("This button belongs to an older message. Type `/ladder` to go on from there.")


def retired_form(_turn: Turn) -> View:
    """What a form says that nobody registered, or that is not for whoever submitted it."""
    return notice("Rung", "This form belongs to an older version of Rung. Type `/ladder` again.")


def _nothing(_turn: Turn) -> None:
    """A form that is done once it is answered; what follows a deed still does."""


def _unknown_command(_turn: Turn) -> Message:
    return message(f"Rung answers `{COMMAND}`. Type `{COMMAND} help` to see what it can do.")
