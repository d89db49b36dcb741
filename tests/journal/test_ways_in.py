"""The form, whichever way it was opened: a suggestion, a quote, and the confirmation."""

from __future__ import annotations

from typing import Any

import pytest

from bot.journal.model import Draft
from playground.local_slack import text_of
from playground.local_slack.model import Message
from tests.bench import Bench

TEXT = "I mentored a newer colleague through their first incident, and they led the next one."
TEACHING = "🌱 Teaching and Mentoring"
WORDS = "the xylophone incident of last night"


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    sqlite_bench.set_clock("2026-12-01T10:00:00+01:00")
    sqlite_bench.bot.advice.prepare()
    return sqlite_bench


def held(bench: Bench, field: str) -> Any:
    """What a field of the open form holds."""
    (value,) = bench.modal("UADA").state[field].values()
    return value.get("value") or value.get("selected_date") or value.get("selected_option")


def chosen(bench: Bench) -> str:
    option = held(bench, "competency_id")
    return str(option["value"]) if option else ""


def pressed(bench: Bench, said: Message, button: str) -> None:
    """The message shortcut, then a button in its form, once the form was drawn anew."""
    bench.slack.shortcut("UADA", "save_as_example", said)
    view = bench.modal("UADA", "Log an example")
    bench.slack.fill("UADA", {"Link": "https://example.com/1"})
    before = view.hash
    bench.slack.press("UADA", view, button)
    assert bench.slack.wait_for(lambda: bench.modal("UADA").hash != before)


def test_what_is_typed_after_log_comes_with_a_suggestion_and_its_reason(bench: Bench) -> None:
    bench.slack.command("UADA", f"/ladder log {TEXT}")
    form = bench.modal("UADA", "Log an example")
    assert chosen(bench) == "teaching-and-mentoring"
    assert "Suggested, like: “" in text_of(form)
    assert "Change it if it is wrong." in text_of(form)
    bench.slack.submit("UADA")
    shown = text_of(bench.modal("UADA", "Saved"))
    assert "Edit" in shown and "Undo" in shown


def test_ones_own_earlier_choice_is_suggested_again(bench: Bench) -> None:
    bench.log("UADA", "Watered the monstera", "🏆 Customer Success")
    bench.slack.command("UADA", "/ladder log Watered the monstera")
    form = text_of(bench.modal("UADA", "Log an example"))
    assert chosen(bench) == "customer-success"
    assert "like: “Watered the monstera”" in form
    bench.slack.command("UMIA", "/ladder log Watered the monstera")
    assert "monstera”" not in text_of(bench.modal("UMIA", "Log an example"))


def test_a_form_without_a_competency_comes_back_once_with_one(bench: Bench) -> None:
    bench.slack.shortcut("UADA", "log_example")
    bench.modal("UADA", "Log an example")
    bench.slack.submit("UADA", {"What happened": TEXT, "Date": "2026-11-30"})
    form = bench.modal("UADA", "Log an example")
    assert "Suggested, like" in text_of(form)
    assert "*Not saved yet:* press Save." in text_of(form)
    assert chosen(bench) == "teaching-and-mentoring"
    assert (held(bench, "text"), held(bench, "happened_on")) == (TEXT, "2026-11-30")
    assert bench.rows("entries") == []
    bench.slack.submit("UADA")
    bench.modal("UADA", "Saved")
    (row,) = bench.rows("entries")
    assert (row["source"], str(row["happened_on"])) == ("global", "2026-11-30")


def test_without_a_suggestion_it_says_that_one_is_needed(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log")
    bench.modal("UADA", "Log an example")
    answer = bench.slack.submit("UADA", {"What happened": "Heute den Umzug gestemmt"})
    assert "Choose one" in answer.errors["Competency"]
    answer = bench.slack.submit("UADA", {"What happened": TEXT, "Link": "nonsense"})
    assert list(answer.errors) == ["Link"]


def test_a_competency_that_was_cleared_again_has_to_be_chosen(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log")
    bench.modal("UADA", "Log an example")
    bench.slack.submit("UADA", {"What happened": TEXT})
    answer = bench.slack.submit("UADA", {"Competency": None})
    assert "Choose one" in answer.errors["Competency"]


def test_their_words_are_kept_only_when_asked_for(bench: Bench) -> None:
    said = bench.slack.say("UBEN", "sec-ops", f"&lt;{WORDS}&gt;")
    pressed(bench, said, "Keep their words as a quote")
    assert held(bench, "quote") == f"<{WORDS}>"
    assert held(bench, "link") == "https://example.com/1", "what was typed meanwhile is there"
    fields = {"Competency": TEACHING, "What happened": TEXT, "Quote": "the incident of last night"}
    bench.slack.submit("UADA", fields)
    assert "incident of last night" in text_of(bench.modal("UADA", "Saved"))
    (row,) = bench.rows("entries")
    assert b"incident" not in bytes(row["quote"])
    entry = bench.bot.journal.page(bench.member("UADA")).entries[0]
    assert entry.quote == "the incident of last night"


def test_their_words_reach_no_state_no_table_and_no_log(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot")
    said = bench.slack.say("UBEN", "sec-ops", WORDS)
    pressed(bench, said, "Keep their words as a quote")
    bench.slack.submit("UADA", {"Competency": TEACHING, "What happened": TEXT, "Quote": None})
    view = bench.modal("UADA", "Saved")
    assert "xylophone" not in str(view.body)
    assert bench.rows("entries")[0]["quote"] is None
    assert "xylophone" not in caplog.text


def test_after_half_an_hour_the_quote_has_to_be_pasted(bench: Bench) -> None:
    said = bench.slack.say("UBEN", "sec-ops", WORDS)
    bench.slack.shortcut("UADA", "save_as_example", said)
    view = bench.modal("UADA", "Log an example")
    bench.set_clock("2026-12-01T10:31:00+01:00")
    bench.slack.press("UADA", view, "Keep their words as a quote")
    bench.hears("UADA", "Paste their words here")
    assert held(bench, "quote") is None


def test_ones_own_message_gives_ones_own_words(bench: Bench) -> None:
    said = bench.slack.say("UADA", "sec-ops", TEXT)
    pressed(bench, said, "Use my words")
    assert held(bench, "text") == TEXT
    assert chosen(bench) == "teaching-and-mentoring"
    assert "Keep their words" not in text_of(bench.modal("UADA"))


def test_undo_removes_a_new_example_really(bench: Bench) -> None:
    bench.slack.command("UADA", f"/ladder log {TEXT}")
    bench.modal("UADA")
    bench.slack.submit("UADA")
    bench.slack.press("UADA", bench.modal("UADA", "Saved"), "Undo")
    assert "removed for good" in text_of(bench.modal("UADA", "Undone"))
    assert bench.rows("entries") == []


def test_undo_of_an_edit_brings_back_what_stood_there(bench: Bench) -> None:
    bench.slack.command("UADA", f"/ladder log {TEXT}")
    bench.modal("UADA")
    bench.slack.submit("UADA")
    first = bench.modal("UADA", "Saved")
    bench.slack.press("UADA", first, "Edit")
    bench.modal("UADA", "Change an example")
    bench.slack.submit("UADA", {"What happened": "Something else."})
    bench.slack.press("UADA", bench.modal("UADA", "Saved"), "Undo")
    assert TEXT in text_of(bench.modal("UADA", "Undone"))
    (entry,) = bench.bot.journal.page(bench.member("UADA")).entries
    assert entry.text == TEXT
    assert bench.rows("entry_versions") == []


def test_an_old_undo_does_not_undo_what_came_after(bench: Bench) -> None:
    bench.log("UADA", TEXT)
    ada = bench.member("UADA")
    (entry,) = bench.bot.journal.page(ada).entries
    draft = Draft(entry.competency_id, "Something else.", "", entry.happened_on)
    bench.bot.journal.edit(ada, entry.id, draft, now=bench.bot.now())
    message = bench.slack.command("UADA", "/ladder help").message
    assert message
    value = f'{{"entry":"{entry.id}","stamp":"{entry.stamp}","v":1}}'
    bench.forge("UADA", message, "journal.undo", value)
    bench.hears("UADA", "changed or shared since")
    assert bench.bot.journal.get(ada, entry.id).text == "Something else."


def test_nobody_undoes_somebody_elses(bench: Bench) -> None:
    bench.log("UADA", TEXT)
    (entry,) = bench.bot.journal.page(bench.member("UADA")).entries
    value = f'{{"entry":"{entry.id}","stamp":"{entry.stamp}","v":1}}'
    message = bench.slack.command("UMIA", "/ladder help").message
    assert message
    for action in ("journal.undo", "journal.answer"):
        bench.forge("UMIA", message, action, value)
    bench.hears("UMIA", "not there any more")
    assert len(bench.rows("entries")) == 1


@pytest.mark.parametrize(
    ("text", "question", "answer", "whole"),
    [
        (
            "helped a colleague ship the migration",
            "What changed because of it?",
            "Nights are quiet now.",
            "helped a colleague ship the migration. Nights are quiet now.",
        ),
        (
            "Fixed the build, it is faster now",
            "Who was it for, or who was in it with you?",
            "the whole team",
            "Fixed the build, it is faster now. the whole team",
        ),
    ],
)
def test_a_thin_example_raises_one_question_once(
    bench: Bench, text: str, question: str, answer: str, whole: str
) -> None:
    bench.slack.command("UADA", f"/ladder log {text}")
    bench.modal("UADA")
    bench.slack.submit("UADA", {"Competency": TEACHING})
    assert question in text_of(bench.modal("UADA", "Saved"))
    bench.slack.submit("UADA", {question: answer})
    again = text_of(bench.modal("UADA", "Saved"))
    assert whole in again and question not in again
    (entry,) = bench.bot.journal.page(bench.member("UADA")).entries
    assert (entry.text, entry.question) == (whole, "")


def test_the_question_may_be_left_unanswered(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log fixed the build")
    bench.modal("UADA")
    bench.slack.submit("UADA", {"Competency": TEACHING})
    bench.modal("UADA", "Saved")
    bench.slack.submit("UADA")
    assert "What changed" not in text_of(bench.modal("UADA", "Saved"))
    assert bench.rows("entry_versions") == []


def test_an_answer_that_does_not_fit_is_told_below_its_field(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log fixed the build")
    bench.modal("UADA")
    bench.slack.submit("UADA", {"Competency": TEACHING})
    bench.modal("UADA", "Saved")
    answer = bench.slack.submit("UADA", {"What changed because of it?": "x" * 3000})
    assert "17 characters more than fit" in answer.errors["What changed because of it?"]
    bench.slack.submit("UADA", {"What changed because of it?": "x" * 2983})
    assert len(bench.bot.journal.page(bench.member("UADA")).entries[0].text) == 3000


def test_in_the_messages_the_question_has_a_button(bench: Bench) -> None:
    bench.slack.write("UADA", "helped a colleague ship the migration")
    bench.hears("UADA", "Keep this as an example?")
    bench.slack.select("UADA", bench.slack.dm("UADA")[-1], "Save under …", TEACHING)
    bench.hears("UADA", "What changed because of it?")
    bench.slack.press("UADA", bench.slack.dm("UADA")[-1], "Add a sentence")
    bench.modal("UADA", "One more thing")
    bench.slack.submit("UADA", {"What changed because of it?": "Nights are quiet."})
    bench.modal("UADA", "Saved")
    said = lambda: text_of(bench.slack.dm("UADA")[-1])  # noqa: E731
    assert bench.slack.wait_for(lambda: "What changed" not in said())
    bench.slack.close_modal("UADA")
    bench.slack.press("UADA", bench.slack.dm("UADA")[-1], "Undo")
    bench.hears("UADA", "as it was before")


def test_a_nudge_ends_in_the_same_confirmation(bench: Bench) -> None:
    bench.place("UADA")
    bench.tick("2026-12-03T11:40:00+01:00")
    bench.dm("UADA", 1)
    bench.slack.press("UADA", bench.slack.dm("UADA")[-1], "Log an example")
    bench.modal("UADA", "Log an example")
    bench.slack.submit("UADA", {"What happened": TEXT})
    assert "Undo" in text_of(bench.modal("UADA", "Saved"))
    bench.slack.close_modal("UADA")
    bench.hears("UADA", "Logged, thank you.")
    bench.slack.press("UADA", bench.slack.dm("UADA")[-1], "Undo")
    bench.hears("UADA", "removed for good")
    assert bench.rows("entries") == []


def test_words_that_tell_no_competency_make_the_form_ask_for_one(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log Heute den Umzug gestemmt")
    form = text_of(bench.modal("UADA", "Log an example"))
    assert "Choose one: I cannot tell it from your words." in form and "Leave it empty" not in form
    bench.slack.submit("UADA", {"Competency": TEACHING})
    bench.modal("UADA", "Saved")
