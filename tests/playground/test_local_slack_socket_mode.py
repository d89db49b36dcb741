"""The same Bolt app over Socket Mode, with its websocket-client adapter."""

from __future__ import annotations

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.local_slack import LocalSlack, text_of
from tests.playground.fake_bot import over_socket
from tests.playground.workspace import ADA


def test_everything_works_over_a_socket(slack: LocalSlack) -> None:
    with over_socket(slack) as bot:
        answer = slack.command(ADA, "/ladder L4")
        assert answer.ok and "Technical Lead" in text_of(answer.message)
        slack.command(ADA, "/ladder log")
        filled = {"Competency": "Domain", "What happened": "too short"}
        assert slack.submit(ADA, filled).errors == {"What happened": "Say a little more."}
        assert slack.submit(ADA, {"What happened": "enough"}).ok
        slack.write(ADA, "hello")
        assert slack.wait_for(lambda: "You said: hello" in text_of(slack.dm(ADA)[-1]))
        assert bot.bodies
        slack.ack_timeout_s = 0.3
        assert "operation_timeout" in str(slack.command(ADA, "/ladder slow").trouble)


def test_the_bot_comes_back_when_it_is_sent_away(slack: LocalSlack) -> None:
    with over_socket(slack):
        opened = len(slack.called("apps.connections.open"))
        slack.disconnect_sockets("refresh_requested")
        assert slack.wait_for(lambda: len(slack.called("apps.connections.open")) > opened, 15)
        assert slack.wait_for(lambda: slack.command(ADA, "/ladder L4").ok, 15)


def test_a_socket_needs_the_app_token(slack: LocalSlack) -> None:
    client = WebClient(slack.tokens.bot, base_url=slack.api_url)
    try:
        client.api_call("apps.connections.open")
    except SlackApiError as refused:
        assert refused.response["error"] == "not_allowed_token_type"
    else:
        raise AssertionError("the bot token opened a socket")


def test_nobody_connected_is_a_failed_dispatch(slack: LocalSlack) -> None:
    slack.people.outbox.transport = slack.sockets
    assert "dispatch_failed" in str(slack.command(ADA, "/ladder L4").trouble)
