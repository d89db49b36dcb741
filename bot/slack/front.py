"""The front desk: every word, button, form, shortcut and event is registered here.

A listener has two halves. `at_once` runs before Slack gets its answer, from memory or with one
indexed read, and returns the answer. `later` runs after it, in a thread, and may call Slack.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient

from bot.slack.blocks import Message, View, message, notice
from bot.slack.client import Identity
from bot.slack.errors import ErrorMap
from bot.slack.ready import Ready, ready
from bot.slack.rooms import OwnRooms
from bot.slack.seen import Seen
from bot.slack.turn import Turn, say

COMMAND = "/ladder"
THREADS = 20
_IS_JSON: dict[str, str | Sequence[str]] = {"content-type": "application/json"}
ANYTHING = re.compile(".*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Errors:
    """Sentences below the fields of a form that need another look, by block id."""

    by_field: dict[str, str]


Later = Callable[[Turn], None]
Answer = Callable[[Turn], Message | Ready]
FormAnswer = Callable[[Turn], View | Errors | None]


class Front:
    """The Bolt app with our conventions: ack first, errors mapped once, nothing unanswered."""

    def __init__(
        self, client: WebClient, identity: Identity, signing_secret: str, errors: ErrorMap
    ) -> None:
        """`signing_secret` may be empty in Socket Mode, where Slack signs nothing."""
        self._errors = errors
        self._words: set[str] = set()
        self._seen = Seen()
        self.own_rooms = OwnRooms()
        self._after_forms: list[Later] = []
        self._rest = _Rest(client, self._words)
        self.app = App(
            name="rung",
            logger=_quiet_logger(),
            client=client,
            signing_secret=signing_secret or "unused-in-socket-mode",
            before_authorize=self._rest,
            authorize=_authorizer(client, identity),
            process_before_response=True,
            listener_executor=ThreadPoolExecutor(THREADS, thread_name_prefix="slack"),
        )
        self.app.error(self._on_error)

    def rest(self, at_once: Answer) -> None:
        """Answers `/ladder` for every first word that nobody owns, now or later."""
        self._rest.at_once = at_once

    def words(
        self, words: Iterable[str], *, at_once: Answer | None = None, later: Later | None = None
    ) -> None:
        """Owns `/ladder WORD …`; raises ValueError when somebody owns a word already."""
        own = frozenset(words)
        if taken := own & self._words:
            raise ValueError(f"/ladder words with two owners: {sorted(taken)}")
        self._words |= own
        matcher = self.app.command(COMMAND, matchers=[lambda body: _first_word(body) in own])
        self._on(matcher, _message_ack(at_once), later)

    def button(self, action_id: str, later: Later) -> None:
        """A button or menu, in a message, a modal or the Home tab.

        Ids in one row have to differ, so whatever follows a colon belongs to the same listener.
        """
        named = re.compile(f"{re.escape(action_id)}(:.*)?$")
        self._on(self.app.action(named), _plain_ack, later)

    def form(self, callback_id: str, at_once: FormAnswer, later: Later | None = None) -> None:
        """A modal's submit: None closes it, a view takes its place, Errors keep it open."""

        def afterwards(turn: Turn) -> None:
            for do in (*([later] if later else []), *self._after_forms):
                do(turn)

        self._on(self.app.view(callback_id), _form_ack(at_once), afterwards)

    def shortcut(self, callback_id: str, later: Later) -> None:
        """A message or global shortcut."""
        self._on(self.app.shortcut(callback_id), _plain_ack, later)

    def event(self, kind: str, later: Later) -> None:
        """An event, handled once: Slack sends one again when our acknowledgement was lost."""

        def once(turn: Turn) -> None:
            self.own_rooms.learn(turn.event)
            if self._seen.is_new(str(turn.body.get("event_id") or "")):
                later(turn)

        self._on(self.app.event(kind), _plain_ack, once)

    def after_forms(self, later: Later) -> None:
        """Runs after every form that was submitted, whoever owns it."""
        self._after_forms.append(later)

    def close(self) -> App:
        """Adds the answers for whatever nobody registered, and hands over the finished app."""
        self._on(self.app.action(ANYTHING), _plain_ack, retired_button)
        self._on(self.app.view(ANYTHING), _form_ack(retired_form))
        self._on(self.app.shortcut(ANYTHING), _plain_ack, retired_button)
        self._on(self.app.command(ANYTHING), _message_ack(_unknown_command))
        self._on(self.app.event(ANYTHING), _plain_ack)
        self.app.view_closed(ANYTHING)(_plain_ack)
        return self.app

    def _on(self, register: Any, ack: Callable[..., object], later: Later | None = None) -> None:
        register(ack=ack, lazy=[self._guarded(later)] if later else [])

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
        sentence = self._errors.sentence(error)
        if body.get("type") == "view_submission":
            return _json(_form_error(body, sentence))
        return _json({"response_type": "ephemeral", **message(sentence)})


class _Rest(Middleware):
    """Answers the ladder's own words right behind the check of the signature.

    What Bolt does after that, to look for a listener and to hand it its arguments, takes longer
    than the answer itself.
    """

    def __init__(self, client: WebClient, owned: Collection[str]) -> None:
        """`owned` holds the first words that listeners answer; it may still grow."""
        self._client = client
        self._owned = owned
        self.at_once: Answer | None = None

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002
        next: Callable[[], BoltResponse],
    ) -> BoltResponse:
        """The answer, or what comes `next` when the words are somebody else's."""
        body = req.body
        if body.get("command") != COMMAND or _first_word(body) in self._owned or not self.at_once:
            return next()
        return _sent(self.at_once(Turn(body, self._client)))


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


def _first_word(body: dict[str, Any]) -> str:
    words = str(body.get("text") or "").split(maxsplit=1)
    return words[0].casefold() if words else ""


def _message_ack(at_once: Answer | None) -> Callable[..., BoltResponse]:
    def run(ack: Ack, body: dict[str, Any], client: WebClient) -> BoltResponse:
        return _sent(at_once(Turn(body, client))) if at_once else ack()

    return run


def _sent(answer: Message | Ready) -> BoltResponse:
    written = answer if isinstance(answer, Ready) else ready(answer)
    return BoltResponse(status=200, body=written.body, headers=_IS_JSON)


def _form_ack(at_once: FormAnswer) -> Callable[..., None]:
    def run(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        answer = at_once(Turn(body, client))
        if answer is None:
            ack()
        elif isinstance(answer, Errors):
            ack(response_action="errors", errors=answer.by_field)
        else:
            ack(response_action="update", view=answer)

    return run


def _plain_ack(ack: Ack) -> None:
    ack()


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers=_IS_JSON)


def _form_error(body: dict[str, Any], sentence: str) -> dict[str, Any]:
    """Keeps the form open with all that was written in it, the sentence below its first field."""
    blocks = body["view"].get("blocks") or []
    first = next((b["block_id"] for b in blocks if b.get("type") == "input"), None)
    if first is None:
        return {"response_action": "update", "view": notice("Rung", sentence)}
    return {"response_action": "errors", "errors": {first: sentence}}


def retired_button(turn: Turn) -> None:
    """What a button says that nobody registered, or that is not for whoever pressed it."""
    turn.tell("This button belongs to an older message. Type `/ladder` to go on from there.")


def retired_form(_turn: Turn) -> View:
    """What a form says that nobody registered, or that is not for whoever submitted it."""
    return notice("Rung", "This form belongs to an older version of Rung. Type `/ladder` again.")


def _unknown_command(_turn: Turn) -> Message:
    return message(f"Rung answers `{COMMAND}`. Type `{COMMAND} help` to see what it can do.")
