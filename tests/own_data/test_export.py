"""`/ladder privacy` and `/ladder export`: who sees what, and everything to take along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.local_slack import LocalSlack, Manifest, read_manifest, text_of
from playground.local_slack.model import Message
from tests.bench import ROOT, Bench

NAME = "rung-UADA-"


def files(bench: Bench, user: str, number: int) -> dict[str, bytes]:
    """What arrived as files, by name, once that many are there."""
    slack = bench.slack
    assert slack.wait_for(lambda: len(slack.files(user)) >= number), bench.sees(user)
    return {name: content for name, _, content in slack.files(user)}


def with_button(bench: Bench, user: str) -> Message:
    """The message below the files."""
    bench.hears(user, "The files are yours")
    found = [m for m in bench.slack.dm(user) if "The files are yours" in text_of(m)]
    return found[-1]


def test_privacy_says_who_sees_what_and_offers_what_can_be_done(sqlite_bench: Bench) -> None:
    sqlite_bench.slack.command("UADA", "/ladder privacy")
    said = text_of(sqlite_bench.modal("UADA", "Privacy"))
    assert "Read or count the examples you did not share: only you." in said
    assert "whoever has the machine" in said
    assert "What Slack keeps" in said
    assert "Export everything" in said
    assert "Erase everything about me" in said
    assert "Ask for an export or erasure" not in said
    assert "Nobody has asked" in said


def test_home_leads_to_privacy(sqlite_bench: Bench) -> None:
    home = sqlite_bench.slack.open_home("UADA")
    sqlite_bench.slack.press("UADA", home, "Privacy")
    sqlite_bench.modal("UADA", "Privacy")


def test_export_sends_everything_as_files_and_says_that_slack_keeps_them(bench: Bench) -> None:
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place("UADA", manager="UMIA")
    bench.log("UADA", "=I helped Ben")
    assert "I am putting it together" in bench.say("UADA", "/ladder export")
    found = files(bench, "UADA", 4)
    stem = f"{NAME}2026-12-01"
    endings = (".md", ".json", "-examples.csv", "-tables.zip")
    assert list(found) == [stem + ending for ending in endings]
    assert r"\=I helped Ben" in found[f"{stem}.md"].decode()
    assert "'=I helped Ben" in found[f"{stem}-examples.csv"].decode("utf-8-sig")
    told = json.loads(found[f"{stem}.json"])
    assert "=I helped Ben" in str(told["sections"])
    assert {"place", "proposed_manager", "question_settings"} <= {
        s["name"] for s in told["sections"]
    }
    bench.hears("UADA", "They stay in Slack until you delete them")
    assert bench.slack.files("UMIA") == []


def test_the_button_sends_the_same_and_the_modal_says_so(sqlite_bench: Bench) -> None:
    sqlite_bench.place("UADA")
    sqlite_bench.slack.command("UADA", "/ladder privacy")
    sqlite_bench.slack.press("UADA", sqlite_bench.modal("UADA", "Privacy"), "Export everything")
    assert "The files arrive" in text_of(sqlite_bench.modal("UADA", "Export"))
    files(sqlite_bench, "UADA", 3)


def test_somebody_who_only_asked_gets_what_is_kept_of_them(sqlite_bench: Bench) -> None:
    sqlite_bench.slack.command("UBEN", "/ladder export")
    found = files(sqlite_bench, "UBEN", 3)
    told = json.loads(next(each for name, each in found.items() if name.endswith(".json")))
    assert [section["name"] for section in told["sections"]] == ["account"]


def test_one_press_is_one_set_of_files_also_when_slack_repeats_it(sqlite_bench: Bench) -> None:
    sqlite_bench.place("UADA")
    slack = sqlite_bench.slack
    slack.command("UADA", "/ladder export")
    files(sqlite_bench, "UADA", 3)
    slack.again()
    slack.command("UADA", "/ladder export")
    files(sqlite_bench, "UADA", 6)
    assert len(slack.files("UADA")) == 6


def test_the_files_can_be_deleted_from_slack(sqlite_bench: Bench) -> None:
    sqlite_bench.place("UADA")
    sqlite_bench.slack.command("UADA", "/ladder export")
    files(sqlite_bench, "UADA", 3)
    sqlite_bench.slack.press("UADA", with_button(sqlite_bench, "UADA"), "Delete these files")
    sqlite_bench.hears("UADA", "not in Slack any more")
    assert sqlite_bench.slack.files("UADA") == []


def test_nobody_deletes_the_files_of_somebody_else(sqlite_bench: Bench) -> None:
    slack = sqlite_bench.slack
    for user in ("UADA", "UBEN"):
        sqlite_bench.place(user)
        slack.command(user, "/ladder export")
        files(sqlite_bench, user, 3)
    with_button(sqlite_bench, "UADA")
    theirs = [file["id"] for m in slack.dm("UADA") for file in m.files]
    forged = json.dumps({"v": 1, "files": " ".join(theirs)})
    mine = with_button(sqlite_bench, "UBEN")
    sqlite_bench.forge("UBEN", mine, "own_data.drop_files", forged)
    sqlite_bench.hears("UBEN", "Those files are not in Slack any more")
    assert len(slack.files("UADA")) == len(slack.files("UBEN")) == 3


@pytest.fixture
def without_files(tmp_path: Path) -> Iterator[Bench]:
    """A bot whose app was installed before exports were there."""
    manifest = read_manifest(ROOT / "app.yaml")
    old = Manifest(**{**vars(manifest), "scopes": manifest.scopes - {"files:write"}})
    with LocalSlack(manifest=old) as slack:
        slack.add_user("UADA", "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
        with Bench(slack, f"sqlite:///{tmp_path}/rung.db", tmp_path) as running:
            yield running


def test_without_the_scope_the_person_learns_whom_to_ask(without_files: Bench) -> None:
    without_files.place("UADA")
    without_files.slack.command("UADA", "/ladder export")
    without_files.hears("UADA", "ask whoever runs Rung to reinstall it")


@pytest.mark.parametrize(
    ("method", "fault", "sentence"),
    [
        ("files.getUploadURLExternal", {"error": "file_uploads_disabled"}, "does not let apps"),
        ("files.completeUploadExternal", {"error": "file_uploads_disabled"}, "does not let apps"),
        ("upload", {"status": 500}, "Slack did not answer me"),
        ("conversations.open", {"error": "ratelimited"}, "short pause"),
    ],
)
def test_a_slack_that_takes_no_files_is_said_in_a_sentence(
    sqlite_bench: Bench, method: str, fault: dict[str, object], sentence: str
) -> None:
    sqlite_bench.place("UADA")
    sqlite_bench.slack.fail_next(method, **fault)  # type: ignore[arg-type]
    sqlite_bench.slack.command("UADA", "/ladder export")
    sqlite_bench.hears("UADA", sentence)
    assert sqlite_bench.slack.files("UADA") == []
    sqlite_bench.slack.command("UADA", "/ladder export")
    files(sqlite_bench, "UADA", 3)
