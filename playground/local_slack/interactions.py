"""What people do in Slack, by ids: each method is one act, sent to the bot, and what came of it.

No lock is held while the bot is asked, for it calls back into the Web API.
"""

from __future__ import annotations

from collections.abc import Callable

from . import payloads
from .elements import STATELESS, complaint
from .events import EventSender
from .manifest import Manifest
from .model import BOT_USER_ID, SLACKBOT_ID, Answer, Channel, Json, Message, Refused, View
from .outbox import Outbox
from .replies import note_refusal, reply_in_ack
from .submissions import apply_answer
from .transports import Delivery, Kind
from .triggers import ReplyAddresses, Triggers
from .workspace import Workspace

NO_CONNECTION = "We had some trouble connecting. Try again?"
FAILURES = {"timeout": "operation_timeout", "unreachable": "dispatch_failed"}


class Interactions:
    def __init__(
        self,
        workspace: Workspace,
        triggers: Triggers,
        reply_addresses: ReplyAddresses,
        manifest: Manifest,
        reply_url: Callable[[str], str],
    ) -> None:
        self.workspace = workspace
        self.triggers = triggers
        self.manifest = manifest
        self.outbox = Outbox()
        self.events = EventSender(self.outbox.send, manifest)
        self._reply_addresses = reply_addresses
        self._reply_url = reply_url

    # slash commands

    def command(self, user_id: str, typed: str, channel_id: str) -> Answer:
        """Type a slash command; what goes wrong shows as Slack shows it, to this person only."""
        name, _, rest = typed.strip().partition(" ")
        channel = self.workspace.channel(channel_id)
        if not self.manifest.knows_command(name):
            return self._slackbot_says(channel, user_id, f"{name} is not a valid command.")
        payload = payloads.slash_command(
            self.workspace.person(user_id),
            channel,
            name,
            self.workspace.as_sent(rest.strip()),
            self.triggers.issue(user_id),
            self._reply_to(user_id, channel_id),
        )
        delivery = self.outbox.send("slash_commands", payload)
        return self._command_answered(name, delivery, channel, user_id)

    def _command_answered(
        self, name: str, delivery: Delivery, channel: Channel, user_id: str
    ) -> Answer:
        answer = _answer(delivery)
        error = _error_word(delivery)
        if error is None:
            try:
                answer.message = reply_in_ack(self.workspace, delivery.body, channel, user_id)
                return answer
            except Refused as refused:
                note_refusal(self.workspace, "ack", refused)
                error = "invalid_command_response"
        told = self._slackbot_says(channel, user_id, f'{name} failed with the error "{error}"')
        answer.message, answer.trouble = told.message, told.trouble
        return answer

    def _slackbot_says(self, channel: Channel, user_id: str, sentence: str) -> Answer:
        message = self.workspace.post(channel, SLACKBOT_ID, sentence, only_for=user_id)
        return Answer(message=message, trouble=sentence)

    # buttons and menus

    def act_on_message(
        self, user_id: str, message: Message, block: Json, element: Json, value: Json | None
    ) -> Answer:
        state = message.states.setdefault(user_id, {})
        _remember(state, block, element, value)
        channel = self.workspace.channel(message.channel)
        reply_to = self._reply_to(user_id, message.channel, message.ts)
        place = payloads.on_message(message, channel, state, reply_to)
        return self._act(user_id, block, element, value, place, in_modal=False)

    def act_on_view(
        self, user_id: str, view: View, block: Json, element: Json, value: Json | None
    ) -> Answer:
        """In an input block the app hears of it only when it asked to (`dispatch_action`)."""
        _remember(view.state, block, element, value)
        self.workspace.touch()
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Answer(status=200)
        in_modal = view.body["type"] == "modal"
        return self._act(user_id, block, element, value, payloads.on_view(view), in_modal=in_modal)

    def _act(
        self,
        user_id: str,
        block: Json,
        element: Json,
        value: Json | None,
        place: Json,
        *,
        in_modal: bool,
    ) -> Answer:
        action = payloads.action_of(block, element, value, self.workspace.new_ts())
        return self._interact("block_actions", user_id, in_modal, actions=[action], **place)

    # modals

    def submit(self, view: View) -> Answer:
        """Press the submit button with what is filled in now."""
        view.errors = _complaints(view)
        self.workspace.touch()
        if view.errors:
            return Answer(errors=_by_label(view))
        answer = self._interact(
            "view_submission", view.user, True, view=view.payload(), response_urls=[]
        )
        if answer.trouble is None:
            try:
                apply_answer(self.workspace, view, answer.body)
            except Refused as refused:
                note_refusal(self.workspace, "ack", refused)
                answer.trouble = NO_CONNECTION
        answer.errors = _by_label(view)
        return answer

    def close(self, view: View, *, whole_stack: bool = False) -> Answer:
        self.workspace.close_view(view, whole_stack=whole_stack)
        if not view.body.get("notify_on_close"):
            return Answer(status=200)
        return self._interact(
            "view_closed", view.user, False, view=view.payload(), is_cleared=whole_stack
        )

    # shortcuts, messages, the Home tab

    def message_shortcut(self, user_id: str, callback_id: str, message: Message) -> Answer:
        channel = self.workspace.channel(message.channel)
        reply_to = self._reply_to(user_id, message.channel, message.ts)
        about = payloads.message_shortcut(message, channel, callback_id, reply_to)
        ts = self.workspace.new_ts()
        return self._interact("message_action", user_id, False, action_ts=ts, **about)

    def global_shortcut(self, user_id: str, callback_id: str) -> Answer:
        ts = self.workspace.new_ts()
        return self._interact("shortcut", user_id, False, action_ts=ts, callback_id=callback_id)

    def write(
        self, user_id: str, text: str, channel_id: str, thread_ts: str | None = None
    ) -> tuple[Message, Answer]:
        """Say something; the bot hears of it in its own messages, and in channels if subscribed."""
        channel = self.workspace.channel(channel_id)
        said = self.workspace.as_sent(text)
        message = self.workspace.post(channel, user_id, said, thread_ts=thread_ts)
        if BOT_USER_ID not in channel.members:
            return message, Answer(status=200)
        person = self.workspace.person(user_id)
        body = payloads.said(message, channel, person)
        event = "message.im" if channel.dm_with else "message.channels"
        envelope = {"team": person.team_id, "shared": channel.shared}
        return message, _answer(self.events.tell(event, body, **envelope))

    # reactions

    def react(self, user_id: str, message: Message, emoji: str) -> Answer:
        """Raises Refused when the person cannot see the message or reacted so before."""
        self._see(user_id, message)
        self.workspace.react(message, user_id, emoji)
        return self._tell_reaction("reaction_added", user_id, message, emoji)

    def unreact(self, user_id: str, message: Message, emoji: str) -> Answer:
        self._see(user_id, message)
        self.workspace.unreact(message, user_id, emoji)
        return self._tell_reaction("reaction_removed", user_id, message, emoji)

    def _see(self, user_id: str, message: Message) -> None:
        channel = self.workspace.channel(message.channel)
        if user_id not in channel.members or message.ephemeral:
            raise Refused("message_not_found")

    def _tell_reaction(self, kind: str, user_id: str, message: Message, emoji: str) -> Answer:
        channel = self.workspace.channel(message.channel)
        if BOT_USER_ID not in channel.members:
            return Answer(status=200)
        body = payloads.reaction(kind, user_id, message, emoji, self.workspace.new_ts())
        return _answer(self.events.tell(kind, body, shared=channel.shared))

    def open_app(self, user_id: str, tab: str) -> Answer:
        """Look at the bot's `home` or `messages` tab."""
        body = payloads.home_opened(
            self.workspace.person(user_id),
            self.workspace.dm_of(user_id),
            tab,
            self.workspace.homes.get(user_id),
            self.workspace.new_ts(),
        )
        return _answer(self.events.tell("app_home_opened", body))

    def person_changed(self, user_id: str) -> Answer:
        """Tell the bot that somebody's profile is another now: zone, name, deactivation."""
        user = self.workspace.profile(self.workspace.person(user_id))
        body: Json = {"type": "user_change", "user": user, "event_ts": self.workspace.new_ts()}
        return _answer(self.events.tell("user_change", body))

    # to the bot

    def _interact(self, kind: str, user_id: str, in_modal: bool, **more: object) -> Answer:
        if kind != "view_closed":
            more["trigger_id"] = self.triggers.issue(user_id, in_modal=in_modal)
        payload = payloads.interaction(kind, self.workspace.person(user_id), **more)
        delivery = self.outbox.send("interactive", payload)
        answer = _answer(delivery)
        if _error_word(delivery):
            answer.trouble = NO_CONNECTION
        return answer

    def again(self) -> Answer:
        """Slack delivers the last payload a second time; what the bot answers changes nothing."""
        return _answer(self.outbox.again())

    def forge(self, kind: Kind, payload: Json) -> Answer:
        """Send any payload, well signed; raises no objection to what it says.

        One that can be answered gets a trigger and a response URL that work, unless it has them.
        """
        if kind == "events_api":
            return _answer(self.outbox.send(kind, payload))
        user_id = payload.get("user_id") or payload["user"]["id"]
        given = {"trigger_id": self.triggers.issue(user_id)}
        if user_id in self.workspace.people:
            given["response_url"] = self._reply_to(user_id, self.workspace.dm_of(user_id).id)
        missing = {key: value for key, value in given.items() if not payload.get(key)}
        return _answer(self.outbox.send(kind, payload | missing))

    def _reply_to(self, user_id: str, channel_id: str, message_ts: str | None = None) -> str:
        return self._reply_url(self._reply_addresses.issue(user_id, channel_id, message_ts))


def _answer(delivery: Delivery) -> Answer:
    return Answer(delivery.status, delivery.elapsed_s, delivery.body)


def _error_word(delivery: Delivery) -> str | None:
    if delivery.failure:
        return FAILURES[delivery.failure]
    return None if delivery.status == 200 else "dispatch_failed"


def _remember(state: Json, block: Json, element: Json, value: Json | None) -> None:
    if value is not None and element["type"] not in STATELESS:
        state.setdefault(block["block_id"], {})[element["action_id"]] = value


def _complaints(view: View) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] == "input":
            value = view.state[block["block_id"]][block["element"]["action_id"]]
            sentence = complaint(block, value)
            if sentence:
                found[block["block_id"]] = sentence
    return found


def _by_label(view: View) -> dict[str, str]:
    labels = {b["block_id"]: b["label"]["text"] for b in view.blocks if b["type"] == "input"}
    return {labels.get(block_id, block_id): text for block_id, text in view.errors.items()}
