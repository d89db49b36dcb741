"""Reading what is shared: what the reader sees, what is logged, and what its owner is told."""

from __future__ import annotations

import json

import pytest

from playground.local_slack import text_of
from tests.bench import Bench
from tests.sharing.scenes import (
    confirm,
    ended,
    lists,
    log_of,
    page,
    preview,
    ref,
    share,
    take_back,
    words,
)


def test_delivery_opening_and_marking_are_logged_and_told_to_the_owner(adas: Bench) -> None:
    share(adas)
    adas.set_clock("2026-12-02T09:00:00+01:00")
    adas.slack.press("UMIA", lists(adas, "UMIA"), "Open")
    assert "I taught the rota." in text_of(adas.modal("UMIA", "Shared with you"))
    adas.set_clock("2026-12-03T09:00:00+01:00")
    adas.slack.press("UMIA", adas.modal("UMIA"), "Mark as read")
    assert adas.slack.wait_for(lambda: "You marked this as read" in adas.sees("UMIA"))
    assert [how for _, how in log_of(adas)] == ["shared", "delivered", "opened", "marked as read"]
    told = text_of(lists(adas, "UADA"))
    assert "In their messages since 2026-12-01 09:01 UTC" in told
    assert "Opened 2026-12-02 08:00 UTC" in told
    assert "Marked as read 2026-12-03 08:00 UTC" in told


def test_the_reader_is_told_plainly_that_the_owner_sees_it(ada: Bench) -> None:
    share(ada)
    assert "@UADA sees when this reached you, when you open it" in ada.dm("UMIA", 1)
    assert "They see when you open a page here" in text_of(lists(ada, "UMIA"))


def test_marking_in_the_message_puts_the_answer_in_the_place_of_the_button(ada: Bench) -> None:
    share(ada)
    message = ada.slack.dm("UMIA")[-1]
    ada.slack.press("UMIA", message, "Mark as read")
    assert ada.slack.wait_for(lambda: "You marked this as read" in ada.sees("UMIA"))
    assert "I taught the rota." in ada.sees("UMIA")
    assert "[Mark as read]" not in ada.sees("UMIA")
    ada.forge("UMIA", message, "sharing.mark", ref(ada.rows("shares")[0]["id"]))
    ada.slack.wait_for(lambda: False, 0.3)
    assert [how for _, how in log_of(ada)].count("marked as read") == 1


def test_opening_again_is_logged_again(ada: Bench) -> None:
    share(ada)
    for day in (2, 3):
        ada.set_clock(f"2026-12-0{day}T09:00:00+01:00")
        ada.slack.press("UMIA", lists(ada, "UMIA"), "Open")
        ada.modal("UMIA", "Shared with you")
    told = text_of(lists(ada, "UADA"))
    assert "Opened 2026-12-02 08:00 UTC, 2 times in all, last 2026-12-03 08:00 UTC" in told


def test_the_owner_sees_what_the_reader_sees_and_nothing_is_logged(ada: Bench) -> None:
    shown = page(preview(ada))
    ada.slack.submit("UADA")
    assert ended(ada, "sent")
    before = log_of(ada)
    ada.slack.press("UADA", lists(ada, "UADA"), "See it as they see it")
    view = ada.modal("UADA", "As they see it")
    assert words(view.blocks)[1:] == shown
    ada.slack.press("UADA", view, "Mark as read")
    ada.hears("UADA", "Here it rests")
    assert log_of(ada) == before


def test_what_was_taken_back_is_not_in_the_readers_list_any_more(ada: Bench) -> None:
    share(ada, "e1")
    share(ada, "e2")
    take_back(ada, 1)
    seen = text_of(lists(ada, "UMIA"))
    assert seen.count("[Open]") == 1
    assert "Shared with me" in seen
    mine = text_of(lists(ada, "UADA"))
    assert "Taken back" in mine
    assert mine.count("[Take it back]") == 1


def test_a_page_shown_again_is_what_was_frozen(ada: Bench) -> None:
    share(ada)
    for entry_id in ("e1", "e2"):
        ada.bot.journal.delete(ada.member("UADA"), entry_id)
    ada.slack.press("UMIA", lists(ada, "UMIA"), "Open")
    assert "I taught the rota." in text_of(ada.modal("UMIA", "Shared with you"))


def test_long_lists_are_turned_page_by_page(ada: Bench) -> None:
    for _ in range(9):
        share(ada, "e1")
    view = lists(ada, "UADA")
    assert text_of(view).count("[Take it back]") == 8
    ada.slack.press("UADA", view, "Older")
    assert ada.slack.wait_for(lambda: text_of(ada.slack.modal("UADA")).count("[Take") == 1)
    ada.slack.press("UMIA", lists(ada, "UMIA"), "Older")
    assert ada.slack.wait_for(lambda: text_of(ada.slack.modal("UMIA")).count("[Open]") == 1)


def test_the_word_alone_is_ours_and_with_more_it_is_the_ladders(ada: Bench) -> None:
    assert "Nothing yet" in text_of(lists(ada, "UADA"))
    ada.slack.close_modal("UADA")
    assert ada.say("UADA", "/ladder shared everyone")
    assert ada.slack.modal("UADA") is None


def test_a_page_whose_grant_ended_before_it_was_sent_is_not_sent(ada: Bench) -> None:
    preview(ada)
    ada.slack.fail_next("chat.postMessage", status=429, retry_after=60)
    ada.slack.submit("UADA")
    assert ada.slack.wait_for(lambda: ada.rows("parcels")[-1]["attempts"] == 1)
    ada.set_clock("2026-12-02T10:00:00+01:00")
    confirm(ada, "UADA", "UBEN")
    ada.end_pause()
    ada.tick("2026-12-02T10:00:10+01:00")
    assert "rota" not in ada.sees("UMIA")


def test_a_reader_whose_account_was_closed_gets_nothing_and_the_owner_hears_it(
    ada: Bench,
) -> None:
    preview(ada)
    ada.slack.fail_next("chat.postMessage", status=429, retry_after=60)
    ada.slack.submit("UADA")
    refused = {"attempts": 1, "state": "ready"}
    assert ada.slack.wait_for(lambda: refused.items() <= ada.rows("parcels")[-1].items())
    ada.slack.change_user("UMIA", deleted=True)
    assert ada.slack.wait_for(lambda: "deactivated" in str(ada.rows("accounts")))
    ada.end_pause()
    ada.tick("2026-12-01T10:05:00+01:00")
    ada.hears("UADA", "were not sent: their account is closed")
    assert "rota" not in ada.sees("UMIA")


def test_the_button_after_a_change_of_manager_hands_over_what_is_chosen(ada: Bench) -> None:
    share(ada)
    ada.bot.journal.delete(ada.member("UADA"), "e2")
    ada.set_clock("2026-12-02T10:00:00+01:00")
    confirm(ada, "UADA", "UBEN")
    ada.tick("2026-12-02T10:00:10+01:00")
    assert "rota" not in ada.sees("UBEN"), "nothing until Ada chooses"
    message = next(m for m in ada.slack.dm("UADA") if "hand over" in str(m.blocks))
    ada.slack.press("UADA", message, "Choose what to hand over")
    view = ada.modal("UADA", "Share your examples")
    chosen = view.state["entries:"]["choose"]["selected_options"]
    assert [option["value"] for option in chosen] == ["e1"]
    assert view.state["reader"]["choose"]["selected_option"]["value"] == "UBEN"
    ada.slack.submit("UADA")
    ada.modal("UADA", "Share with your manager")
    heard = len(ada.slack.dm("UMIA"))
    ada.slack.submit("UADA")
    ada.hears("UBEN", "I taught the rota.")
    assert len(ada.slack.dm("UMIA")) == heard, "the old manager hears nothing of it"


def test_a_manager_lost_while_the_preview_is_open_gets_nothing(ada: Bench) -> None:
    preview(ada)
    ada.set_clock("2026-12-02T10:00:00+01:00")
    confirm(ada, "UADA", "UBEN")
    with ada.bot.database.write() as tx:
        tx.exec_driver_sql("DELETE FROM former_managers")
    ada.slack.submit("UADA")
    ada.hears("UADA", "cannot be chosen any more")
    assert ada.rows("shares") == []


def test_an_export_tells_what_was_shared_and_who_read_it_and_erasing_removes_it(
    adas: Bench,
) -> None:
    share(adas)
    adas.slack.press("UMIA", lists(adas, "UMIA"), "Open")
    adas.modal("UMIA", "Shared with you")
    sharing = adas.bot.sharing
    hers = {s.name: s.rows for s in sharing.records_of(adas.member("UADA"))}
    assert [row[7] for row in hers["shared"]] == ["I wrote the runbook.", "I taught the rota."]
    assert [row[2] for row in hers["readings"]] == ["shared", "delivered", "opened"]
    mias = {s.name: s.rows for s in sharing.records_of(adas.member("UMIA"))}
    assert "rota" not in str(mias), "what Ada wrote is Ada's"
    assert [row[1] for row in mias["given_to_me"]] == ["UADA"] * 3
    with adas.bot.database.write() as tx:
        sharing.erase(tx, adas.member("UADA"))
    assert adas.rows("shares") == adas.rows("share_entries") == adas.rows("readings") == []
    adas.tick("2026-12-01T10:05:00+01:00")
    assert "rota" not in str([text_of(m) for m in adas.slack.dm("UMIA")])
    assert "not shared any more" in adas.dm("UMIA", 1)


@pytest.mark.parametrize("deed", ["", "button sharing.open 1"])
def test_one_press_that_slack_sends_twice_is_one_line(ada: Bench, deed: str) -> None:
    share_id, reader = share(ada), ada.member("UMIA")
    for _ in range(2):
        ada.bot.sharing.open(reader, share_id, deed, ada.bot.now())
    assert [how for _, how in log_of(ada)].count("opened") == 1


def test_a_preview_that_was_confirmed_and_erased_does_not_come_back(ada: Bench) -> None:
    view = preview(ada)
    kept = dict(view.body)
    ada.slack.submit("UADA")
    ada.dm("UMIA", 1)
    with ada.bot.database.write() as tx:
        ada.bot.sharing.erase(tx, ada.member("UADA"))
    view.body = view.body | {k: kept[k] for k in ("blocks", "private_metadata", "submit")}
    view.body["callback_id"] = json.loads(json.dumps(kept["callback_id"]))
    ada.slack.submit("UADA")
    assert ada.rows("shares") == []
