"""Every kind of field: what it holds at first, how it is filled in, what Slack refuses."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from playground.local_slack import LocalSlack, View, view_problems
from tests.playground.fake_bot import Heard, Json, entry, plain
from tests.playground.workspace import ADA, MIA

LEVELS = [{"text": plain(name), "value": name} for name in ("L2", "L3", "L4")]
ROUND = [{**option, "description": plain("a level")} for option in LEVELS]
ON_ENTER = {"trigger_actions_on": ["on_enter_pressed"]}
WORDS = {"type": "rich_text", "elements": []}


def modal(*fields: Json) -> Json:
    return {
        "type": "modal",
        "callback_id": "nobody",
        "title": plain("Fields"),
        "submit": plain("Send"),
        "blocks": list(fields),
    }


def opened(slack: LocalSlack, *fields: Json) -> View:
    client = WebClient(slack.tokens.bot, base_url=slack.api_url)
    client.views_open(trigger_id=slack.triggers.issue(ADA), view=modal(*fields))
    view = slack.modal(ADA)
    assert view
    return view


@pytest.mark.parametrize(
    ("element", "given", "held"),
    [
        ({"type": "plain_text_input"}, "a < b", {"value": "a < b"}),
        ({"type": "multi_static_select", "options": LEVELS}, ["L2", "L4"],
         {"selected_options": [LEVELS[0], LEVELS[2]]}),
        ({"type": "multi_users_select"}, [ADA, MIA], {"selected_users": [ADA, MIA]}),
        ({"type": "multi_users_select"}, MIA, {"selected_users": [MIA]}),
        ({"type": "multi_conversations_select"}, ["C1"], {"selected_conversations": ["C1"]}),
        ({"type": "multi_channels_select"}, ["C1"], {"selected_channels": ["C1"]}),
        ({"type": "users_select"}, MIA, {"selected_user": MIA}),
        ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
        ({"type": "checkboxes", "options": ROUND}, ["L3"], {"selected_options": [ROUND[1]]}),
        ({"type": "checkboxes", "options": ROUND}, "L3", {"selected_options": [ROUND[1]]}),
        ({"type": "radio_buttons", "options": ROUND}, "L4", {"selected_option": ROUND[2]}),
    ],
)  # fmt: skip
def test_what_a_field_sends(
    slack: LocalSlack, bot: Heard, element: Json, given: Any, held: Json
) -> None:
    opened(slack, entry("Field", "field", element))
    slack.submit(ADA, {"Field": given})
    sent = bot.bodies[-1]["view"]["state"]["values"]["field"]["field"]
    assert sent == {"type": element["type"], **held}


@pytest.mark.parametrize(
    ("element", "empty"),
    [
        ({"type": "multi_users_select", "initial_users": [MIA]}, {"selected_users": []}),
        ({"type": "checkboxes", "options": LEVELS, "initial_options": LEVELS[:1]},
         {"selected_options": []}),
        ({"type": "radio_buttons", "options": LEVELS, "initial_option": LEVELS[0]},
         {"selected_option": None}),
        ({"type": "rich_text_input", "initial_value": WORDS}, {"rich_text_value": None}),
    ],
)  # fmt: skip
def test_a_field_that_was_filled_before_can_be_emptied(
    slack: LocalSlack, bot: Heard, element: Json, empty: Json
) -> None:
    opened(slack, entry("Field", "field", element, optional=True))
    key = next(iter(empty))
    slack.submit(ADA)
    assert bot.bodies[-1]["view"]["state"]["values"]["field"]["field"][key]
    slack.submit(ADA, {"Field": None})
    sent = bot.bodies[-1]["view"]["state"]["values"]["field"]["field"]
    assert sent == {"type": element["type"], **empty}


def test_a_field_takes_as_many_as_it_has_room_for(slack: LocalSlack) -> None:
    opened(slack, entry("Field", "field", {"type": "multi_users_select", "max_selected_items": 1}))
    with pytest.raises(LookupError, match="No more than 1"):
        slack.submit(ADA, {"Field": [ADA, MIA]})


@pytest.mark.parametrize(
    ("element", "given", "said"),
    [
        ({"type": "plain_text_input", "dispatch_action_config": ON_ENTER}, "hi", {"value": "hi"}),
        ({"type": "users_select"}, MIA, {"selected_user": MIA}),
        ({"type": "radio_buttons", "options": LEVELS}, "L3", {"selected_option": LEVELS[1]}),
    ],
)
def test_a_field_tells_at_once_when_it_was_asked_to(
    slack: LocalSlack, bot: Heard, element: Json, given: Any, said: Json
) -> None:
    view = opened(
        slack,
        entry("Quiet", "quiet", {"type": "plain_text_input"}, optional=True),
        entry("Field", "field", element, dispatch_action=True),
    )
    slack.select(ADA, view, "Quiet", "nobody hears this")
    assert bot.bodies == []
    slack.select(ADA, view, "Field", given)
    body = bot.bodies[-1]
    assert body["type"] == "block_actions"
    assert body["actions"][0].items() >= said.items()
    values = body["view"]["state"]["values"]
    assert values["quiet"]["quiet"]["value"] == "nobody hears this"
    assert values["field"]["field"] == {"type": element["type"], **said}


ELEVEN = [{"text": plain(f"{n}"), "value": f"{n}"} for n in range(11)]


@pytest.mark.parametrize(
    "element",
    [
        {"type": "checkboxes", "options": ELEVEN},
        {"type": "radio_buttons", "options": ELEVEN},
        {"type": "radio_buttons", "options": LEVELS, "initial_option": ELEVEN[0]},
        {"type": "multi_static_select", "options": LEVELS, "max_selected_items": 0},
        {"type": "multi_static_select", "options": []},
        {"type": "plain_text_input", "max_length": 3001},
        {"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": ["blur"]}},
        {"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": []}},
        {"type": "plain_text_input", "dispatch_action_config": {"when": "on_enter_pressed"}},
        {"type": "multi_users_select", "initial_users": MIA},
        {"type": "users_select", "placeholder": plain("x" * 151)},
    ],
)
def test_fields_slack_refuses(element: Json) -> None:
    assert view_problems(modal(entry("Field", "field", element)))


def test_a_multi_select_has_no_place_among_buttons() -> None:
    who = {"type": "multi_users_select", "action_id": "who"}
    assert view_problems(modal({"type": "actions", "elements": [who]}))
    section = {"type": "section", "text": plain("Who?"), "accessory": who}
    assert not view_problems(modal(section))
