"""The Web API client, and who Slack says that we are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.settings import Refusal
from bot.slack.answers import BROKEN, error_code

PAUSES = (0.5, 1.5)  # seconds between the three attempts at start

REFUSALS = {
    "invalid_auth": "Slack does not know SLACK_BOT_TOKEN. Copy it again from OAuth & Permissions.",
    "not_authed": "Slack got no token. Set SLACK_BOT_TOKEN.",
    "account_inactive": "SLACK_BOT_TOKEN belongs to an app or account that was removed. "
    "Install the app again and copy its new token.",
    "token_revoked": "SLACK_BOT_TOKEN was revoked. Install the app again and copy its new token.",
    "token_expired": "SLACK_BOT_TOKEN has expired. Install the app again and copy its new token.",
    "missing_scope": "The app lacks a scope. `python -m bot doctor` names it.",
    "accesslimited": "The workspace limits what apps may do. Ask its owners to let Rung in.",
    "team_access_not_granted": "The app may not work in this workspace. Ask its owners to let it.",
    "ekm_access_denied": "The workspace has withdrawn its keys from apps. Ask its owners.",
    "enterprise_is_restricted": "The organisation keeps apps out. Ask its owners to let Rung in.",
    "not_allowed_token_type": "SLACK_BOT_TOKEN has to be the bot's token, which starts with xoxb-.",
    "team_added_to_org": "The workspace is being moved by Slack. It passes by itself.",
    "two_factor_setup_required": "The workspace asks for two factors. Its owners can set that up.",
    "org_login_required": "The organisation is being moved by Slack. It passes by itself.",
}


class SlackStartError(Refusal):
    """Slack cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The workspace and the bot's own ids in it, from `auth.test`."""

    team_id: str
    bot_user_id: str
    bot_id: str
    workspace: str = ""
    address: str = ""
    scopes: frozenset[str] = frozenset()
    """What the app was granted (header `x-oauth-scopes`); empty where Slack does not say."""


def web_client(token: str, api_url: str, timeout_seconds: float) -> WebClient:
    """A client that never repeats a call by itself: the SDK's own retry posts twice."""
    return WebClient(
        token=token, base_url=api_url, timeout=round(timeout_seconds) or 1, retry_handlers=[]
    )


def standing_refusal(code: str) -> str:
    """What it means that Slack refuses every call with this code, and what to do.

    Nothing for a code that concerns one call only, or that passes within minutes.
    """
    if code not in REFUSALS:
        return ""
    return f"Slack refuses the bot ({code}), so nothing is sent. {REFUSALS[code]}"


@contextmanager
def refusals_told() -> Iterator[None]:
    """Turns what Slack refuses, or a line that breaks, into a sentence for the operator."""
    try:
        yield
    except SlackApiError as error:
        code = error_code(error)
        needed = error.response.get("needed") if code else ""
        lacks = f" The app lacks the scope {needed}." if needed else ""
        raise SlackStartError(
            f"Slack refused to answer ({code or 'its answer cannot be read'}).{lacks} "
            "Check the token and the app's scopes, then try again."
        ) from None
    except BROKEN as error:
        raise SlackStartError(
            f"The connection to Slack broke ({type(error).__name__}). Please try again."
        ) from None


def who_are_we(client: WebClient) -> Identity:
    """Asks Slack, three times when it cannot be reached; raises SlackStartError."""
    for pause in (*PAUSES, None):
        try:
            return _identity(client)
        except SlackApiError as error:
            if pause is None or not _worth_another(error):
                raise SlackStartError(_refusal(client, error)) from None
        except BROKEN as error:
            if pause is None:
                raise SlackStartError(_unreachable(client, error)) from None
        time.sleep(pause)
    raise AssertionError("unreachable")


def _identity(client: WebClient) -> Identity:
    answer = client.auth_test()
    return Identity(
        team_id=str(answer.get("team_id") or ""),
        bot_user_id=str(answer.get("user_id") or ""),
        bot_id=str(answer.get("bot_id") or ""),
        workspace=str(answer.get("team") or ""),
        address=str(answer.get("url") or ""),
        scopes=_scopes(answer),
    )


def _scopes(answer: SlackResponse) -> frozenset[str]:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    granted = str(headers.get("x-oauth-scopes") or "").split(",")
    return frozenset(scope.strip() for scope in granted if scope.strip())


def _worth_another(error: SlackApiError) -> bool:
    return error_code(error) in {"", "ratelimited", "internal_error", "service_unavailable"}


def _refusal(client: WebClient, error: SlackApiError) -> str:
    code = error_code(error)
    if not code:
        return (
            f"What answers at {client.base_url} is not Slack (a proxy's page, perhaps). "
            "Check the network, a proxy, and SLACK_API_URL."
        )
    if code not in REFUSALS and _worth_another(error):
        return f"Slack is busy ({code}). Please start again in a minute."
    return REFUSALS.get(code, f"Slack refused SLACK_BOT_TOKEN ({code}). Check the app and token.")


def _unreachable(client: WebClient, error: Exception) -> str:
    cause = getattr(error, "reason", None) or error
    reason = getattr(cause, "strerror", None) or type(cause).__name__
    return (
        f"Slack cannot be reached at {client.base_url} ({reason}). "
        "Check the network, a proxy, and SLACK_API_URL."
    )
