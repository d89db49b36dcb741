"""Slack's markup for people, channels and links, as words that stay readable outside Slack."""

from __future__ import annotations

import re
from collections.abc import Callable

from slack_sdk import WebClient

from bot.slack.profiles import UNANSWERED
from bot.slack.text import clean, unescape

SOMEBODY = "somebody"
MOST_NAMES = 10
_MARKUP = re.compile(r"<([^<>\n]+)>")

NameOf = Callable[[str], str]


def readable(text: str, name_of: NameOf) -> str:
    """What a message says, as its author saw it; `name_of` turns a `U…` id into a name.

    Source: docs.slack.dev, formatting message text.
    """
    return clean(unescape(_MARKUP.sub(lambda found: _words(found.group(1), name_of), text)))


def names_in(client: WebClient) -> NameOf:
    """Asks Slack for the names of the first ten people mentioned; somebody, where it is silent."""
    known: dict[str, str] = {}

    def name_of(user_id: str) -> str:
        if user_id not in known:
            known[user_id] = _asked(client, user_id) if len(known) < MOST_NAMES else SOMEBODY
        return known[user_id]

    return name_of


def _asked(client: WebClient, user_id: str) -> str:
    try:
        user = client.users_info(user=user_id).get("user") or {}
    except UNANSWERED:
        return SOMEBODY
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), user.get("real_name"), user.get("name"))
    return next((str(name) for name in names if name), SOMEBODY)


def _words(inner: str, name_of: NameOf) -> str:
    what, _, label = inner.partition("|")
    if what.startswith("@"):
        return f"@{label or name_of(what[1:])}"
    if what.startswith("#"):
        return f"#{label or 'channel'}"
    if what.startswith("!"):
        return label or f"@{what[1:].split('^')[0]}"
    address = what.removeprefix("mailto:")
    return address if not label or label in address else f"{label} ({address})"
