"""`python -m bot export` and `erase`: on request, recorded, and never over something else."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.own_data.model import What
from bot.settings import Settings
from playground.local_slack import LocalSlack
from tests.bench import Bench
from tests.own_data.test_erase import left_of

WHY = "Ada asked by mail on Monday"


@pytest.fixture
def running(
    slack: LocalSlack, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """A bot that runs, and an environment in which the command line finds its database."""
    with Bench(slack, database_url, tmp_path) as bench:
        for name in (str(field.alias) for field in Settings.model_fields.values()):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.chdir(tmp_path)
        for name, value in {
            "SLACK_BOT_TOKEN": slack.tokens.bot,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": database_url,
            "RUNG_KEYS": ",".join(bench.settings.keys),
        }.items():
            monkeypatch.setenv(name, value)
        bench.place("UADA")
        bench.log("UADA", "I helped Ben")
        yield bench


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentence of a verb that fails."""
    capsys.readouterr()
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


def test_an_export_is_written_for_its_owner_alone_and_recorded(
    running: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "out"
    assert main(["export", "UADA", "--into", str(into), "--because", WHY]) == 0
    files = sorted(into.iterdir())
    assert [file.suffix for file in files] == [".csv", ".zip", ".json", ".md"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(into.stat().st_mode) == 0o700
    said = capsys.readouterr().out
    assert all(str(file) in said for file in files)
    assert "I helped" not in said
    told = json.loads(files[2].read_text(encoding="utf-8"))
    assert "I helped Ben" in str(told)
    asked = next(each for each in told["sections"] if each["name"] == "asked_for")
    assert asked["rows"][0]["reason"] == WHY
    (record,) = running.bot.own_data.asked_about(running.member("UADA"))
    assert (record.what, record.asked_by, record.reason) == (What.EXPORT, None, WHY)
    assert record.done_at


def test_nothing_is_overwritten_and_then_nothing_is_recorded(
    running: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = ["export", "UADA", "--into", str(tmp_path / "out"), "--because", WHY]
    assert main([*export, "--format", "json"]) == 0
    before = {file: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert len(before) == 1
    assert "is there already" in refused(capsys, *export)
    assert {file: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before
    assert len(running.rows("data_requests")) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["export", "UADA", "--because", WHY], "--into DIR"),
        (["export", "UADA", "--into", "out"], "who asked, and why"),
        (["export", "--into", "out", "--because", WHY], "who asked, and why"),
        (["export", "ada", "--into", "out", "--because", WHY], "not a Slack user id"),
        (["export", "UNOBODY", "--into", "out", "--because", WHY], "keeps nothing about UNOBODY"),
        (["export", "--request", "nope", "--into", "out"], "no open request nope"),
        (["erase", "UNOBODY", "--because", WHY, "--yes"], "keeps nothing about UNOBODY"),
        (["erase", "UADA", "--yes"], "who asked, and why"),
        (["erase", "UADA", "--because", WHY], "Nobody is here to confirm it"),
        (["erase", "--request", "nope", "--yes"], "no open request nope"),
    ],
)
def test_what_cannot_be_done_is_said_and_not_recorded(
    running: Bench, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert sentence in refused(capsys, *arguments)
    assert running.rows("data_requests") == []
    assert {"people", "entries"} <= set(left_of(running, "UADA"))


def test_a_former_employee_is_exported_too(running: Bench, tmp_path: Path) -> None:
    running.slack.change_user("UADA", deleted=True)
    into = str(tmp_path / "out")
    assert main(["export", "<@UADA|ada>", "--into", into, "--because", WHY]) == 0


def test_erasing_says_kinds_and_never_how_much_there_is_and_leaves_nothing(
    running: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(7):
        running.log("UADA", f"I helped Ben again, {number}")
    running.place("UMIA")
    told = []
    for user in ("UADA", "UMIA"):  # with eight examples, and with none
        assert main(["erase", user, "--because", WHY, "--yes"]) == 0
        told.append(capsys.readouterr().out.replace(user, "SOMEBODY"))
    said = told[0]
    assert told[1] == said, "whether there is any is private too"
    assert "My examples" in said
    assert "My private notes about one-on-ones" in said
    assert not any(each.isdigit() for each in said)
    assert left_of(running, "UADA") == []
    for trace in running.rows("data_requests"):
        assert (trace["about_id"], trace["reason"]) == (None, None)


@pytest.mark.parametrize(("typed", "status"), [("UADA", 0), ("uada", 1), ("", 1)])
def test_at_a_terminal_the_user_id_is_asked_for_again(
    running: Bench, monkeypatch: pytest.MonkeyPatch, typed: str, status: int
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: typed)
    assert main(["erase", "UADA", "--because", WHY]) == status
    assert bool(left_of(running, "UADA")) is bool(status)


def test_a_bot_that_runs_does_not_know_them_any_more(running: Bench) -> None:
    assert "Tell me where you stand" not in running.say("UADA", "/ladder")
    assert main(["erase", "UADA", "--because", WHY, "--yes"]) == 0
    running.bot.standings.catch_up()
    assert "Tell me where you stand" in running.say("UADA", "/ladder")


def test_what_admins_asked_for_is_listed_and_done(
    running: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--requests"]) == 0
    assert "Nothing is open" in capsys.readouterr().out
    own, ada, now = running.bot.own_data, running.member("UADA"), running.bot.now()
    for number, what in enumerate((What.EXPORT, What.ERASE)):
        admin = running.member("UMIA")
        running.bot.accounts._admins = {admin}
        own.ask(admin, ada, what, WHY, f"deed {number}", now)
    assert main(["export", "--requests"]) == 0
    said = capsys.readouterr().out
    assert said.count("by UMIA") == said.count(WHY) == 2
    waiting = {each.what: each.id for each in own.waiting(ada.team_id)}
    export, erase = waiting[What.EXPORT], waiting[What.ERASE]
    assert "no open request" in refused(capsys, "erase", "--request", export, "--yes")
    into = str(tmp_path / "out")
    assert main(["export", "--request", export, "--into", into]) == 0
    assert "no open request" in refused(capsys, "export", "--request", export, "--into", into)
    assert main(["erase", "--request", erase, "--yes"]) == 0
    assert left_of(running, "UADA") == []
    assert own.waiting(ada.team_id) == []


def test_readings_are_printed_without_what_was_read(
    running: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.sharing.scenes import confirm, share

    running.place("UMIA")
    confirm(running, "UADA", "UMIA")
    share(running, *[row["id"] for row in running.rows("entries")])
    assert main(["export", "UADA", "--readings", "--because", WHY]) == 0
    said = capsys.readouterr().out
    assert "UMIA" in said
    assert "I helped" not in said
    (record,) = running.rows("data_requests")
    assert (record["what"], bool(record["done_at"])) == ("readings", True)
    assert main(["export", "UMIA", "--readings", "--because", WHY]) == 0
    assert "Nobody has read" in capsys.readouterr().out
