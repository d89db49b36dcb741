"""What people wrote is nowhere to be read but on their own screen."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from bot.cli import main
from bot.heartbeat import Beat, start_heartbeat
from bot.one_on_ones.calendars.model import CalendarProblem
from bot.slack.turn import Turn
from bot.storage.database import Database
from tests.bench import Bench
from tests.one_on_ones.calendars.server import gives, leads_to, served
from tests.one_on_ones.calendars.test_following import TUESDAYS, following, read_again
from tests.privacy.week import CANARY, live_a_week, on_disk

NOON = datetime(2026, 10, 10, 10, tzinfo=UTC)


def test_none_of_the_words_is_in_the_database_files_or_in_any_log(
    whole_log: StringIO,
    sqlite_bench: Bench,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    live_a_week(sqlite_bench)
    assert CANARY in sqlite_bench.sees("UADA"), "or the week proves nothing"
    assert CANARY in sqlite_bench.sees("UMIA")
    assert (tmp_path / "rung.db-wal").exists()
    assert CANARY.encode() not in on_disk(tmp_path)
    assert "sqlalchemy.engine" in whole_log.getvalue(), "or the log hides something"
    assert CANARY not in whole_log.getvalue()
    assert CANARY not in "".join(capfd.readouterr())


def test_the_libraries_that_quote_people_would_if_they_were_let(
    sqlite_bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the test above would prove nothing about them."""
    monkeypatch.setattr(logging.Logger, "isEnabledFor", lambda *_: True)
    monkeypatch.setattr(logging.getLogger("slack_sdk.web.base_client"), "level", logging.DEBUG)
    live_a_week(sqlite_bench)
    quoting = {record.name for record in caplog.records if CANARY in record.getMessage()}
    assert quoting >= {"slack_sdk.web.base_client", "bot.bolt"}


def test_none_of_the_words_is_in_any_table_on_either_engine(bench: Bench) -> None:
    live_a_week(bench)
    with bench.bot.database.read() as tx:
        names = tx.dialect.get_table_names(tx)
    held = {table: bench.rows(table) for table in names}
    assert len(held["entries"]) == len(held["shares"]) == 1
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
    manager = sqlite_bench.slack.workspace.dm_of("UMIA")
    assert [call["channel"] for call in told] == [manager.id]


def test_a_request_with_a_bad_signature_leaves_no_word_in_the_log(
    whole_log: StringIO, sqlite_bench: Bench
) -> None:
    sqlite_bench.slack.connect_http(f"{sqlite_bench.url}/slack/events", "a wrong secret")
    answer = sqlite_bench.slack.command("UADA", f"/ladder log {CANARY}")
    assert answer.status == 401
    assert CANARY not in whole_log.getvalue()


def test_the_address_of_a_calendar_is_in_no_file_and_in_no_log(
    whole_log: StringIO, sqlite_bench: Bench, tmp_path: Path
) -> None:
    """Read, not read, refused, and read again: the address is a secret at each of these."""
    with served(tmp_path) as server:
        server.secret = CANARY
        pair = following(sqlite_bench, server)
        for answer in (gives(b"", 404), leads_to(f"https://127.0.0.2/{CANARY}"), gives(b"no")):
            read_again(sqlite_bench, server, answer, "2026-10-09T17:00:00+02:00")
        with pytest.raises(CalendarProblem):
            sqlite_bench.bot.calendars.look(
                sqlite_bench.member("UADA"), pair.id, f"http://{CANARY}.example/", NOON
            )
        read_again(sqlite_bench, server, gives(TUESDAYS), "2026-10-12T17:00:00+02:00")
    assert "not_read" in whole_log.getvalue(), "or nothing went wrong"
    assert CANARY not in whole_log.getvalue()
    assert CANARY.encode() not in on_disk(tmp_path)


def fail(*_: object, **__: object) -> None:
    """What nobody expects, quoting what it was about."""
    raise RuntimeError(f"cannot work on {CANARY}")


def test_an_error_that_nobody_expected_quotes_nobody(
    whole_log: StringIO, sqlite_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.journal.store.insert", fail)
    sqlite_bench.slack.command("UADA", f"/ladder log {CANARY}")
    sqlite_bench.modal("UADA")
    answer = sqlite_bench.slack.submit("UADA", {"Competency": "🌱 Teaching and Mentoring"})
    assert answer.status == 200
    (sentence,) = answer.errors.values()
    reference = sentence.rstrip(".").split()[-1]
    assert reference in whole_log.getvalue()
    assert CANARY not in whole_log.getvalue()
    assert CANARY not in sentence
    assert sqlite_bench.modal("UADA").state["text"]["write"]["value"] == CANARY


def by_command(bench: Bench) -> None:
    bench.slack.command("UADA", f"/ladder log {CANARY}")


def by_reading_command(bench: Bench) -> None:
    bench.slack.command("UADA", f"/ladder examples {CANARY}")


def by_button(bench: Bench) -> None:
    message = bench.slack.dm("UADA")[-1]
    bench.forge("UADA", message, "journal.list", '{"v":1,"page":0}')
    bench.forge("UADA", message, "journal.log", '{"v":1}')


def by_shortcut(bench: Bench) -> None:
    said = bench.slack.say("UBEN", "sec-ops", CANARY)
    bench.slack.shortcut("UADA", "save_as_example", said)


def by_writing(bench: Bench) -> None:
    bench.slack.write("UADA", f"dear bot, {CANARY}")


def by_coming_home(bench: Bench) -> None:
    with suppress(LookupError):  # there is no Home tab to be seen, since drawing it failed
        bench.slack.open_home("UADA", wait_s=0)


DOORS = (by_command, by_reading_command, by_button, by_shortcut, by_writing, by_coming_home)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_no_front_door_quotes_anybody_in_an_error(
    whole_log: StringIO,
    sqlite_bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    door: Callable[[Bench], None],
) -> None:
    sqlite_bench.place("UADA")
    sqlite_bench.slack.command("UADA", "/ladder help")
    for part, name in ((Database, "read"), (Database, "write"), (Turn, "open"), (Turn, "show")):
        monkeypatch.setattr(part, name, fail)
    door(sqlite_bench)
    failed = sqlite_bench.slack.wait_for(lambda: "RuntimeError" in whole_log.getvalue())
    assert failed, "the door was not reached"
    assert CANARY not in whole_log.getvalue()
    assert CANARY not in "".join(capfd.readouterr())


def test_neither_does_the_heartbeat(whole_log: StringIO) -> None:
    beating = start_heartbeat(Beat("failing", fail, 0.01))
    try:
        assert soon_in(whole_log, "heartbeat.failed beat=failing error=RuntimeError")
    finally:
        beating.shutdown()
    assert CANARY not in whole_log.getvalue()


def test_nor_a_thread_that_ends_by_an_error(
    whole_log: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "thread.ended error=RuntimeError" in whole_log.getvalue()
    assert CANARY not in whole_log.getvalue()
    assert CANARY not in "".join(capfd.readouterr())


def test_nor_a_library_that_logs_a_traceback(whole_log: StringIO) -> None:
    try:
        fail()
    except RuntimeError:
        logging.getLogger("some.library").exception("it broke")
    assert 'some.library text="it broke" error=RuntimeError' in whole_log.getvalue()
    assert "in fail" in whole_log.getvalue()
    assert CANARY not in whole_log.getvalue()


def test_nor_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.cli.load_settings", fail)
    assert main(["tick"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("Something went wrong that Rung did not expect.")
    assert "in fail" in err
    assert CANARY not in err


def soon_in(log: StringIO, words: str) -> bool:
    """Waits for a thread of the bot to have said something."""
    happened = threading.Event()
    for _ in range(500):
        if words in log.getvalue():
            return True
        happened.wait(0.01)
    return False
