"""Placing oneself, naming a manager, and what the named manager may answer."""

from __future__ import annotations

import json

import pytest

from bot.people.model import Relation
from playground.local_slack import Answer, View, text_of
from tests.bench import TRACK, Bench

L3 = "Security Operations L3"


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    sqlite_bench.set_clock("2026-12-01T10:00:00+01:00")
    return sqlite_bench


def open_form(bench: Bench, user: str = "UADA") -> View:
    bench.slack.command(user, "/ladder start")
    return bench.modal(user, "Where you stand")


def place(bench: Bench, manager: str | None = "UMIA", user: str = "UADA") -> Answer:
    open_form(bench, user)
    return bench.slack.submit(user, {"Track and level": L3, "Manager": manager})


def relation(bench: Bench, user: str = "UADA") -> Relation | None:
    person = bench.bot.people.find(bench.member(user))
    return person.manager.relation if person and person.manager else None


@pytest.mark.parametrize("typed", ["", "next", "L4", "compare L3 L4"])
def test_somebody_not_placed_gets_the_first_step_with_every_answer(
    bench: Bench, typed: str
) -> None:
    said = bench.say("UADA", f"/ladder {typed}")
    assert "Tell me where you stand" in said
    assert "[Choose my track and level]" in said


def test_the_form_from_the_first_step_places_somebody(bench: Bench) -> None:
    answer = bench.slack.command("UADA", "/ladder")
    bench.slack.press("UADA", answer, "Choose my track and level")
    bench.modal("UADA", "Where you stand")
    assert bench.slack.submit("UADA", {"Track and level": L3}).ok
    said = text_of(bench.modal("UADA", "Saved"))
    assert "You are on Security Operations L3" in said
    assert "where you stand" in bench.say("UADA", "/ladder L3")
    assert "Tell me where you stand" not in bench.say("UADA", "/ladder")


def test_the_zone_is_that_of_the_profile(bench: Bench) -> None:
    place(bench, None, "UBEN")
    ben = bench.member("UBEN")
    assert bench.slack.wait_for(lambda: bench.bot.people.get(ben).zone == "America/New_York")


def test_the_form_shows_what_was_chosen_before(bench: Bench) -> None:
    place(bench)
    bench.slack.close_modal("UADA")
    state = open_form(bench).state
    assert state["rung"]["choose"]["selected_option"]["value"] == f"{TRACK}/L3"
    assert state["manager"]["choose"]["selected_user"] == "UMIA"


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("UADA", "That is you"),
        ("UZOE", "deactivated"),
        ("U0RUNG", "bot"),
        ("UGUS", "is a guest in this workspace"),
        ("UFAR", "belongs to another company"),
        ("UGHOST", "not know"),
    ],
)
def test_who_cannot_be_a_manager_is_refused_with_the_form_kept(
    bench: Bench, named: str, sentence: str
) -> None:
    bench.slack.add_user("UZOE", "zoe", "Zoe", deleted=True)
    bench.slack.add_user("UGUS", "gus", "Gus", is_restricted=True)
    bench.slack.add_user("UFAR", "far", "Far", team_id="T0FAR")
    answer = place(bench, named)
    assert sentence in answer.errors["Manager"]
    assert bench.modal("UADA").title == "Where you stand"
    assert bench.rows("people") == []
    assert bench.slack.submit("UADA", {"Manager": "UMIA"}).ok
    bench.slack.refusals.clear()


def test_a_level_that_the_ladder_lost_meanwhile_is_refused(bench: Bench) -> None:
    view = open_form(bench)
    gone = {"text": {"type": "plain_text", "text": "x"}, "value": f"{TRACK}/L99"}
    view.state["rung"]["choose"]["selected_option"] = gone
    assert "no such level" in bench.slack.submit("UADA").errors["Track and level"]


def test_the_manager_is_asked_once_and_says_yes(bench: Bench) -> None:
    place(bench)
    assert "@UADA named you as their manager" in bench.dm("UMIA", 1)
    assert relation(bench) is Relation.PROPOSED
    bench.slack.press("UMIA", bench.slack.dm("UMIA")[0], "Yes, that is right")
    assert "confirmed that they are your manager" in bench.dm("UADA", 1)
    assert relation(bench) is Relation.CONFIRMED
    assert "You confirmed" in text_of(bench.slack.dm("UMIA")[0])
    assert len(bench.slack.dm("UMIA")) == 1


def test_the_manager_says_no_and_the_engineer_can_choose_again(bench: Bench) -> None:
    place(bench)
    bench.dm("UMIA", 1)
    bench.slack.press("UMIA", bench.slack.dm("UMIA")[0], "No")
    assert "says that they are not your manager" in bench.dm("UADA", 1)
    assert relation(bench) is Relation.DECLINED
    place(bench, "UBEN")
    bench.dm("UBEN", 1)
    assert relation(bench) is Relation.PROPOSED


def test_naming_a_manager_who_declined_asks_them_again(bench: Bench) -> None:
    place(bench)
    bench.dm("UMIA", 1)
    bench.slack.press("UMIA", bench.slack.dm("UMIA")[0], "No")
    bench.dm("UADA", 1)
    place(bench)
    assert "named you as their manager" in bench.dm("UMIA", 2)


def test_naming_the_same_manager_again_asks_nobody_and_keeps_the_answer(bench: Bench) -> None:
    place(bench)
    bench.dm("UMIA", 1)
    place(bench)
    bench.slack.press("UMIA", bench.slack.dm("UMIA")[0], "Yes, that is right")
    bench.dm("UADA", 1)
    place(bench)
    assert relation(bench) is Relation.CONFIRMED
    assert not bench.slack.wait_for(lambda: len(bench.slack.dm("UMIA")) > 1, 0.3)


def test_pressing_twice_or_both_answers_changes_nothing_more(bench: Bench) -> None:
    place(bench)
    bench.dm("UMIA", 1)
    question = bench.slack.dm("UMIA")[0]
    value = json.dumps({"v": 1, "engineer": "UADA"})
    bench.slack.press("UMIA", question, "Yes, that is right")
    bench.dm("UADA", 1)
    bench.forge("UMIA", question, "people.no", value)
    bench.hears("UMIA", "settled already")
    assert relation(bench) is Relation.CONFIRMED
    assert len(bench.slack.dm("UADA")) == 1


@pytest.mark.parametrize("stranger", ["UBEN", "UADA"])
@pytest.mark.parametrize("action", ["people.yes", "people.no"])
def test_nobody_else_can_answer_for_the_manager(bench: Bench, stranger: str, action: str) -> None:
    place(bench)
    bench.dm("UMIA", 1)
    somewhere = bench.slack.command(stranger, "/ladder help").message
    assert somewhere
    bench.forge(stranger, somewhere, action, json.dumps({"v": 1, "engineer": "UADA"}))
    bench.hears(stranger, "settled already")
    assert relation(bench) is Relation.PROPOSED


def test_an_imported_manager_is_not_theirs_to_confirm(bench: Bench) -> None:
    bench.place("UADA", manager="UMIA")
    somewhere = bench.slack.command("UMIA", "/ladder help").message
    assert somewhere
    bench.forge("UMIA", somewhere, "people.yes", json.dumps({"v": 1, "engineer": "UADA"}))
    bench.hears("UMIA", "settled already")
    assert relation(bench) is Relation.PROPOSED


def test_a_question_about_a_manager_who_was_replaced_is_not_open_any_more(bench: Bench) -> None:
    place(bench)
    bench.dm("UMIA", 1)
    place(bench, "UBEN")
    bench.dm("UBEN", 1)
    bench.slack.press("UMIA", bench.slack.dm("UMIA")[0], "Yes, that is right")
    bench.hears("UMIA", "settled already")
    assert relation(bench) is Relation.PROPOSED


def test_a_question_whose_answer_was_lost_is_not_posted_twice(bench: Bench) -> None:
    bench.slack.fail_next("chat.postMessage", lose_answer=True)
    place(bench)
    bench.dm("UMIA", 1)
    bench.bot.tick(bench.bot.now())
    assert len(bench.slack.dm("UMIA")) == 1
