"""app.yaml is what Slack takes, and asks for what the code uses and for nothing more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.journal.blocks import Act
from bot.slack.manifest import FEATURES, as_yaml, for_http, read_manifest, with_features
from bot.slack.words import COMMAND
from tests.bench import ROOT

URL = "https://rung.example.com"
SCHEMAS = ROOT.parent / "shared" / "slack"
SCOPES = {
    "auth.test": set(),
    "apps.connections.open": set(),  # the app-level token's own connections:write
    "chat.delete": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"im:history"},
    "conversations.open": {"im:write"},
    "dnd.info": {"dnd:read"},
    "dnd.teamInfo": {"dnd:read"},
    "files.delete": {"files:write"},
    "files.upload.v2": {"files:write"},
    "views.open": set(),
    "views.push": set(),
    "views.update": set(),
    "views.publish": set(),
    "users.info": {"users:read"},
    "users.lookupByEmail": {"users:read.email", "users:read"},
}
"""What each Web API method of the bot needs (docs.slack.dev/reference/methods, 2026)."""
EVENT_SCOPES = {
    "app_home_opened": set(),
    "message.im": {"im:history"},
    "user_change": {"users:read"},
}
OPTIONAL_SCOPES = {"files:read"}  # of a file_input, and of the file that is in it
OPTIONAL_EVENT_SCOPES = {"reaction_added": {"reactions:read"}}
COMMANDS = {"commands"}
OPENS_DIRECT_MESSAGES = {"im:write"}


@pytest.fixture
def manifest() -> dict[str, Any]:
    return read_manifest()


def methods_in_the_code() -> set[str]:
    """`client.chat_postMessage(` and the like, as Web API names."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    families = "api|apps|auth|bots|chat|conversations|dnd|files|pins|reactions|team|users|views"
    found = set(re.findall(rf"client\.((?:{families})_[A-Za-z_0-9]+)\(", code))
    return {name.replace("_", ".") for name in found}


def test_every_method_that_the_code_calls_has_its_scope_and_no_scope_is_spare(
    manifest: dict[str, Any],
) -> None:
    assert methods_in_the_code() == set(SCOPES), "say in SCOPES what the new method needs"
    needed = set().union(COMMANDS, OPENS_DIRECT_MESSAGES, *SCOPES.values(), *EVENT_SCOPES.values())
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == needed


def test_every_event_that_is_sent_is_heard_and_the_other_way_round(
    manifest: dict[str, Any],
    registered: dict[str, list[str]],
) -> None:
    sent = manifest["settings"]["event_subscriptions"]["bot_events"]
    everything = with_features(manifest, FEATURES)["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in everything} == set(registered["event"])
    assert set(sent) == set(EVENT_SCOPES)
    assert set(everything) == {*EVENT_SCOPES, *OPTIONAL_EVENT_SCOPES}


def test_a_feature_adds_what_it_needs_and_nothing_else(manifest: dict[str, Any]) -> None:
    made = with_features(manifest, ["reactions", "reactions"])
    scopes, events = made["oauth_config"]["scopes"], made["settings"]["event_subscriptions"]
    assert scopes["bot"].pop() == "reactions:read"
    assert events["bot_events"].pop() == "reaction_added"
    assert made == read_manifest()
    assert manifest == read_manifest(), "what was given is not changed"
    needed = OPTIONAL_SCOPES.union(*OPTIONAL_EVENT_SCOPES.values())
    assert {scope for each in FEATURES.values() for scope in each.scopes} == needed


def test_the_command_and_the_shortcut_are_those_of_the_code(
    manifest: dict[str, Any],
    registered: dict[str, list[str]],
) -> None:
    features = manifest["features"]
    assert [c["command"] for c in features["slash_commands"]] == [COMMAND]
    assert [c["should_escape"] for c in features["slash_commands"]] == [True]
    assert [s["callback_id"] for s in features["shortcuts"]] == registered["shortcut"]
    assert registered["shortcut"] == [Act.SHORTCUT, Act.GLOBAL]


def test_the_usage_hint_names_words_that_work(manifest: dict[str, Any]) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert {"log", "1on1", "help", "next"} <= set(re.findall(r"\w+", command["usage_hint"]))


def test_the_messages_tab_can_be_written_in_since_writing_there_is_answered(
    manifest: dict[str, Any],
) -> None:
    home = manifest["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_for_http_everything_goes_to_one_address(manifest: dict[str, Any]) -> None:
    made = for_http(manifest, URL + "/")
    address = f"{URL}/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert [c["url"] for c in made["features"]["slash_commands"]] == [address]
    assert made["settings"]["socket_mode_enabled"] is False
    assert for_http(manifest, address) == made, "with the path given as well"
    assert manifest == read_manifest(), "what was given is not changed"


def test_printing_and_reading_again_changes_nothing(
    manifest: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "app.yaml").write_text(as_yaml(manifest), encoding="utf-8")
    assert read_manifest(tmp_path / "app.yaml") == manifest


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="Slack's schema is not beside this project")
@pytest.mark.parametrize("mode", ["socket", "http", "every feature"])
def test_slacks_own_schema_takes_the_manifest(manifest: dict[str, Any], mode: str) -> None:
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT7

    def local(uri: str) -> Resource[Any]:
        text = (SCHEMAS / uri.rpartition("/")[2]).read_text(encoding="utf-8")
        return Resource.from_contents(json.loads(text), default_specification=DRAFT7)

    made = {
        "socket": manifest,
        "http": for_http(manifest, URL),
        "every feature": with_features(for_http(manifest, URL), FEATURES),
    }
    checked = made[mode]
    schema = local("manifest.schema.json").contents
    validator = Draft7Validator(schema, registry=Registry(retrieve=local))
    assert [error.message for error in validator.iter_errors(checked)] == []
    spoiled = checked | {"features": checked["features"] | {"slash_commands": [{"command": "x"}]}}
    assert list(validator.iter_errors(spoiled)), "or the schema checks nothing"
