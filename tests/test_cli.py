"""The command line: what is wrong is said in sentences, never in a traceback."""

from __future__ import annotations

import os
import pkgutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.cli import main
from bot.storage.crypto import new_key
from playground.local_slack import LocalSlack
from tests.bench import LADDER, ROOT
from tests.postgres import free_port

VERBS = [
    [],
    ["run"],
    ["tick"],
    ["ladder"],
    ["ladder", "check"],
    ["ladder", "show"],
    ["ladder", "import"],
    ["people"],
    ["people", "import"],
    ["keys"],
    ["keys", "status"],
    ["keys", "rotate"],
    ["keys", "drop"],
    ["doctor"],
    ["export"],
    ["erase"],
    ["manifest"],
]
NEEDS_SLACK = (["run"], ["tick"], ["people", "import", "people.csv"])


@pytest.fixture
def env(installed: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment in which everything is right; a test spoils one thing of it."""
    installed.setenv("PORT", str(free_port()))
    return installed


@pytest.fixture
def served(env: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """`run` gets as far as its server, which here only notes that it was to start."""
    started: list[str] = []
    env.setattr("bot.slack.server.serve", lambda target, *_: started.append(target))
    yield started


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentences of a verb that fails; nothing on standard output, and no traceback."""
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_explains_itself(verb: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*verb, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out) > 80


def test_run_gets_to_its_server_when_all_is_right(served: list[str]) -> None:
    assert main(["run"]) == 0
    assert served == ["bot.wiring:http_entrance"]


@pytest.mark.parametrize("verb", NEEDS_SLACK, ids=" ".join)
def test_a_missing_token_is_said(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: list[str]
) -> None:
    env.delenv("SLACK_BOT_TOKEN")
    assert "SLACK_BOT_TOKEN is missing" in refused(capsys, *verb)


def test_run_says_everything_that_is_missing_at_once(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    env.delenv("SLACK_BOT_TOKEN")
    env.delenv("SLACK_SIGNING_SECRET")
    said = refused(capsys, "run").splitlines()
    assert len(said) == 2
    assert "SLACK_SIGNING_SECRET (HTTP)" in said[1]


@pytest.mark.parametrize("verb", NEEDS_SLACK, ids=" ".join)
def test_a_wrong_token_is_said_and_not_shown(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: list[str], slack: LocalSlack
) -> None:
    env.setenv("SLACK_BOT_TOKEN", "xoxb-wrong-one")
    said = refused(capsys, *verb)
    assert "does not know SLACK_BOT_TOKEN" in said
    assert "xoxb-wrong-one" not in said
    slack.refusals.clear()


def test_a_wrong_app_token_is_said(
    env: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    slack: LocalSlack,
    served: list[str],
) -> None:
    env.setenv("SLACK_APP_TOKEN", "xapp-wrong-one")
    assert "refused SLACK_APP_TOKEN" in refused(capsys, "run")
    assert served == []
    slack.refusals.clear()


@pytest.mark.parametrize("verb", NEEDS_SLACK, ids=" ".join)
def test_a_slack_that_cannot_be_reached_is_said(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: list[str]
) -> None:
    env.setenv("SLACK_API_URL", f"http://127.0.0.1:{free_port()}/api/")
    said = refused(capsys, *verb)
    assert said.count("\n") == 1
    assert "cannot be reached" in said


def test_a_busy_port_is_said(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], served: list[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        env.setenv("PORT", str(busy.getsockname()[1]))
        assert f"Port {busy.getsockname()[1]} cannot be used" in refused(capsys, "run")
    assert served == []


def test_every_problem_of_a_ladder_is_said(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    env.setenv("LADDER_DIR", str(tmp_path / "nowhere"))
    for verb in (["run"], ["tick"]):
        assert "nowhere" in refused(capsys, *verb)


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "rubbish", "sqlite://", "sqlite:///:memory:", "foo+bar://x"]
)
def test_a_database_url_of_no_use_is_said(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    env.setenv("DATABASE_URL", url)
    assert "DATABASE_URL has to" in refused(capsys, "tick")


def test_a_database_that_does_not_answer_is_said_without_its_password(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    env.setenv("DATABASE_URL", f"postgresql://me:secret-word@127.0.0.1:{free_port()}/rung")
    env.setenv("RUNG_KEYS", new_key())
    said = refused(capsys, "tick")
    assert "cannot be opened" in said
    assert "secret-word" not in said


def test_a_folder_that_cannot_be_made_is_said(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    env.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/file/rung.db")
    assert "cannot be opened for writing" in refused(capsys, "tick")


@pytest.mark.usefixtures("env")
def test_a_file_that_is_no_database_is_said_and_left_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    letter = tmp_path / "rung.db"
    letter.write_text("my letters\n" * 1000, encoding="utf-8")
    assert "cannot be opened" in refused(capsys, "tick")
    assert letter.read_text(encoding="utf-8") == "my letters\n" * 1000


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder closed to root too")
@pytest.mark.parametrize("file", ["/proc/rung.db", "/proc/self/none/rung.db"])
def test_a_folder_where_nothing_can_be_written_is_said(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    env.setenv("DATABASE_URL", f"sqlite:///{file}")
    said = refused(capsys, "tick")
    assert said.count("\n") == 1
    assert "DATABASE_URL" in said


def test_several_malformed_settings_are_said_at_once(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    env.setenv("PORT", "abc")
    env.setenv("RUNG_HTTP_TIMEOUT_S", "-1")
    assert len(refused(capsys, "run").splitlines()) == 2


@pytest.mark.usefixtures("env")
def test_tick_prints_what_was_sent_and_exits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tick", "--now", "2026-12-03T11:40:00+01:00"]) == 0
    assert capsys.readouterr().out == "0 sent.\n"
    assert main(["tick"]) == 0


@pytest.mark.parametrize(
    ("now", "sentence"),
    [("2026-12-03T11:40:00", "has no time zone"), ("yesterday", "is not a date and time")],
)
def test_an_instant_that_is_none_is_refused(
    capsys: pytest.CaptureFixture[str], now: str, sentence: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["tick", "--now", now])
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_the_manifest_is_printed_for_both_modes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest"]) == 0
    assert "socket_mode_enabled: true" in capsys.readouterr().out
    assert main(["manifest", "--url", "https://rung.example.com"]) == 0
    assert "https://rung.example.com/slack/events" in capsys.readouterr().out


@pytest.mark.parametrize("url", ["http://rung.example.com", "rung.example.com", "https://"])
def test_slack_takes_no_address_but_https(capsys: pytest.CaptureFixture[str], url: str) -> None:
    assert "starts with https://" in refused(capsys, "manifest", "--url", url)


def test_the_manifest_has_an_optional_feature_only_when_it_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["manifest"]) == 0
    assert "reaction" not in capsys.readouterr().out
    assert main(["manifest", "--with", "reactions", "--url", "https://rung.example.com"]) == 0
    printed = capsys.readouterr().out
    assert "- reactions:read\n" in printed
    assert "- reaction_added\n" in printed
    assert "https://rung.example.com/slack/events" in printed


def test_an_unknown_feature_is_refused_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = refused(capsys, "manifest", "--with", "reactions", "--with", "telepathy")
    assert said == "There is no optional feature 'telepathy'. Known: reactions, calendar-files.\n"


def test_the_ladder_verbs_need_nothing_of_slack(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    assert main(["ladder", "check", "--dir", str(LADDER)]) == 0
    assert main(["ladder", "show", "--dir", str(LADDER)]) == 0
    assert "Technical Lead" in capsys.readouterr().out


def test_a_traceback_is_never_printed_by_the_real_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        text=True,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert list(tmp_path.iterdir()) == []


def test_importing_every_module_opens_and_starts_nothing(tmp_path: Path) -> None:
    names = [m.name for m in pkgutil.walk_packages(bot.__path__, "bot.")]
    names = [n for n in names if not n.endswith(("__main__", ".env"))]
    assert len(names) > 60
    watch = (
        "import sys, threading, importlib\n"
        "seen = []\n"
        "def audit(event, args):\n"
        "    writes = event == 'open' and isinstance(args[1], str) and set(args[1]) & set('wax+')\n"
        "    if writes or event.startswith(('socket.', 'sqlite3.connect', 'subprocess')):\n"
        "        seen.append((event, args))\n"
        "sys.addaudithook(audit)\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "assert not [s for s in seen if s[0] != 'socket.__new__'], seen\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", watch, *names],
        env={"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        text=True,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
