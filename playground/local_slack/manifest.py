"""What an app manifest (`app.yaml`) lets the workspace do with the app."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

EVENT_SCOPES = {
    "message.channels": "channels:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
}
"""What the bot's token must hold to be told of an event (each event's page on docs.slack.dev)."""

EVERY_SCOPE = frozenset({
    "channels:history", "channels:read", "chat:write", "commands", "dnd:read", "files:read",
    "files:write", "im:history", "im:read", "im:write", "reactions:read", "team:read", "users:read",
    "users:read.email",
})  # fmt: skip
"""All that the local Slack ever asks for."""


@dataclass(frozen=True)
class Command:
    name: str
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True)
class Shortcut:
    """`kind` is `message` or `global`."""

    name: str
    callback_id: str
    kind: str
    description: str = ""


@dataclass(frozen=True)
class Manifest:
    """`scopes` None grants everything; `commands` None takes any slash command."""

    scopes: frozenset[str] | None = None
    events: frozenset[str] = frozenset({"app_home_opened", "message.im"})
    commands: tuple[Command, ...] | None = None
    shortcuts: tuple[Shortcut, ...] = ()

    def knows_command(self, name: str) -> bool:
        return self.commands is None or any(command.name == name for command in self.commands)

    def check_shortcut(self, callback_id: str, kind: str) -> None:
        """Raises LookupError unless people find this shortcut there."""
        there = [shortcut.callback_id for shortcut in self.shortcuts if shortcut.kind == kind]
        if callback_id not in there:
            raise LookupError(f"There is no {kind} shortcut {callback_id!r}; there is: {there}")

    def granted(self) -> frozenset[str]:
        """The scopes of the bot's token."""
        return EVERY_SCOPE if self.scopes is None else self.scopes

    def grants(self, scope: str) -> bool:
        """Whether the token holds it; `*:read` is any scope that ends so, "" needs none."""
        if scope.startswith("*"):
            return any(granted.endswith(scope[1:]) for granted in self.granted())
        return not scope or scope in self.granted()

    def hears(self, event: str) -> bool:
        """Whether the bot is told of it: subscribed, and allowed by its scopes."""
        return event in self.events and self.grants(EVENT_SCOPES.get(event, ""))


def read_manifest(path: Path) -> Manifest:
    """The parts of a manifest file that matter here; raises OSError or yaml.YAMLError."""
    whole: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    features = whole.get("features", {})
    return Manifest(
        scopes=frozenset(whole.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        events=frozenset(
            whole.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
        ),
        commands=tuple(
            Command(c["command"], c.get("description", ""), c.get("usage_hint", ""))
            for c in features.get("slash_commands", [])
        ),
        shortcuts=tuple(
            Shortcut(s["name"], s["callback_id"], s["type"], s.get("description", ""))
            for s in features.get("shortcuts", [])
        ),
    )
