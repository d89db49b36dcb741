"""Finding among one's own examples: by words, by competency, by time, by who can read them."""

from __future__ import annotations

import json

import pytest

from bot.journal.looking import having
from playground.local_slack import View, text_of
from tests.bench import Bench
from tests.changed_ladders import retired, serve
from tests.journal.shelf import shelf_of

TEACHING, CRAFT = "🌱 Teaching and Mentoring", "🦉 Domain expertise"
SAID = {
    "I ran the phishing drill with Ben.": ("2026-11-20", TEACHING),
    "Zoë learnt to organise the rota herself.": ("2026-09-10", TEACHING),
    "I wrote the parser for mail headers.": ("2026-02-03", CRAFT),
    "I drew the canal plan.": ("2025-11-28", CRAFT),
}


@pytest.fixture
def four(bench: Bench) -> Bench:
    """Ada has four examples over a year, and Mia has one with the same word."""
    bench.set_clock("2026-12-01T10:00:00+01:00")
    for text, (day, competency) in SAID.items():
        bench.log("UADA", text, competency, Date=day)
    bench.log("UMIA", "I ran a phishing drill as well.")
    return bench


def examples(bench: Bench, words: str = "") -> View:
    bench.slack.command("UADA", f"/ladder examples {words}")
    return bench.modal("UADA", "My examples")


def found(bench: Bench) -> set[str]:
    """The last words of the examples in the list."""
    shown = text_of(bench.modal("UADA", "My examples"))
    return {text.split()[-1] for text in SAID if text in shown}


def becomes(bench: Bench, *last_words: str) -> None:
    there = bench.slack.wait_for(lambda: found(bench) == set(last_words))
    assert there, text_of(bench.modal("UADA"))


@pytest.mark.parametrize(
    ("typed", "last_words"),
    [
        ("phishing", {"Ben."}),
        ("PHISH", {"Ben."}),
        ("fishing", set()),
        ("phishnig", {"Ben."}),
        ("drills ben", {"Ben."}),
        ("zoe organize", {"herself."}),
        ("nothing of that", set()),
        ("expertise parser", {"headers."}),
    ],
)
def test_words_behind_the_command_are_looked_for(
    four: Bench, typed: str, last_words: set[str]
) -> None:
    view = examples(four, typed)
    assert found(four) == last_words
    assert f"{len(last_words)} of 4 examples" in text_of(view)
    assert view.state["search-0"]["journal.look"]["value"] == typed
    assert typed not in view.body["private_metadata"]


def test_a_competency_behind_the_command_is_chosen_in_the_menu(four: Bench) -> None:
    examples(four, "teaching")
    assert found(four) == {"Ben.", "herself."}
    four.slack.press("UADA", four.modal("UADA"), "Clear")
    becomes(four, "Ben.", "herself.", "headers.", "plan.")


def test_the_menus_narrow_what_the_search_found_and_clear_ends_it(four: Bench) -> None:
    examples(four)
    four.slack.submit("UADA", {"Search": "I"})
    becomes(four, "Ben.", "headers.", "plan.")
    four.slack.select("UADA", four.modal("UADA"), "Any time", "This year")
    becomes(four, "Ben.", "headers.")
    four.slack.select("UADA", four.modal("UADA"), "All competencies", CRAFT)
    becomes(four, "headers.")
    four.slack.press("UADA", four.modal("UADA"), "Clear")
    becomes(four, "Ben.", "herself.", "headers.", "plan.")
    assert not four.modal("UADA").state["search-1"]["journal.look"].get("value")


@pytest.mark.parametrize(
    ("span", "last_words"),
    [
        ("Last 30 days", ["Ben."]),
        ("Last 90 days", ["Ben.", "herself."]),
        ("This year", ["Ben.", "herself.", "headers."]),
        ("Last 12 months", ["Ben.", "herself.", "headers."]),
    ],
)
def test_the_time_is_counted_in_the_days_on_which_it_happened(
    four: Bench, span: str, last_words: list[str]
) -> None:
    four.slack.select("UADA", examples(four), "Any time", span)
    becomes(four, *last_words)


def test_what_the_ladder_lost_can_still_be_chosen(four: Bench) -> None:
    serve(four, retired(four.bot.ladder, "teaching-and-mentoring", tell=False))
    four.slack.select("UADA", examples(four), "All competencies", "Teaching and Mentoring")
    becomes(four, "Ben.", "herself.")


def test_shared_or_not_asks_who_can_read_it_now(four: Bench) -> None:
    shelf = shelf_of(four)
    for entry in four.bot.journal.page(four.member("UADA")).entries:
        if "phishing" in entry.text or "canal" in entry.text:
            shelf.share(entry.id, four.member("UMIA"), live="canal" not in entry.text)
    four.slack.select("UADA", examples(four), "Shared or not", "Shared now")
    becomes(four, "Ben.")
    assert "shared with <@UMIA>" in json.dumps(four.modal("UADA").blocks)
    four.slack.select("UADA", four.modal("UADA"), "Shared now", "Not shared")
    becomes(four, "herself.", "headers.", "plan.")


def test_no_match_says_what_to_do(four: Bench) -> None:
    assert "Try another word, a longer time" in text_of(examples(four, "zeppelin"))


def test_a_search_survives_a_change_behind_which_it_is_not_seen(four: Bench) -> None:
    four.slack.press("UADA", examples(four, "phishing"), "Edit")
    four.modal("UADA", "Change an example")
    four.slack.submit("UADA", {"What happened": "Ben ran it alone."})
    four.modal("UADA", "Saved")
    four.slack.close_modal("UADA")
    assert four.slack.wait_for(lambda: "Ben ran it alone." in text_of(four.slack.modal("UADA")))
    shown = four.modal("UADA", "My examples")
    assert "1 of 4 examples" in text_of(shown)
    assert shown.state["search-0"]["journal.look"]["value"] == "phishing"


def test_pages_of_a_search_lead_to_each_other(sqlite_bench: Bench) -> None:
    for number in range(12):
        sqlite_bench.log("UADA", f"Drill {number}.")
    sqlite_bench.log("UADA", "Something else.")
    view = examples(sqlite_bench, "drill")
    assert "12 of 13 examples" in text_of(view)
    sqlite_bench.slack.press("UADA", view, "Older")
    sqlite_bench.hears("UADA", "[Newer]")
    assert text_of(sqlite_bench.modal("UADA")).count("Drill") == 2


def test_only_so_many_are_opened_and_the_view_says_so(
    four: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.journal.journal.SEARCHED", 2)
    shown = text_of(examples(four, "plan"))
    assert "2 older ones left out" in shown
    assert "canal" not in shown


@pytest.mark.parametrize("action", ["journal.filter:span", "journal.filter:owner", "journal.list"])
def test_a_forged_menu_or_state_is_no_way_to_somebody_elses(four: Bench, action: str) -> None:
    four.slack.command("UBEN", "/ladder examples")
    view = four.modal("UBEN")
    (theirs, *_) = [row["id"] for row in four.rows("entries")]
    state = json.dumps({"v": 1, "shown": theirs, "total": 1})
    view.body = view.body | {"private_metadata": state}
    calls = len(four.slack.called("views.update"))
    four.forge("UBEN", view, action, state if action == "journal.list" else "all")
    assert four.slack.wait_for(lambda: len(four.slack.called("views.update")) > calls)
    four.hears("UBEN", "Nothing here yet")
    assert "phishing" not in four.sees("UBEN")


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("behaviour", {"a"}),
        ("behaviors", {"a"}),
        ("pull 42", {"b"}),
        ("飞船", {"c"}),
        ("🚀", {"c"}),
        ("", {"a", "b", "c"}),
        ("it", set()),
    ],
)
def test_words_in_any_spelling_in_any_script(typed: str, ids: set[str]) -> None:
    texts = [("a", "Behavior first"), ("b", "see https://x.example/pull/42"), ("c", "造飞船🚀")]
    assert having(texts, typed) == ids
