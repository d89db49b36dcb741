"""Guests, bots, and people of another company in a shared channel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.local_slack import BOT_USER_ID, TEAM_ID, LocalSlack, Manifest
from tests.playground.fake_bot import Heard, over_http
from tests.playground.workspace import ADA, people

ZOE, ELSEWHERE = "UZOE", "T0ELSEWHERE"
EVENTS = frozenset({"message.channels", "message.im", "reaction_added"})


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(manifest=Manifest(events=EVENTS)) as local:
        people(local)
        local.add_user(ZOE, "zoe", "Zoe Marsh", None, team_id=ELSEWHERE)
        local.add_channel("harbour", [ADA, ZOE, BOT_USER_ID], shared=True)
        yield local


@pytest.fixture
def bot(slack: LocalSlack) -> Iterator[Heard]:
    with over_http(slack) as heard:
        yield heard


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return WebClient(slack.tokens.bot, base_url=slack.api_url)


def test_what_the_bot_learns_about_a_guest(slack: LocalSlack, client: WebClient) -> None:
    slack.add_user("UKAI", "kai", is_restricted=True)
    slack.add_user("UONE", "one", is_restricted=True, is_ultra_restricted=True)
    kinds = {
        user: [client.users_info(user=user)["user"][flag] for flag in (
            "is_restricted", "is_ultra_restricted", "is_stranger",
        )]
        for user in (ADA, "UKAI", "UONE")
    }  # fmt: skip
    assert kinds == {
        ADA: [False, False, False],
        "UKAI": [True, False, False],
        "UONE": [True, True, False],
    }


def test_somebody_of_another_company_is_a_stranger_until_a_channel_is_shared(
    slack: LocalSlack, client: WebClient
) -> None:
    slack.add_user("UFAR", "far", team_id=ELSEWHERE)
    zoe, far = (client.users_info(user=user)["user"] for user in (ZOE, "UFAR"))
    assert (zoe["team_id"], zoe["profile"]["team"], zoe["is_stranger"]) == (
        ELSEWHERE,
        ELSEWHERE,
        False,
    )
    assert far["is_stranger"]
    room = slack.workspace.channel_named("harbour").id
    assert client.conversations_info(channel=room)["channel"]["is_ext_shared"]


def test_nobody_of_another_company_is_found_by_their_address(
    slack: LocalSlack, client: WebClient
) -> None:
    slack.change_user(ZOE, email="zoe@example.com")
    with pytest.raises(SlackApiError, match="users_not_found"):
        client.users_lookupByEmail(email="zoe@example.com")


def test_a_button_in_a_shared_channel_is_pressed_from_another_company(
    slack: LocalSlack, bot: Heard
) -> None:
    answer = slack.command(ADA, "/ladder L4", channel="harbour")
    assert slack.press(ZOE, answer, "Log an example").ok
    pressed = bot.bodies[-1]
    assert (pressed["user"]["team_id"], pressed["team"]["id"]) == (ELSEWHERE, TEAM_ID)
    slack.submit(ZOE, {"Competency": "Teaching", "What happened": "Hello"})
    sent = bot.bodies[-1]
    assert (sent["user"]["team_id"], sent["team"]["id"]) == (ELSEWHERE, ELSEWHERE)
    assert sent["view"]["app_installed_team_id"] == TEAM_ID


def test_events_of_a_shared_channel(slack: LocalSlack, bot: Heard) -> None:
    message = slack.write(ZOE, "Thank you for the note.", channel="harbour").message
    assert message
    told = bot.bodies[-1]
    event = told["event"]
    assert (told["is_ext_shared_channel"], told["team_id"]) == (True, ELSEWHERE)
    assert told["context_team_id"] == told["authorizations"][0]["team_id"] == TEAM_ID
    assert event["team"] == event["user_team"] == event["source_team"] == ELSEWHERE
    slack.react(ZOE, message, "seedling")
    told = bot.bodies[-1]
    assert (told["is_ext_shared_channel"], told["team_id"]) == (True, TEAM_ID)
    assert "team" not in told["event"], "Slack does not say whose workspace it was"


def test_an_event_at_home_is_not_shared(slack: LocalSlack, bot: Heard) -> None:
    slack.write(ADA, "Hello")
    told = bot.bodies[-1]
    assert (told["is_ext_shared_channel"], told["event"]["team"]) == (False, TEAM_ID)
    assert "user_team" not in told["event"]


def test_what_another_bot_writes_has_its_bot_id(
    slack: LocalSlack, bot: Heard, client: WebClient
) -> None:
    slack.add_user("UFEED", "feed", is_bot=True)
    slack.write("UFEED", "Build 12 is green.", channel="harbour")
    event = bot.bodies[-1]["event"]
    assert (event["user"], event["bot_id"]) == ("UFEED", "BFEED")
    room = slack.workspace.channel_named("harbour").id
    assert client.conversations_history(channel=room)["messages"][-1]["bot_id"] == "BFEED"
    slack.write(ADA, "Good.", channel="harbour")
    assert "bot_id" not in bot.bodies[-1]["event"]
