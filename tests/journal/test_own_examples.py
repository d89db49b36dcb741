"""Reading, changing and deleting one's own examples, and nobody else's."""

from __future__ import annotations

import json
import re

import pytest

from playground.local_slack import View, text_of
from tests.bench import Bench

NOW = "2026-12-01T10:00:00+01:00"


def examples(bench: Bench, user: str = "UADA") -> View:
    bench.slack.command(user, "/ladder examples")
    return bench.modal(user, "My examples")


def shown(view: View | None) -> list[int]:
    """The numbers of the examples on a page."""
    return [int(number) for number in re.findall(r"example number (\d+)", text_of(view))]


def entry_id(bench: Bench) -> str:
    (row,) = bench.rows("entries")
    return str(row["id"])


def ref(entry: str, **more: str) -> str:
    return json.dumps({"v": 1, "entry": entry} | more)


@pytest.fixture
def one(sqlite_bench: Bench) -> Bench:
    """Ada has one example, about a canal."""
    sqlite_bench.set_clock(NOW)
    sqlite_bench.log("UADA", "I drew the canal plan.")
    return sqlite_bench


def test_a_list_of_25_comes_in_pages_that_lead_to_each_other(bench: Bench) -> None:
    bench.set_clock(NOW)
    for number in range(25):
        bench.log("UADA", f"example number {number}", Date=f"2026-11-{number + 1:02}")
    bench.log("UMIA", "example number 99")
    first = examples(bench)
    assert shown(first) == list(range(24, 14, -1))
    assert "25 examples" in text_of(first)
    with pytest.raises(LookupError):
        bench.slack.press("UADA", first, "Newer")
    for expected in (range(14, 4, -1), range(4, -1, -1)):
        bench.slack.press("UADA", bench.modal("UADA"), "Older")
        assert bench.slack.wait_for(lambda want=list(expected): shown(bench.modal("UADA")) == want)
    with pytest.raises(LookupError):
        bench.slack.press("UADA", bench.modal("UADA"), "Older")
    bench.slack.press("UADA", bench.modal("UADA"), "Newer")
    assert bench.slack.wait_for(lambda: shown(bench.modal("UADA"))[0] == 14)


def test_deleting_the_last_one_of_a_page_shows_the_page_before(bench: Bench) -> None:
    bench.set_clock(NOW)
    for number in range(11):
        bench.log("UADA", f"example number {number}", Date=f"2026-11-{number + 1:02}")
    bench.slack.press("UADA", examples(bench), "Older")
    assert bench.slack.wait_for(lambda: shown(bench.modal("UADA")) == [0])
    bench.slack.press("UADA", bench.modal("UADA"), "Delete")
    assert bench.slack.wait_for(lambda: shown(bench.modal("UADA")) == list(range(10, 0, -1)))


def test_an_empty_list_says_what_a_good_start_is(sqlite_bench: Bench) -> None:
    assert "Nothing here yet" in text_of(examples(sqlite_bench))


def test_editing_starts_from_what_was_written_and_changes_the_list_below(one: Bench) -> None:
    one.slack.press("UADA", examples(one), "Edit")
    form = one.modal("UADA", "Change an example")
    assert form.state["text"]["write"]["value"] == "I drew the canal plan."
    one.slack.submit("UADA", {"What happened": "I drew the harbour plan."})
    assert "harbour" in text_of(one.modal("UADA", "Saved"))
    one.slack.close_modal("UADA")
    assert one.slack.wait_for(lambda: "harbour" in text_of(one.slack.modal("UADA")))
    assert "canal" not in one.sees("UADA")
    assert len(one.rows("entries")) == 1


def test_an_edit_is_checked_like_a_new_example(one: Bench) -> None:
    one.slack.press("UADA", examples(one), "Edit")
    one.modal("UADA", "Change an example")
    assert one.slack.submit("UADA", {"Link": "javascript:alert(1)"}).errors
    assert one.slack.submit("UADA", {"Link": None, "Date": "2027-06-01"}).errors


def test_deleting_removes_the_row_itself(one: Bench) -> None:
    one.slack.press("UADA", examples(one), "Delete")
    one.hears("UADA", "Nothing here yet")
    assert one.rows("entries") == []


def test_deleting_asks_first(one: Bench) -> None:
    page = examples(one)
    buttons = [e for b in page.blocks for e in b.get("elements", []) if e.get("style") == "danger"]
    assert [b["confirm"]["confirm"]["text"] for b in buttons] == ["Delete"]


@pytest.mark.parametrize("stranger", ["UBEN", "UMIA"])
def test_nobody_else_can_see_an_example_not_even_the_manager(one: Bench, stranger: str) -> None:
    one.place("UADA", manager="UMIA")
    assert "canal" not in text_of(examples(one, stranger))
    one.slack.command(stranger, "/ladder 1on1")
    assert "canal" not in one.sees(stranger)


@pytest.mark.parametrize(
    "action",
    [
        "journal.open",
        "journal.edit",
        "journal.delete",
        "journal.delete:back",
        "journal.ask_delete",
        "journal.versions",
        "journal.bring_back",
        "journal.then",
    ],
)
def test_a_forged_button_with_somebody_elses_id_reads_and_changes_nothing(
    one: Bench, action: str
) -> None:
    view = examples(one, "UBEN")
    one.forge("UBEN", view, action, ref(entry_id(one), version=f"{entry_id(one)}-1"))
    assert "canal" not in one.hears("UBEN", "not there any more")
    assert len(one.rows("entries")) == 1


def test_an_id_that_never_was_looks_the_same_as_somebody_elses(one: Bench) -> None:
    view = examples(one, "UBEN")
    one.forge("UBEN", view, "journal.edit", ref(entry_id(one)))
    one.hears("UBEN", "not there any more")
    theirs = text_of(one.modal("UBEN"))
    one.slack.close_modal("UBEN")
    one.forge("UBEN", one.modal("UBEN"), "journal.edit", ref("0" * 32))
    one.hears("UBEN", "not there any more")
    assert text_of(one.modal("UBEN")) == theirs


def test_a_forged_form_cannot_change_somebody_elses_example(one: Bench) -> None:
    one.slack.command("UBEN", "/ladder log")
    view = one.modal("UBEN")
    state = json.dumps({"v": 1, "entry": entry_id(one)})
    view.body = view.body | {"callback_id": "journal.change", "private_metadata": state}
    before = one.rows("entries")
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": "mine now"}
    one.slack.submit("UBEN", fields)
    one.hears("UBEN", "not there any more, so nothing changed")
    assert one.rows("entries") == before


def test_an_example_deleted_meanwhile_says_so_when_its_form_is_saved(one: Bench) -> None:
    one.slack.press("UADA", examples(one), "Edit")
    one.modal("UADA", "Change an example")
    one.bot.journal.delete(one.member("UADA"), entry_id(one))
    one.slack.submit("UADA", {"What happened": "too late"})
    one.hears("UADA", "not there any more, so nothing changed")


@pytest.mark.parametrize("title", ["Change an example", "My examples"])
def test_closing_everything_before_the_list_is_refreshed_is_no_error(
    one: Bench, title: str
) -> None:
    """Slack answers not_found for a view that its reader closed; they need not hear of it."""
    one.slack.fail_next("views.update", error="not_found")
    page = examples(one)
    if title == "Change an example":
        one.slack.press("UADA", page, "Edit")
        one.modal("UADA", title)
        one.slack.submit("UADA", {"What happened": "another word"})
    else:
        one.slack.press("UADA", page, "Delete")
    one.slack.close_modal("UADA", whole_stack=True)
    assert not one.slack.wait_for(lambda: one.slack.dm("UADA") or one.slack.modal("UADA"), 0.3)


def test_editing_from_an_older_page_comes_back_to_that_page(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    bench.place("UADA")
    for number in range(12):
        bench.log("UADA", f"Rule {number}.")
    bench.slack.command("UADA", "/ladder examples")
    bench.modal("UADA", "My examples")
    bench.slack.press("UADA", bench.modal("UADA"), "Older")
    assert bench.slack.wait_for(lambda: "[Newer]" in text_of(bench.modal("UADA")))
    bench.slack.press("UADA", bench.modal("UADA"), "Edit", index=0)
    bench.modal("UADA", "Change an example")
    bench.slack.submit("UADA", {"What happened": "Reworded."})
    bench.slack.close_modal("UADA")
    assert bench.slack.wait_for(lambda: "Reworded." in text_of(bench.modal("UADA")))
    assert "[Newer]" in text_of(bench.modal("UADA"))
