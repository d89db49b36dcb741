"""Sharing: exactly what the preview shows, to a confirmed manager, once, and nothing else."""

from __future__ import annotations

import json

import pytest

from playground.local_slack import View, text_of
from tests.bench import Bench
from tests.sharing.scenes import arrived, page

TUESDAY = "2026-12-01T10:00:00+01:00"
SHARE = "Share with my manager"
CRAFT = "🦉 Domain expertise"


@pytest.fixture
def ada(sqlite_bench: Bench) -> Bench:
    """Ada, whose manager Mia was imported, has two examples."""
    return with_examples(sqlite_bench)


def with_examples(bench: Bench) -> Bench:
    bench.set_clock(TUESDAY)
    bench.place("UADA", manager="UMIA")
    bench.log("UADA", "I taught the rota.", Date="2026-11-30")
    bench.log("UADA", "I wrote the runbook.", CRAFT, Date="2026-11-29")
    return bench


def preview(bench: Bench) -> View:
    bench.slack.press("UADA", bench.slack.command("UADA", "/ladder 1on1"), SHARE)
    return bench.modal("UADA", "Share with your manager")


def test_the_manager_gets_exactly_what_the_preview_showed_once(bench: Bench) -> None:
    with_examples(bench)
    shown = page(preview(bench))
    assert bench.slack.dm("UMIA") == []
    assert bench.slack.submit("UADA").ok
    assert "2 examples" in text_of(bench.modal("UADA", "Shared"))
    bench.dm("UMIA", 1)
    assert arrived(bench) == shown
    bench.tick("2026-12-01T11:00:00+01:00")
    assert len(bench.slack.dm("UMIA")) == 1


def test_also_when_it_takes_several_messages(bench: Bench) -> None:
    bench.set_clock(TUESDAY)
    bench.place("UADA", manager="UMIA")
    for number in range(6):
        bench.log("UADA", f"{number} " + "<long & story> " * 190, Date=f"2026-11-2{number}")
    shown = page(preview(bench))
    bench.slack.submit("UADA")
    assert bench.slack.wait_for(lambda: arrived(bench) == shown)
    assert len(bench.slack.dm("UMIA")) > 1


def test_more_than_a_modal_holds_leaves_the_oldest_out_of_preview_and_share_alike(
    ada: Bench,
) -> None:
    for number in range(1, 26):
        ada.log("UADA", f"story {number} " + "&" * 2900, Date=f"2026-11-{number:02}")
    shown = page(preview(ada))
    ada.slack.submit("UADA")
    assert ada.slack.wait_for(lambda: arrived(ada) == shown)
    assert "story 25 " in str(shown)
    assert "story 2 " not in str(shown)


def test_one_example_can_be_left_out_and_put_back(ada: Bench) -> None:
    ada.slack.select("UADA", preview(ada), "Leave one out", "I taught the rota.")
    assert ada.slack.wait_for(lambda: "taught" not in str(page(ada.modal("UADA"))))
    ada.slack.press("UADA", ada.modal("UADA"), "Put all back")
    assert ada.slack.wait_for(lambda: "taught" in str(page(ada.modal("UADA"))))
    ada.slack.select("UADA", ada.modal("UADA"), "Leave one out", "I taught the rota.")
    assert ada.slack.wait_for(lambda: "taught" not in str(page(ada.modal("UADA"))))
    ada.slack.submit("UADA")
    assert "runbook" in ada.dm("UMIA", 1)
    assert "taught" not in str(ada.slack.called("chat.postMessage"))


def test_closing_the_preview_shares_nothing(ada: Bench) -> None:
    preview(ada)
    ada.slack.close_modal("UADA")
    ada.tick("2026-12-01T11:00:00+01:00")
    assert ada.slack.dm("UMIA") == []
    assert ada.rows("shares") == []


def test_sharing_confirms_a_manager_whom_an_import_named_and_says_so_before(ada: Bench) -> None:
    assert "By sharing you also confirm that @UMIA is your manager" in text_of(preview(ada))
    ada.slack.submit("UADA")
    ada.dm("UMIA", 1)
    assert ada.bot.people.get(ada.member("UADA")).confirmed_manager == ada.member("UMIA")
    ada.slack.close_modal("UADA", whole_stack=True)
    assert "By sharing you also confirm" not in text_of(preview(ada))


@pytest.mark.parametrize("answer", [None, "No"])
def test_nothing_can_be_shared_with_somebody_who_has_not_said_yes(
    sqlite_bench: Bench, answer: str | None
) -> None:
    bench = sqlite_bench
    bench.set_clock(TUESDAY)
    bench.slack.command("UADA", "/ladder start")
    bench.modal("UADA", "Where you stand")
    bench.slack.submit("UADA", {"Track and level": "Security Operations L3", "Manager": "UMIA"})
    bench.slack.close_modal("UADA")
    bench.dm("UMIA", 1)
    if answer:
        bench.slack.press("UMIA", bench.slack.dm("UMIA")[0], answer)
        bench.dm("UADA", 1)
    bench.log("UADA", "I taught the rota.")
    assert_unshareable(bench, told=1)


def test_nothing_can_be_shared_without_a_manager(sqlite_bench: Bench) -> None:
    sqlite_bench.set_clock(TUESDAY)
    sqlite_bench.place("UADA")
    sqlite_bench.log("UADA", "I taught the rota.")
    assert_unshareable(sqlite_bench, told=0)
    answer = sqlite_bench.slack.command("UADA", "/ladder 1on1")
    sqlite_bench.slack.press("UADA", answer, "Name my manager")
    assert sqlite_bench.modal("UADA").title == "Where you stand"


def assert_unshareable(bench: Bench, told: int) -> None:
    """There is no button, and a forged one leads nowhere."""
    answer = bench.slack.command("UADA", "/ladder 1on1")
    assert f"[{SHARE}]" not in text_of(answer.message)
    assert answer.message
    since = json.dumps({"v": 1, "since": "2026-11-01T00:00:00+00:00"})
    bench.forge("UADA", answer.message, "one_on_ones.share", since)
    bench.hears("UADA", "Nobody is confirmed as your manager yet")
    assert len(bench.slack.dm("UMIA")) == told
    assert bench.rows("shares") == []


def test_a_manager_who_was_replaced_while_the_preview_was_open_gets_nothing(ada: Bench) -> None:
    preview(ada)
    ada.place("UADA", manager="UBEN")
    ada.slack.submit("UADA")
    again = ada.modal("UADA", "Share with your manager")
    assert "exactly what @UBEN will see" in text_of(again)
    assert ada.rows("shares") == []
    assert ada.slack.dm("UMIA") == ada.slack.dm("UBEN") == []


def test_an_example_changed_meanwhile_is_shown_again_first_and_nothing_was_sent(
    ada: Bench,
) -> None:
    preview(ada)
    entry = next(e for e in ada.bot.journal.page(ada.member("UADA")).entries if "taught" in e.text)
    change(ada, entry.id, "I led the rota.")
    ada.slack.submit("UADA")
    assert "I led the rota." in str(page(ada.modal("UADA", "Share with your manager")))
    assert ada.rows("shares") == []
    assert ada.slack.dm("UMIA") == []
    ada.slack.submit("UADA")
    assert "I led the rota." in ada.dm("UMIA", 1)


def change(bench: Bench, entry_id: str, text: str) -> None:
    """Edits an example as its form would."""
    from bot.journal.model import Draft

    owner, now = bench.member("UADA"), bench.bot.now()
    entry = bench.bot.journal.get(owner, entry_id)
    draft = Draft(entry.competency_id, text, entry.link, entry.happened_on)
    bench.bot.journal.edit(owner, entry_id, draft, now=now)


def test_when_every_example_is_gone_meanwhile_nothing_is_shared(ada: Bench) -> None:
    preview(ada)
    owner = ada.member("UADA")
    for entry in ada.bot.journal.page(owner).entries:
        ada.bot.journal.delete(owner, entry.id)
    ada.slack.submit("UADA")
    ada.hears("UADA", "not there any more")
    assert ada.rows("shares") == []


def test_submitting_the_same_preview_twice_shares_once(bench: Bench) -> None:
    with_examples(bench)
    view = preview(bench)
    before = view.payload()
    bench.slack.submit("UADA")
    bench.dm("UMIA", 1)
    view.body = view.body | {key: before[key] for key in ("blocks", "private_metadata", "submit")}
    view.body["callback_id"] = "sharing.confirm"
    assert bench.slack.submit("UADA").ok
    bench.tick("2026-12-01T11:00:00+01:00")
    assert len(bench.rows("shares")) == len(bench.slack.dm("UMIA")) == 1


def test_what_was_shared_is_frozen_also_when_its_delivery_is_late(ada: Bench) -> None:
    preview(ada)
    ada.slack.fail_next("chat.postMessage", status=429, retry_after=60)
    ada.slack.submit("UADA")
    assert ada.slack.wait_for(lambda: ada.rows("parcels")[-1]["attempts"] == 1)
    owner = ada.member("UADA")
    for entry in ada.bot.journal.page(owner).entries:
        change(ada, entry.id, "words of later")
    assert ada.slack.dm("UMIA") == []
    ada.end_pause()
    assert ada.tick("2026-12-01T12:00:00+01:00") == 1
    seen = ada.dm("UMIA", 1)
    assert "I taught the rota." in seen
    assert "words of later" not in seen


def test_changing_or_deleting_afterwards_changes_nothing_of_what_the_manager_has(
    ada: Bench,
) -> None:
    preview(ada)
    ada.slack.submit("UADA")
    seen = ada.dm("UMIA", 1)
    owner = ada.member("UADA")
    for entry in ada.bot.journal.page(owner).entries:
        ada.bot.journal.delete(owner, entry.id)
    ada.tick("2026-12-01T12:00:00+01:00")
    assert ada.dm("UMIA", 1) == seen


def test_a_share_whose_answer_was_lost_is_not_posted_twice(ada: Bench) -> None:
    preview(ada)
    ada.slack.fail_next("chat.postMessage", lose_answer=True)
    ada.slack.submit("UADA")
    ada.dm("UMIA", 1)
    for minute in (5, 15):
        ada.tick(f"2026-12-01T11:{minute:02}:00+01:00")
    assert len(ada.slack.dm("UMIA")) == 1


def test_examples_of_somebody_else_cannot_be_smuggled_into_a_share(ada: Bench) -> None:
    ada.place("UBEN", manager="UMIA")
    ada.log("UBEN", "Ben's own story.")
    entry = ada.bot.journal.page(ada.member("UBEN")).entries[0]
    view = preview(ada)
    state = json.loads(view.body["private_metadata"])
    state["included"] += f" {entry.id}"
    view.body = view.body | {"private_metadata": json.dumps(state)}
    ada.slack.submit("UADA")
    assert "Ben's own story." not in ada.dm("UMIA", 1)


def test_the_button_of_an_older_pre_read_still_means_that_pre_read(ada: Bench) -> None:
    old = ada.slack.command("UADA", "/ladder 1on1")
    ada.slack.press("UADA", old, "Set up my one-on-one")
    ada.modal("UADA", "My one-on-one")
    ada.slack.submit("UADA", {"Next one-on-one": "2026-12-02", "Time": "09:00"})
    ada.slack.close_modal("UADA")
    ada.tick("2026-12-02T12:00:00+01:00")
    assert "Since 2 Dec: nothing yet" in ada.say("UADA", "/ladder 1on1")
    ada.slack.press("UADA", old, SHARE)
    assert "I taught the rota." in str(page(ada.modal("UADA", "Share with your manager")))
