"""The Web API as slack_sdk's own client sees it."""

from __future__ import annotations

import http.client
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.local_slack import LocalSlack, Manifest
from playground.local_slack.manifest import EVERY_SCOPE
from tests.playground.fake_bot import mrkdwn
from tests.playground.workspace import ADA


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return WebClient(slack.tokens.bot, base_url=slack.api_url, retry_handlers=[])


def refusal(call: Any, **args: Any) -> Any:
    with pytest.raises(SlackApiError) as raised:
        call(**args)
    return raised.value.response


def test_who_the_token_belongs_to(slack: LocalSlack, client: WebClient) -> None:
    assert client.auth_test()["user_id"] == "U0RUNG"
    stranger = WebClient("xoxb-someone-else", base_url=slack.api_url)
    assert refusal(stranger.auth_test)["error"] == "invalid_auth"
    assert refusal(WebClient("", base_url=slack.api_url).auth_test)["error"] == "not_authed"


@pytest.mark.parametrize("scopes", [None, frozenset({"users:read", "chat:write"})])
def test_each_answer_to_the_bot_names_its_scopes(scopes: frozenset[str] | None) -> None:
    with LocalSlack(manifest=Manifest(scopes=scopes)) as slack:
        client = WebClient(slack.tokens.bot, base_url=slack.api_url)
        named = client.auth_test().headers["x-oauth-scopes"]
        refused = refusal(client.users_info, user="UNOBODY").headers["x-oauth-scopes"]
        app = WebClient(slack.tokens.app, base_url=slack.api_url)
        assert "x-oauth-scopes" not in app.apps_connections_open(app_token=slack.tokens.app).headers
    assert named == refused == ",".join(sorted(scopes or EVERY_SCOPE))


def test_an_unknown_method(client: WebClient) -> None:
    assert refusal(client.api_call, api_method="chat.sing")["error"] == "unknown_method"


def test_people(client: WebClient) -> None:
    ada = client.users_info(user=ADA)["user"]
    assert (ada["tz"], ada["profile"]["email"]) == ("Europe/Berlin", "ada@example.com")
    assert client.users_lookupByEmail(email="ADA@example.com")["user"]["id"] == ADA
    assert client.users_info(user="UGONE")["user"]["deleted"]
    assert refusal(client.users_info, user="UNOBODY")["error"] == "user_not_found"
    assert refusal(client.users_lookupByEmail, email="no@x.y")["error"] == "users_not_found"


def test_people_come_in_pages(client: WebClient) -> None:
    pages = [page["members"] for page in client.users_list(limit=2)]
    assert [len(page) for page in pages] == [2, 2]


def test_a_message_by_user_id_lands_in_their_dm(slack: LocalSlack, client: WebClient) -> None:
    opened = client.conversations_open(users=ADA)["channel"]["id"]
    posted = client.chat_postMessage(channel=ADA, text="hello")
    assert posted["channel"] == opened
    assert [message.text for message in slack.dm(ADA)] == ["hello"]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "UGONE", "text": "x"}, "user_disabled"),
        ({"channel": "UNOBODY", "text": "x"}, "channel_not_found"),
        ({"channel": "#general", "text": "x"}, "not_in_channel"),
        ({"channel": ADA, "text": ""}, "no_text"),
        ({"channel": ADA, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": ADA, "text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"channel": ADA, "text": "x", "blocks": "{"}, "invalid_blocks_format"),
    ],
)
def test_messages_slack_refuses(client: WebClient, args: dict[str, Any], error: str) -> None:
    assert refusal(client.chat_postMessage, **args)["error"] == error


def test_a_refusal_says_where_and_is_remembered(slack: LocalSlack, client: WebClient) -> None:
    long = [{"type": "section", "text": mrkdwn("x" * 3001)}]
    answer = refusal(client.chat_postMessage, channel=ADA, text="x", blocks=long)
    assert "json-pointer:/blocks/0/text/text" in answer["response_metadata"]["messages"][0]
    assert [(r.where, r.error) for r in slack.refusals] == [("chat.postMessage", "invalid_blocks")]


def test_all_texts_of_a_message_together(client: WebClient) -> None:
    def blocks(count: int) -> list[dict[str, Any]]:
        return [{"type": "section", "text": mrkdwn("x" * 3000)} for _ in range(count)]

    client.chat_postMessage(channel=ADA, text="x", blocks=blocks(4))
    answer = refusal(client.chat_postMessage, channel=ADA, text="x", blocks=blocks(5))
    assert answer["error"] == "msg_blocks_too_long"


def test_history_is_newest_first_with_metadata_on_demand(client: WebClient) -> None:
    mark = {"event_type": "nudge", "event_payload": {"id": "n1"}}
    first = client.chat_postMessage(channel=ADA, text="one", metadata=mark)
    client.chat_postMessage(channel=ADA, text="two")
    room = first["channel"]
    plain = client.conversations_history(channel=room)["messages"]
    assert [message["text"] for message in plain] == ["two", "one"]
    assert "metadata" not in plain[1]
    full = client.conversations_history(channel=room, include_all_metadata=True, limit=1)
    assert full["has_more"]
    older = client.conversations_history(
        channel=room, include_all_metadata=True, latest=first["ts"], inclusive=True
    )
    assert older["messages"][0]["metadata"] == mark


def test_only_own_messages_are_changed_and_removed(slack: LocalSlack, client: WebClient) -> None:
    theirs = slack.say(ADA, "with-bot", "mine")
    answer = refusal(client.chat_update, channel=theirs.channel, ts=theirs.ts, text="no")
    assert answer["error"] == "cant_update_message"
    answer = refusal(client.chat_delete, channel=theirs.channel, ts=theirs.ts)
    assert answer["error"] == "cant_delete_message"
    own = client.chat_postMessage(channel=ADA, text="first")
    client.chat_update(channel=own["channel"], ts=own["ts"], text="second")
    assert slack.dm(ADA)[-1].text == "second"
    client.chat_delete(channel=own["channel"], ts=own["ts"])
    assert slack.dm(ADA) == []
    for call, more in ((client.chat_update, {"text": "third"}), (client.chat_delete, {})):
        gone = refusal(call, channel=own["channel"], ts=own["ts"], **more)
        assert gone["error"] == "message_not_found"


def test_permalinks_only_where_the_bot_is(slack: LocalSlack, client: WebClient) -> None:
    here, elsewhere = slack.say(ADA, "with-bot", "x"), slack.say(ADA, "general", "x")
    link = client.chat_getPermalink(channel=here.channel, message_ts=here.ts)["permalink"]
    assert link.endswith("/p" + here.ts.replace(".", ""))
    answer = refusal(client.chat_getPermalink, channel=elsewhere.channel, message_ts=elsewhere.ts)
    assert answer["error"] == "channel_not_found"


def test_home_is_published_and_guarded_by_its_hash(client: WebClient) -> None:
    def view(text: str) -> dict[str, Any]:
        return {"type": "home", "blocks": [{"type": "section", "text": mrkdwn(text)}]}

    first = client.views_publish(user_id=ADA, view=view("a"))["view"]
    client.views_publish(user_id=ADA, view=view("b"), hash=first["hash"])
    answer = refusal(client.views_publish, user_id=ADA, view=view("c"), hash=first["hash"])
    assert answer["error"] == "hash_conflict"


def test_a_modal_needs_a_trigger_that_was_given(client: WebClient) -> None:
    modal = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []}
    answer = refusal(client.views_open, trigger_id="made.up", view=modal)
    assert answer["error"] == "invalid_arguments"
    assert refusal(client.views_update, view_id="V1", view=modal)["error"] == "not_found"


def test_throttling_and_errors_on_demand(slack: LocalSlack, client: WebClient) -> None:
    slack.fail_next("chat.postMessage", status=429, retry_after=7)
    throttled = refusal(client.chat_postMessage, channel=ADA, text="x")
    assert (throttled.status_code, throttled["error"]) == (429, "ratelimited")
    assert throttled.headers["Retry-After"] == "7"
    slack.fail_next("*", error="fatal_error", times=2)
    for _ in range(2):
        assert refusal(client.auth_test)["error"] == "fatal_error"
    assert client.auth_test()["ok"]
    assert slack.dm(ADA) == []


def test_a_lost_answer_is_a_message_that_arrived(slack: LocalSlack, client: WebClient) -> None:
    slack.fail_next("chat.postMessage", lose_answer=True)
    with pytest.raises(ConnectionError):
        client.chat_postMessage(channel=ADA, text="did it arrive")
    assert [message.text for message in slack.dm(ADA)] == ["did it arrive"]
    slack.fail_next("chat.postMessage", reset=True)
    with pytest.raises(ConnectionError):
        client.chat_postMessage(channel=ADA, text="never")
    assert len(slack.dm(ADA)) == 1


def test_scopes_of_the_manifest_are_what_is_granted() -> None:
    with LocalSlack(manifest=Manifest(scopes=frozenset({"users:read"}))) as slack:
        slack.add_user(ADA, "ada", "Ada", "ada@example.com")
        client = WebClient(slack.tokens.bot, base_url=slack.api_url)
        assert "email" not in client.users_info(user=ADA)["user"]["profile"]
        answer = refusal(client.chat_postMessage, channel=ADA, text="x")
        assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")


def test_only_loopback_names_are_served(slack: LocalSlack) -> None:
    line = http.client.HTTPConnection("127.0.0.1", slack.port)
    line.request("GET", "/api/api.test", headers={"Host": f"evil.example:{slack.port}"})
    assert line.getresponse().status == 400
    line.close()
