"""Who Slack says that we are, and what it lets us do."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.client import web_client, who_are_we
from bot.slack.manifest import read_manifest
from playground.local_slack import LocalSlack


def test_the_scopes_that_were_granted_are_those_of_the_manifest(slack: LocalSlack) -> None:
    identity = who_are_we(web_client(slack.tokens.bot, slack.api_url, 5))
    assert identity.scopes == set(read_manifest()["oauth_config"]["scopes"]["bot"])


@pytest.mark.parametrize(
    ("headers", "scopes"),
    [
        ({"X-OAuth-Scopes": "chat:write, commands,"}, {"chat:write", "commands"}),
        ({"x-oauth-scopes": ""}, set()),
        ({}, set()),
    ],
)
def test_a_header_of_any_case_is_read_and_a_missing_one_leaves_the_set_empty(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], scopes: set[str]
) -> None:
    client = web_client(slack.tokens.bot, slack.api_url, 5)
    asked = client.auth_test

    def answered(**more: Any) -> Any:
        answer = asked(**more)
        answer.headers = headers
        return answer

    monkeypatch.setattr(client, "auth_test", answered)
    assert who_are_we(client).scopes == scopes
