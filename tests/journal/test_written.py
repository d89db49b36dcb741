"""Simply writing to the bot: kept as a draft, answered, saved with one tap, or let go of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.journal.drafts.model import Written
from playground.local_slack import text_of
from playground.local_slack.model import Message
from playground.local_slack.payloads import said
from tests.bench import Bench

TEXT = "I mentored a newer colleague through their first incident, and they led the next one."
TEACHING = "🌱 Teaching and Mentoring"


@pytest.fixture
def bench(bench: Bench) -> Bench:
    """Either engine, with the ladder learnt already."""
    bench.bot.advice.prepare()
    return bench


@pytest.fixture
def sqlite_bench(sqlite_bench: Bench) -> Bench:
    """The same on SQLite alone."""
    sqlite_bench.bot.advice.prepare()
    return sqlite_bench


def card(bench: Bench, words: str = "Keep this as an example?") -> Message:
    """The bot's latest message with these words, once it is there."""
    bench.hears("UADA", words)
    return next(m for m in reversed(bench.slack.dm("UADA")) if words in text_of(m))


def labels(message: Message) -> list[str]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [e["text"]["text"] for row in rows for e in row["elements"] if e["type"] == "button"]


def in_dm(bench: Bench, message: Message, subtype: str, text: str = "") -> None:
    """Slack tells that the message was edited or deleted."""
    before = {"type": "message", "user": "UADA", "text": message.text, "ts": message.ts}
    event: dict[str, Any] = {
        "type": "message",
        "subtype": subtype,
        "channel": message.channel,
        "channel_type": "im",
        "previous_message": before,
        "ts": "9.9",
    }
    if subtype == "message_changed":
        event["message"] = before | {"text": text}
    else:
        event["deleted_ts"] = message.ts
    bench.slack.people.events.tell("message.im", event)


def again(bench: Bench, message: Message, odd: dict[str, Any]) -> None:
    """Slack sends the event of a message, with something odd about it."""
    workspace = bench.slack.workspace
    event = said(message, workspace.dm_of("UADA"), workspace.person("UADA"))
    bench.slack.people.events.tell("message.im", event | {"ts": "5.5"} | odd)


def write(bench: Bench, text: str) -> Message:
    written = bench.slack.write("UADA", text).message
    assert written
    return written


def test_one_tap_saves_what_was_written_under_the_suggested_competency(bench: Bench) -> None:
    write(bench, TEXT)
    asked = card(bench)
    assert "Suggested, like: “" in text_of(asked)
    bench.slack.press("UADA", asked, f"Save under {TEACHING}")
    bench.hears("UADA", f"Saved.* Under {TEACHING}")
    (row,) = bench.rows("entries")
    assert (row["competency_id"], row["source"]) == ("teaching-and-mentoring", "message")
    assert bench.rows("drafts") == []
    assert bench.bot.journal.page(bench.member("UADA")).entries[0].text == TEXT
    assert {"Edit", "Undo"} <= set(labels(card(bench, "Saved.")))


def test_the_menu_saves_at_once_under_what_is_chosen(sqlite_bench: Bench) -> None:
    write(sqlite_bench, TEXT)
    sqlite_bench.slack.select(
        "UADA", card(sqlite_bench), "Save under another", "🦉 Domain expertise"
    )
    sqlite_bench.hears("UADA", "Saved.")
    assert sqlite_bench.rows("entries")[0]["competency_id"] == "domain-expertise"


def test_without_a_good_suggestion_the_menu_and_the_rest_are_offered(sqlite_bench: Bench) -> None:
    write(sqlite_bench, "Heute den Umzug der Buchhaltung mit allen zusammen gestemmt")
    asked = card(sqlite_bench)
    assert labels(asked) == ["Change first", "Not an example"]
    assert "Suggested" not in text_of(asked)
    sqlite_bench.slack.select("UADA", asked, "Save under …", TEACHING)
    sqlite_bench.hears("UADA", "Saved.")


def test_change_first_opens_the_form_filled_and_its_message_becomes_the_confirmation(
    sqlite_bench: Bench,
) -> None:
    write(sqlite_bench, TEXT)
    sqlite_bench.slack.press("UADA", card(sqlite_bench), "Change first")
    form = sqlite_bench.modal("UADA", "Log an example")
    assert TEXT in str(form.state)
    sqlite_bench.slack.submit("UADA", {"What happened": TEXT + " It held."})
    sqlite_bench.modal("UADA", "Saved")
    sqlite_bench.slack.close_modal("UADA")
    assert {"Edit", "Undo"} <= set(labels(card(sqlite_bench, "Saved.")))
    assert sqlite_bench.rows("drafts") == []
    assert len(sqlite_bench.rows("entries")) == 1


def test_not_an_example_lets_go_of_it(sqlite_bench: Bench) -> None:
    write(sqlite_bench, TEXT)
    asked = card(sqlite_bench)
    sqlite_bench.slack.press("UADA", asked, "Not an example")
    sqlite_bench.hears("UADA", "Nothing is kept.")
    assert sqlite_bench.rows("drafts") == sqlite_bench.rows("entries") == []


def test_undo_in_the_messages_removes_it_really(sqlite_bench: Bench) -> None:
    write(sqlite_bench, TEXT)
    sqlite_bench.slack.press("UADA", card(sqlite_bench), f"Save under {TEACHING}")
    sqlite_bench.slack.press("UADA", card(sqlite_bench, "Saved."), "Undo")
    sqlite_bench.hears("UADA", "Undone: that example is removed for good.")
    assert sqlite_bench.rows("entries") == sqlite_bench.rows("entry_versions") == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("L4", "Technical Lead"),
        ("next", "Tell me where you stand"),
        ("what does L4 expect?", "Technical Lead"),
        ("help", "Read the ladder"),
        ("search incident", "incident"),
        ("hi there!", "Write one sentence about what you did"),
        ("examples", "opens a form"),
    ],
)
def test_a_question_or_a_word_is_answered_and_not_kept(
    sqlite_bench: Bench, typed: str, answer: str
) -> None:
    write(sqlite_bench, typed)
    sqlite_bench.hears("UADA", answer)
    assert sqlite_bench.rows("drafts") == []
    assert "Keep it as an example" not in sqlite_bench.sees("UADA")


@pytest.mark.parametrize(
    "typed",
    [
        "paired with Ben on the phishing rule",
        "help Ben with his migration plan",
        "list of what I fixed: the login, the export",
        "did teaching",
        "start the retro format that the team still uses",
        "I am now the one whom others ask about L4 things like threat models",
    ],
)
def test_what_may_be_an_example_is_kept_rather_than_answered(
    sqlite_bench: Bench, typed: str
) -> None:
    write(sqlite_bench, typed)
    card(sqlite_bench)
    assert len(sqlite_bench.rows("drafts")) == 1


def test_log_and_what_follows_is_what_follows(sqlite_bench: Bench) -> None:
    write(sqlite_bench, f"log {TEXT}")
    sqlite_bench.slack.press("UADA", card(sqlite_bench), f"Save under {TEACHING}")
    sqlite_bench.hears("UADA", "Saved.")
    (entry,) = sqlite_bench.bot.journal.page(sqlite_bench.member("UADA")).entries
    assert entry.text == TEXT


def test_a_word_that_opens_something_gets_a_button_for_it(sqlite_bench: Bench) -> None:
    write(sqlite_bench, "log")
    sqlite_bench.slack.press("UADA", card(sqlite_bench, "opens a form"), "Open")
    sqlite_bench.modal("UADA", "Log an example")


def test_what_was_answered_can_be_kept_after_all(sqlite_bench: Bench) -> None:
    write(sqlite_bench, "Technical lead L4 teaching")
    answered = card(sqlite_bench, "Teaching")
    sqlite_bench.slack.press("UADA", answered, "Keep it as an example")
    asked = card(sqlite_bench)
    assert "Technical lead L4 teaching" in text_of(asked)
    sqlite_bench.slack.press("UADA", answered, "Keep it as an example")
    assert not sqlite_bench.slack.wait_for(lambda: len(sqlite_bench.slack.dm("UADA")) > 3, 0.3)


def test_nobody_keeps_what_somebody_else_wrote_to_the_bot(sqlite_bench: Bench) -> None:
    secret = write(sqlite_bench, "a xylophone secret of mine, with nobody else")
    card(sqlite_bench)
    sqlite_bench.slack.write("UMIA", "Technical lead L4 teaching")
    sqlite_bench.hears("UMIA", "Keep it as an example")
    answered = sqlite_bench.slack.dm("UMIA")[-1]
    place = f'{{"channel":"{secret.channel}","ts":"{secret.ts}","v":1}}'
    sqlite_bench.forge("UMIA", answered, "journal.keep_after_all", place)
    sqlite_bench.hears("UMIA", "do not have that message any more")
    (draft,) = sqlite_bench.rows("drafts")
    for action, value in (
        ("journal.keep", f'{{"written":"{draft["id"]}","competency":"domain-expertise","v":1}}'),
        ("journal.log", f'{{"written":"{draft["id"]}","v":1}}'),
        ("journal.drop", f'{{"written":"{draft["id"]}","v":1}}'),
    ):
        sqlite_bench.forge("UMIA", answered, action, value)
    sqlite_bench.slack.wait_for(lambda: False, 0.3)
    assert "xylophone" not in sqlite_bench.sees("UMIA")
    assert len(sqlite_bench.rows("drafts")) == 1
    assert sqlite_bench.rows("entries") == []


def test_too_long_a_text_is_told_by_how_much_and_taken_once_it_was_shortened(
    sqlite_bench: Bench,
) -> None:
    long = (TEXT + " ") * 50
    written = write(sqlite_bench, long)
    much = len(long.strip()) - 3000
    sqlite_bench.hears("UADA", f"{much:,} characters more than an example holds")
    assert sqlite_bench.rows("drafts") == []
    in_dm(sqlite_bench, written, "message_changed", TEXT)
    card(sqlite_bench)
    assert len(sqlite_bench.rows("drafts")) == 1


def test_a_draft_follows_the_edits_of_its_message_and_goes_with_it(sqlite_bench: Bench) -> None:
    written = write(sqlite_bench, TEXT)
    card(sqlite_bench)
    assert sqlite_bench.slack.wait_for(lambda: sqlite_bench.rows("parcels")[0]["message_ts"])
    in_dm(sqlite_bench, written, "message_changed", "I gave a talk about threat modelling to us.")
    sqlite_bench.hears("UADA", "I gave a talk about threat modelling")
    in_dm(sqlite_bench, written, "message_deleted")
    sqlite_bench.hears("UADA", "You deleted the message. Nothing is kept.")
    assert sqlite_bench.rows("drafts") == []
    assert len(sqlite_bench.slack.dm("UADA")) == 2


def test_a_message_that_slack_repeats_does_not_come_back_once_it_was_let_go_of(
    bench: Bench,
) -> None:
    drafts, now = bench.bot.drafts, bench.bot.now()
    draft = Written("d1", bench.member("UADA"), TEXT, now)
    drafts.take(draft, "event Ev1", now)
    assert drafts.drop(draft.owner, draft.id)
    drafts.take(draft, "event Ev1", now)
    assert bench.rows("drafts") == []


def test_deleting_the_message_leaves_what_was_saved(sqlite_bench: Bench) -> None:
    written = write(sqlite_bench, TEXT)
    sqlite_bench.slack.press("UADA", card(sqlite_bench), f"Save under {TEACHING}")
    card(sqlite_bench, "Saved.")
    in_dm(sqlite_bench, written, "message_deleted")
    assert not sqlite_bench.slack.wait_for(lambda: not sqlite_bench.rows("entries"), 0.3)


@pytest.mark.parametrize(
    "odd",
    [
        {"bot_id": "B1"},
        {"channel_type": "channel"},
        {"subtype": "bot_message"},
        {"subtype": "channel_topic"},
        {"subtype": "message_changed", "message": {"user": "UADA", "text": "x", "ts": "1.1"},
         "previous_message": {"user": "UADA", "text": "x", "ts": "1.1"}},
    ],
)  # fmt: skip
def test_other_bots_channels_and_unfolded_links_get_no_answer(
    sqlite_bench: Bench, odd: dict[str, Any]
) -> None:
    written = write(sqlite_bench, TEXT)
    card(sqlite_bench)
    again(sqlite_bench, written, odd)
    assert not sqlite_bench.slack.wait_for(lambda: len(sqlite_bench.slack.dm("UADA")) > 2, 0.3)
    assert len(sqlite_bench.rows("drafts")) == 1


def test_a_file_without_a_word_gets_a_sentence(sqlite_bench: Bench) -> None:
    written = write(sqlite_bench, "x")
    file = {"subtype": "file_share", "text": "", "files": [{"id": "F1"}]}
    again(sqlite_bench, written, file)
    sqlite_bench.hears("UADA", "words and links, not files")


def test_mentions_and_links_are_readable_words(sqlite_bench: Bench) -> None:
    marked = "I helped <@UBEN> with <https://example.com/a?b=1&amp;c=2|the plan> &lt;3 now"
    again(sqlite_bench, write(sqlite_bench, "hi"), {"text": marked})
    sqlite_bench.slack.press("UADA", card(sqlite_bench), "Change first")
    held = sqlite_bench.modal("UADA", "Log an example").state["text"]["write"]["value"]
    assert held == "I helped @ben with the plan (https://example.com/a?b=1&c=2) <3 now"


def test_that_it_also_stays_in_slack_is_said_once(sqlite_bench: Bench) -> None:
    write(sqlite_bench, TEXT)
    assert "also stays in Slack" in text_of(card(sqlite_bench))
    assert sqlite_bench.slack.wait_for(lambda: sqlite_bench.rows("parcels")[0]["message_ts"])
    write(sqlite_bench, "I wrote the runbook that ended the night calls.")
    assert sqlite_bench.slack.wait_for(lambda: len(sqlite_bench.slack.dm("UADA")) == 4)
    assert "also stays in Slack" not in text_of(sqlite_bench.slack.dm("UADA")[-1])


def test_a_draft_is_sealed_and_dropped_after_a_week(bench: Bench) -> None:
    write(bench, TEXT)
    asked = card(bench)
    (row,) = bench.rows("drafts")
    assert b"mentored" not in bytes(row["text"])
    bench.bot.tidy(bench.bot.now() + timedelta(days=6))
    assert len(bench.rows("drafts")) == 1
    bench.bot.tidy(bench.bot.now() + timedelta(days=8))
    assert bench.rows("drafts") == []
    bench.slack.press("UADA", asked, f"Save under {TEACHING}")
    bench.hears("UADA", "do not have that message any more")


def test_the_journal_tells_and_forgets_drafts_too(sqlite_bench: Bench) -> None:
    write(sqlite_bench, TEXT)
    card(sqlite_bench)
    drafts, ada = sqlite_bench.bot.drafts, sqlite_bench.member("UADA")
    assert drafts.records_of(ada)[0].rows[0][1] == TEXT
    assert drafts.records_of(sqlite_bench.member("UMIA"))[0].rows == ()
    with sqlite_bench.bot.database.write() as tx:
        drafts.erase(tx, ada)
    assert sqlite_bench.rows("drafts") == []
