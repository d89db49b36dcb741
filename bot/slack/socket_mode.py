"""Socket Mode: the bot opens a WebSocket to Slack, so nothing has to reach it from outside."""

from __future__ import annotations

import logging

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.websocket_client import SocketModeClient

from bot.slack.answers import BROKEN, error_code
from bot.slack.client import SlackStartError

PING_SECONDS = 5
PONG_SECONDS = 3
CONCURRENCY = 20


class _PromptClient(SocketModeClient):
    """Sees within three seconds that its line was closed, where the library may need ten.

    When Slack asks for a new line, the old one is closed from another thread, and the reading
    thread can miss that until its wait is over; `ping_timeout` is the length of that wait.
    """

    def _run_current_session(self) -> None:
        session = self.current_session
        if session is None:
            return
        try:
            session.run_forever(
                ping_interval=self.ping_interval,
                ping_timeout=PONG_SECONDS,
                http_proxy_host=self.http_proxy_host,
                http_proxy_port=self.http_proxy_port,
                http_proxy_auth=self.http_proxy_auth,
                proxy_type=self.proxy_type,
            )
        except Exception as error:
            self.logger.warning("the line to Slack broke: %s", type(error).__name__)
            session.close()


class SocketMode(SocketModeHandler):
    """Bolt's handler, over a client of our own."""

    def __init__(self, app: App, client: WebClient) -> None:
        """`client` carries the app-level token."""
        self.app = app
        self.app_token = client.token or ""
        self.client = _PromptClient(
            app_token=self.app_token,
            logger=logging.getLogger("slack_bolt.socket_mode"),
            web_client=client,
            ping_interval=PING_SECONDS,
            concurrency=CONCURRENCY,
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]


def connect(app: App, client: WebClient) -> SocketMode:
    """Opens the connection with the app-level token of `client`, and keeps it open.

    The websocket-client adapter notices a dropped line in under a second; Bolt's own takes
    almost a minute.
    """
    handler = SocketMode(app, client)
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
