"""Taking a page back: at once in Rung, and in Slack as soon as it lets us."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sharing.blocks import PreviewState
from bot.slack.state import unpack
from playground.local_slack import LocalSlack, text_of
from tests.bench import Bench
from tests.sharing.scenes import (
    add,
    confirm,
    ended,
    lists,
    log_of,
    preview,
    ref,
    share,
    take_back,
    with_examples,
)


def gone(bench: Bench, reader: str = "UMIA") -> bool:
    """Whether no word of the page is on the reader's screen any more."""
    return bench.slack.wait_for(lambda: "rota" not in bench.sees(reader))


def test_the_page_goes_from_the_messages_and_a_line_stays(adas: Bench) -> None:
    share(adas)
    said = take_back(adas)
    assert "@UMIA cannot open it any more" in said
    assert "It was in their messages since 2026-12-01 09:01 UTC" in said
    assert "have not said that they read it" in said
    assert gone(adas)
    assert "@UADA took this page back 2026-12-01 09:01 UTC." in adas.sees("UMIA")
    assert log_of(adas)[-1] == ("UMIA", "ended")
    assert ended(adas)


def test_every_message_of_a_long_page_goes(ada: Bench) -> None:
    ids = [add(ada, f"l{n}", f"rota {n} " + "long & " * 400) for n in range(8)]
    share(ada, *ids)
    assert ada.slack.wait_for(lambda: len(ada.slack.dm("UMIA")) > 2)
    take_back(ada)
    assert gone(ada)


def test_what_was_read_is_read_and_the_owner_is_told_when(ada: Bench) -> None:
    share(ada)
    ada.set_clock("2026-12-02T09:30:00+01:00")
    ada.slack.press("UMIA", ada.slack.dm("UMIA")[-1], "Mark as read")
    assert ada.slack.wait_for(lambda: ("UMIA", "marked as read") in log_of(ada))
    said = take_back(ada)
    assert "They marked it as read 2026-12-02 08:30 UTC: what was read is read." in said


def test_what_was_not_sent_yet_never_is(ada: Bench) -> None:
    preview(ada)
    ada.slack.fail_next("chat.postMessage", status=429, retry_after=60)
    ada.slack.submit("UADA")
    assert ada.slack.wait_for(lambda: ada.rows("parcels")[-1]["attempts"] == 1)
    assert "It had not been sent yet, and will not be." in take_back(ada)
    ada.end_pause()
    assert ada.tick("2026-12-01T12:00:00+01:00") == 0
    assert ada.slack.dm("UMIA") == []


def test_a_delivery_that_slack_never_confirmed_is_told_honestly(ada: Bench) -> None:
    preview(ada)
    ada.settle_at_once()
    ada.slack.fail_next("chat.postMessage", lose_answer=True)
    ada.slack.submit("UADA")
    assert ada.slack.wait_for(lambda: ada.rows("parcels")[-1]["state"] == "unknown")
    ada.slack.fail_next("conversations.history", error="channel_not_found")
    ada.tick("2026-12-01T10:05:00+01:00")
    ada.hears("UADA", "did not confirm")
    assert "Slack never confirmed its delivery" in take_back(ada)


def test_taken_back_while_its_delivery_is_in_doubt_it_is_closed_once_it_is_found(
    ada: Bench,
) -> None:
    ada.settle_at_once()
    preview(ada)
    ada.slack.fail_next("chat.postMessage", lose_answer=True)
    ada.slack.submit("UADA")
    assert ada.slack.wait_for(lambda: ada.rows("parcels")[-1]["state"] == "unknown")
    take_back(ada)
    ada.tick("2026-12-01T10:05:00+01:00")
    assert ended(ada)
    assert "took this page back" in ada.dm("UMIA", 1)


@pytest.mark.parametrize(
    "fault",
    [{"status": 500}, {"reset": True}, {"status": 429, "retry_after": 5}, {"error": "fatal_error"}],
)
def test_while_slack_cannot_be_reached_the_heartbeat_tries_again(
    adas: Bench, fault: dict[str, Any]
) -> None:
    share(adas)
    adas.slack.fail_next("chat.update", times=2, **fault)
    take_back(adas)
    for minute in range(2, 5):
        adas.end_pause()
        adas.tick(f"2026-12-01T10:{minute:02}:00+01:00")
    assert gone(adas)
    assert "took this page back 2026-12-01 09:01" in adas.sees("UMIA")


def test_a_page_that_slack_cannot_take_away_does_not_keep_other_messages_waiting(
    ada: Bench,
) -> None:
    share(ada)
    ada.slack.fail_next("chat.update", times=50, status=500)
    take_back(ada)
    for minute in range(2, 6):
        ada.end_pause()
        ada.tick(f"2026-12-01T10:{minute:02}:00+01:00")
    ada.end_pause()
    share(ada, "e2", reader="ULENA")
    assert "runbook" in ada.dm("ULENA", 1)


def test_a_message_that_cannot_be_changed_any_more_is_deleted(ada: Bench) -> None:
    share(ada)
    ada.slack.fail_next("chat.update", error="edit_window_closed")
    take_back(ada)
    assert gone(ada)
    assert ada.slack.wait_for(lambda: ada.slack.dm("UMIA") == [])


def test_when_slack_refuses_for_good_the_owner_hears_it_once(ada: Bench) -> None:
    share(ada)
    ada.slack.fail_next("chat.update", error="channel_not_found")
    take_back(ada)
    ada.hears("UADA", "Slack does not let me remove it from @UMIA's messages")
    ada.tick("2026-12-01T10:30:00+01:00")
    assert len([m for m in ada.slack.dm("UADA") if "does not let me" in text_of(m)]) == 1


def test_taken_back_while_it_is_on_the_wire_it_is_closed_once_it_arrived(ada: Bench) -> None:
    preview(ada)
    ada.slack.fail_next("chat.postMessage", delay_s=0.6)
    ada.slack.submit("UADA")
    assert ada.slack.wait_for(lambda: [r["state"] for r in ada.rows("parcels")] == ["sending"])
    ada.slack.close_modal("UADA")
    owner, (row,) = ada.member("UADA"), ada.rows("shares")
    result = ada.bot.sharing.unshare(owner, row["id"], ada.bot.now())
    assert result.unsure
    assert ada.rows("parcels")[-1]["taken_back"]
    assert ended(ada)
    assert "took this page back" in ada.dm("UMIA", 1)


def test_taking_back_twice_changes_nothing(ada: Bench) -> None:
    share_id = share(ada)
    take_back(ada)
    before = (ada.rows("shares"), log_of(ada))
    ada.set_clock("2026-12-04T10:00:00+01:00")
    ada.forge("UADA", lists(ada, "UADA"), "sharing.take_back", ref(share_id))
    ada.modal("UADA", "Taken back")
    assert (ada.rows("shares"), log_of(ada)) == before


def test_many_at_once_share_once_and_take_back_once(adas: Bench) -> None:
    view = preview(adas)
    sharing, owner, now = adas.bot.sharing, adas.member("UADA"), adas.bot.now()
    state = unpack(PreviewState, view.body["private_metadata"])
    at_once(lambda: sharing.share("form V1 x", owner, state.choice, state.digest, now))
    (row,) = adas.rows("shares")
    assert len(adas.rows("parcels")) == 1
    at_once(lambda: adas.bot.post_office.send_due(now))
    assert len(adas.slack.dm("UMIA")) == 1
    at_once(lambda: sharing.unshare(owner, row["id"], now))
    at_once(lambda: adas.bot.post_office.send_due(now))
    assert [how for _, how in log_of(adas)].count("ended") == 1
    assert "took this page back" in adas.dm("UMIA", 1)


def at_once(act: Any, times: int = 4) -> None:
    """Several threads at the same moment; raises what one of them raised."""
    failed: list[Exception] = []
    barrier = threading.Barrier(times)

    def run() -> None:
        barrier.wait()
        try:
            act()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert failed == []


def test_another_replica_closes_what_this_one_could_not(
    slack: LocalSlack, database_url: str, tmp_path: Path
) -> None:
    with Bench(slack, database_url, tmp_path) as one:
        with_examples(one)
        share(one)
        slack.fail_next("chat.update", status=500)
        take_back(one)
        keys = one.settings.keys
        (tmp_path / "two").mkdir()
        two = Bench(slack, database_url, tmp_path / "two", keys=keys)
        two.bot.post_office.send_due(one.bot.now() + timedelta(minutes=1))
        assert gone(one)
        two.bot.database.close()


def test_an_old_manager_loses_every_page_in_the_moment_of_the_change(adas: Bench) -> None:
    share(adas)
    adas.set_clock("2026-12-02T10:00:00+01:00")
    confirm(adas, "UADA", "UBEN")
    (row,) = adas.rows("shares")
    assert row["why"] == "manager changed"
    adas.tick("2026-12-02T10:00:10+01:00")
    assert gone(adas)
    assert "has another manager now" in adas.sees("UMIA")
    assert "when your manager changed" in text_of(lists(adas, "UADA"))
    assert adas.slack.modal("UADA")


def test_whoever_managed_the_manager_loses_theirs_too(ada: Bench) -> None:
    share(ada, reader="ULENA")
    ada.set_clock("2026-12-02T10:00:00+01:00")
    confirm(ada, "UMIA", "UBEN")
    ada.tick("2026-12-02T10:00:10+01:00")
    assert gone(ada, "ULENA")


def test_deleting_an_example_can_take_back_the_pages_that_hold_it(ada: Bench) -> None:
    share(ada, "e1")
    share(ada, "e2", reader="ULENA")
    ada.bot.sharing.take_back(ada.member("UADA"), "e1", ada.bot.now())
    ada.tick("2026-12-01T10:05:00+01:00")
    assert gone(ada)
    assert "runbook" in ada.sees("ULENA")


def test_an_example_knows_with_whom_it_is_shared(ada: Bench) -> None:
    first = share(ada, "e1")
    share(ada, "e1", "e2", reader="ULENA")
    owner, sharing = ada.member("UADA"), ada.bot.sharing
    sharing.unshare(owner, first, ada.bot.now())
    known = sharing.shared_with(owner, ["e1", "e2", "never"])
    assert {k: [(s.reader.user_id, s.live) for s in v] for k, v in known.items()} == {
        "e1": [("UMIA", False), ("ULENA", True)],
        "e2": [("ULENA", True)],
    }
    assert sharing.shared_with(ada.member("UBEN"), ["e1"]) == {}
    many = [*(f"other {n}" for n in range(40_000)), "e2"]
    assert sharing.shared_with(owner, many).keys() == {"e2"}
