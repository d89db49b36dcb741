"""Emoji reactions: kept on the message, and told to a bot that may hear of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from slack_sdk import WebClient

from playground.local_slack import LocalSlack, Manifest
from playground.local_slack.model import Refused
from tests.playground.fake_bot import Heard, over_http
from tests.playground.workspace import ADA, MIA, people

Told = tuple[LocalSlack, Heard]
REACTIONS = frozenset({"reaction_added", "reaction_removed"})


@contextmanager
def hearing(events: frozenset[str], scopes: frozenset[str] | None = None) -> Iterator[Told]:
    """A workspace, and a bot that was given these events and scopes."""
    with LocalSlack(manifest=Manifest(scopes=scopes, events=events)) as slack:
        people(slack)
        with over_http(slack) as heard:
            yield slack, heard


def test_the_event_names_who_reacted_to_whose_message() -> None:
    with hearing(REACTIONS) as (slack, bot):
        message = slack.say(ADA, "with-bot", "The drill went well.")
        assert slack.react(ADA, message, "seedling").ok
        event = bot.bodies[-1]["event"]
        assert event.pop("event_ts") != message.ts
        assert event == {
            "type": "reaction_added",
            "user": ADA,
            "reaction": "seedling",
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
            "item_user": ADA,
        }
        slack.unreact(ADA, message, "seedling")
        assert bot.bodies[-1]["event"]["type"] == "reaction_removed"


def test_a_message_of_the_bot_in_a_dm_can_be_reacted_to() -> None:
    with hearing(REACTIONS) as (slack, bot):
        WebClient(slack.tokens.bot, base_url=slack.api_url).chat_postMessage(channel=ADA, text="Hi")
        slack.react(ADA, slack.dm(ADA)[-1], "+1")
        event = bot.bodies[-1]["event"]
        assert (event["item"]["channel"][0], event["item_user"]) == ("D", "U0RUNG")


def test_no_word_from_where_the_bot_is_not() -> None:
    with hearing(REACTIONS) as (slack, bot):
        slack.react(MIA, slack.say(ADA, "general", "Good morning."), "wave")
        assert bot.bodies == []


@pytest.mark.parametrize(
    ("events", "scopes"),
    [(frozenset({"reaction_removed"}), None), (REACTIONS, frozenset({"chat:write"}))],
    ids=["not subscribed", "no scope"],
)
def test_no_word_to_a_bot_that_may_not_hear(
    events: frozenset[str], scopes: frozenset[str] | None
) -> None:
    with hearing(events, scopes) as (slack, bot):
        slack.react(ADA, slack.say(ADA, "with-bot", "Good morning."), "wave")
        assert bot.bodies == []


def test_reactions_stay_on_the_message(slack: LocalSlack) -> None:
    message = slack.say(ADA, "with-bot", "The drill went well.")
    channel = slack.workspace.channel_named("with-bot")
    channel.members.append(MIA)
    for user, emoji in ((ADA, "seedling"), (MIA, "seedling"), (MIA, "tada")):
        slack.react(user, message, emoji)
    slack.unreact(MIA, message, "tada")
    client = WebClient(slack.tokens.bot, base_url=slack.api_url)
    shown = client.conversations_history(channel=channel.id)["messages"][0]
    assert shown["reactions"] == [{"name": "seedling", "users": [ADA, MIA], "count": 2}]


def test_reactions_that_slack_refuses(slack: LocalSlack) -> None:
    message = slack.say(ADA, "with-bot", "The drill went well.")
    slack.react(ADA, message, "seedling")
    for user, emoji, error in (
        (ADA, "seedling", "already_reacted"),
        (ADA, "🌱", "invalid_name"),
        (MIA, "seedling", "message_not_found"),
    ):
        with pytest.raises(Refused, match=error):
            slack.react(user, message, emoji)
    with pytest.raises(Refused, match="no_reaction"):
        slack.unreact(ADA, message, "tada")
