"""The engineer's own page as they read it: in Slack, cited, short, and nobody else's."""

from __future__ import annotations

import json
import logging
from datetime import date, time

import pytest

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Rhythm
from bot.one_on_ones.preread import preread
from bot.one_on_ones.preread.model import Part, PreReadNotFound, Sentence, example
from bot.slack.blocks import weight
from bot.slack.text import clip
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite

TUESDAY = "2026-12-01T10:00:00+01:00"
CRAFT, CUSTOMERS = "🦉 Domain expertise", "🏆 Customer Success"
TAUGHT = "I taught the rota to the new analysts, and two of them run it without me now."


@pytest.fixture
def ada(bench: Bench) -> Bench:
    bench.set_clock(TUESDAY)
    bench.place("UADA", manager="UMIA")
    return bench


@pytest.fixture
def lite(sqlite_bench: Bench) -> Bench:
    sqlite_bench.set_clock(TUESDAY)
    sqlite_bench.place("UADA", manager="UMIA")
    return sqlite_bench


def meet(bench: Bench, partner: str | None, first: date = date(2026, 12, 7)) -> Pair:
    """Ada meets somebody each week at 14:00, from a Monday on; they have said yes."""
    ada, now = bench.member("UADA"), bench.bot.now()
    other = bench.member(partner) if partner else None
    rhythm = Rhythm(first, time(14), zone="Europe/Berlin")
    pair = bench.bot.pairs.propose(ada, ada, other, rhythm, now)
    return bench.bot.pairs.answer(other, pair.id, yes=True, now=now) if other else pair


def some_examples(bench: Bench) -> None:
    link = {"Link": "https://example.com/pr/7"}
    bench.log("UADA", TAUGHT, Date="2026-11-30", **link)
    bench.log("UADA", "I mentored Ben.", Date="2026-11-28", **link)
    bench.log("UADA", "I spoke to a customer.", CUSTOMERS, Date="2026-11-27")


def test_examples_stand_by_competency_with_day_and_link(ada: Bench) -> None:
    some_examples(ada)
    lines = ada.say("UADA", "/ladder 1on1").split("\n")
    assert lines[lines.index("*Since 3 Nov: 3 examples*") + 1 :][:4] == [
        "*🌱 Teaching and Mentoring*",
        "• I mentored Ben. _(28 Nov)_ link (https://example.com/pr/7)",
        "*🏆 Customer Success*",
        "• I spoke to a customer. _(27 Nov)_",
    ]
    pointed = lines[lines.index("*Worth recognising*") + 1]
    assert pointed.startswith(f"“{TAUGHT}” _(30 Nov)_ link (https://example.com/pr/7) · ")
    assert pointed.endswith("Teaching and Mentoring: it says what changed, and for whom")
    assert "🔒 Only you see this." in lines


@on_sqlite
def test_what_is_quiet_and_what_is_worth_asking(ada: Bench) -> None:
    some_examples(ada)
    ada.log("UADA", "I wrote the runbook.", CRAFT, Date="2026-05-04")
    read = ada.say("UADA", "/ladder 1on1")
    quiet = read.split("*Quiet since then*\n")[1].split("\n")
    assert quiet[0] == "• 🧭 Culture and Leadership _(none in 12 months)_"
    assert read.count("*Where could I show ") == 2, "there is no other reason to ask"
    assert "?* No example in 90 days. The ladder: “" in read


def test_the_focus_and_the_promises_of_both_sides_are_asked_about(ada: Bench) -> None:
    some_examples(ada)
    pair, mia, me = meet(ada, "UMIA"), ada.member("UMIA"), ada.member("UADA")
    ada.bot.nudges.focus_on(me, ["teaching-and-mentoring"], ada.bot.now())
    for owner, text, due in ((mia, "Find a budget", date(2026, 12, 4)), (me, "Write it up", None)):
        ada.bot.pages.promise(mia, pair.id, owner, text, due, f"d{text}", ada.bot.now())
    ada.set_clock("2026-12-05T10:00:00+01:00")
    read = ada.say("UADA", "/ladder 1on1")
    promises = read.split("*Open promises*\n")[1].split("\n")[:2]
    assert sorted(promises) == [
        "• @UMIA: “Find a budget” _(4 days, due 4 Dec: overdue)_",
        "• You: “Write it up” _(4 days)_",
    ]
    assert "*What became of “Find a budget”?* @UMIA’s promise: 4 days" in read
    assert "*What should be my next step in 🌱 Teaching and Mentoring?* My focus." in read
    assert "Worth recognising" in read and "Mentoring, your focus" in read


@on_sqlite
def test_it_looks_further_back_when_most_is_of_late(ada: Bench) -> None:
    for day in range(20, 29):
        ada.log("UADA", f"Of late {day}.", Date=f"2026-11-{day}")
    ada.set_clock("2026-11-20T10:00:00+01:00")
    ada.log("UADA", "I calmed a customer down.", CUSTOMERS, Date="2026-08-03")
    ada.set_clock(TUESDAY)
    meet(ada, "UMIA", date(2026, 12, 2))
    ada.tick("2026-12-02T18:00:00+01:00")
    back = ada.say("UADA", "/ladder 1on1").split("*Looking further back*\n")[1].split("\n")
    assert back[:2] == [
        "9 of your 10 examples of the last six months are from the last four weeks.",
        "Before that, 🏆 Customer Success: “I calmed a customer down.” _(3 Aug)_",
    ]


def test_with_nothing_logged_it_says_what_a_good_start_is(lite: Bench) -> None:
    read = lite.say("UADA", "/ladder 1on1")
    assert "*Since 3 Nov: nothing yet*\nOne sentence about something that changed" in read
    assert "[Share" not in read
    assert "Quiet since then" not in read


def test_more_than_fits_a_phone_is_counted_and_one_press_away(lite: Bench) -> None:
    for number in range(26):
        lite.log("UADA", f"Rule {number}", CRAFT, Date="2026-11-30")
    lite.log("UADA", "An older talk.", "🧭 Culture and Leadership", Date="2026-11-10")
    read = lite.say("UADA", "/ladder 1on1")
    assert "*Since 3 Nov: 27 examples*" in read
    assert "_25 more: *My examples*_" in read
    assert "[My examples]" in read
    quiet = read.split("*Quiet since then*\n")[1].split("*Questions")[0]
    assert "Culture and Leadership" not in quiet, "it has one, although it is not shown"
    assert "Teaching and Mentoring" in quiet


def test_a_usual_one_is_short(lite: Bench) -> None:
    some_examples(lite)
    meet(lite, "UMIA")
    message = lite.slack.command("UADA", "/ladder 1on1").message
    assert message
    assert weight(message.blocks) <= 1500


def test_since_is_the_last_time_of_that_pair(lite: Bench) -> None:
    meet(lite, "UMIA", date(2026, 12, 7))
    meet(lite, "UBEN", date(2026, 12, 9))
    lite.log("UADA", "Before both.", CRAFT, Date="2026-12-01")
    lite.tick("2026-12-07T16:00:00+01:00")
    lite.log("UADA", "Between them.", CRAFT, Date="2026-12-08")
    lite.set_clock("2026-12-08T20:00:00+01:00")
    with_ben = lite.slack.command("UADA", "/ladder 1on1")
    assert with_ben.message
    read = lite.say("UADA", "/ladder 1on1")
    assert "Your one-on-one with @UBEN" in read, "the next one"
    assert "Before both." in read and "Between them." in read
    lite.slack.select("UADA", with_ben, "Another one", "Monday 14 Dec, 14:00")
    other = lite.hears("UADA", "Your one-on-one with @UMIA")
    other = other[other.rindex("Your one-on-one with @UMIA") :]
    assert "Between them." in other
    assert "Before both." not in other


def test_it_covers_what_was_logged_since_although_it_is_older(lite: Bench) -> None:
    meet(lite, "UMIA")
    lite.log("UADA", "before the meeting", Date="2026-12-01")
    lite.tick("2026-12-08T09:00:00+01:00")
    lite.log("UADA", "after the meeting", Date="2026-12-08")
    lite.log("UADA", "an old story told late", Date="2024-11-02")
    read = lite.say("UADA", "/ladder 1on1")
    assert "before the meeting" not in read
    assert "after the meeting" in read
    assert "an old story told late _(2 Nov 2024)_" in read


def test_before_the_first_meeting_it_covers_four_weeks(lite: Bench) -> None:
    lite.set_clock("2026-10-20T09:00:00+02:00")
    lite.log("UADA", "six weeks ago", Date="2026-10-20")
    lite.set_clock("2026-11-10T09:00:00+01:00")
    lite.log("UADA", "three weeks ago", Date="2026-11-10")
    lite.set_clock(TUESDAY)
    read = lite.say("UADA", "/ladder 1on1").split("*Quiet")[0]
    assert "six weeks ago" not in read
    assert "three weeks ago" in read


@pytest.mark.parametrize("ends", ["pair", "skipped"])
def test_what_is_not_going_to_happen_needs_no_pre_read(lite: Bench, ends: str) -> None:
    pair = meet(lite, "UMIA")
    now = lite.set_clock("2026-12-04T10:00:00+01:00")
    lite.bot.pairs.plan_due(now)
    assert "pre-read" in str(lite.rows("parcels"))
    if ends == "pair":
        lite.bot.pairs.end(lite.member("UMIA"), pair.id, now)
    else:
        lite.bot.pairs.move(lite.member("UMIA"), pair.id, "2026-12-07", None, now)
    lite.bot.tick(now)
    assert "Worth" not in str(lite.slack.dm("UADA"))
    assert "Only you see this" not in lite.sees("UADA")


def test_nobody_but_the_engineer_reads_it(ada: Bench) -> None:
    some_examples(ada)
    pair = meet(ada, "UMIA")
    ada.place("UMIA", "L5")
    ada.bot.pages.promise(
        ada.member("UMIA"), pair.id, ada.member("UADA"), "Write it up", None, "d", ada.bot.now()
    )
    person = ada.bot.people.get(ada.member("UADA"))
    for other in ("UMIA", "UBEN"):
        with pytest.raises(PreReadNotFound):
            ada.bot.pre_reads.of(ada.member(other), person, ada.bot.now(), pair)
    own = ada.slack.command("UMIA", "/ladder 1on1").message
    assert own
    ada.forge("UMIA", own, "one_on_ones.other", json.dumps({"v": 1, "pair": pair.id}))
    ada.slack.wait_for(lambda: ada.sees("UMIA").count("nothing yet") >= 2)
    ada.tick("2026-12-04T10:00:00+01:00")
    assert "Only you see this." in ada.dm("UADA", 1)
    for other in ("UMIA", "UBEN"):
        for word in ("taught the rota", "mentored Ben", "spoke to a customer"):
            assert word not in ada.sees(other)


def test_a_sentence_that_no_fact_supports_is_left_out_and_only_its_kind_is_logged(
    lite: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    some_examples(lite)
    real = preread.sentences
    wrong = Sentence(Part.EXAMPLES, "• I am the best of all. _(30 Nov)_", (example("e"),))
    monkeypatch.setattr(preread, "sentences", lambda facts: (*real(facts), wrong))
    with caplog.at_level(logging.ERROR):
        read = lite.say("UADA", "/ladder 1on1")
    assert "best of all" not in read
    assert "I mentored Ben." in read
    assert "sentence_refused kind=quote times=1" in caplog.text
    assert "best" not in caplog.text


def test_a_question_goes_on_the_agenda_in_its_own_words_once_it_was_read(lite: Bench) -> None:
    some_examples(lite)
    meet(lite, "UMIA")
    shown = lite.slack.command("UADA", "/ladder 1on1")
    asked = text_of(shown.message).split("*Questions worth asking*\n")[1]
    question = asked.split("\n")[0].split("*")[1]
    lite.slack.select("UADA", shown, "Ask on our agenda", clip(question, 75))
    form = lite.modal("UADA")
    assert question in str(form.body)
    assert question not in lite.sees("UMIA"), "nothing is shared by looking"
    assert lite.slack.submit("UADA").ok
    (pair,) = lite.bot.pairs.of(lite.member("UADA"))
    page = lite.bot.pages.page(lite.member("UMIA"), pair.id, lite.bot.now())
    assert [item.text for item in page.agenda] == [question]
