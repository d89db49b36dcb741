"""Saving an example: by word, by button, by shortcut, and what a form will not take."""

from __future__ import annotations

from typing import Any

import pytest

from playground.local_slack import text_of
from tests.bench import Bench

NOW = "2026-12-01T10:00:00+01:00"
TEXT = "I wrote the runbook that ended the night calls."


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    sqlite_bench.set_clock(NOW)
    return sqlite_bench


def values(bench: Bench, user: str = "UADA") -> dict[str, Any]:
    """What the open form holds, by field."""
    state = bench.modal(user).state
    held = {field: next(iter(elements.values())) for field, elements in state.items()}
    return {
        field: value.get("value") or value.get("selected_date") for field, value in held.items()
    }


def test_the_word_log_opens_the_form_also_for_somebody_not_placed(bench: Bench) -> None:
    bench.log("UADA", TEXT)
    assert len(bench.rows("entries")) == 1


def test_words_after_log_are_in_the_form_as_they_were_typed(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log I moved <b> & </b> for a > b")
    bench.modal("UADA", "Log an example")
    assert values(bench)["text"] == "I moved <b> & </b> for a > b"


def test_the_form_starts_at_the_authors_own_day(bench: Bench) -> None:
    bench.place("UBEN", zone="America/New_York")
    bench.set_clock("2026-12-01T03:00:00+00:00")
    bench.slack.command("UBEN", "/ladder log")
    bench.modal("UBEN")
    assert values(bench, "UBEN")["happened_on"] == "2026-11-30"


def test_what_was_saved_is_shown_at_once_and_stays_private(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log", "sec-ops")
    bench.modal("UADA")
    bench.slack.submit("UADA", {"Competency": "🌱 Teaching and Mentoring", "What happened": TEXT})
    shown = text_of(bench.modal("UADA", "Saved"))
    assert TEXT in shown
    assert "Only you can read this" in shown
    assert bench.slack.channel("sec-ops") == []
    assert TEXT not in str(bench.slack.called("chat.postMessage"))


def test_the_button_in_an_answer_opens_the_form(bench: Bench) -> None:
    bench.place("UADA")
    answer = bench.slack.command("UADA", "/ladder")
    bench.slack.press("UADA", answer, "Log an example")
    assert bench.modal("UADA").title == "Log an example"


def test_a_button_about_one_competency_has_it_chosen(bench: Bench) -> None:
    bench.place("UADA")
    bench.tick("2026-12-03T11:40:00+01:00")
    assert "Domain expertise" in bench.dm("UADA", 1)
    bench.slack.press("UADA", bench.slack.dm("UADA")[-1], "Log an example")
    bench.modal("UADA")
    bench.slack.submit("UADA", {"What happened": TEXT})
    (row,) = bench.rows("entries")
    assert (row["competency_id"], row["source"]) == ("domain-expertise", "nudge")


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("What happened", "   \n ", "complete this required field"),
        ("Link", "example.com/pull/1", "whole web address"),
        ("Link", "javascript:alert(1)", "whole web address"),
        ("Link", "javascript://example.com/%0aalert(1)", "whole web address"),
        ("Link", "file://example.com/etc/passwd", "whole web address"),
        ("Link", "https://", "whole web address"),
        ("Link", "https://example.com/a b", "whole web address"),
        ("Link", "https://example.com/><!channel>", "whole web address"),
        ("Link", "https://[::1", "whole web address"),
        ("Link", "https://example.com/" + "x" * 2000, "whole web address"),
        ("Date", "2026-12-03", "still to come"),
        ("Date", "1969-12-31", "too long ago"),
    ],
)
def test_what_cannot_be_saved_is_said_below_its_field_and_nothing_is_lost(
    bench: Bench, field: str, given: str, sentence: str
) -> None:
    bench.slack.command("UADA", "/ladder log")
    bench.modal("UADA")
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": TEXT} | {field: given}
    answer = bench.slack.submit("UADA", fields)
    assert sentence in answer.errors[field]
    assert bench.rows("entries") == []
    assert values(bench)["link"] == fields.get("Link")
    if field != "What happened":
        assert values(bench)["text"] == TEXT


def test_a_day_that_has_begun_somewhere_on_earth_is_taken(bench: Bench) -> None:
    bench.set_clock("2026-12-01T23:00:00+00:00")
    bench.log("UADA", TEXT, Date="2026-12-02")
    assert len(bench.rows("entries")) == 1


def test_a_competency_that_the_ladder_does_not_have_is_refused(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log")
    view = bench.modal("UADA")
    forged = {"text": {"type": "plain_text", "text": "x"}, "value": "no-such-competency"}
    chosen = {"type": "static_select", "selected_option": forged}
    view.state["competency_id"] = {"choose": chosen}
    answer = bench.slack.submit("UADA", {"What happened": TEXT})
    assert "no such competency" in answer.errors["Competency"]


def test_the_same_form_submitted_twice_is_one_example(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log")
    view = bench.modal("UADA")
    before = view.payload()
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": TEXT}
    bench.slack.submit("UADA", fields)
    view.body = view.body | {k: before[k] for k in ("callback_id", "blocks", "private_metadata")}
    view.body["submit"] = before["submit"]
    view.state = before["state"]["values"]
    assert bench.slack.submit("UADA", fields).ok
    assert len(bench.rows("entries")) == 1


def test_the_shortcut_keeps_the_link_and_the_day_and_not_a_word_of_the_message(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot")
    said = bench.slack.say("UBEN", "sec-ops", "the xylophone incident of last night")
    bench.slack.shortcut("UADA", "save_as_example", said)
    view = bench.modal("UADA", "Log an example")
    link = f"https://playground.slack.com/archives/{said.channel}/p{said.ts.replace('.', '')}"
    assert values(bench)["link"] == link
    assert "xylophone" not in str(view.payload())
    bench.slack.submit("UADA", {"Competency": "🌱 Teaching and Mentoring", "What happened": TEXT})
    assert link in text_of(bench.modal("UADA", "Saved")).replace("&amp;", "&")
    assert "xylophone" not in caplog.text
    assert "xylophone" not in str(bench.slack.calls)


def test_the_shortcut_on_a_reply_links_to_the_reply_in_its_thread(bench: Bench) -> None:
    root = bench.slack.say("UBEN", "sec-ops", "the root")
    channel = bench.slack.workspace.channel_named("sec-ops")
    reply = bench.slack.workspace.post(channel, "UBEN", "the reply", thread_ts=root.ts)
    bench.slack.shortcut("UADA", "save_as_example", reply)
    bench.modal("UADA", "Log an example")
    assert values(bench)["link"] == (
        f"https://playground.slack.com/archives/{channel.id}/p{reply.ts.replace('.', '')}"
        f"?thread_ts={root.ts}&cid={channel.id}"
    )
