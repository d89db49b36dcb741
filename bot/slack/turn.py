"""One turn of a conversation: what a person did in Slack, and the ways to answer them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.logs import happened
from bot.slack.answers import AnswerRefused, error_code
from bot.slack.blocks import Message, View, message, notice
from bot.slack.member import Member, acting_member
from bot.slack.text import clean, unescape

log = logging.getLogger(__name__)

QUIET_LINKS: Message = {"unfurl_links": False, "unfurl_media": False}

Payload = Mapping[str, Any]


def say(client: WebClient, channel: str, new: Message, **extra: Any) -> SlackResponse:
    """Posts to a conversation, or to a person's `U…` id: their direct message with the bot."""
    return client.chat_postMessage(channel=channel, **QUIET_LINKS, **new, **extra)


class Turn:
    """A command, button, form, shortcut or event, read once, in any of Slack's shapes."""

    def __init__(self, body: Payload, client: WebClient) -> None:
        """`body` is Slack's payload; `client` answers in the workspace it came from."""
        self.body = body
        self.client = client

    @cached_property
    def member(self) -> Member:
        """Who acts."""
        return acting_member(self.body)

    @property
    def text(self) -> str:
        """What was typed after the command, as it was typed."""
        return clean(unescape(str(self.body.get("text") or "")))

    @property
    def event(self) -> Payload:
        """The inner event, or nothing."""
        event: Payload = self.body.get("event") or {}
        return event

    @property
    def view(self) -> Payload:
        """The modal or Home tab that this happened in, or nothing."""
        view: Payload = self.body.get("view") or {}
        return view

    @property
    def action(self) -> Payload:
        """The button or menu that was used, or nothing."""
        actions = self.body.get("actions") or [{}]
        action: Payload = actions[0]
        return action

    @property
    def value(self) -> str:
        """What the button carries, or the option that was chosen."""
        action = self.action
        chosen = action.get("selected_option") or {}
        return str(action.get("value") or chosen.get("value") or "")

    @property
    def state(self) -> str:
        """What the modal remembers."""
        return str(self.view.get("private_metadata") or "")

    @property
    def deed(self) -> str:
        """What Slack names this turn by whenever it sends it again; empty where it has no name.

        A form is named by its view, so that a double click is one deed too. Whoever acts is part
        of the name, so nobody can do a deed in another's place.
        """
        said = self._said
        return f"{self.member.user_id} {said}" if said else ""

    @property
    def _said(self) -> str:
        event_id, action = self.body.get("event_id"), self.action
        if event_id:
            return f"event {event_id}"
        if self.body.get("type") == "view_submission":
            return f"form {self.view['id']} {self.view.get('callback_id')}"
        if action:
            return f"button {action.get('action_id')} {action.get('action_ts')}"
        return str(self.body.get("trigger_id") or "")

    @property
    def message_place(self) -> tuple[str, str]:
        """Channel and timestamp of the message that holds the button; empty in a modal."""
        container = self.body.get("container") or {}
        if container.get("is_ephemeral"):
            return "", ""
        return str(container.get("channel_id") or ""), str(container.get("message_ts") or "")

    @property
    def room(self) -> str:
        """The channel in which Slack showed or will show the answer; empty in Home and modals."""
        container = self.body.get("container") or {}
        return str(self.body.get("channel_id") or container.get("channel_id") or "")

    @property
    def on_public_message(self) -> bool:
        """Whether the button is on a message that others see too."""
        return self.message_place != ("", "")

    def answer(self, block_id: str) -> str:
        """What the form holds in that field: text, an option's value, a date, a time, a user."""
        values = (self.view.get("state") or {}).get("values") or {}
        for element in (values.get(block_id) or {}).values():
            option = element.get("selected_option") or {}
            for key in ("value", "selected_date", "selected_time", "selected_user"):
                if element.get(key):
                    return clean(str(element[key]))
            return str(option.get("value") or "")
        return ""

    def answers(self, block_id: str) -> tuple[str, ...]:
        """The values of all the options that are chosen in that field."""
        values = (self.view.get("state") or {}).get("values") or {}
        chosen = [
            option
            for element in (values.get(block_id) or {}).values()
            for option in element.get("selected_options") or ()
        ]
        return tuple(str(option.get("value") or "") for option in chosen)

    def files(self, block_id: str) -> list[Payload]:
        """The files that were put into that field, as Slack describes them."""
        values = (self.view.get("state") or {}).get("values") or {}
        elements = (values.get(block_id) or {}).values()
        return [file for element in elements for file in element.get("files") or ()]

    def answer_date(self, block_id: str, default: date) -> date:
        """A date field; Slack sends nothing when it was emptied."""
        text = self.answer(block_id)
        return date.fromisoformat(text) if text else default

    def open(self, view: View) -> None:
        """Shows a modal, on top of the one that the person is in, or in its place at the top.

        Slack stacks three at the most.
        """
        trigger = str(self.body["trigger_id"])
        if self.view.get("type") != "modal":
            self.client.views_open(trigger_id=trigger, view=view)
            return
        try:
            self.client.views_push(trigger_id=trigger, view=view)
        except SlackApiError as error:
            if error_code(error) != "push_limit_reached":
                raise
            self.client.views_update(view_id=self.view["id"], view=view)

    def refresh(self, view: View) -> None:
        """Puts other content into the modal that the person is in; from Home, opens it."""
        if self.view.get("type") == "home":
            self.open(view)
        else:
            self._update(view, view_id=self.view["id"], hash=self.view.get("hash"))

    def refresh_answered(self, view: View) -> None:
        """Puts other content into the modal whose form was answered with a view just now."""
        self._update(view, view_id=self.view["id"])

    def refresh_below(self, view: View) -> None:
        """Puts other content into the first modal of the pile, if the person is in a later one."""
        root = str(self.view.get("root_view_id") or "")
        if root and root != self.view["id"]:
            self._update(view, view_id=root)

    def refresh_behind(self, view: View) -> None:
        """Puts other content into the modal right below the one that the person is in."""
        if behind := self.view.get("previous_view_id"):
            self._update(view, view_id=behind)

    def replace(self, new: Message) -> None:
        """Puts another message where the one with the button was."""
        self._respond(new, replace=True)

    def reply(self, new: Message) -> None:
        """Answers so that only this person sees it, wherever they are."""
        if not (self.body.get("response_url") and self._respond(new, replace=False)):
            say(self.client, self.member.user_id, new)

    def post_here(self, new: Message) -> None:
        """Posts for everybody where the person is, also where the bot is no member.

        Raises AnswerRefused when Slack no longer lets us.
        """
        if not self._respond(new, replace=False, kind="in_channel"):
            raise AnswerRefused

    def tell(self, sentence: str, title: str = "Rung") -> None:
        """Says one escaped sentence in the place where the person is."""
        self.show(notice(title, sentence), message(sentence))

    def show(self, view: View, otherwise: Message) -> None:
        """From Home or a modal, a modal; from a conversation, a message that only they see."""
        if self.view and self.body.get("trigger_id"):
            self.open(view)
        else:
            self.reply(otherwise)

    def _update(self, view: View, **which: Any) -> None:
        """A modal that the person closed meanwhile needs no new content."""
        try:
            self.client.views_update(view=view, **which)
        except SlackApiError as error:
            if error.response.get("error") != "not_found":
                raise

    def _respond(self, new: Message, *, replace: bool, kind: str = "ephemeral") -> bool:
        """Whether Slack took the answer; raises AnswerRefused where there is nowhere to answer."""
        address = str(self.body.get("response_url") or "")
        if not address:
            raise AnswerRefused
        hook = WebhookClient(address, timeout=self.client.timeout, retry_handlers=[])
        ephemeral = bool((self.body.get("container") or {}).get("is_ephemeral", True))
        answer = hook.send_dict(
            dict(new)
            | {"replace_original": replace, "unfurl_links": False, "unfurl_media": False}
            | ({"response_type": kind} if ephemeral or not replace else {})
        )
        if answer.status_code != 200:
            log.warning(happened("answer_not_taken", status=answer.status_code))
        return answer.status_code == 200
