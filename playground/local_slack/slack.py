"""The local Slack as one object: what people do, what they see, and how to make its days bad."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from starlette.routing import BaseRoute

from .elements import filled
from .faults import Fault, Faults
from .files import Shelf
from .finding import fill, pressable, selectable
from .interactions import Interactions
from .manifest import Manifest
from .model import Answer, Call, Channel, Json, Message, Person, Posted, Refusal, View
from .outbox import Replicas, Sent
from .server import Server, SlackEndpoints
from .transports import HttpTransport, Kind, SocketTransport
from .triggers import ReplyAddresses, Triggers
from .web_api.desk import Desk, Tokens
from .workspace import DIRECT, PRIVATE, Workspace

Place = Message | View | Answer


class LocalSlack:
    """`port` 0 takes a free one; `pages` are further routes on the same port."""

    def __init__(
        self,
        port: int = 0,
        *,
        manifest: Manifest | None = None,
        pages: Callable[[LocalSlack], Sequence[BaseRoute]] | None = None,
    ) -> None:
        self._server = Server(port)
        self._pages = pages
        self.manifest = manifest or Manifest()
        self.tokens = Tokens(
            bot="xoxb-playground-" + secrets.token_hex(12),
            app="xapp-1-A0PLAYGROUND-" + secrets.token_hex(12),
        )
        self.signing_secret = secrets.token_hex(16)
        self.workspace = Workspace()
        self.faults = Faults()
        self.workspace.lag_s = self.faults.lag_s
        self.shelf = Shelf(lambda path: f"{self.url}{path}", self.workspace.now)
        self.triggers = Triggers()
        self.reply_addresses = ReplyAddresses()
        self.sockets = SocketTransport()
        self.people = Interactions(
            self.workspace,
            self.triggers,
            self.reply_addresses,
            self.manifest,
            lambda key: f"{self.url}actions/{key}",
        )
        desk = Desk(
            self.workspace, self.triggers, self.shelf, self.tokens, self.manifest, self._new_socket
        )
        self._endpoints = SlackEndpoints(
            desk, self.faults, self.reply_addresses, self.shelf, self.sockets
        )

    # running it

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def api_url(self) -> str:
        """For `SLACK_API_URL`, with the slash at its end."""
        return f"{self.url}api/"

    def start(self) -> Self:
        pages = self._pages(self) if self._pages else []
        self._server.start([*self._endpoints.routes(), *pages])
        return self

    def stop(self, *, wait: bool = True) -> None:
        """Without `wait`, the port is open for a fraction of a second more."""
        self.people.events.stop()
        self._server.stop(wait=wait)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def connect_http(self, url: str, signing_secret: str | None = None) -> HttpTransport:
        """Send signed requests to the bot's address from now on."""
        transport = HttpTransport(url, signing_secret or self.signing_secret)
        self.people.outbox.transport = transport
        return transport

    def connect_replicas(self, *urls: str) -> Replicas:
        """Send each payload to all these addresses at the same moment from now on."""
        replicas = Replicas(*(HttpTransport(url, self.signing_secret) for url in urls))
        self.people.outbox.transport = replicas
        return replicas

    def wait_for_socket(self, timeout_s: float = 10) -> None:
        """Wait until the bot has a Socket Mode connection, and use it; raises TimeoutError."""
        self.people.outbox.transport = self.sockets
        if not self.workspace.wait_for(lambda: bool(self.sockets.sockets), timeout_s):
            raise TimeoutError("The bot opened no Socket Mode connection.")

    # who and where

    def add_user(
        self,
        id: str,
        name: str,
        real_name: str = "",
        email: str | None = None,
        tz: str | None = "Europe/Berlin",
        **more: Any,
    ) -> Person:
        """`more`: deleted, is_bot, is_restricted and is_ultra_restricted (guests), team_id (of
        another company), locale, do_not_disturb (start, end; epoch).
        """
        return self.workspace.add_person(Person(id, name, real_name or name, email, tz, **more))

    def change_user(self, user: str, **changes: Any) -> Answer:
        """Another zone, name or state of a person; the bot is told if it wants `user_change`."""
        person = self.workspace.person(user)
        for name, value in changes.items():
            setattr(person, name, value)
        return self.people.person_changed(user)

    def set_dnd(self, user: str, start: datetime | None, end: datetime | None = None) -> None:
        """Do Not Disturb from `start` to `end` (aware), or none any more (None).

        Slack tells these times as they are, whatever any clock says, and also when they are over.
        """
        quiet = (int(start.timestamp()), int(end.timestamp())) if start and end else None
        self.workspace.person(user).do_not_disturb = quiet

    def add_channel(
        self, name: str, members: Sequence[str] = (), *, shared: bool = False
    ) -> Channel:
        """A public channel; the bot is in it only if its id is among the members.

        One that is `shared` may have people of other companies in it (Slack Connect).
        """
        return self.workspace.add_channel(name, list(members), shared=shared)

    def add_private_channel(self, name: str, members: Sequence[str]) -> Channel:
        """A channel whose name the bot is not told."""
        return self.workspace.add_channel(name, list(members), PRIVATE)

    def add_direct_messages(self, name: str, members: Sequence[str]) -> Channel:
        """The direct messages of people with each other; tests find it by the name."""
        return self.workspace.add_channel(name, list(members), DIRECT)

    def say(self, user: str, channel: str, text: str) -> Message:
        """Post in a channel as a person, unseen by the bot; `text` is mrkdwn as Slack keeps it."""
        return self.workspace.post(self.workspace.channel_named(channel), user, text)

    # what a person does

    def command(self, user: str, typed: str, channel: str | None = None) -> Answer:
        """Type a slash command, in a #channel or else in the messages with the bot."""
        return self.people.command(user, typed, self._room(user, channel).id)

    def press(self, user: str, where: Place, button: str, index: int | None = None) -> Answer:
        """Press a button by its label, action id or value (yes to its confirmation, if any)."""
        place = _place(where)
        block, element = pressable(place.blocks, button, index)
        return self._act(user, place, block, element, None)

    def select(
        self, user: str, where: Place, menu: str, choice: Any, index: int | None = None
    ) -> Answer:
        """Choose in a menu, picker or overflow (by action id, placeholder or section text)."""
        place = _place(where)
        block, element = selectable(place.blocks, menu, index)
        return self._act(user, place, block, element, filled(element, choice))

    def fill(self, user: str, fields: dict[str, Any]) -> None:
        """Fill in fields of the open modal by label, without submitting."""
        fill(self._open_modal(user), fields)

    def submit(self, user: str, fields: dict[str, Any] | None = None) -> Answer:
        """Fill in the open modal by label and submit it.

        Text as it is; options by their text, lists for several; dates and times as ISO text or
        `date`/`time`; people by id; None empties a field.
        """
        view = self._open_modal(user)
        fill(view, fields or {})
        return self.people.submit(view)

    def close_modal(self, user: str, *, whole_stack: bool = False) -> Answer:
        return self.people.close(self._open_modal(user), whole_stack=whole_stack)

    def shortcut(self, user: str, callback_id: str, message: Message | None = None) -> Answer:
        """Use a message shortcut, or a global one when no message is given.

        Raises LookupError for one that the manifest does not offer there.
        """
        self.manifest.check_shortcut(callback_id, "message" if message else "global")
        if message is None:
            return self.people.global_shortcut(user, callback_id)
        return self.people.message_shortcut(user, callback_id, message)

    def write(
        self, user: str, text: str, channel: str | None = None, thread_ts: str | None = None
    ) -> Answer:
        """Write a message, to the bot unless a channel is named."""
        room = self._room(user, channel)
        message, answer = self.people.write(user, text, room.id, thread_ts)
        answer.message = message
        return answer

    def react(self, user: str, message: Message, emoji: str) -> Answer:
        """Add an emoji by its name; the bot hears of it where Slack would tell it."""
        return self.people.react(user, message, emoji)

    def unreact(self, user: str, message: Message, emoji: str) -> Answer:
        return self.people.unreact(user, message, emoji)

    def open_home(self, user: str, wait_s: float = 2.0) -> View:
        """Open the Home tab and give the bot `wait_s` seconds to publish what it shows."""
        before = self.workspace.homes.get(user)
        hash_before = before.hash if before else ""
        self.people.open_app(user, "home")
        self.wait_for(lambda: self._home_hash(user) != hash_before, wait_s)
        return self.home(user)

    def open_messages_tab(self, user: str) -> Answer:
        return self.people.open_app(user, "messages")

    # what a person sees

    def dm(self, user: str) -> list[Message]:
        """The messages with the bot, oldest first, ephemeral ones too."""
        return self.workspace.seen_by(user, self.workspace.dm_of(user).id)

    def files(self, user: str) -> list[tuple[str, str, bytes]]:
        """Name, title and content of each file in somebody's messages with the bot."""
        shared = [file["id"] for message in self.dm(user) for file in message.files]
        whole = [self.shelf.whole(file_id) for file_id in shared]
        return [(file.name, file.title, file.content or b"") for file in whole]

    def channel(self, name: str, seen_by: str = "") -> list[Message]:
        """The messages of a #channel, oldest first; also the ephemeral ones of `seen_by`."""
        return self.workspace.seen_by(seen_by, self.workspace.channel_named(name).id)

    def modal(self, user: str) -> View | None:
        """The modal on top of this person's screen."""
        stack = self.workspace.modals.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View:
        """The Home tab as published last; raises LookupError before the first time."""
        view = self.workspace.homes.get(user)
        if view is None:
            raise LookupError(f"The bot has published no Home tab for {user}.")
        return view

    @property
    def calls(self) -> list[Call]:
        """Every Web API call so far that reached its method."""
        return self.workspace.calls

    def called(self, method: str) -> list[Json]:
        """The arguments of each call of one method."""
        with self.workspace.lock:
            return [call.args for call in self.workspace.calls if call.method == method]

    def posted(self) -> list[Posted]:
        """Every chat.postMessage that made a message, in order: the truth about what was sent."""
        with self.workspace.lock:
            return list(self.workspace.posts.values())

    def lost_answers(self) -> Counter[str]:
        """How many answers were lost after the message had been posted, by how."""
        return Counter(post.answer_lost for post in self.posted() if post.answer_lost)

    @property
    def refusals(self) -> list[Refusal]:
        return self.workspace.refusals

    def wait_for(self, happened: Callable[[], Any], timeout_s: float = 60.0) -> bool:
        """Wait until `happened()` is true, looking again after each change; False in vain."""
        return self.workspace.wait_for(lambda: bool(happened()), timeout_s)

    # time and bad days

    def advance(self, seconds: float) -> None:
        """Move the workspace's clock; the bot has a clock of its own (`RUNG_CLOCK_FILE`)."""
        with self.workspace.lock:
            self.workspace.offset_s += seconds
            self.workspace.touch()

    def fail_next(self, method: str, **how: Any) -> None:
        """Spoil the next calls of a Web API method; `how` are the arguments of a `Fault`.

        "upload" is the sending of a file's bytes, "*" any call.
        """
        self.faults.plan(method, Fault(**how))

    def again(self) -> Answer:
        """Slack delivers the last payload once more: same ids, and retry headers on an event.

        What the bot answers stays in the `Answer`; it opens, closes and posts nothing.
        """
        return self.people.again()

    @property
    def last_sent(self) -> Sent | None:
        """What went to the bot last, as it was."""
        return self.people.outbox.last

    def forge(self, kind: Kind, payload: Json) -> Answer:
        """Send a hand-made payload with Slack's signature; `forging` makes whole ones."""
        return self.people.forge(kind, payload)

    def disconnect_sockets(self, reason: str = "refresh_requested") -> None:
        self._endpoints.disconnect(reason)

    @property
    def ack_timeout_s(self) -> float:
        return self.people.outbox.ack_timeout_s

    @ack_timeout_s.setter
    def ack_timeout_s(self, seconds: float) -> None:
        self.people.outbox.ack_timeout_s = seconds

    @property
    def trigger_lifetime_s(self) -> float:
        return self.triggers.lifetime_s

    @trigger_lifetime_s.setter
    def trigger_lifetime_s(self, seconds: float) -> None:
        self.triggers.lifetime_s = seconds

    @property
    def event_retry_after_s(self) -> tuple[float, ...]:
        return self.people.events.retry_after_s

    @event_retry_after_s.setter
    def event_retry_after_s(self, seconds: tuple[float, ...]) -> None:
        self.people.events.retry_after_s = seconds

    # inside

    def _act(
        self, user: str, place: Message | View, block: Json, element: Json, value: Json | None
    ) -> Answer:
        if isinstance(place, View):
            return self.people.act_on_view(user, place, block, element, value)
        return self.people.act_on_message(user, place, block, element, value)

    def _room(self, user: str, channel: str | None) -> Channel:
        if channel is None:
            return self.workspace.dm_of(user)
        return self.workspace.channel_named(channel)

    def _open_modal(self, user: str) -> View:
        view = self.modal(user)
        if view is None:
            raise LookupError(f"{user} has no modal open.")
        return view

    def _home_hash(self, user: str) -> str:
        view = self.workspace.homes.get(user)
        return view.hash if view else ""

    def _new_socket(self, _workspace: Workspace, _args: Json) -> Json:
        ticket = self._endpoints.new_ticket()
        return {"url": f"ws://127.0.0.1:{self.port}/link/?ticket={ticket}&app_id=A0PLAYGROUND"}


def _place(where: Place) -> Message | View:
    if not isinstance(where, Answer):
        return where
    if where.message is None:
        raise LookupError("That answer came without a message.")
    return where.message
