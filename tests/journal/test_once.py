"""Exactly one effect: a double click, Slack's repeats, two replicas at once, a deleted example."""

from __future__ import annotations

import pytest

from bot.journal.model import Draft, Intake, Source
from playground.local_slack import text_of
from tests.bench import Bench

TEXT = "I mentored a newer colleague through their first incident, and they led the next one."
TEACHING = "🌱 Teaching and Mentoring"


@pytest.fixture
def bench(bench: Bench) -> Bench:
    """Both engines, with the ladder learnt already."""
    bench.bot.advice.prepare()
    return bench


def one_more_view(bench: Bench) -> None:
    """Opens the form, filled in."""
    bench.slack.command("UADA", f"/ladder log {TEXT}")
    bench.modal("UADA", "Log an example")


def test_a_view_that_slack_sends_again_is_one_example(bench: Bench) -> None:
    one_more_view(bench)
    bench.slack.submit("UADA")
    for _ in range(3):
        assert bench.slack.again().ok
    assert len(bench.rows("entries")) == 1


def test_a_view_sent_again_after_its_example_was_removed_does_not_bring_it_back(
    bench: Bench,
) -> None:
    one_more_view(bench)
    bench.slack.submit("UADA")
    sent = bench.slack.last_sent
    assert sent
    bench.slack.press("UADA", bench.modal("UADA", "Saved"), "Undo")
    bench.modal("UADA", "Undone")
    answer = bench.slack.forge(sent.kind, sent.payload)
    assert "stays removed" in str(answer)
    assert bench.rows("entries") == []


def test_two_replicas_that_get_one_form_save_it_once(bench: Bench, replica: Bench) -> None:
    bench.slack.connect_http(f"{bench.url}/slack/events")
    one_more_view(bench)
    both = (f"{each.url}/slack/events" for each in (bench, replica))
    replicas = bench.slack.connect_replicas(*both)
    bench.slack.submit("UADA")
    assert [each.status for each in replicas.answers] == [200, 200]
    assert len(replica.rows("entries")) == 1


def test_two_replicas_that_get_one_message_ask_once(bench: Bench, replica: Bench) -> None:
    bench.slack.write("UADA", TEXT)
    bench.slack.again()
    bench.hears("UADA", "Keep this as an example?")
    assert not bench.slack.wait_for(lambda: len(bench.slack.dm("UADA")) > 2, 0.5)
    assert len(replica.rows("drafts")) == 1


def test_two_replicas_that_get_one_question_answer_once(bench: Bench, replica: Bench) -> None:
    bench.slack.write("UADA", "L4")
    bench.slack.again()
    bench.hears("UADA", "Technical Lead")
    assert not bench.slack.wait_for(lambda: len(bench.slack.dm("UADA")) > 2, 0.5)
    assert len(replica.rows("deeds")) == 1


def test_a_double_tap_on_save_is_one_example(bench: Bench, replica: Bench) -> None:
    replica.bot.advice.prepare()
    bench.slack.write("UADA", TEXT)
    bench.hears("UADA", "Keep this as an example?")
    asked = bench.slack.dm("UADA")[-1]
    row = next(b for b in asked.blocks if b["type"] == "actions")
    save, menu = row["elements"][0], row["elements"][1]
    bench.slack.people.act_on_message("UADA", asked, row, save, None)
    chosen = {"type": "static_select", "selected_option": menu["options"][0]}
    bench.slack.people.act_on_message("UADA", asked, row, save, None)
    bench.slack.people.act_on_message("UADA", asked, row, menu, chosen)
    bench.hears("UADA", "Saved.")
    assert not bench.slack.wait_for(lambda: len(replica.rows("entries")) > 1, 0.3)
    assert len(bench.rows("entries")) == 1


def test_an_answer_to_the_one_question_is_added_once(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log fixed the build")
    bench.modal("UADA")
    bench.slack.submit("UADA", {"Competency": TEACHING})
    bench.modal("UADA", "Saved")
    bench.slack.submit("UADA", {"What changed because of it?": "It is quick now."})
    bench.slack.again()
    (entry,) = bench.bot.journal.page(bench.member("UADA")).entries
    assert entry.text == "fixed the build. It is quick now."


def test_a_deed_of_somebody_else_is_no_reason_to_pass_over_ones_own(bench: Bench) -> None:
    now = bench.bot.now()
    for user in ("UADA", "UBEN"):
        draft = Draft("teaching-and-mentoring", "I taught the rota.", "", now.date())
        intake = Intake(f"e-{user}", bench.member(user), draft, Source.COMMAND, "form V1")
        bench.bot.journal.log(intake, None, now=now)
    assert {row["owner_id"] for row in bench.rows("entries")} == {"UADA", "UBEN"}


def test_undo_pressed_twice_undoes_one_thing(bench: Bench) -> None:
    bench.log("UADA", TEXT)
    (entry,) = bench.bot.journal.page(bench.member("UADA")).entries
    bench.slack.command("UADA", "/ladder help")
    message = bench.slack.dm("UADA")[-1]
    value = f'{{"entry":"{entry.id}","stamp":"{entry.stamp}","v":1}}'
    for _ in range(2):
        bench.forge("UADA", message, "journal.undo", value)
    bench.hears("UADA", "removed for good")
    assert bench.rows("entries") == []
    assert "went wrong" not in "".join(text_of(m) for m in bench.slack.dm("UADA"))


def test_undo_says_the_same_the_second_time(bench: Bench) -> None:
    bench.log("UADA", TEXT)
    ada, now = bench.member("UADA"), bench.bot.now()
    (entry,) = bench.bot.journal.page(ada).entries
    draft = Draft(entry.competency_id, "Changed.", "", entry.happened_on)
    changed = bench.bot.journal.edit(ada, entry.id, draft, now=now)
    for state in (changed, entry):
        undone = [bench.bot.journal.undo(ada, entry.id, state.stamp, now=now) for _ in range(2)]
        assert undone == [entry if state is changed else None] * 2


def test_an_event_whose_work_failed_is_not_lost(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    with bench.bot.database.write() as tx:
        tx.exec_driver_sql("ALTER TABLE drafts RENAME TO elsewhere")
    bench.slack.write("UADA", TEXT)
    bench.hears("UADA", "busy for a moment")
    with bench.bot.database.write() as tx:
        tx.exec_driver_sql("ALTER TABLE elsewhere RENAME TO drafts")
    bench.slack.again()
    bench.hears("UADA", "Keep this as an example?")
    assert len(bench.rows("drafts")) == 1


def test_old_deeds_are_forgotten_by_the_heartbeat(sqlite_bench: Bench) -> None:
    sqlite_bench.set_clock("2026-12-01T10:00:00+01:00")
    sqlite_bench.log("UADA", TEXT)
    for instant, left in (("2026-12-30T10:00:00+01:00", 1), ("2027-01-02T10:00:00+01:00", 0)):
        sqlite_bench.bot.tidy(sqlite_bench.set_clock(instant))
        assert len(sqlite_bench.rows("deeds")) == left
