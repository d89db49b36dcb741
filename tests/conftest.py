"""What tests share: both databases, a local Slack, and the real bot between them."""

from __future__ import annotations

import os
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from playground.local_slack import LocalSlack, Manifest, Refusal, read_manifest
from tests.bench import PATIENCE_SECONDS, ROOT, Bench
from tests.chromium import chromium
from tests.delivery.proof import tally as mutants
from tests.migrated import migrated
from tests.nudges.when import effort
from tests.postgres import NoPostgres, Postgres
from tests.privacy.cells import tally
from tests.scratch import keep_in_memory
from tests.window import address, window

keep_in_memory()
zoneinfo.reset_tzpath(())  # as the bot does: the zones of the tzdata package

LONG = ("_story.py", "/proof/", "_browser.py", "_reminders.py")

__all__ = ["address", "chromium", "window"]  # fixtures of elsewhere


def pytest_xdist_auto_num_workers() -> int:
    """Two for each core: a test waits for its bot about as long as it computes."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: else one worker ends with them, and the others look on."""
    items.sort(key=lambda item: not any(word in item.nodeid for word in LONG))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was tried, counted from what ran."""
    tally.pytest_terminal_summary(terminalreporter)
    effort.pytest_terminal_summary(terminalreporter)
    mutants.mutants_summary(terminalreporter)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for this test process."""
    try:
        server = Postgres()
    except NoPostgres as error:
        if os.environ.get("RUNG_TEST_POSTGRES") == "required":
            raise
        pytest.skip(str(error))
    with server:
        yield server


@pytest.fixture(scope="session")
def laid_out(postgres: Postgres) -> str:
    """A database to copy, as a new bot makes it."""
    url = postgres.new_database()
    migrated(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database on either engine, empty where no bot on a bench is going to use it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/rung.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    benched = "bench" in request.fixturenames
    url = server.new_database(like=request.getfixturevalue("laid_out") if benched else "")
    yield url
    server.drop_database(url)


def closed_first(refusal: Refusal) -> bool:
    """A modal that its person closed a moment before the bot renewed it: nothing is lost."""
    return (refusal.where, refusal.error) == ("views.update", "not_found")


@pytest.fixture(scope="session")
def app_manifest() -> Manifest:
    """What app.yaml asks of Slack."""
    return read_manifest(ROOT / "app.yaml")


@pytest.fixture
def slack(app_manifest: Manifest) -> Iterator[LocalSlack]:
    """A local Slack with the scopes, command, shortcut and events of app.yaml."""
    running = LocalSlack(manifest=app_manifest).start()
    running.add_user("UADA", "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
    running.add_user("UMIA", "mia", "Mia Lindqvist", "mia@example.com", "Europe/Berlin")
    running.add_user("UBEN", "ben", "Ben Ruiz", "ben@example.com", "America/New_York")
    running.add_channel("sec-ops", ["UADA", "UMIA", "UBEN"])
    # A machine that stands still is no slow bot; tests of the local Slack hold it to three seconds.
    running.ack_timeout_s = running.trigger_lifetime_s = PATIENCE_SECONDS
    yield running
    running.stop(wait=False)
    refused = [each for each in running.refusals if not closed_first(each)]
    assert refused == [], "Slack would have refused something"


@pytest.fixture
def bench(slack: LocalSlack, database_url: str, tmp_path: Path) -> Iterator[Bench]:
    """The real bot, on either engine, reached by signed HTTP from the local Slack."""
    with Bench(slack, database_url, tmp_path) as running:
        yield running


@pytest.fixture
def replica(bench: Bench, database_url: str, tmp_path: Path) -> Iterator[Bench]:
    """A second bot on the database of `bench`: each payload reaches both at the same moment."""
    folder = tmp_path / "replica"
    folder.mkdir()
    same = {"keys": bench.settings.keys, "clock_file": bench.clock_file}
    with Bench(bench.slack, database_url, folder, **same) as second:
        bench.slack.connect_replicas(*(f"{bot.url}/slack/events" for bot in (bench, second)))
        yield second


@pytest.fixture
def sqlite_bench(slack: LocalSlack, tmp_path: Path) -> Iterator[Bench]:
    """The same on SQLite alone, for what no engine can change."""
    with Bench(slack, f"sqlite:///{tmp_path}/rung.db", tmp_path) as running:
        yield running


@pytest.fixture
def installed(
    slack: LocalSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    """The environment of a bot with which all is well; a test spoils one thing of it."""
    for name in (str(field.alias) for field in Settings.model_fields.values()):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", slack.tokens.bot)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/rung.db")
    monkeypatch.setattr("bot.slack.client.PAUSES", (0.01, 0.01))
    return monkeypatch
