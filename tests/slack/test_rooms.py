"""Where an answer goes: over which messages, into which rooms, and what happens when it cannot."""

from __future__ import annotations

import pytest

from bot.slack.rooms import REMEMBERED, OwnRooms
from playground.local_slack import text_of
from tests.bench import Bench


@pytest.mark.parametrize(
    ("event", "own"),
    [
        ({"type": "app_home_opened", "channel": "D1"}, True),
        ({"type": "message", "channel_type": "im", "channel": "D1"}, True),
        ({"type": "message", "channel_type": "channel", "channel": "D1"}, False),
        ({"type": "user_change"}, False),
    ],
)
def test_events_tell_which_direct_messages_are_with_the_bot(
    event: dict[str, str], own: bool
) -> None:
    rooms = OwnRooms()
    rooms.learn(event)
    assert ("D1" in rooms) is own
    assert "" not in rooms


def test_only_so_many_rooms_are_remembered() -> None:
    rooms = OwnRooms()
    for number in range(REMEMBERED + 1):
        rooms.learn({"type": "app_home_opened", "channel": f"D{number}"})
    assert "D0" not in rooms
    assert f"D{REMEMBERED}" in rooms


def test_an_answer_that_its_address_refuses_arrives_as_a_direct_message(
    sqlite_bench: Bench,
) -> None:
    bench = sqlite_bench
    answered = bench.slack.command("UADA", "/ladder help", "sec-ops").message
    assert answered
    bench.slack.reply_addresses.most_uses = 0
    bench.forge("UADA", answered, "retired.button", "whatever")
    assert "belongs to an older message" in bench.dm("UADA", 1)
    bench.slack.refusals.clear()


def test_a_ladder_button_in_another_capabilitys_modal_opens_on_top(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    bench.place("UADA")
    bench.slack.command("UADA", "/ladder settings")
    view = bench.modal("UADA", "Settings")
    bench.forge("UADA", view, "ladder.ask:x", '{"v":1,"words":"L4"}')
    assert "L4: Technical Lead" in text_of(bench.modal("UADA", "Career ladder"))
    assert bench.slack.workspace.modals["UADA"][0].title == "Settings"
