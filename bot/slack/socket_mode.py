"""Socket Mode: the bot opens a WebSocket to Slack, so nothing has to reach it from outside."""

from __future__ import annotations

import logging

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.answers import BROKEN, error_code
from bot.slack.client import SlackStartError

PING_SECONDS = 5
CONCURRENCY = 20


def connect(app: App, client: WebClient) -> SocketModeHandler:
    """Opens the connection with the app-level token of `client`, and keeps it open.

    The websocket-client adapter notices a dropped line in under a second; Bolt's own takes
    almost a minute.
    """
    handler = SocketModeHandler(
        app,
        client.token,
        logger=logging.getLogger("slack_bolt.socket_mode"),
        web_client=client,
        ping_interval=PING_SECONDS,
        concurrency=CONCURRENCY,
    )
    handler.connect()  # type: ignore[no-untyped-call]
    return handler


def check_app_token(client: WebClient) -> None:
    """Asks Slack for a connection once, to say plainly what is wrong with the token."""
    try:
        client.apps_connections_open(app_token=client.token or "")
    except SlackApiError as error:
        code = error_code(error) or "its answer cannot be read"
        raise SlackStartError(
            f"Slack refused SLACK_APP_TOKEN ({code}). Make one under Basic Information, "
            "App-Level Tokens, with the scope connections:write."
        ) from None
    except BROKEN as error:
        raise SlackStartError(
            f"Slack cannot be reached at {client.base_url} ({type(error).__name__}). "
            "Check the network, a proxy, and SLACK_API_URL."
        ) from None
