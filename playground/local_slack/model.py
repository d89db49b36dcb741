"""What a workspace is made of: people, conversations, messages, views, and what was asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

Json = dict[str, Any]
Blocks = list[Json]
State = dict[str, dict[str, Json]]
"""What is filled in: block id -> action id -> value, as in a view's `state.values`."""

TEAM_ID = "T0PLAYGROUND"
TEAM_DOMAIN = "playground"
APP_ID = "A0PLAYGROUND"
BOT_ID = "B0PLAYGROUND"
BOT_USER_ID = "U0RUNG"
SLACKBOT_ID = "USLACKBOT"


class Refused(Exception):
    """Slack's refusal: its error word, and for blocks and views a sentence per problem."""

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error, messages or [])
        self.error = error
        self.messages = messages or []
        self.more = more


@dataclass
class Person:
    """`tz` is an IANA zone name, or None as for people who never opened Slack.

    A guest is `is_restricted`, one of a single channel `is_ultra_restricted` too; somebody from
    another company, met in a shared channel, has a `team_id` of their own.
    """

    id: str
    name: str
    real_name: str
    email: str | None = None
    tz: str | None = "Europe/Berlin"
    deleted: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    team_id: str = TEAM_ID
    locale: str = "en-GB"
    do_not_disturb: tuple[int, int] | None = None

    def payload(self, now: float, in_sight: bool = True) -> Json:
        """The user object of users.info, with `tz_offset` (seconds) as of `now` (epoch).

        `is_stranger` is true only for those of another company whom the bot shares no channel
        with (`in_sight`): https://docs.slack.dev/reference/objects/user-object
        """
        user: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1_700_000_000,
            "profile": self._profile(),
        }
        if self.deleted:
            return user
        if self.tz:
            local = datetime.fromtimestamp(now, ZoneInfo(self.tz))
            offset = local.utcoffset()
            user |= {
                "tz": self.tz,
                "tz_label": local.tzname(),
                "tz_offset": int(offset.total_seconds()) if offset else 0,
            }
        return user | {
            "is_admin": False,
            "is_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": self.is_foreign and not in_sight,
            "locale": self.locale,
        }

    @property
    def is_foreign(self) -> bool:
        return self.team_id != TEAM_ID

    @property
    def bot_id(self) -> str:
        """What messages of a bot carry beside its user id; "" for people."""
        if not self.is_bot:
            return ""
        return BOT_ID if self.id == BOT_USER_ID else "B" + self.id[1:]

    def _profile(self) -> Json:
        profile: Json = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "team": self.team_id,
        }
        return profile | ({"email": self.email} if self.email else {})

    def brief(self) -> Json:
        """The `user` of an interaction payload."""
        return {"id": self.id, "username": self.name, "name": self.name, "team_id": self.team_id}


def app_of(bot_id: str) -> str:
    """The app that a bot belongs to."""
    return APP_ID if bot_id == BOT_ID else "A" + bot_id[1:]


@dataclass
class Channel:
    """A channel, or the direct messages of one person with the bot (`dm_with`).

    `shown_as` is what payloads name a private channel or the direct messages of two people by;
    a `shared` channel has people of other companies in it (Slack Connect).
    """

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    dm_with: str | None = None
    shown_as: str = ""
    shared: bool = False

    def brief(self) -> Json:
        """How payloads of commands and buttons name it; Slack hides private names."""
        return {"id": self.id, "name": self.shown_as or self.name}

    def payload(self) -> Json:
        common: Json = {"id": self.id, "created": 1_700_000_000, "is_archived": False}
        if self.dm_with:
            return common | {"is_im": True, "user": self.dm_with, "is_user_deleted": False}
        return common | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": True,
            "is_im": False,
            "is_private": False,
            "is_shared": self.shared,
            "is_ext_shared": self.shared,
            "is_org_shared": False,
            "is_member": BOT_USER_ID in self.members,
            "num_members": len(self.members),
        }


@dataclass
class Message:
    """One message; `only_for` is the one person who sees it when it is ephemeral.

    `reactions` maps an emoji's name to who chose it, first come first; `files` holds Slack's
    file objects; `shown_from` is when history shows it first (`time.monotonic()`).
    """

    ts: str
    channel: str
    author: str
    text: str = ""
    blocks: Blocks = field(default_factory=list)
    only_for: str | None = None
    metadata: Json | None = None
    edited_ts: str | None = None
    thread_ts: str | None = None
    deleted: bool = False
    states: dict[str, State] = field(default_factory=dict)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    bot_id: str = ""
    shown_from: float = 0.0

    @property
    def ephemeral(self) -> bool:
        return self.only_for is not None

    def payload(self, with_metadata: bool = True) -> Json:
        """The message object of conversations.history and of interaction payloads."""
        body: Json = {"type": "message", "user": self.author, "ts": self.ts, "text": self.text}
        if self.bot_id:
            body |= {"bot_id": self.bot_id, "app_id": app_of(self.bot_id), "team": TEAM_ID}
        if self.blocks:
            body["blocks"] = self.blocks
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.edited_ts:
            body["edited"] = {"user": self.author, "ts": self.edited_ts}
        if self.files:
            body["files"] = self.files
        if self.reactions:
            body["reactions"] = [
                {"name": name, "users": users, "count": len(users)}
                for name, users in self.reactions.items()
            ]
        if self.metadata and with_metadata:
            body["metadata"] = self.metadata
        return body


@dataclass(frozen=True)
class Posted:
    """One chat.postMessage that made a message, as it was then: no edit or removal touches it.

    `user` is whose direct messages it went to, "" in a channel; `at` is real time (UTC).
    `answer_lost` says how the caller was kept from knowing: a kind of fault, "unread" when nobody
    was there any more to read the answer, "" when it was sent.
    """

    channel: str
    user: str
    ts: str
    text: str
    metadata: Json | None
    at: datetime
    answer_lost: str = ""

    @property
    def payload_id(self) -> str:
        """The `id` in the metadata's event payload, "" without one."""
        return str((self.metadata or {}).get("event_payload", {}).get("id", ""))


@dataclass
class View:
    """A modal on somebody's screen, or their Home tab; `body` is what the app sent."""

    id: str
    user: str
    body: Json
    hash: str
    state: State = field(default_factory=dict)
    root_id: str = ""
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> Blocks:
        blocks: Blocks = self.body.get("blocks", [])
        return blocks

    @property
    def title(self) -> str:
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def text(self) -> str:
        return self.title

    def payload(self) -> Json:
        """The view object of views.open's answer and of interaction payloads."""
        body = self.body
        return {
            "id": self.id,
            "team_id": TEAM_ID,
            "type": body["type"],
            "blocks": self.blocks,
            "private_metadata": body.get("private_metadata", ""),
            "callback_id": body.get("callback_id", ""),
            "external_id": body.get("external_id", ""),
            "state": {"values": self.state},
            "hash": self.hash,
            "title": body.get("title", {"type": "plain_text", "text": "View Title"}),
            "submit": body.get("submit"),
            "close": body.get("close"),
            "clear_on_close": body.get("clear_on_close", False),
            "notify_on_close": body.get("notify_on_close", False),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id or self.id,
            "app_id": APP_ID,
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
        }


@dataclass(frozen=True)
class Call:
    """One Web API call as it arrived; `error` is None when it was answered with ok."""

    method: str
    args: Json
    error: str | None = None


@dataclass(frozen=True)
class Refusal:
    """Something Slack would not take: `where` is a Web API method, `ack` or `response_url`."""

    where: str
    error: str
    messages: tuple[str, ...] = ()


@dataclass
class Answer:
    """What came of one thing a person did.

    `status` is the HTTP status of the bot's ack (200 for a Socket Mode ack, None when there was
    none in time), `message` what the person sees in answer to a slash command, `errors` the
    complaints under a modal's fields by label, `trouble` the sentence Slack itself would show.
    """

    status: int | None = None
    elapsed_s: float = 0.0
    body: str = ""
    message: Message | None = None
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @property
    def ok(self) -> bool:
        return self.status == 200 and self.trouble is None and not self.errors


TransportName = Literal["http", "socket"]
