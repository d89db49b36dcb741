"""What a manager or lead finds on Home: what they may see of their people, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.home.model import PEOPLE
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.home.scenes import home, meet, promise, shows
from tests.sharing.scenes import CRAFT, add, confirm, lists, share, take_back, with_examples

SECRET = "quokkacanary"


@pytest.fixture
def given(bench: Bench) -> Bench:
    """Ada with two examples and her manager Mia, who is an engineer herself."""
    return with_examples(bench)


def people_on(bench: Bench, user: str) -> list[str]:
    """Whom the open Home lists, in its order."""
    blocks = bench.slack.home(user).blocks
    rows = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    return [row.split(">")[0].removeprefix("*<@") for row in rows if row.startswith("*<@")]


def test_a_manager_sees_when_they_meet_what_is_shared_and_what_they_promised(given: Bench) -> None:
    pair = meet(given, "UADA", "UMIA")
    share(given, "e1")
    share(given, "e2")
    promise(given, pair, "UMIA", "I ask about the budget.")
    shown = home(given, "UMIA")
    assert "*Your people*" in shown
    assert "*@UADA* · 2026-12-04 13:00 UTC" in shown
    assert "2 pages shared with you · 🤝 1 promise of yours, from today" in shown
    assert "*Where you stand* · Security Operations L5" in shown, "an engineer too"
    take_back(given, 0)
    assert "1 page shared with you" in shows(given, "UMIA", "1 page shared")


@on_sqlite
def test_each_row_counts_what_was_promised_to_that_person_alone(given: Bench) -> None:
    pair = meet(given, "UADA", "UMIA")
    given.place("UBEN")
    meet(given, "UBEN", "UMIA", date(2026, 12, 5))
    for words in ("I ask about the budget.", "I book the room."):
        promise(given, pair, "UMIA", words)
    shown = home(given, "UMIA")
    ada, ben = (shown[shown.index(f"*@{user}*") :] for user in ("UADA", "UBEN"))
    assert "2 promises of yours" in ada[: ada.index("*@UBEN*")]
    assert "promise" not in ben[: ben.index("You see what they")]


@on_sqlite
def test_nothing_that_is_not_shared_shows_not_even_that_it_is_there(given: Bench) -> None:
    add(given, "e3", f"{SECRET} example", CRAFT)
    pair = meet(given, "UADA", "UMIA")
    promise(given, pair, "UADA", f"{SECRET} promise of Ada's")
    given.bot.pages.write_note(
        given.member("UADA"), pair.id, f"{SECRET} note", "n", given.bot.now()
    )
    before = home(given, "UMIA")
    assert SECRET not in str(given.slack.home("UMIA").blocks)
    assert "shared" not in before[before.index("*@UADA*") : before.index("You see what they")]


@on_sqlite
def test_with_examples_and_without_the_managers_home_is_the_same(given: Bench) -> None:
    meet(given, "UADA", "UMIA")
    with_two = home(given, "UMIA")
    for entry_id in ("e1", "e2"):
        given.bot.journal.delete(given.member("UADA"), entry_id)
    assert home(given, "UMIA") == with_two


def test_a_former_manager_keeps_nothing(given: Bench) -> None:
    pair = meet(given, "UADA", "UMIA")
    share(given, "e1")
    promise(given, pair, "UMIA", "I ask about the budget.")
    assert "*@UADA*" in home(given, "UMIA")
    confirm(given, "UADA", "UBEN")
    shown = home(given, "UMIA")
    assert "UADA" not in shown and "budget" not in shown
    assert "UADA" not in home(given, "UBEN"), "the next one begins with nothing"


@on_sqlite
def test_a_lead_sees_whom_they_meet(given: Bench) -> None:
    meet(given, "UADA", "UBEN")
    share(given, "e1", reader="UBEN")
    shown = home(given, "UBEN")
    assert "*@UADA* · 2026-12-04 13:00 UTC" in shown
    assert "1 page shared with you" in shown
    assert "Tell me where you stand" in shown, "not placed, and useful all the same"


@on_sqlite
def test_who_is_shared_with_and_meets_nobody_finds_the_pages(given: Bench) -> None:
    share(given, "e1", reader="ULENA")
    shown = home(given, "ULENA")
    assert "*@UADA*\n📄 1 page shared with you" in shown
    given.slack.press("ULENA", given.slack.home("ULENA"), "Shared")
    assert "@UADA" in text_of(given.modal("ULENA", "Shared"))
    assert lists(given, "ULENA")


@pytest.fixture
def many(given: Bench) -> Iterator[Bench]:
    """Mia meets a dozen people, one a day."""
    for number in range(12):
        user = f"U{number:02}"
        given.slack.add_user(user, user.lower(), user, f"{user}@example.com", "Europe/Berlin")
        given.place(user)
        meet(given, user, "UMIA", date(2026, 12, 2 + number))
    yield given


def test_many_people_come_in_pages_that_stay_where_they_are(many: Bench) -> None:
    assert "1 to 5 of 12" in home(many, "UMIA")
    first = people_on(many, "UMIA")
    assert first == [f"U{number:02}" for number in range(PEOPLE)]
    many.slack.press("UMIA", many.slack.home("UMIA"), "Later")
    shows(many, "UMIA", "6 to 10 of 12")
    many.slack.press("UMIA", many.slack.home("UMIA"), "Later")
    shown = shows(many, "UMIA", "11 to 12 of 12")
    assert "[Earlier]" in shown and "[Later]" not in shown
    add(many, "m1", "Mia did something.", user="UMIA")
    many.slack.command("UMIA", "/ladder nudges off")
    shown = shows(many, "UMIA", "Mia did something.")
    assert "11 to 12 of 12" in shown, "what changes elsewhere does not turn the page"
    home(many, "UMIA")
    shows(many, "UMIA", "1 to 5 of 12")  # opened again, it begins anew


@on_sqlite
def test_a_page_that_is_gone_gives_the_last_one(many: Bench) -> None:
    view = many.slack.open_home("UMIA")
    many.forge("UMIA", view, "home.turn", '{"v":1,"page":99}')
    shows(many, "UMIA", "11 to 12 of 12")
    many.forge("UMIA", view, "home.turn", '{"v":1,"page":-7}')
    shows(many, "UMIA", "1 to 5 of 12")
