"""Answers kept in memory: the right one for each asker, bounded, and gone with its source."""

from __future__ import annotations

import json
import threading

from bot.slack.blocks import message
from bot.slack.ready import Shelf
from playground.local_slack import text_of
from tests.bench import TRACK, Bench


class Counted:
    """Makes an answer, and counts how often."""

    def __init__(self, text: str) -> None:
        self.text, self.times = text, 0

    def __call__(self) -> dict[str, object]:
        self.times += 1
        return message(self.text)


def test_an_answer_is_made_once_and_given_again_word_for_word() -> None:
    shelf, make = Shelf(), Counted("Größe 🦉")
    first, second = (shelf.answer("ladder", "L4", make) for _ in range(2))
    assert make.times == 1
    assert first is second
    assert first.body.isascii()
    said = json.loads(first.body)
    assert said["text"] == "Größe 🦉"
    assert said["response_type"] == "ephemeral", "nobody else in the channel sees it"


def test_another_question_and_another_source_are_made_anew() -> None:
    shelf, source = Shelf(), object()
    shelf.answer(source, "L4", Counted("old"))
    assert "five" in shelf.answer(source, "L5", Counted("five")).body
    assert "new" in shelf.answer(object(), "L4", Counted("new")).body


def test_a_new_source_leaves_nothing_of_the_old_one_behind() -> None:
    shelf, new, whole = Shelf(most_bytes=1_000), object(), "x" * 300
    for key in ("L4", "L5"):
        shelf.answer("old", key, Counted(f"old {whole}"))
    makers = {key: Counted(f"new {whole}") for key in ("L5", "L4")}
    for key, make in (*makers.items(), *makers.items()):
        assert "new" in shelf.answer(new, key, make).body
    assert [make.times for make in makers.values()] == [1, 1], "both find room"


def test_an_answer_made_twice_at_once_takes_its_room_once() -> None:
    shelf, first = Shelf(most_bytes=1_000), Counted("x" * 300)

    def while_others_ask() -> dict[str, object]:
        shelf.answer("ladder", "same", Counted("x" * 300))
        return message("x" * 300)

    shelf.answer("ladder", "first", first)
    shelf.answer("ladder", "same", while_others_ask)
    shelf.answer("ladder", "first", first)
    assert first.times == 1


def test_an_answer_that_was_still_being_made_when_the_source_changed_is_not_kept_for_the_new() -> (
    None
):
    shelf, old, new = Shelf(), object(), object()

    def slow() -> dict[str, object]:
        shelf.answer(new, "L4", Counted("new"))
        return message("old")

    assert "old" in shelf.answer(old, "L4", slow).body
    assert "new" in shelf.answer(new, "L4", Counted("new")).body


def test_what_was_used_last_is_kept_when_there_are_too_many() -> None:
    shelf = Shelf(most=2)
    kept, forgotten = Counted("kept"), Counted("forgotten")
    shelf.answer("ladder", "kept", kept)
    shelf.answer("ladder", "forgotten", forgotten)
    shelf.answer("ladder", "kept", kept)
    shelf.answer("ladder", "third", Counted("third"))
    shelf.answer("ladder", "kept", kept)
    shelf.answer("ladder", "forgotten", forgotten)
    assert (kept.times, forgotten.times) == (1, 2)


def test_many_long_answers_stay_within_their_bytes() -> None:
    shelf = Shelf(most_bytes=1_000)
    first = Counted("x" * 300)
    shelf.answer("ladder", 0, first)
    for number in range(1, 4):
        shelf.answer("ladder", number, Counted("x" * 300))
    shelf.answer("ladder", 0, first)
    assert first.times == 2
    huge = Counted("x" * 2_000)
    assert "xxx" in shelf.answer("ladder", "huge", huge).body, "answered, though not kept"


def test_threads_that_ask_at_once_get_their_own_answers() -> None:
    shelf, wrong = Shelf(most=8), []

    def ask(start: int) -> None:
        for step in range(300):
            key = f"word {(start + step) % 20}"
            if json.loads(shelf.answer("ladder", key, Counted(key)).body)["text"] != key:
                wrong.append(key)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_people_on_different_rungs_get_different_answers_to_the_same_words(
    sqlite_bench: Bench,
) -> None:
    sqlite_bench.place("UADA", "L3")
    sqlite_bench.place("UMIA", "L4")
    for _ in range(2):
        assert "L3: Senior" in sqlite_bench.say("UADA", "/ladder me")
        assert "L4: Technical Lead" in sqlite_bench.say("UMIA", "/ladder me")
        assert "Choose my track and level" in sqlite_bench.say("UBEN", "/ladder me")


def test_somebody_who_was_moved_is_answered_from_where_they_stand_now(sqlite_bench: Bench) -> None:
    sqlite_bench.place("UADA", "L3")
    sqlite_bench.say("UADA", "/ladder")
    sqlite_bench.place("UADA", "L4")
    assert "L4: Technical Lead" in sqlite_bench.say("UADA", "/ladder")


def test_the_same_words_in_a_channel_and_alone_with_the_bot_get_different_buttons(
    sqlite_bench: Bench,
) -> None:
    sqlite_bench.slack.open_messages_tab("UADA")
    words = f"/ladder {TRACK}/L4"
    in_channel = sqlite_bench.slack.command("UADA", words, "sec-ops").message
    assert in_channel
    assert "Share in this channel" in text_of(in_channel)
    assert "Share in this channel" not in sqlite_bench.say("UADA", words)
