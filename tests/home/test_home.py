"""The Home tab, settings, help, and writing to the bot: always a way on, never somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.home.blocks import reading
from bot.ladder.asking.answers import NotFound, SearchAnswer
from bot.ladder.asking.lookup import answer
from bot.ladder.files.loading import load
from playground.local_slack import text_of
from tests.bench import Bench
from tests.ladder.samples import HEAD, TRACK, ladder_at


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    sqlite_bench.set_clock("2026-12-01T10:00:00+01:00")
    return sqlite_bench


def home(bench: Bench, user: str = "UADA") -> str:
    return text_of(bench.slack.open_home(user))


def test_somebody_new_finds_the_first_step_and_everything_that_can_be_typed(bench: Bench) -> None:
    shown = home(bench)
    assert "Tell me where you stand" in shown
    assert "Your examples* · none yet" in shown
    for word in ("/ladder L4", "/ladder log", "/ladder 1on1", "/ladder settings"):
        assert word in shown


def test_somebody_placed_finds_how_they_stand(bench: Bench) -> None:
    bench.place("UADA", "L3", manager="UMIA")
    bench.log("UADA", "I taught.")
    shown = home(bench)
    assert "Security Operations L3" in shown
    assert "@UMIA as your manager" in shown
    assert "Next: Thu, 2026-12-03 10:30 UTC, about Domain expertise, because you have no" in shown
    assert "Your one-on-one* · Not set up yet" in shown
    assert "1 so far" in shown
    assert "I taught." not in shown


def test_it_shows_nothing_of_anybody_else(bench: Bench) -> None:
    bench.place("UADA", manager="UMIA")
    bench.log("UADA", "Ada's story.")
    shown = home(bench, "UMIA")
    assert "UADA" not in shown
    assert "none yet" in shown


def test_the_messages_tab_publishes_nothing(bench: Bench) -> None:
    bench.slack.open_messages_tab("UADA")
    assert not bench.slack.wait_for(lambda: bench.slack.called("views.publish"), 0.3)


@pytest.mark.parametrize(
    ("button", "title"),
    [
        ("Log an example", "Log an example"),
        ("My examples", "My examples"),
        ("Settings", "Settings"),
    ],
)
def test_its_buttons_open_what_they_say(bench: Bench, button: str, title: str) -> None:
    bench.place("UADA")
    bench.slack.press("UADA", bench.slack.open_home("UADA"), button)
    assert bench.modal("UADA").title == title


def test_the_one_on_one_opens_from_home_where_the_person_looks(bench: Bench) -> None:
    bench.place("UADA")
    bench.slack.press("UADA", bench.slack.open_home("UADA"), "My one-on-one")
    assert "Nothing yet" in text_of(bench.modal("UADA", "My one-on-one"))
    assert bench.slack.dm("UADA") == []


def test_a_published_home_is_taken_over_when_it_is_opened_again(bench: Bench) -> None:
    home(bench)
    bench.place("UADA", "L4")
    assert "Technical Lead" in home(bench)


def test_settings_lead_to_everything_that_a_person_decides(bench: Bench) -> None:
    bench.place("UADA")
    for button, title in (
        ("Change level or manager", "Where you stand"),
        ("Change or stop nudges", "When to ask you"),
        ("Set up", "My one-on-one"),
    ):
        bench.slack.command("UADA", "/ladder settings")
        bench.slack.press("UADA", bench.modal("UADA", "Settings"), button)
        assert bench.modal("UADA", title)
        bench.slack.close_modal("UADA", whole_stack=True)


def test_settings_of_somebody_not_placed_are_the_first_step(bench: Bench) -> None:
    bench.slack.command("UBEN", "/ladder settings")
    view = bench.modal("UBEN", "Settings")
    bench.slack.press("UBEN", view, "Choose my track and level")
    assert bench.modal("UBEN", "Where you stand")


@pytest.mark.parametrize("typed", ["help", "HELP", "?"])
def test_help_says_what_can_be_typed_and_that_it_is_private(bench: Bench, typed: str) -> None:
    said = bench.say("UADA", f"/ladder {typed}")
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
