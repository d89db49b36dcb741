"""The front desk of the Web API: token, scope, fault, method, and a record of each call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..files import Shelf
from ..manifest import Manifest
from ..model import Call, Json, Refusal, Refused
from ..triggers import Triggers
from ..workspace import Workspace
from . import chat, conversations, files, people, views
from .arguments import Arguments

Handler = Callable[[Workspace, Arguments], Json]


@dataclass(frozen=True)
class Method:
    """`scope` is the bot scope that Slack asks for, "" where any token will do."""

    handle: Handler
    scope: str = ""
    for_app_token: bool = False


@dataclass(frozen=True)
class Tokens:
    """What the bot must present: `bot` (xoxb), and `app` (xapp) to open a socket."""

    bot: str
    app: str


def methods(triggers: Triggers, shelf: Shelf, open_socket: Handler) -> Mapping[str, Method]:
    modal = views.ViewMethods(triggers)
    upload = files.FileMethods(shelf)
    return {
        "api.test": Method(people.api_test),
        "apps.connections.open": Method(open_socket, for_app_token=True),
        "auth.test": Method(people.auth_test),
        "bots.info": Method(people.bots_info, "users:read"),
        "chat.delete": Method(chat.delete, "chat:write"),
        "chat.getPermalink": Method(chat.get_permalink),
        "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
        "chat.postMessage": Method(chat.post_message, "chat:write"),
        "chat.update": Method(chat.update, "chat:write"),
        "conversations.history": Method(conversations.history, "*:history"),
        "conversations.info": Method(conversations.info, "*:read"),
        "conversations.list": Method(conversations.list_channels, "*:read"),
        "conversations.members": Method(conversations.members, "*:read"),
        "conversations.open": Method(conversations.open_dm, "im:write"),
        "conversations.replies": Method(conversations.replies, "*:history"),
        "dnd.info": Method(people.dnd_info, "dnd:read"),
        "dnd.teamInfo": Method(people.dnd_team_info, "dnd:read"),
        "files.completeUploadExternal": Method(upload.complete_upload, "files:write"),
        "files.delete": Method(upload.delete, "files:write"),
        "files.getUploadURLExternal": Method(upload.get_upload_url, "files:write"),
        "team.info": Method(people.team_info, "team:read"),
        "users.conversations": Method(people.users_conversations, "*:read"),
        "users.info": Method(people.users_info, "users:read"),
        "users.list": Method(people.users_list, "users:read"),
        "users.lookupByEmail": Method(people.users_lookup_by_email, "users:read.email"),
        "views.open": Method(modal.open),
        "views.publish": Method(views.publish),
        "views.push": Method(modal.push),
        "views.update": Method(views.update),
    }


class Desk:
    def __init__(
        self,
        workspace: Workspace,
        triggers: Triggers,
        shelf: Shelf,
        tokens: Tokens,
        manifest: Manifest,
        open_socket: Handler,
    ) -> None:
        self.workspace = workspace
        self.tokens = tokens
        self._manifest = manifest
        self._methods = methods(triggers, shelf, open_socket)

    def answer(self, name: str, token: str, args: Arguments) -> Json:
        """Slack's JSON answer to one call; never raises for what the caller did wrong."""
        try:
            method = self._admit(name, token)
            result = {"ok": True, **method.handle(self.workspace, args)}
        except Refused as refused:
            self.record(name, args, refused)
            return refusal_body(refused)
        self.record(name, args, None)
        if name.startswith("users.") and not self._manifest.grants("users:read.email"):
            _hide_emails(result)
        return result

    def record(self, name: str, args: Json, refused: Refused | None) -> None:
        error = refused.error if refused else None
        shown = {key: value for key, value in args.items() if key != "token"}
        with self.workspace.lock:
            self.workspace.calls.append(Call(name, shown, error))
            if refused:
                refusal = Refusal(name, refused.error, tuple(refused.messages))
                self.workspace.refusals.append(refusal)
            self.workspace.touch()

    def _admit(self, name: str, token: str) -> Method:
        method = self._methods.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        if not token:
            raise Refused("not_authed")
        if token not in (self.tokens.bot, self.tokens.app):
            raise Refused("invalid_auth")
        if (token == self.tokens.app) != method.for_app_token:
            raise Refused("not_allowed_token_type")
        if not self._manifest.grants(method.scope):
            raise Refused("missing_scope", needed=method.scope, provided=self._scopes())
        return method

    def headers(self, token: str) -> dict[str, str]:
        """What Slack tells the bot's token beside each answer: the scopes that it holds."""
        return {"x-oauth-scopes": self._scopes()} if token == self.tokens.bot else {}

    def _scopes(self) -> str:
        return ",".join(sorted(self._manifest.granted()))


def refusal_body(refused: Refused) -> Json:
    body: Json = {"ok": False, "error": refused.error, **refused.more}
    if refused.messages:
        body["response_metadata"] = {"messages": refused.messages}
    return body


def _hide_emails(result: Json) -> None:
    for user in [result.get("user"), *result.get("members", [])]:
        if isinstance(user, dict) and "profile" in user:
            user["profile"].pop("email", None)
