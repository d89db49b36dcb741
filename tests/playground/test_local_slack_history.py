"""The history of a conversation: its pages, its edges, and what it tells of metadata."""

from __future__ import annotations

from typing import Any

import pytest

from playground.local_slack import LocalSlack, Manifest
from tests.playground.caller import Caller
from tests.playground.workspace import ADA, people

POST, HISTORY = "chat.postMessage", "conversations.history"
METADATA = '{"event_type": "rung_parcel", "event_payload": {"id": "p1"}}'


@pytest.fixture
def caller(slack: LocalSlack) -> Caller:
    return Caller(slack.port, slack.tokens.bot)


def said(slack: LocalSlack, count: int) -> list[str]:
    """The ts of so many new messages to Ada, oldest first."""
    room = slack.workspace.dm_of(ADA)
    return [slack.workspace.post(room, ADA, str(number)).ts for number in range(count)]


def read(slack: LocalSlack, caller: Caller, **args: Any) -> Any:
    return caller.json(HISTORY, channel=slack.workspace.dm_of(ADA).id, **args)


def stamps(answer: Any) -> list[str]:
    return [message["ts"] for message in answer["messages"]]


def test_a_page_is_a_hundred_and_never_more_than_999(slack: LocalSlack, caller: Caller) -> None:
    everything = said(slack, 1005)[::-1]
    assert stamps(read(slack, caller)) == everything[:100]
    assert stamps(read(slack, caller, limit=5000)) == everything[:999]
    assert read(slack, caller, limit="many")["error"] == "invalid_arguments"


def test_pages_follow_each_other_while_new_messages_come(slack: LocalSlack, caller: Caller) -> None:
    everything = said(slack, 7)[::-1]
    read_so_far: list[str] = []
    cursor = ""
    while cursor or not read_so_far:
        answer = read(slack, caller, limit=3, cursor=cursor)
        read_so_far += stamps(answer)
        said(slack, 2)
        cursor = answer.get("response_metadata", {}).get("next_cursor", "")
        assert answer["has_more"] == bool(cursor)
    assert read_so_far == everything
    assert read(slack, caller, cursor="made up")["error"] == "invalid_cursor"


def test_the_edges_belong_to_it_only_when_asked_for(slack: LocalSlack, caller: Caller) -> None:
    first, second, third = said(slack, 3)
    assert stamps(read(slack, caller, oldest=first)) == [third, second]
    assert stamps(read(slack, caller, latest=third)) == [second, first]
    edges = {"oldest": first, "latest": third}
    assert stamps(read(slack, caller, **edges)) == [second]
    assert stamps(read(slack, caller, inclusive="true", **edges)) == [third, second, first]
    assert read(slack, caller, oldest="yesterday")["error"] == "invalid_ts_oldest"


def test_metadata_is_shown_to_whoever_asks_for_it(slack: LocalSlack, caller: Caller) -> None:
    caller.json(POST, channel=ADA, text="A nudge", metadata=METADATA)
    assert "metadata" not in read(slack, caller)["messages"][0]
    asked = read(slack, caller, include_all_metadata="true")["messages"][0]
    assert asked["metadata"]["event_payload"] == {"id": "p1"}


def test_reading_metadata_needs_the_scope_of_history_alone() -> None:
    scopes = frozenset({"im:history", "chat:write"})
    with LocalSlack(manifest=Manifest(scopes=scopes)) as slack:
        people(slack)
        caller = Caller(slack.port, slack.tokens.bot)
        caller.json(POST, channel=ADA, text="A nudge", metadata=METADATA)
        assert read(slack, caller, include_all_metadata="true")["messages"][0]["metadata"]
