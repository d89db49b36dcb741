"""What to share and with whom: only one's own, only people whom the policy lets read."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.people import store as people_store
from bot.privacy.policy import Account
from bot.sharing.model import Choice, NoReader
from bot.slack.member import Member
from playground.local_slack import text_of
from tests.bench import Bench
from tests.sharing.scenes import (
    CRAFT,
    MENTION,
    add,
    arrived,
    confirm,
    form,
    page,
    preview,
    share,
)


def test_the_reader_gets_exactly_what_the_preview_showed_once(adas: Bench) -> None:
    shown = page(preview(adas))
    assert adas.slack.dm("UMIA") == []
    assert adas.slack.submit("UADA").ok
    adas.modal("UADA", "Shared")
    adas.dm("UMIA", 1)
    assert arrived(adas) == shown
    assert "I taught the rota." in str(shown)
    adas.tick("2026-12-01T11:00:00+01:00")
    assert len(adas.slack.dm("UMIA")) == 1


def test_only_what_was_chosen_is_on_the_page(ada: Bench) -> None:
    share(ada, "e2")
    seen = ada.dm("UMIA", 1)
    assert "I wrote the runbook." in seen
    assert "link (https://example.com/runbook)" in seen
    assert "taught" not in seen
    assert [row["entry_id"] for row in ada.rows("share_entries")] == ["e2"]


def test_managers_near_far_and_former_can_be_named_each_with_their_part(ada: Bench) -> None:
    ada.set_clock("2026-12-02T10:00:00+01:00")
    confirm(ada, "UADA", "UBEN")
    readers = next(b for b in form(ada).blocks if b.get("block_id") == "reader")["element"]
    named = {o["value"]: o["description"]["text"] for o in readers["options"]}
    assert named == {"UBEN": "your manager", "UMIA": "your manager until 2 Dec 2026"}


def test_the_manager_of_the_manager_can_be_named(ada: Bench) -> None:
    readers = next(b for b in form(ada).blocks if b.get("block_id") == "reader")["element"]
    named = {o["value"]: o["description"]["text"] for o in readers["options"]}
    assert named == {"UMIA": "your manager", "ULENA": "your manager's manager"}
    ada.slack.close_modal("UADA")
    share(ada, "e1", reader="ULENA")
    assert "I taught the rota." in ada.dm("ULENA", 1)
    assert ada.slack.dm("UMIA") == []


def test_a_manager_of_before_who_is_named_again_gets_the_page(ada: Bench) -> None:
    ada.set_clock("2026-12-02T10:00:00+01:00")
    confirm(ada, "UADA", "UBEN")
    ada.set_clock("2026-12-03T10:00:00+01:00")
    share(ada, "e1", reader="UMIA")
    assert "I taught the rota." in ada.sees("UMIA")


@pytest.mark.parametrize("forged", ["UBEN", "UNOBODY", "ULENAA", ""])
def test_nobody_else_can_be_chosen_and_a_forged_id_is_as_if_it_did_not_exist(
    ada: Bench, forged: str
) -> None:
    form(ada)
    ada.slack.fill("UADA", {"Examples": ["e1"], "With whom": "UMIA"})
    view = ada.modal("UADA")
    view.state["reader"]["choose"]["selected_option"]["value"] = forged
    answer = ada.slack.submit("UADA")
    said = "That person cannot be chosen. Please choose somebody from this list."
    assert answer.errors == {"With whom": said}
    assert ada.rows("shares") == []


def test_a_reader_who_is_lost_in_this_very_moment_gets_nothing(
    ada: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, reader, now = ada.member("UADA"), ada.member("UMIA"), ada.bot.now()
    sharing, accounts, choice = ada.bot.sharing, ada.bot.accounts, Choice(("e1",), "UMIA")
    digest = sharing.sketch(owner, choice, now).snapshot.digest
    asked: list[Member] = []

    def account(member: Member) -> Account:
        asked.append(member)
        if asked.count(reader) == 2:  # once for the sketch, once for the page itself
            with ada.bot.database.write() as tx:
                people_store.end_manager(tx, owner, now + timedelta(seconds=1))
        return Account.MEMBER

    monkeypatch.setattr(accounts, "account", account)
    with pytest.raises(NoReader):
        sharing.share("form V1", owner, choice, digest, now)
    assert ada.rows("shares") == [r for r in ada.rows("parcels") if r["kind"] == "share"] == []


def test_a_deactivated_manager_cannot_be_chosen(ada: Bench) -> None:
    ada.slack.change_user("UMIA", deleted=True)
    assert ada.slack.wait_for(lambda: "UMIA" not in str(form(ada).blocks))
    assert "ULENA" in str(ada.modal("UADA").blocks)


def test_without_anybody_to_share_with_it_says_why_and_what_to_do(sqlite_bench: Bench) -> None:
    sqlite_bench.place("UADA")
    add(sqlite_bench, "e1", "I taught the rota.")
    view = form(sqlite_bench)
    assert "No manager is named yet." in text_of(view)
    sqlite_bench.slack.press("UADA", view, "Name my manager")
    sqlite_bench.modal("UADA", "Where you stand")
    assert sqlite_bench.slack.submit("UADA", {"Manager": "UMIA"}).ok
    sqlite_bench.slack.close_modal("UADA", whole_stack=True)
    view = form(sqlite_bench)
    assert "@UMIA is asked to confirm" in text_of(view)
    assert "[Name somebody else]" in text_of(view), "one is named already"


def test_without_an_example_it_offers_to_log_one(ada: Bench) -> None:
    for entry_id in ("e1", "e2"):
        ada.bot.journal.delete(ada.member("UADA"), entry_id)
    assert "nothing to share yet" in text_of(form(ada))


def test_somebody_elses_example_cannot_be_smuggled_in(ada: Bench) -> None:
    ada.place("UBEN")
    add(ada, "bens", "Ben's own story.", user="UBEN")
    form(ada)
    ada.slack.fill("UADA", {"Examples": ["e1"], "With whom": "UMIA"})
    chosen = ada.modal("UADA").state["entries:"]["choose"]["selected_options"]
    chosen.append(chosen[0] | {"value": "bens"})
    ada.slack.submit("UADA")
    assert "Ben's" not in text_of(ada.modal("UADA", "Share with your manager"))
    state = ada.modal("UADA").body
    forged = json.loads(state["private_metadata"]) | {"included": "e1 bens"}
    ada.modal("UADA").body = state | {"private_metadata": json.dumps(forged)}
    ada.slack.submit("UADA")
    assert "Ben's" not in ada.dm("UMIA", 1)


def test_quotes_stay_out_unless_they_are_ticked(ada: Bench) -> None:
    add(ada, "e3", "I fixed the alert.", quote=MENTION)
    assert MENTION not in str(page(preview(ada, "e3")))
    ada.slack.close_modal("UADA")
    share(ada, "e3", quotes=True)
    assert f"> {MENTION}" in ada.dm("UMIA", 1)


def test_the_form_is_narrowed_to_a_competency_where_a_menu_cannot_hold_everything(
    ada: Bench,
) -> None:
    for number in range(101):
        add(ada, f"n{number}", f"Rule {number}", CRAFT)
    view = form(ada)
    assert "I taught the rota." not in str(view.blocks), "the latest hundred are all rules"
    ada.slack.fill("UADA", {"Examples": ["n7"]})
    ada.slack.select("UADA", view, "Competency", "Teaching and Mentoring")
    assert ada.slack.wait_for(lambda: "I taught the rota." in str(ada.modal("UADA").blocks))
    ada.slack.submit("UADA", {"Examples": ["n7", "e1"]})
    shown = str(page(ada.modal("UADA", "Share with your manager")))
    assert "Rule 7" in shown
    assert "I taught the rota." in shown


def test_one_example_can_be_left_out_put_back_and_chosen_again(ada: Bench) -> None:
    ada.slack.select("UADA", preview(ada), "Leave one out", "e1")
    assert ada.slack.wait_for(lambda: "taught" not in str(page(ada.modal("UADA"))))
    ada.slack.press("UADA", ada.modal("UADA"), "Put all back")
    assert ada.slack.wait_for(lambda: "taught" in str(page(ada.modal("UADA"))))
    ada.slack.select("UADA", ada.modal("UADA"), "Leave one out", "e1")
    assert ada.slack.wait_for(lambda: "taught" not in str(page(ada.modal("UADA"))))
    ada.slack.press("UADA", ada.modal("UADA"), "Choose again")
    assert ada.slack.wait_for(lambda: "With whom" in text_of(ada.slack.modal("UADA")))
    chosen = ada.modal("UADA").state["entries:"]["choose"]["selected_options"]
    assert [option["value"] for option in chosen] == ["e2"]


def test_the_button_at_one_example_chooses_it(ada: Bench) -> None:
    home = ada.slack.open_home("UADA")
    ada.forge("UADA", home, "sharing.start", json.dumps({"v": 1, "entry": "e2"}))
    view = ada.modal("UADA", "Share your examples")
    chosen = view.state["entries:"]["choose"]["selected_options"]
    assert [option["value"] for option in chosen] == ["e2"]


def test_fifty_long_examples_are_cut_to_one_page_and_it_says_so(ada: Bench) -> None:
    ids = [add(ada, f"long{n:02}", f"story {n} " + "&" * 2900) for n in range(50)]
    view = preview(ada, *ids)
    assert "more did not fit on one page" in text_of(view)
    shown = page(view)
    ada.slack.submit("UADA")
    assert ada.slack.wait_for(lambda: arrived(ada) == shown)


def test_the_list_of_examples_leads_to_sharing_and_knows_what_is_shared(ada: Bench) -> None:
    ada.slack.command("UADA", "/ladder examples")
    listing = ada.modal("UADA", "My examples")
    assert "@UMIA" not in text_of(listing)
    ada.slack.close_modal("UADA")
    share(ada, "e1")
    ada.slack.command("UADA", "/ladder examples")
    assert "@UMIA" in text_of(ada.modal("UADA", "My examples"))


def test_changing_what_is_shared_says_who_can_read_what(ada: Bench) -> None:
    share(ada, "e1")
    ada.slack.command("UADA", "/ladder examples")
    listing = ada.modal("UADA", "My examples")
    assert "Only you can read this" not in text_of(listing)
    ada.slack.press("UADA", listing, "Edit", index=1)
    for title in ("Change an example", "Saved", "Undone"):
        said = text_of(ada.modal("UADA", title))
        assert "@UMIA can read the page as you shared it. Changes stay with you." in said
        assert "Only you can read this" not in said
        if title == "Change an example":
            ada.slack.submit("UADA", {"What happened": "I taught the rota twice."})
        elif title == "Saved":
            ada.slack.press("UADA", ada.modal("UADA", title), "Undo")


def test_a_page_that_was_taken_back_is_not_said_to_be_seen(ada: Bench) -> None:
    ended = share(ada, "e1")
    ada.bot.sharing.unshare(ada.member("UADA"), ended, ada.bot.now())
    ada.slack.command("UADA", "/ladder shared")
    listing = ada.modal("UADA", "Shared")
    assert "See it as they see it" not in text_of(listing)
    ada.slack.press("UADA", listing, "See the page")
    said = text_of(ada.modal("UADA", "As you shared it"))
    assert "cannot open it any more" in said and "This is what" not in said
