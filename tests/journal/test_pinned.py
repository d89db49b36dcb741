"""An example keeps the words that it was logged under, and counts for what took over from them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from playground.local_slack import View, text_of
from tests.bench import TRACK, Bench
from tests.changed_ladders import renamed, retired, reworded, serve, statement_replaced

TEACHING, CRAFT = "teaching-and-mentoring", "domain-expertise"
TEACHING_LABEL, CRAFT_LABEL = "🌱 Teaching and Mentoring", "🦉 Domain expertise"
THEN = "What was expected then"
ROLE = "I prepare analysts to command incidents by giving them the role"


def examples(bench: Bench, user: str = "UADA") -> View:
    if bench.slack.modal(user):
        bench.slack.close_modal(user, whole_stack=True)
    bench.slack.command(user, "/ladder examples")
    return bench.modal(user, "My examples")


def expected_then(bench: Bench) -> str:
    bench.slack.press("UADA", examples(bench), "Open")
    bench.slack.press("UADA", bench.modal("UADA", "My example"), THEN)
    return text_of(bench.modal("UADA", THEN))


@pytest.fixture
def taught(bench: Bench) -> Bench:
    """Ada, at L3, logged an example of teaching."""
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place("UADA", "L3")
    bench.log("UADA", "I taught the rota.")
    return bench


def test_while_nothing_changes_nothing_is_said(taught: Bench) -> None:
    shown = text_of(examples(taught))
    assert TEACHING_LABEL in shown
    assert not any(words in shown for words in (THEN, "Logged under", "logged as"))


def test_the_words_of_then_are_shown_once_the_level_says_something_else(taught: Bench) -> None:
    serve(taught, reworded(taught.bot.ladder, TEACHING, "Now:", "2027.1"))
    assert "Logged under version 2026.1" in text_of(examples(taught))
    shown = expected_then(taught)
    assert ROLE in shown
    assert "Now:" not in shown
    assert "Security Operations L3 · version 2026.1" in shown


def test_words_of_another_level_or_competency_change_nothing(taught: Bench) -> None:
    serve(taught, reworded(taught.bot.ladder, CRAFT, "Now:", "2027.1"))
    taught.place("UADA", "L5")
    assert "Logged under" not in text_of(examples(taught))


def test_examples_under_the_same_words_share_one_row(taught: Bench) -> None:
    taught.place("UMIA", "L3")
    taught.log("UMIA", "I taught as well.")
    assert len(taught.rows("wordings")) == 1
    serve(taught, reworded(taught.bot.ladder, TEACHING, "Now:", "2027.1"))
    taught.log("UMIA", "And once more.")
    assert len(taught.rows("wordings")) == 2
    assert "Logged under" in text_of(examples(taught, "UMIA"))


def test_another_workspace_under_the_same_words_is_apart(taught: Bench) -> None:
    (own,) = taught.rows("wordings")
    for team in ("A", "ZZZ"):
        other = own | {"team_id": team, "competency": "Not theirs", "statements": "[]"}
        names = ", ".join(other)
        values = ", ".join(f"'{value}'" for value in other.values())
        with taught.bot.database.write() as tx:
            tx.exec_driver_sql(f"INSERT INTO wordings ({names}) VALUES ({values})")
    serve(taught, reworded(taught.bot.ladder, TEACHING, "Now:", "2027.1"))
    shown = text_of(examples(taught))
    assert shown.count("I taught the rota.") == 1
    assert "Not theirs" not in shown
    assert ROLE in expected_then(taught)


def test_under_the_competency_that_took_over_with_the_name_it_was_logged_under(
    taught: Bench,
) -> None:
    serve(taught, retired(taught.bot.ladder, TEACHING, CRAFT))
    shown = text_of(examples(taught))
    assert f"{CRAFT_LABEL} (logged as Teaching and Mentoring)" in shown
    taught.slack.press("UADA", examples(taught), "Edit")
    form = taught.modal("UADA", "Change an example")
    assert form.state["competency_id"]["choose"]["selected_option"]["value"] == CRAFT


def test_a_new_name_is_shown_beside_the_old_one(taught: Bench) -> None:
    serve(taught, renamed(taught.bot.ladder, TEACHING, "Growing others"))
    shown = text_of(examples(taught))
    assert "🌱 Growing others (logged as Teaching and Mentoring)" in shown
    assert "Logged under" not in shown


def test_a_competency_that_is_gone_keeps_its_examples_and_its_name(taught: Bench) -> None:
    serve(taught, retired(taught.bot.ladder, TEACHING, tell=False))
    shown = text_of(examples(taught))
    assert "I taught the rota." in shown
    assert "Teaching and Mentoring (not on the ladder any more)" in shown
    assert ROLE in expected_then(taught)


@pytest.mark.parametrize("tell", [True, False])
def test_changing_the_text_alone_leaves_the_pin_as_it_is(taught: Bench, tell: bool) -> None:
    serve(taught, retired(taught.bot.ladder, TEACHING, *([CRAFT] if tell else []), tell=tell))
    (before,) = taught.rows("entries")
    taught.slack.press("UADA", examples(taught), "Edit")
    taught.modal("UADA", "Change an example")
    assert not taught.slack.submit("UADA", {"What happened": "I taught the new rota."}).errors
    taught.modal("UADA", "Saved")
    (after,) = taught.rows("entries")
    assert after["text"] != before["text"]
    for kept in ("competency_id", "wording_id", "ladder_version", "level_id"):
        assert after[kept] == before[kept], kept


def test_moving_it_to_another_competency_pins_it_to_the_words_of_today(taught: Bench) -> None:
    serve(taught, reworded(taught.bot.ladder, CRAFT, "Now:", "2027.1"))
    taught.place("UADA", "L5")
    taught.slack.press("UADA", examples(taught), "Edit")
    taught.modal("UADA", "Change an example")
    taught.slack.submit("UADA", {"Competency": CRAFT_LABEL})
    taught.modal("UADA", "Saved")
    (row,) = taught.rows("entries")
    assert (row["competency_id"], row["level_id"]) == (CRAFT, "L3")
    assert row["ladder_version"] == "2027.1"
    (pinned,) = [each for each in taught.rows("wordings") if each["id"] == row["wording_id"]]
    assert "Now:" in json.loads(pinned["statements"])[0][1]


def test_a_form_that_is_older_than_the_ladder_still_saves(taught: Bench) -> None:
    taught.slack.command("UADA", "/ladder log")
    taught.modal("UADA", "Log an example")
    serve(taught, retired(taught.bot.ladder, TEACHING, CRAFT))
    fields = {"Competency": TEACHING_LABEL, "What happened": "I was quicker."}
    assert not taught.slack.submit("UADA", fields).errors
    assert [row["competency_id"] for row in taught.rows("entries")] == [TEACHING, CRAFT]


def test_somebody_not_placed_keeps_at_least_the_name(bench: Bench) -> None:
    bench.log("UBEN", "I helped.")
    serve(bench, retired(bench.bot.ladder, TEACHING, tell=False))
    shown = text_of(examples(bench, "UBEN"))
    assert "Teaching and Mentoring (not on the ladder any more)" in shown
    assert THEN not in shown


def test_an_example_of_an_older_version_of_rung_is_listed_whatever_happens(taught: Bench) -> None:
    with taught.bot.database.write() as tx:
        tx.exec_driver_sql("UPDATE entries SET wording_id = NULL")
        tx.exec_driver_sql("DELETE FROM wordings")
    ladder = taught.bot.ladder
    assert TEACHING_LABEL in text_of(examples(taught))
    serve(taught, retired(ladder, TEACHING, CRAFT))
    assert f"{CRAFT_LABEL} (logged as Teaching and Mentoring)" in text_of(examples(taught))
    serve(taught, retired(ladder, TEACHING, tell=False))
    assert f"{TEACHING} (not on the ladder any more)" in text_of(examples(taught))


def test_where_the_ladder_was_silent_there_is_nothing_to_show(taught: Bench) -> None:
    full = taught.bot.ladder
    silent = retired(full, CRAFT, tell=False).tracks
    serve(taught, replace(full, tracks=silent))
    taught.log("UADA", "Nobody asked for it.", CRAFT_LABEL)
    serve(taught, full)
    assert "Logged under" not in text_of(examples(taught))


def test_nobody_else_can_ask_what_was_expected_then(taught: Bench) -> None:
    serve(taught, reworded(taught.bot.ladder, TEACHING, "Now:", "2027.1"))
    (row,) = taught.rows("entries")
    ref = json.dumps({"v": 1, "entry": row["id"]})
    taught.forge("UBEN", examples(taught, "UBEN"), "journal.then", ref)
    assert ROLE not in taught.hears("UBEN", "not there any more")


def test_what_a_nudge_quoted_stays_with_the_example_that_answers_it(bench: Bench) -> None:
    bench.set_clock("2026-11-30T09:00:00+01:00")
    bench.place("UADA", "L3")
    bench.tick("2026-12-03T11:40:00+01:00")
    question = bench.dm("UADA", 1)
    (nudge,) = bench.rows("nudges")
    assert f"For instance: {nudge['cue']}" in question
    ladder = reworded(bench.bot.ladder, CRAFT, "Now:", "2027.1")
    serve(bench, statement_replaced(ladder, TRACK, nudge["statement_id"], "this", "that"))
    bench.slack.press("UADA", bench.slack.dm("UADA")[0], "Log an example")
    bench.modal("UADA", "Log an example")
    assert not bench.slack.submit("UADA", {"What happened": "I answered."}).errors
    bench.slack.close_modal("UADA", whole_stack=True)
    (row,) = bench.rows("entries")
    assert row["statement_id"] == nudge["statement_id"]
    assert nudge["cue"].encode() not in bytes(row["statement_text"])
    serve(bench, reworded(bench.bot.ladder, CRAFT, "Then:", "2027.2"))
    shown = expected_then(bench)
    assert f"*You were asked about*\n• {nudge['cue']}" in shown
    assert "*Today that is*\n• Then: The words of this.\n• Then: The words of that." in shown


def test_an_answer_under_another_competency_has_no_statement(bench: Bench) -> None:
    bench.set_clock("2026-11-30T09:00:00+01:00")
    bench.place("UADA", "L3")
    bench.tick("2026-12-03T11:40:00+01:00")
    bench.dm("UADA", 1)
    bench.slack.press("UADA", bench.slack.dm("UADA")[0], "Log an example")
    bench.modal("UADA", "Log an example")
    fields = {"Competency": TEACHING_LABEL, "What happened": "Something else."}
    assert not bench.slack.submit("UADA", fields).errors
    (row,) = bench.rows("entries")
    assert (row["statement_id"], row["statement_text"]) == (None, None)
