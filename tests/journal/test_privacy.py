"""What people wrote is nowhere to be read but on their own screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.logs import set_up_logging
from tests.bench import Bench

CANARY = "quokkasaurus"
LINK = f"https://example.com/{CANARY}"


def on_disk(folder: Path) -> bytes:
    """Every byte of the database, its write-ahead log and whatever else lies beside it."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def live_a_week(bench: Bench) -> None:
    """Every path that a text takes: logged, refused, edited, read ahead, shared, deleted."""
    slack = bench.slack
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place("UADA", manager="UMIA")
    slack.command("UADA", f"/ladder log {CANARY}")
    bench.modal("UADA", "Log an example")
    slack.submit("UADA", {"Competency": "🌱 Teaching and Mentoring", "Link": f"bad {CANARY}"})
    slack.submit("UADA", {"Link": LINK})
    slack.press("UADA", bench.modal("UADA", "Saved"), "Edit")
    bench.modal("UADA", "Change an example")
    slack.submit("UADA", {"What happened": f"again {CANARY}"})
    slack.close_modal("UADA")
    bench.hears("UADA", f"again {CANARY}")
    slack.press("UADA", bench.modal("UADA", "My example"), "Earlier versions (1)")
    slack.press("UADA", bench.modal("UADA", "Earlier versions"), "Bring this one back")
    assert slack.wait_for(lambda: bench.sees("UADA").count("Bring this one back") == 2)
    slack.close_modal("UADA")
    bench.hears("UADA", "Earlier versions (2)")
    slack.close_modal("UADA", whole_stack=True)
    slack.command("UADA", f"/ladder examples {CANARY}")
    bench.modal("UADA", "My examples")
    slack.press("UADA", slack.command("UADA", "/ladder 1on1"), "Share with my manager")
    bench.modal("UADA", "Share with your manager")
    slack.submit("UADA")
    bench.dm("UMIA", 1)
    slack.command("UADA", f"/ladder {CANARY}")
    slack.write("UADA", f"dear bot, {CANARY}")


def test_none_of_the_words_is_in_the_database_files_or_in_the_log(
    sqlite_bench: Bench, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    set_up_logging()
    caplog.set_level("DEBUG", logger="bot")
    live_a_week(sqlite_bench)
    assert CANARY in sqlite_bench.sees("UADA"), "or the week proves nothing"
    assert CANARY in sqlite_bench.sees("UMIA")
    assert (tmp_path / "rung.db-wal").exists()
    assert CANARY.encode() not in on_disk(tmp_path)
    assert CANARY not in caplog.text


def test_none_of_the_words_is_in_any_table_on_either_engine(bench: Bench) -> None:
    live_a_week(bench)
    tables = (
        "people",
        "entries",
        "entry_versions",
        "nudges",
        "nudge_schedules",
        "one_on_ones",
        "shares",
        "parcels",
    )
    held = {table: bench.rows(table) for table in tables}
    assert len(held["entries"]) == len(held["shares"]) == 1
    assert len(held["entry_versions"]) == 2
    raw = b" ".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for rows in held.values()
        for row in rows
        for value in row.values()
    )
    assert CANARY.encode() not in raw


def test_the_manager_gets_the_words_only_in_what_was_shared(sqlite_bench: Bench) -> None:
    live_a_week(sqlite_bench)
    told = [c for c in sqlite_bench.slack.called("chat.postMessage") if CANARY in str(c)]
    assert [call["channel"] for call in told] == ["UMIA"]


def test_a_request_with_a_bad_signature_leaves_no_word_in_the_log(
    sqlite_bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    set_up_logging()
    caplog.set_level("DEBUG", logger="bot")
    sqlite_bench.slack.connect_http(f"{sqlite_bench.url}/slack/events", "a wrong secret")
    answer = sqlite_bench.slack.command("UADA", f"/ladder log {CANARY}")
    assert answer.status == 401
    assert CANARY not in caplog.text


def test_an_error_that_nobody_expected_quotes_nobody(
    sqlite_bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"cannot save {CANARY}")

    set_up_logging()
    monkeypatch.setattr("bot.journal.store.insert", fail)
    sqlite_bench.slack.command("UADA", f"/ladder log {CANARY}")
    sqlite_bench.modal("UADA")
    answer = sqlite_bench.slack.submit("UADA", {"Competency": "🌱 Teaching and Mentoring"})
    assert answer.status == 200
    (sentence,) = answer.errors.values()
    reference = sentence.rstrip(".").split()[-1]
    assert reference in caplog.text
    assert CANARY not in caplog.text
    assert CANARY not in sentence
    assert sqlite_bench.modal("UADA").state["text"]["write"]["value"] == CANARY
