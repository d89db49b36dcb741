"""The environment: read once, every problem said at once, secrets never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import DEFAULT_API, Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of ours, and a folder without a .env."""
    for name in (field.alias for field in Settings.model_fields.values()):
        monkeypatch.delenv(str(name), raising=False)
    monkeypatch.chdir(tmp_path)


def test_an_empty_environment_is_a_good_start() -> None:
    settings = load_settings()
    assert (settings.port, settings.api_url) == (3000, DEFAULT_API)
    assert settings.database_url == "sqlite:///data/rung.db"
    assert settings.ladder_dir.is_dir()
    assert not settings.socket_mode


def test_an_empty_variable_counts_as_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORT", "SLACK_API_URL", "RUNG_KEYS", "DATABASE_URL", "RUNG_CLOCK_FILE"):
        monkeypatch.setenv(name, "")
    assert load_settings() == Settings(_env_file=None)


def test_a_dotenv_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = ["PORT=4000", 'SLACK_BOT_TOKEN="xoxb-file"  # from the app page', "UNKNOWN=1"]
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("PORT", "5000")
    settings = load_settings()
    assert (settings.port, settings.bot_token) == (5000, "xoxb-file")


def test_every_problem_is_said_at_once_naming_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "abc")
    monkeypatch.setenv("RUNG_HEARTBEAT_S", "0")
    monkeypatch.setenv("SLACK_API_URL", "slack.com")
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    said = refusal.value.problems
    assert len(said) == 3
    for name in ("PORT ", "RUNG_HEARTBEAT_S ", "SLACK_API_URL "):
        assert sum(problem.startswith(name) for problem in said) == 1, said


@pytest.mark.parametrize("port", ["0", "65536", "-1", "3000.5", "abc"])
def test_a_port_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SettingsError, match=r"^PORT "):
        load_settings()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/api/", "http://localhost:9/api/", "http://[::1]:9/api/"]
)
def test_the_clock_can_be_moved_beside_a_local_slack(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("RUNG_CLOCK_FILE", "clock")
    monkeypatch.setenv("SLACK_API_URL", url)
    assert load_settings().clock_file == Path("clock")


@pytest.mark.parametrize(
    "url", ["https://slack.com/api/", "http://127.0.0.1.evil.example/api/", "http://10.0.0.1/api/"]
)
def test_the_clock_cannot_be_moved_beside_a_real_slack(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("RUNG_CLOCK_FILE", "clock")
    monkeypatch.setenv("SLACK_API_URL", url)
    with pytest.raises(SettingsError, match="RUNG_CLOCK_FILE moves the bot's clock"):
        load_settings()


def test_a_lease_that_an_attempt_could_outlive_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNG_GUARD_S", "20")
    monkeypatch.setenv("RUNG_LEASE_S", "30.5")
    assert load_settings().lease_seconds == 30.5
    monkeypatch.setenv("RUNG_LEASE_S", "30")
    with pytest.raises(SettingsError, match="RUNG_LEASE_S is 30, and has to be more than"):
        load_settings()


def test_keys_and_admins_are_lists_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNG_KEYS", " one , two,,")
    monkeypatch.setenv("RUNG_ADMINS", "UADA,UMIA")
    settings = load_settings()
    assert settings.keys == ("one", "two")
    assert settings.admins == {"UADA", "UMIA"}


@pytest.mark.parametrize(("given", "guests"), [("", ""), ("ladder", "ladder")])
def test_guests_are_let_in_to_the_ladder_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, given: str, guests: str
) -> None:
    monkeypatch.setenv("RUNG_GUESTS", given)
    assert load_settings().guests == guests


def test_what_guests_cannot_be_given_is_refused_with_what_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RUNG_GUESTS", "everything")
    with pytest.raises(SettingsError, match=r"RUNG_GUESTS is 'everything'.*: put ladder to let"):
        load_settings()


def test_an_api_address_without_its_last_slash_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api")
    assert load_settings().api_url == "http://127.0.0.1:9/api/"


@pytest.mark.parametrize(
    ("given", "to_serve", "missing"),
    [
        ({}, True, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ({}, False, ["SLACK_BOT_TOKEN"]),
        ({"bot_token": "x"}, True, ["SLACK_APP_TOKEN"]),
        ({"bot_token": "x", "signing_secret": "y"}, True, []),
        ({"bot_token": "x", "app_token": "y"}, True, []),
        ({"bot_token": "x"}, False, []),
    ],
)
def test_what_slack_needs_is_named(
    given: dict[str, str], to_serve: bool, missing: list[str]
) -> None:
    problems = Settings(_env_file=None, **given).slack_problems(to_serve=to_serve)
    assert len(problems) == len(missing)
    assert all(name in problem for name, problem in zip(missing, problems, strict=True))


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    secrets = {"bot_token": "xoxb-1", "app_token": "xapp-2", "signing_secret": "sig-3"}
    more = {"keys": ("key-4",), "database_url": "postgresql://me:word-5@db/rung"}
    shown = repr(Settings(_env_file=None, **secrets, **more))
    assert not [s for s in (*secrets.values(), "key-4", "word-5") if s in shown]


def test_settings_never_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1  # type: ignore[misc]
