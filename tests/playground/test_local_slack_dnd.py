"""Do Not Disturb, of one person and of up to fifty at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from playground.local_slack import LocalSlack, Manifest
from tests.playground.caller import Caller
from tests.playground.workspace import ADA, MIA, people

EVENING = datetime(2026, 12, 3, 17, 30, tzinfo=UTC)
MORNING = EVENING + timedelta(hours=15)
QUIET = {
    "dnd_enabled": True,
    "next_dnd_start_ts": int(EVENING.timestamp()),
    "next_dnd_end_ts": int(MORNING.timestamp()),
}
NONE = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


@pytest.fixture
def caller(slack: LocalSlack) -> Caller:
    return Caller(slack.port, slack.tokens.bot)


def of(caller: Caller, *users: str) -> Any:
    return caller.json("dnd.teamInfo", users=",".join(users))


def test_one_call_sets_it_and_another_ends_it(slack: LocalSlack, caller: Caller) -> None:
    slack.set_dnd(ADA, EVENING, MORNING)
    assert caller.json("dnd.info", user=ADA) == {"ok": True, **QUIET}
    slack.set_dnd(ADA, None)
    assert caller.json("dnd.info", user=ADA) == {"ok": True, **NONE}


def test_it_is_told_as_it_was_set_whatever_the_workspaces_clock_says(
    slack: LocalSlack, caller: Caller
) -> None:
    slack.set_dnd(ADA, EVENING, MORNING)
    slack.advance(400 * 86_400)
    assert caller.json("dnd.info", user=ADA) == {"ok": True, **QUIET}


def test_several_people_are_asked_about_at_once(slack: LocalSlack, caller: Caller) -> None:
    slack.set_dnd(MIA, EVENING, MORNING)
    assert of(caller, ADA, MIA, "UGONE")["users"] == {ADA: NONE, MIA: QUIET, "UGONE": NONE}


def test_fifty_are_the_most_and_one_the_least(slack: LocalSlack, caller: Caller) -> None:
    crowd = [slack.add_user(f"U{number:03d}", f"u{number}").id for number in range(51)]
    assert len(of(caller, *crowd[:50])["users"]) == 50
    assert of(caller, *crowd)["error"] == "invalid_arguments"
    assert of(caller)["error"] == "no_users_provided"
    assert of(caller, ADA, "UNOBODY")["error"] == "user_not_visible"


def test_it_needs_its_scope() -> None:
    with LocalSlack(manifest=Manifest(scopes=frozenset({"users:read"}))) as slack:
        people(slack)
        answer = of(Caller(slack.port, slack.tokens.bot), ADA)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "dnd:read")
