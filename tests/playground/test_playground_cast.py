"""Who lives in the playground, and what its app may do."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from slack_sdk import WebClient

from playground.app import playground_manifest
from playground.cast import ADA, BEN, CAST, KAI, LENA, MIA, NOOR, furnish, people_file
from playground.local_slack import LocalSlack, read_manifest
from tests.bench import ROOT


def test_everyone_has_a_manager_up_to_lena() -> None:
    rows = csv.DictReader(io.StringIO(people_file()))
    managers = {row["slack_user"]: row["manager"] for row in rows}
    assert managers == {ADA: MIA, BEN: MIA, MIA: LENA, LENA: ""}
    assert {role.id for role in CAST} - managers.keys() == {NOOR, KAI}


def test_kai_is_a_guest_of_one_channel() -> None:
    with LocalSlack() as slack:
        furnish(slack)
        client = WebClient(slack.tokens.bot, base_url=slack.api_url)
        guests = [
            role.id for role in CAST if client.users_info(user=role.id)["user"]["is_restricted"]
        ]
        rooms = [room["name"] for room in client.users_conversations(user=KAI)["channels"]]
    assert (guests, rooms) == ([KAI], ["general"])


def test_reactions_reach_the_app_of_the_playground_in_both_channels() -> None:
    manifest = playground_manifest(ROOT / "app.yaml")
    plain = read_manifest(ROOT / "app.yaml")
    assert manifest.hears("reaction_added")
    assert manifest.granted() - plain.granted() <= {"reactions:read"}
    assert manifest.events - plain.events <= {"reaction_added"}
    assert manifest.shortcuts == plain.shortcuts
    with LocalSlack(manifest=manifest) as slack:
        furnish(slack)
        client = WebClient(slack.tokens.bot, base_url=slack.api_url)
        assert [room["name"] for room in client.users_conversations()["channels"]] == [
            "general",
            "sec-ops",
        ]
        slack.react(ADA, slack.channel("general")[0], "seedling")
        assert slack.last_sent and slack.last_sent.payload["event"]["user"] == ADA


def test_a_playground_without_an_app_file(tmp_path: Path) -> None:
    assert playground_manifest(tmp_path / "app.yaml").hears("app_home_opened")
