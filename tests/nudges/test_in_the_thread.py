"""Answering a question in words, in its thread: the example is logged at once, and once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.nudges.replies import Reply, reply_in
from playground.local_slack import text_of
from playground.local_slack.model import Message
from tests.bench import Bench
from tests.nudges.lived import buttons, latest, press

SLOT = "2026-12-03T11:40:00+01:00"
TEXT = "I rewrote the runbook with Ben, and the night shift closed two alerts with it."


@pytest.fixture
def asked(bench: Bench) -> Bench:
    """Ada was asked for the first time."""
    bench.set_clock("2026-11-30T09:00:00+01:00")
    bench.place("UADA", manager="UMIA")
    bench.tick(SLOT)
    bench.dm("UADA", 1)
    return bench


@pytest.fixture
def ada(sqlite_bench: Bench) -> Bench:
    """The same on SQLite alone."""
    sqlite_bench.set_clock("2026-11-30T09:00:00+01:00")
    sqlite_bench.place("UADA", manager="UMIA")
    sqlite_bench.tick(SLOT)
    sqlite_bench.dm("UADA", 1)
    return sqlite_bench


def question(bench: Bench) -> Message:
    return bench.slack.dm("UADA")[0]


def write(bench: Bench, text: str) -> Message:
    """Ada writes in the thread of the question."""
    message = bench.slack.write("UADA", text, thread_ts=question(bench).ts).message
    assert message
    return message


def thread(bench: Bench) -> list[str]:
    """What the bot said in the thread."""
    return [
        text_of(each)
        for each in bench.slack.dm("UADA")[1:]
        if each.thread_ts == question(bench).ts and each.author != "UADA"
    ]


def answers(bench: Bench) -> list[str]:
    return [row["answer"] for row in bench.rows("nudges")]


def test_words_in_the_thread_are_an_example_at_once(asked: Bench) -> None:
    write(asked, TEXT)
    asked.hears("UADA", "Domain expertise*: Logged, thank you. Next: ")
    (entry,) = asked.rows("entries")
    (nudge,) = asked.rows("nudges")
    assert (entry["competency_id"], entry["source"]) == ("domain-expertise", "nudge")
    assert entry["statement_id"] == nudge["statement_id"]
    assert str(entry["happened_on"]) == "2026-12-03"
    assert asked.slack.wait_for(lambda: len(thread(asked)) == 1)
    assert "✅ *Saved.* Under 🦉 Domain expertise." in thread(asked)[0]
    assert buttons(latest(asked)) == ["Edit", "Undo"]
    assert "[" not in text_of(question(asked))
    assert asked.slack.dm("UMIA") == []


def test_the_same_event_twice_is_one_example_and_one_confirmation(asked: Bench) -> None:
    write(asked, TEXT)
    assert asked.slack.wait_for(lambda: len(thread(asked)) == 1)
    sent = asked.slack.last_sent
    assert sent
    asked.bot.front._seen.forget(sent.payload["event_id"])
    for _ in range(2):
        asked.slack.forge(sent.kind, sent.payload)
    assert not asked.slack.wait_for(lambda: len(asked.slack.dm("UADA")) > 3, 0.5)
    assert len(asked.rows("entries")) == 1


def test_two_bots_that_hear_the_same_words_log_one_example(asked: Bench, replica: Bench) -> None:
    write(asked, TEXT)
    assert asked.slack.wait_for(lambda: len(thread(asked)) >= 1)
    assert not asked.slack.wait_for(lambda: len(asked.slack.dm("UADA")) > 3, 0.5)
    assert len(replica.rows("entries")) == 1


def test_it_can_be_undone_in_the_thread(ada: Bench) -> None:
    write(ada, TEXT)
    assert ada.slack.wait_for(lambda: len(thread(ada)) == 1)
    press(ada, "Undo")
    assert ada.rows("entries") == []
    assert answers(ada) == ["logged"]


@pytest.mark.parametrize(
    ("words", "said", "shown"),
    [
        ("Nothing this time.", "nothing", "Nothing this time. Next: "),
        ("no", "nothing", "Nothing this time. Next: "),
        ("Skip!", "nothing", "Nothing this time. Next: "),
        ("later", "later", "Later, then. Next: "),
        ("not relevant to my role", "not_relevant", "Set aside until 3 Jun 2027."),
        ("stop asking", "", "Stopped. I will not ask again"),
        ("something else", "", "Teaching and Mentoring*: did something come up lately?"),
    ],
)
def test_the_other_answers_can_be_written_too(
    ada: Bench, words: str, said: str, shown: str
) -> None:
    write(ada, words)
    ada.hears("UADA", shown)
    assert answers(ada) == [said]
    assert ada.rows("entries") == []


def test_small_talk_is_no_example_and_a_question_is_answered(ada: Bench) -> None:
    write(ada, "Thanks!")
    ada.hears("UADA", "One sentence about what changed is plenty: write it here")
    write(ada, "what does my level expect of teaching?")
    ada.hears("UADA", "[All of L3]")
    assert ada.rows("entries") == []
    assert answers(ada) == [""]


def test_nothing_but_a_file_or_far_too_much_is_told_so_in_the_thread(ada: Bench) -> None:
    write(ada, "word " * 700)
    assert ada.slack.wait_for(lambda: len(thread(ada)) == 1)
    write(ada, " ")
    assert ada.slack.wait_for(lambda: len(thread(ada)) == 2)
    assert ada.rows("entries") == []
    assert answers(ada) == [""]


def test_what_was_too_long_is_logged_once_it_is_shortened(ada: Bench) -> None:
    long = write(ada, "word " * 700)
    assert ada.slack.wait_for(lambda: len(thread(ada)) == 1)
    edit(ada, long, TEXT)
    ada.hears("UADA", "Logged, thank you.")
    assert len(ada.rows("entries")) == 1


def test_editing_what_was_logged_logs_nothing_more(ada: Bench) -> None:
    message = write(ada, TEXT)
    ada.hears("UADA", "Logged, thank you.")
    edit(ada, message, f"{TEXT} And more.")
    assert not ada.slack.wait_for(lambda: len(ada.rows("entries")) > 1, 0.3)


def edit(bench: Bench, message: Message, text: str) -> None:
    """Slack tells that a message of the thread was edited."""
    before: dict[str, Any] = {
        "type": "message",
        "user": "UADA",
        "text": message.text,
        "ts": message.ts,
        "thread_ts": message.thread_ts,
    }
    event: dict[str, Any] = {
        "type": "message",
        "subtype": "message_changed",
        "channel": message.channel,
        "channel_type": "im",
        "message": before | {"text": text},
        "previous_message": before,
        "ts": "9.9",
    }
    bench.slack.people.events.tell("message.im", event)


def test_a_second_message_after_the_answer_is_a_message_like_any_other(ada: Bench) -> None:
    ada.bot.advice.prepare()
    write(ada, TEXT)
    ada.hears("UADA", "Logged, thank you.")
    write(ada, "I also wrote a detection for token theft, and it found two cases.")
    ada.hears("UADA", "Keep this as an example?")
    assert len(ada.rows("entries")) == 1


def test_a_thread_below_anything_else_is_no_answer(ada: Bench) -> None:
    ada.bot.advice.prepare()
    press(ada, "Nothing this time")
    other = ada.slack.write("UADA", "hello").message
    assert other
    ada.slack.write("UADA", TEXT, thread_ts=other.ts)
    ada.hears("UADA", "Keep this as an example?")
    assert ada.rows("entries") == []


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Nope.", Reply.NOTHING),
        ("Not this time, sorry", Reply.NOTHING),
        ("Ask me tomorrow", Reply.LATER),
        ("Another one", Reply.OTHER),
        ("ok thanks", Reply.SMALL_TALK),
        ("👍", Reply.SMALL_TALK),
        ("Which one?", Reply.QUESTION),
        ("No alert was lost since I rewrote the parser", Reply.EXAMPLE),
        ("Later that day I wrote the runbook", Reply.EXAMPLE),
    ],
)
def test_what_is_written_means(text: str, reply: Reply) -> None:
    assert reply_in(text) is reply
