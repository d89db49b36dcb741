"""`python -m bot doctor`: a line for each part, a remedy for what is amiss, and nothing changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from slack_sdk import WebClient

from bot.cli import main
from bot.clock import wall
from bot.delivery.desk import Desk
from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.doctor.slack import LOST_WITHOUT
from bot.slack.manifest import as_yaml, bot_scopes, with_features
from bot.slack.manifest import read_manifest as read_own
from bot.slack.member import Member
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
    assert said["ok clock"] == "This machine and Slack agree what time it is."
    assert "Rung's own copy" in said["ok time zones"]
    assert "MB are free where the database lies" in said["ok disk"]
    assert said["ok queue"] == "Nothing is due."


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
    assert said["WRONG scopes"].startswith(
        "The app lacks files:write: nobody gets their export as a file.→ Put what `python -m bot ma"
    )
    assert "channels:history" in said["note scopes"]
    assert said["end"] == "1 thing is wrong."


@pytest.mark.usefixtures("texts")
def test_each_scope_that_is_missing_says_what_is_lost_without_it(
    env: pytest.MonkeyPatch, ask: Ask, tmp_path: Path
) -> None:
    manifest = read_own()
    manifest["oauth_config"]["scopes"]["bot"] = ["users:read"]
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["app_home_opened", "user_change"]
    manifest["features"]["slash_commands"] = []
    manifest["features"]["shortcuts"] = []
    (tmp_path / "old.yaml").write_text(as_yaml(manifest), encoding="utf-8")
    with LocalSlack(manifest=read_manifest(tmp_path / "old.yaml")) as older:
        older.add_user("UADA", "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
        env.setenv("SLACK_API_URL", older.api_url)
        env.setenv("SLACK_BOT_TOKEN", older.tokens.bot)
        status, said = ask()
    assert status == 1
    for scope in set(bot_scopes(read_own())) - {"users:read"}:
        assert f"The app lacks {scope}: {LOST_WITHOUT[scope]}." in said["WRONG scopes"]


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize(
    ("moved", "verdict", "sentence"),
    [
        (20, "note clock", "seconds ahead of Slack's."),
        (-600, "WRONG clock", "seconds behind Slack"),
    ],
)
def test_a_clock_that_is_not_slacks_is_told_with_its_remedy(
    env: pytest.MonkeyPatch, ask: Ask, moved: int, verdict: str, sentence: str
) -> None:
    env.setattr("bot.doctor.clocks.wall", lambda: wall() + timedelta(seconds=moved))
    status, said = ask()
    assert status == (moved < 0)
    assert sentence in said[verdict]
    assert "NTP" in said[verdict]


@pytest.mark.usefixtures("texts")
def test_a_disk_that_is_full_or_closed_is_wrong(env: pytest.MonkeyPatch, ask: Ask) -> None:
    env.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=99_000_000))
    env.setattr("os.access", lambda *_: False)
    status, said = ask()
    assert status == 1
    assert "rung.db cannot be written to." in said["WRONG disk"]
    assert "99 MB are free" in said["WRONG disk"]


def test_what_waits_too_long_is_told_by_the_bots_clock_and_nothing_is_sent(
    env: pytest.MonkeyPatch, ask: Ask, texts: Texts, slack: LocalSlack
) -> None:
    office = PostOffice(Desk(texts.database, WebClient(), "T1"))
    planned = wall() - timedelta(hours=3)
    until = planned + timedelta(days=1)
    parcel = Parcel(Member("T1", "UADA"), "nudge", "UADA|nudge|1", "n1", planned, until)
    with texts.database.write() as tx:
        office.accept(tx, parcel)
    status, said = ask()
    assert status == 1
    assert said["WRONG queue"].startswith("1 message is due, the oldest for 3 hours.→ Is a bot run")
    env.setenv("RUNG_CLOCK_FILE", "clock")
    Path("clock").write_text(str(-3 * 3600 + 120), encoding="ascii")
    status, said = ask()
    assert status == 0
    assert said["ok queue"] == "1 message is due, the oldest for 2 minutes."
    assert "for the playground only" in said["note configuration"]
    assert office.queue(wall()).due == 1
    assert slack.dm("UADA") == []


@pytest.mark.usefixtures("texts")
def test_settings_that_are_not_wise_together_are_told(env: pytest.MonkeyPatch, ask: Ask) -> None:
    env.setenv("RUNG_HEARTBEAT_S", "300")
    env.setenv("RUNG_SETTLE_S", "2")
    status, said = ask()
    assert status == 1
    assert "RUNG_HEARTBEAT_S (300) is more than RUNG_LEASE_S (120)" in said["note configuration"]
    assert "RUNG_SETTLE_S (2) is less than RUNG_HTTP_TIMEOUT_S" in said["WRONG configuration"]
    env.setenv("RUNG_GUARD_S", "115")
    _, said = ask()
    assert "gives an attempt up after 110 seconds" in said["note configuration"]


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
