"""`python -m bot doctor`: a line for each part, a remedy for what is amiss, and nothing changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.slack.manifest import as_yaml, with_features
from bot.slack.manifest import read_manifest as read_own
from bot.storage.canary import prove_keys
from bot.storage.crypto import KeyRing, fingerprint, new_key, parse_key
from bot.storage.database import Database
from bot.storage.keys import load_key_ring
from bot.storage.migrate import HEAD, migrate
from playground.local_slack import LocalSlack, read_manifest
from tests.bench import LADDER
from tests.storage.sealed_rows import Texts

Ask = Callable[[], tuple[int, dict[str, str]]]


@pytest.fixture
def env(installed: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An installation with which all is well; a test spoils one thing of it."""
    installed.setenv("RUNG_ADMINS", "UADA")
    return installed


@pytest.fixture
def texts(env: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Texts]:
    """What a bot left behind."""
    assert env
    database = Database(f"sqlite:///{tmp_path}/rung.db")
    ring = load_key_ring(database, (), fresh=migrate(database))
    prove_keys(database, ring, "T1")
    made = Texts(database)
    made.write_everywhere(ring, 1)
    yield made
    database.close()


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """The status, and all that is said about each part, by its name and verdict."""

    def call() -> tuple[int, dict[str, str]]:
        capsys.readouterr()
        status = main(["doctor"])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        parts: dict[str, str] = {}
        key = ""
        for line in said.out.splitlines()[:-1]:
            if "→" in line:
                parts[key] += line.strip()
                continue
            head, _, sentence = line.partition(": ")
            key = " ".join(head.split())
            parts[key] = parts.get(key, "") + sentence
        parts["end"] = said.out.splitlines()[-1]
        return status, parts

    return call


def test_all_is_well(texts: Texts, ask: Ask) -> None:
    status, said = ask()
    assert status == 0, said
    assert said["end"] == "All is well."
    assert "HTTP" in said["ok configuration"]
    assert "version" in said["ok ladder"]
    assert f"schema of this version ({HEAD})" in said["ok database"]
    assert f"opens {len(texts.kept) + 1} texts" in said["ok keys"]
    assert "It works in the workspace" in said["ok Slack token"]
    assert "The app has all that it needs" in said["ok scopes"]
    assert "Slack knows them" in said["ok RUNG_ADMINS"]


@pytest.mark.usefixtures("texts")
def test_an_optional_feature_that_is_off_is_not_wrong_and_it_says_how_to_turn_it_on(
    ask: Ask,
) -> None:
    status, said = ask()
    assert status == 0
    assert said["off reactions"] == (
        "Reactions are off: the app lacks reactions:read."
        "→ `python -m bot manifest --with reactions` prints the manifest that has it."
    )


@pytest.mark.usefixtures("texts")
def test_an_optional_feature_that_was_granted_is_on(
    env: pytest.MonkeyPatch, ask: Ask, tmp_path: Path
) -> None:
    file = tmp_path / "with.yaml"
    file.write_text(as_yaml(with_features(read_own(), ["reactions"])), encoding="utf-8")
    with LocalSlack(manifest=read_manifest(file)) as richer:
        richer.add_user("UADA", "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
        env.setenv("SLACK_API_URL", richer.api_url)
        env.setenv("SLACK_BOT_TOKEN", richer.tokens.bot)
        status, said = ask()
    assert (status, said["ok reactions"]) == (0, "Reactions are on.")


@pytest.mark.usefixtures("texts")
def test_missing_and_spare_scopes_are_named(
    env: pytest.MonkeyPatch, ask: Ask, tmp_path: Path
) -> None:
    manifest = read_own()
    manifest["oauth_config"]["scopes"]["bot"].remove("files:write")
    manifest["oauth_config"]["scopes"]["bot"].append("channels:history")
    (tmp_path / "old.yaml").write_text(as_yaml(manifest), encoding="utf-8")
    with LocalSlack(manifest=read_manifest(tmp_path / "old.yaml")) as older:
        older.add_user("UADA", "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
        env.setenv("SLACK_API_URL", older.api_url)
        env.setenv("SLACK_BOT_TOKEN", older.tokens.bot)
        status, said = ask()
    assert status == 1
    assert said["WRONG scopes"].startswith("The app lacks files:write.→ Put what `python -m bot ma")
    assert "channels:history" in said["note scopes"]
    assert said["end"] == "1 thing is wrong."


@pytest.mark.usefixtures("env")
def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(
    ask: Ask, tmp_path: Path
) -> None:
    status, said = ask()
    assert status == 0, said
    assert "A bot makes it when it starts" in said["note database"]
    assert list(tmp_path.iterdir()) == []


def test_an_older_schema_is_not_migrated(texts: Texts, ask: Ask) -> None:
    with texts.database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    status, said = ask()
    assert status == 0
    assert said["note database"] == f"Its schema is 0001; the next start brings it to {HEAD}."


def test_a_newer_schema_is_wrong(texts: Texts, ask: Ask) -> None:
    with texts.database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    status, said = ask()
    assert status == 1
    assert "another version of Rung" in said["WRONG database"]


def test_a_lost_key_is_counted_by_its_fingerprint(texts: Texts, ask: Ask) -> None:
    lost = KeyRing([parse_key(new_key())])
    for place in list(texts.kept)[:2]:
        texts.edit(lost, place, "locked")
    status, said = ask()
    assert status == 1
    assert (
        f"2 texts cannot be read: the key {fingerprint(lost.mark)} is not here"
        in (said["WRONG keys"])
    )


def test_a_rotation_that_was_not_finished_is_noted(texts: Texts, ask: Ask) -> None:
    path = Path(f"{texts.database.file}.key")
    path.write_text(new_key() + "\n" + path.read_text("utf-8"), encoding="utf-8")
    status, said = ask()
    assert status == 0
    assert f"still needed by {len(texts.kept) + 1} texts" in said["note keys"]
    assert "keys rotate" in said["note keys"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "is gone"), (f"{new_key()}\n", "is not the one"), ("rubbish\n", "is not base64")],
    ids=["gone", "another", "rubbish"],
)
def test_what_is_wrong_with_the_key_file_is_said(
    texts: Texts, ask: Ask, content: str | None, sentence: str
) -> None:
    path = Path(f"{texts.database.file}.key")
    path.unlink()
    if content:
        path.write_text(content, encoding="utf-8")
    status, said = ask()
    assert status == 1
    assert sentence in said["WRONG keys"]
    assert path.exists() == bool(content), "none is made"


@pytest.mark.usefixtures("texts")
def test_admins_whom_slack_does_not_know_are_wrong(
    env: pytest.MonkeyPatch, ask: Ask, slack: LocalSlack
) -> None:
    slack.change_user("UBEN", deleted=True)
    env.setenv("RUNG_ADMINS", "UADA,UNOBODY,UBEN")
    status, said = ask()
    assert status == 1
    assert "UNOBODY is nobody in this workspace" in said["WRONG RUNG_ADMINS"]
    assert "UBEN was deactivated" in said["WRONG RUNG_ADMINS"]
    assert "UADA" not in said["WRONG RUNG_ADMINS"]
    slack.refusals.clear()
    env.delenv("RUNG_ADMINS")
    status, said = ask()
    assert status == 0
    assert "It names nobody" in said["note RUNG_ADMINS"]


@pytest.mark.usefixtures("texts")
def test_a_wrong_token_leaves_the_rest_of_the_list_standing(
    env: pytest.MonkeyPatch, ask: Ask, slack: LocalSlack
) -> None:
    env.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
    status, said = ask()
    assert status == 1
    assert "does not know SLACK_BOT_TOKEN" in said["WRONG Slack token"]
    assert "ok database" in said
    slack.refusals.clear()


@pytest.mark.usefixtures("texts")
def test_socket_mode_is_tried_with_its_own_token(
    env: pytest.MonkeyPatch, ask: Ask, slack: LocalSlack
) -> None:
    env.setenv("SLACK_APP_TOKEN", slack.tokens.app)
    status, said = ask()
    assert (status, said["ok Socket Mode"]) == (0, "Slack would open a connection.")
    env.setenv("SLACK_APP_TOKEN", "xapp-wrong")
    status, said = ask()
    assert status == 1
    assert "refused SLACK_APP_TOKEN" in said["WRONG Socket Mode"]
    slack.refusals.clear()


@pytest.mark.usefixtures("env")
def test_a_ladder_that_breaks_is_wrong_line_by_line(
    env: pytest.MonkeyPatch, ask: Ask, tmp_path: Path
) -> None:
    copy = tmp_path / "ladder"
    shutil.copytree(LADDER, copy)
    (copy / "ladder.yaml").write_text("version: [\n", encoding="utf-8")
    env.setenv("LADDER_DIR", str(copy))
    status, said = ask()
    assert status == 1
    assert "ladder.yaml:" in said["WRONG ladder"]


def test_without_any_configuration_everything_that_is_missing_is_said(
    env: pytest.MonkeyPatch, ask: Ask
) -> None:
    env.delenv("SLACK_BOT_TOKEN")
    env.delenv("SLACK_SIGNING_SECRET")
    status, said = ask()
    assert status == 1
    assert "SLACK_BOT_TOKEN is missing" in said["WRONG configuration"]
    assert said["end"] == "2 things are wrong."
    env.setenv("PORT", "abc")
    status, said = ask()
    assert "PORT" in said["WRONG configuration"]
