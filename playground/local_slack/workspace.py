"""The state of one local workspace: who is there, what was said, which views are open.

Every method takes the lock itself; nothing here talks to the bot.
"""

from __future__ import annotations

import copy
import itertools
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from .elements import first_state, with_ids
from .messages import Messages
from .model import (
    BOT_USER_ID,
    TEAM_DOMAIN,
    Blocks,
    Call,
    Channel,
    Json,
    Message,
    Person,
    Posted,
    Refusal,
    Refused,
    State,
    View,
)

MOST_VIEWS_IN_STACK = 3
DIRECT, PRIVATE = "directmessage", "privategroup"
LOOK_AGAIN_S = 0.05
EMOJI_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


class Workspace:
    """`offset_s` is how far the workspace's clock is ahead of the real one.

    `lag_s` says of each message how many real seconds later history shows it; `pictures` are the
    ids of files that blocks can show.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.version = 0
        self.offset_s = 0.0
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.lag_s: Callable[[], float] = float
        self.messages = Messages()
        self.posts: dict[tuple[str, str], Posted] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.calls: list[Call] = []
        self.refusals: list[Refusal] = []
        self.pictures: set[str] = set()
        self._last_ts = 0
        self._dms: dict[str, Channel] = {}
        self._numbers = itertools.count(1)
        self.add_person(Person(BOT_USER_ID, "rung", "Rung", None, "Etc/UTC", is_bot=True))

    def touch(self) -> None:
        """Tell everyone who waits that something is different."""
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def wait_for(self, happened: Callable[[], bool], timeout_s: float) -> bool:
        """Whether it came to be; looks after each change, and often enough without one."""
        deadline = time.monotonic() + timeout_s
        while not happened():
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                return False
            with self.changed:
                self.changed.wait(min(LOOK_AGAIN_S, left_s))
        return True

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):04d}{secrets.token_hex(3).upper()}"

    # time

    def now(self) -> float:
        """Epoch seconds on the workspace's clock."""
        return time.time() + self.offset_s

    def new_ts(self) -> str:
        with self.lock:
            micros = int(self.now() * 1_000_000)
            self._last_ts = max(micros, self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    # people and conversations

    def add_person(self, person: Person) -> Person:
        with self.lock:
            self.people[person.id] = person
            self.touch()
        return person

    def person(self, user_id: str) -> Person:
        found = self.people.get(user_id)
        if found is None:
            raise Refused("user_not_found")
        return found

    def profile(self, person: Person) -> Json:
        """The user object as the bot's token sees it now."""
        in_sight = not person.is_foreign or self._meets(person)
        return person.payload(self.now(), in_sight)

    def _meets(self, person: Person) -> bool:
        """Whether the bot shares a channel with this person of another company."""
        with self.lock:
            rooms = [c for c in self.channels.values() if c.shared and BOT_USER_ID in c.members]
            return any(person.id in room.members for room in rooms)

    def add_channel(
        self, name: str, members: list[str], shown_as: str = "", *, shared: bool = False
    ) -> Channel:
        with self.lock:
            kind = "D" if shown_as == DIRECT else "C"
            channel = Channel(self.new_id(kind), name, list(members), None, shown_as, shared)
            self.channels[channel.id] = channel
            self.touch()
        return channel

    def dm_of(self, user_id: str) -> Channel:
        """The conversation of this person with the bot, opened if need be."""
        with self.lock:
            self.person(user_id)
            channel = self._dms.get(user_id)
            if channel is None:
                members = [user_id, BOT_USER_ID]
                channel = Channel(self.new_id("D"), user_id, members, user_id, DIRECT)
                self._dms[user_id] = self.channels[channel.id] = channel
            return channel

    def channel(self, channel_id: str) -> Channel:
        found = self.channels.get(channel_id)
        if found is None:
            raise Refused("channel_not_found")
        return found

    def channel_named(self, name: str) -> Channel:
        wanted = name.removeprefix("#")
        for channel in self.channels.values():
            if channel.name == wanted and not channel.dm_with:
                return channel
        raise Refused("channel_not_found")

    # messages

    def post(
        self,
        channel: Channel,
        author: str,
        text: str,
        blocks: Blocks | None = None,
        *,
        only_for: str | None = None,
        metadata: Json | None = None,
        thread_ts: str | None = None,
        ts: str | None = None,
        files: Sequence[Json] = (),
    ) -> Message:
        with self.lock:
            message = Message(
                ts=ts or self.new_ts(),
                channel=channel.id,
                author=author,
                text=text,
                blocks=with_ids(blocks or []),
                only_for=only_for,
                metadata=metadata,
                thread_ts=thread_ts,
                files=list(files),
                bot_id=self.people[author].bot_id if author in self.people else "",
                shown_from=time.monotonic() + self.lag_s(),
            )
            self.messages.add(message)
            self.touch()
        return message

    def note_post(self, message: Message) -> None:
        """Remember for good that a call of chat.postMessage made this message."""
        with self.lock:
            self.posts[message.channel, message.ts] = Posted(
                channel=message.channel,
                user=self.channels[message.channel].dm_with or "",
                ts=message.ts,
                text=message.text,
                metadata=copy.deepcopy(message.metadata),
                at=datetime.now(UTC),
            )

    def answer_lost(self, channel_id: str, ts: str, how: str) -> None:
        """Remember that whoever posted this was not told."""
        with self.lock:
            key = (channel_id, ts)
            self.posts[key] = replace(self.posts[key], answer_lost=how)

    def edit(self, message: Message, text: str, blocks: Blocks | None) -> None:
        with self.lock:
            message.text = text
            message.blocks = with_ids(blocks or [])
            message.states.clear()
            message.edited_ts = self.new_ts()
            self.touch()

    def delete(self, message: Message) -> None:
        with self.lock:
            message.deleted = True
            self.messages.remove(message)
            self.touch()

    def forget_file(self, file_id: str) -> None:
        """Take a file out of every message; one that held nothing else goes too."""
        with self.lock:
            self.pictures.discard(file_id)
            for message in [m for m in self.messages if m.files]:
                message.files = [file for file in message.files if file["id"] != file_id]
                if not (message.files or message.text or message.blocks):
                    self.messages.remove(message)
            self.touch()

    def react(self, message: Message, user_id: str, emoji: str) -> None:
        if not EMOJI_NAME.fullmatch(emoji):
            raise Refused("invalid_name")
        with self.lock:
            who = message.reactions.setdefault(emoji, [])
            if user_id in who:
                raise Refused("already_reacted")
            who.append(user_id)
            self.touch()

    def unreact(self, message: Message, user_id: str, emoji: str) -> None:
        with self.lock:
            who = message.reactions.get(emoji, [])
            if user_id not in who:
                raise Refused("no_reaction")
            who.remove(user_id)
            if not who:
                del message.reactions[emoji]
            self.touch()

    def message(self, channel_id: str, ts: str) -> Message:
        with self.lock:
            found = self.messages.find(channel_id, ts)
        if found is None:
            raise Refused("message_not_found")
        return found

    def seen_by(self, user_id: str, channel_id: str) -> list[Message]:
        """What this person sees there, oldest first."""
        with self.lock:
            return [m for m in self.messages.of(channel_id) if m.only_for in (None, user_id)]

    def permalink(self, channel_id: str, ts: str) -> str:
        digits = ts.replace(".", "")
        return f"https://{TEAM_DOMAIN}.slack.com/archives/{channel_id}/p{digits}"

    # views

    def open_view(self, user_id: str, body: Json, *, on_top: bool) -> View:
        """A new modal: on top of those already open, or in their place."""
        with self.lock:
            stack = self.modals.setdefault(user_id, [])
            if not on_top:
                stack.clear()
            if len(stack) >= MOST_VIEWS_IN_STACK:
                raise Refused("push_limit_reached")
            self._refuse_known_external_id(body)
            view = self._new_view(user_id, body)
            if stack:
                view.root_id, view.previous_id = stack[0].id, stack[-1].id
            stack.append(view)
            self.touch()
        return view

    def publish_home(self, user_id: str, body: Json, expected_hash: str | None) -> View:
        with self.lock:
            current = self.homes.get(user_id)
            if current is None:
                current = self.homes[user_id] = self._new_view(user_id, body)
                self.touch()
            else:
                self.replace_view(current, body, expected_hash)
        return current

    def replace_view(self, view: View, body: Json, expected_hash: str | None = None) -> None:
        """New contents for an open view; what was typed stays where ids and types are the same."""
        with self.lock:
            if expected_hash and expected_hash != view.hash:
                raise Refused("hash_conflict")
            typed = view.state
            view.body = {**body, "blocks": with_ids(body.get("blocks", []))}
            view.state = _kept(first_state(view.blocks), typed)
            view.hash = self._new_hash()
            view.errors = {}
            self.touch()

    def view(self, view_id: str | None = None, external_id: str | None = None) -> View:
        with self.lock:
            for view in self._open_views():
                if view.id == view_id or (
                    external_id and view.body.get("external_id") == external_id
                ):
                    return view
        raise Refused("not_found")

    def close_view(self, view: View, *, whole_stack: bool = False) -> None:
        with self.lock:
            stack = self.modals.get(view.user, [])
            if whole_stack:
                stack.clear()
            elif view in stack:
                stack.remove(view)
            self.touch()

    def _new_view(self, user_id: str, body: Json) -> View:
        view = View(self.new_id("V"), user_id, dict(body), self._new_hash())
        view.body["blocks"] = with_ids(body.get("blocks", []))
        view.state = first_state(view.blocks)
        return view

    def _new_hash(self) -> str:
        return f"{int(time.time())}.{secrets.token_hex(4)}"

    def _open_views(self) -> Iterator[View]:
        for stack in self.modals.values():
            yield from stack
        yield from self.homes.values()

    def _refuse_known_external_id(self, body: Json) -> None:
        wanted = body.get("external_id")
        if wanted and any(v.body.get("external_id") == wanted for v in self._open_views()):
            raise Refused("duplicate_external_id")

    # what people write

    def as_sent(self, typed: str) -> str:
        """Typed text the way Slack hands it on: `& < >` escaped, @names and #channels as ids."""
        text = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        names = {p.name: f"<@{p.id}|{p.name}>" for p in self.people.values()}
        rooms = {c.name: f"<#{c.id}|{c.name}>" for c in self.channels.values() if not c.dm_with}
        text = re.sub(r"@([\w.-]*\w)", lambda m: names.get(m[1], m[0]), text)
        return re.sub(r"#([\w.-]*\w)", lambda m: rooms.get(m[1], m[0]), text)


def _kept(fresh: State, typed: State) -> State:
    return {
        block_id: {
            action_id: _kept_value(value, typed.get(block_id, {}).get(action_id))
            for action_id, value in values.items()
        }
        for block_id, values in fresh.items()
    }


def _kept_value(fresh: Json, typed: Json | None) -> Json:
    return typed if typed and typed["type"] == fresh["type"] else fresh
