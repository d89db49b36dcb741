"""The Home tab, settings and help: always a way on, and for each person only their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.home.blocks import reading
from bot.ladder.asking.answers import NotFound, SearchAnswer
from bot.ladder.asking.lookup import answer
from bot.ladder.files.loading import load
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.home.scenes import TUESDAY, home, meet, promise, propose
from tests.ladder.samples import HEAD, TRACK, ladder_at
from tests.sharing.scenes import CRAFT, add


@pytest.fixture
def bench(bench: Bench) -> Bench:
    bench.set_clock(TUESDAY)
    return bench


@pytest.fixture
def one_engine(sqlite_bench: Bench) -> Bench:
    sqlite_bench.set_clock(TUESDAY)
    return sqlite_bench


@on_sqlite
def test_somebody_new_finds_the_first_step_the_ladder_and_what_rung_does(bench: Bench) -> None:
    shown = home(bench)
    for words in ("Tell me where you stand", "*Read:*", "*Collect:*", "*Talk:*", "None yet"):
        assert words in shown
    assert "Next for you" not in shown
    for button in ("[Ask the ladder]", "[Log an example]", "[Privacy]", "[Help]"):
        assert button in shown


def test_somebody_new_reads_a_level_and_logs_an_example_from_home(bench: Bench) -> None:
    view = bench.slack.open_home("UADA")
    bench.slack.select("UADA", view, "Read any level…", "L4: Technical Lead")
    assert "L4: Technical Lead" in text_of(bench.modal("UADA", "Career ladder"))
    bench.slack.close_modal("UADA")
    bench.slack.press("UADA", bench.slack.open_home("UADA"), "Log an example")
    bench.modal("UADA", "Log an example")
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": "I taught."}
    assert not bench.slack.submit("UADA", fields).errors
    assert "I taught." in home(bench)


def test_the_top_says_what_is_next_and_why(bench: Bench) -> None:
    bench.place("UADA", "L3", manager="UMIA")
    add(bench, "e1", "I taught.")
    pair = meet(bench, "UADA", "UMIA")
    bench.set_clock("2026-11-19T10:00:00+01:00")
    promise(bench, pair, "UADA", "I write the runbook.")
    bench.set_clock("2026-11-24T10:00:00+01:00")
    promise(bench, pair, "UADA", "I ask Ben.")
    bench.set_clock(TUESDAY)
    shown = home(bench)
    top = shown[: shown.index("[Log an example]")]
    assert "with @UMIA · 2026-12-04 13:00 UTC" in top
    assert "Thu, 2026-12-03 10:30 UTC, about Domain expertise, because you have no" in top
    assert "*2 open promises* of yours · the oldest 12 days old" in top
    assert "named @UMIA as your manager" in top and "[Yes, they are my manager]" in top
    assert shown.index("I write the runbook.") < shown.index("I ask Ben.")
    assert "[Our page] [My pre-read] [My one-on-ones]" in shown


def test_a_promise_says_to_whom_how_old_and_until_when_and_the_rest_is_counted(
    one_engine: Bench,
) -> None:
    """Days are those of the viewer's calendar: half past eleven and half past twelve are two."""
    bench = one_engine
    bench.place("UADA")
    ada, pair = bench.member("UADA"), meet(bench, "UADA", "UMIA")
    late = bench.set_clock("2026-12-02T23:30:00+01:00")
    bench.bot.pages.promise(ada, pair.id, ada, "I ask Ben.", date(2026, 12, 9), "d", late)
    bench.set_clock("2026-12-03T00:30:00+01:00")
    for number in range(4):
        promise(bench, pair, "UADA", f"I write part {number}.")
    shown = home(bench)
    assert "I ask Ben.\nto @UMIA · 1 day old · by 9 Dec 2026" in shown
    assert "*5 open promises* of yours · the oldest 1 day old" in shown
    assert "I write part 1." in shown and "I write part 2." not in shown
    assert "… and 2 more, on the pages of your one-on-ones." in shown


def test_who_asks_beyond_the_first_three_is_counted(one_engine: Bench) -> None:
    bench = one_engine
    for number in range(4):
        user = f"U{number:02}"
        bench.slack.add_user(user, user.lower(), user, f"{user}@example.com", "Europe/Berlin")
        bench.place(user)
        propose(bench, user, "UMIA")
    shown = home(bench, "UMIA")
    assert shown.count("asks to meet") == 3
    assert "… and 1 more: *My one-on-ones*" in shown
    assert "*Your people*" not in shown, "nobody is met before both have said yes"
    assert "[Our page]" not in shown
    assert "asks to meet" not in home(bench, "U00"), "who asked is not asked"


def test_while_the_other_side_has_not_confirmed_there_is_no_page_of_both(
    one_engine: Bench,
) -> None:
    one_engine.place("UADA")
    propose(one_engine, "UADA", "UMIA")
    shown = home(one_engine)
    assert "*One-on-one* with @UMIA" in shown
    assert "[Our page]" not in shown


@on_sqlite
def test_what_the_other_side_has_not_confirmed_is_not_told_as_set(bench: Bench) -> None:
    bench.place("UADA", "L3")
    mine, theirs = propose(bench, "UADA", "UMIA"), "waits for @UMIA to confirm"
    assert f"with @UMIA · 2026-12-04 13:00 UTC · {theirs}" in home(bench)
    assert "none planned yet" in home(bench, "UMIA")
    bench.bot.pairs.answer(bench.member("UMIA"), mine.id, yes=True, now=bench.bot.now())
    for user in ("UADA", "UMIA"):
        assert "2026-12-04 13:00 UTC" in home(bench, user)
        assert "to confirm" not in home(bench, user)


@on_sqlite
def test_home_shows_the_level_the_next_one_and_the_last_examples(bench: Bench) -> None:
    bench.place("UADA", "L3")
    for number in range(4):
        bench.set_clock(f"2026-11-0{number + 1}T10:00:00+01:00")
        add(bench, f"e{number}", f"Story {number}.", CRAFT)
    bench.set_clock(TUESDAY)
    shown = home(bench)
    assert "Security Operations L3: Senior Security Analyst" in shown
    assert "Next: Security Operations L4: Technical Lead" in shown
    assert "Story 0." not in shown
    assert shown.index("Story 3.") < shown.index("Story 2.") < shown.index("Story 1.")
    assert "4 Nov 2026_ · 🦉 Domain expertise" in shown
    assert "Only you see them" in shown


def test_an_example_is_changed_from_home(one_engine: Bench) -> None:
    bench = one_engine
    bench.place("UADA")
    add(bench, "e1", "I taught.")
    bench.slack.press("UADA", bench.slack.open_home("UADA"), "Edit")
    bench.modal("UADA", "Change an example")
    assert not bench.slack.submit("UADA", {"What happened": "I taught Ben."}).errors
    assert "I taught Ben." in home(bench)


def test_somebody_whose_level_was_lost_chooses_again(one_engine: Bench) -> None:
    bench = one_engine
    bench.place("UADA", "L3")
    with bench.bot.database.write() as tx:
        tx.exec_driver_sql("UPDATE people SET level_id = 'gone'")
    shown = home(bench)
    assert "The ladder has changed" in shown
    assert "[Choose my track and level]" in shown


def test_the_messages_tab_publishes_nothing(one_engine: Bench) -> None:
    one_engine.slack.open_messages_tab("UADA")
    assert not one_engine.slack.wait_for(lambda: one_engine.slack.called("views.publish"), 0.3)


@pytest.mark.parametrize(
    ("button", "title"),
    [
        ("Log an example", "Log an example"),
        ("My examples", "My examples"),
        ("My pre-read", "My one-on-one"),
        ("Set up my one-on-one", "My one-on-one"),
        ("Shared", "Shared"),
        ("Settings", "Settings"),
        ("Privacy", "Privacy"),
        ("Help", "What Rung can do"),
    ],
)
def test_its_buttons_open_what_they_say(one_engine: Bench, button: str, title: str) -> None:
    one_engine.place("UADA")
    one_engine.slack.press("UADA", one_engine.slack.open_home("UADA"), button)
    assert one_engine.modal("UADA", title)
    assert one_engine.slack.dm("UADA") == []


def test_the_page_opens_from_home(one_engine: Bench) -> None:
    one_engine.place("UADA")
    meet(one_engine, "UADA", "UMIA")
    one_engine.slack.press("UADA", one_engine.slack.open_home("UADA"), "Our page")
    assert "@UMIA" in text_of(one_engine.modal("UADA"))


def test_who_is_asked_to_meet_answers_from_home(one_engine: Bench) -> None:
    bench = one_engine
    bench.place("UADA")
    propose(bench, "UADA", "UMIA")
    shown = home(bench, "UMIA")
    assert "@UADA asks to meet, every week on Friday at 14:00 (Europe/Berlin)" in shown
    bench.slack.press("UMIA", bench.slack.home("UMIA"), "Confirm")
    assert "With @UADA" in text_of(bench.modal("UMIA", "My one-on-ones"))
    assert "asks to meet" not in home(bench, "UMIA")


def test_settings_lead_to_everything_that_a_person_decides(one_engine: Bench) -> None:
    bench = one_engine
    bench.place("UADA")
    for button, title in (
        ("Change level or manager", "Where you stand"),
        ("Change or stop nudges", "When to ask you"),
        ("Set up", "My one-on-one"),
        ("My one-on-ones", "My one-on-ones"),
    ):
        bench.slack.command("UADA", "/ladder settings")
        bench.slack.press("UADA", bench.modal("UADA", "Settings"), button)
        assert bench.modal("UADA", title)
        bench.slack.close_modal("UADA", whole_stack=True)


def test_settings_list_every_one_on_one_with_the_way_to_change_it(one_engine: Bench) -> None:
    bench = one_engine
    bench.place("UADA")
    bench.place("UBEN")
    meet(bench, "UADA", "UMIA")
    propose(bench, "UBEN", "UADA")
    bench.slack.command("UADA", "/ladder settings")
    said = text_of(bench.modal("UADA", "Settings"))
    assert "With @UMIA · every week on Friday at 14:00 (Europe/Berlin)" in said
    assert "With @UBEN" in said and "Not confirmed yet." in said
    bench.slack.press("UADA", bench.modal("UADA", "Settings"), "Change", 0)
    assert bench.modal("UADA", "My one-on-one")


def test_settings_of_somebody_not_placed_are_the_first_step(one_engine: Bench) -> None:
    one_engine.slack.command("UBEN", "/ladder settings")
    view = one_engine.modal("UBEN", "Settings")
    one_engine.slack.press("UBEN", view, "Choose my track and level")
    assert one_engine.modal("UBEN", "Where you stand")


@pytest.mark.parametrize("typed", ["help", "HELP", "?"])
def test_help_is_one_message_by_what_it_is_for(one_engine: Bench, typed: str) -> None:
    said = one_engine.say("UADA", f"/ladder {typed}")
    parts = ["*Read the ladder*", "*Collect examples*", "*Talk about it*", "*Decide*"]
    assert sorted(parts, key=said.index) == parts
    assert "/ladder compare L3 L4" in said
    assert "Save as example" in said
    assert "Only you can read your examples" in said


def test_every_word_in_help_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    """Also in a ladder whose levels and competencies are called otherwise than in ours."""
    ladder, _ = load(ladder_at(tmp_path, HEAD, platform=TRACK.replace("L4", "E4")))
    assert ladder
    words = [word.removeprefix("/ladder ") for word, _ in reading(ladder)]
    assert words[1:3] == ["E4", "E4 technical"]
    for word in words[1:3] + [each for each in words if "all levels" in each or "compare" in each]:
        assert not isinstance(answer(ladder, None, word), NotFound | SearchAnswer), word
    assert not [word for word in words if word.startswith("same")]
