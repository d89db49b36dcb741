"""The bot as operators run it: a process of its own, in both modes, that ends when it should."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from playground.local_slack import LocalSlack, text_of
from tests.exposed import counts
from tests.processes import PATIENCE_SECONDS, Running, gone, running, soon

CANARY = "quokkasaurus"
BEAT = "rung_heartbeat_last_success_timestamp_seconds beat=ladder"


def log_an_example(slack: LocalSlack) -> None:
    """`/ladder L4`, then an example from the command to the confirmation."""
    answer = slack.command("UADA", "/ladder L4")
    assert answer.ok, answer
    assert "Technical Lead" in text_of(answer.message)
    slack.command("UADA", "/ladder log")
    assert slack.wait_for(lambda: slack.modal("UADA"))
    said = {"Competency": "🌱 Teaching and Mentoring", "What happened": CANARY}
    assert slack.submit("UADA", said).ok
    view = slack.modal("UADA")
    assert view
    assert view.title == "Saved"


def assert_counted(bot: Running) -> None:
    """What the example took, and that the heart beats, stands under /metrics."""
    found = counts(bot.url)
    assert found["rung_acknowledgement_seconds_count request=command"] == 2
    assert found["rung_acknowledgement_seconds_count request=form"] == 1
    assert found["rung_ready"] == found["rung_database_up"] == 1
    assert soon(lambda: BEAT in counts(bot.url)), bot.said()


def test_socket_mode_answers_keeps_health_on_its_port_and_writes_nobodys_words(
    slack: LocalSlack, tmp_path: Path
) -> None:
    with running(slack, tmp_path, SLACK_APP_TOKEN=slack.tokens.app) as bot:
        slack.wait_for_socket()
        log_an_example(slack)
        assert bot.answers("/healthz")
        assert_counted(bot)
        slack.disconnect_sockets()
        # half a second as a rule; ten where the library loses its race to close the old line
        assert slack.wait_for(lambda: slack.sockets.sockets), bot.said()
        assert slack.command("UADA", "/ladder help").ok, "also after Slack sent it away"
        family = bot.family()
        bot.process.send_signal(signal.SIGTERM)
        assert bot.process.wait(PATIENCE_SECONDS) == 0
        assert soon(lambda: gone(family))
        assert CANARY not in bot.said()
        assert "Traceback" not in bot.said()


def test_http_mode_answers_and_sigterm_leaves_no_process(slack: LocalSlack, tmp_path: Path) -> None:
    with running(slack, tmp_path, SLACK_SIGNING_SECRET=slack.signing_secret) as bot:
        slack.connect_http(f"{bot.url}/slack/events")
        log_an_example(slack)
        assert_counted(bot)
        refused = another_on_the_same_file(slack, tmp_path)
        assert "Another Rung runs on" in refused
        family = bot.family()
        assert len(family) > 1, "the worker is a process of its own"
        bot.process.terminate()
        assert bot.process.wait(PATIENCE_SECONDS) == 0
        assert soon(lambda: gone(family))
        assert CANARY not in bot.said()


def test_told_to_end_while_it_starts_it_ends(slack: LocalSlack, tmp_path: Path) -> None:
    slack.fail_next("auth.test", delay_s=0.01)  # the checks before the worker
    slack.fail_next("auth.test", delay_s=40)  # the worker
    bot = Running(slack, tmp_path, SLACK_SIGNING_SECRET=slack.signing_secret)
    assert soon(lambda: len(bot.family()) > 1)
    assert soon(lambda: slack.faults.met["auth.test", "slow_before"] == 2), slack.faults.met
    family = bot.family()
    bot.process.terminate()
    bot.process.wait(20)
    assert soon(lambda: gone(family), 10)


def another_on_the_same_file(slack: LocalSlack, folder: Path) -> str:
    """A second `run` on the same database ends by itself; gives what it said."""
    second = Running(slack, folder, SLACK_SIGNING_SECRET=slack.signing_secret)
    assert second.process.wait(PATIENCE_SECONDS) == 1
    return second.said()


def test_the_log_of_a_real_bot_is_json_where_that_is_asked_for(
    slack: LocalSlack, tmp_path: Path
) -> None:
    asked = {"RUNG_LOG": "json", "RUNG_CLOCK_FILE": str(tmp_path / "clock")}
    with running(slack, tmp_path, SLACK_SIGNING_SECRET=slack.signing_secret, **asked) as bot:
        greeting, *lines = bot.said().splitlines()[1:]
    assert greeting.startswith("Rung serves in HTTP")
    events = [json.loads(line) for line in lines]
    assert "clock.moved" in {each["event"] for each in events}


def test_when_the_parent_is_killed_no_worker_goes_on_serving(
    slack: LocalSlack, tmp_path: Path
) -> None:
    with running(slack, tmp_path, SLACK_SIGNING_SECRET=slack.signing_secret) as bot:
        family = bot.family()
        bot.process.kill()
        assert soon(lambda: gone(family))
        assert not bot.answers()


def test_when_the_worker_is_killed_the_parent_ends_too_so_that_it_is_started_again(
    slack: LocalSlack, tmp_path: Path
) -> None:
    with running(slack, tmp_path, SLACK_SIGNING_SECRET=slack.signing_secret) as bot:
        bot.family()[-1].kill()
        assert bot.process.wait(PATIENCE_SECONDS) is not None


@pytest.mark.parametrize("now", ["2026-12-03T11:40:00+01:00"])
def test_tick_works_beside_a_bot_that_runs(slack: LocalSlack, tmp_path: Path, now: str) -> None:
    with running(slack, tmp_path, SLACK_SIGNING_SECRET=slack.signing_secret) as bot:
        done = bot.call("tick", "--now", now)
        assert (done.returncode, done.stdout) == (0, "0 sent.\n"), done.stderr
