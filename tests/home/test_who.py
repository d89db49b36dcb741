"""Who gets a Home, and which: the door decides, and a guest who reads the ladder gets just that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import GUESTS_READ
from playground.local_slack import LocalSlack, text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.home.scenes import home
from tests.sharing.scenes import share, with_examples

OUTSIDE = "Rung is for the members of this workspace"


@pytest.fixture
def guest(slack: LocalSlack) -> str:
    slack.add_user("UGUS", "gus", "Gus", "gus@example.com", "Europe/Berlin", is_restricted=True)
    return "UGUS"


@pytest.fixture
def open_to_guests(slack: LocalSlack, database_url: str, tmp_path: Path) -> Iterator[Bench]:
    with Bench(slack, database_url, tmp_path, guests=GUESTS_READ) as running:
        yield running


@on_sqlite
def test_a_guest_is_told_that_it_is_not_for_them(bench: Bench, guest: str) -> None:
    assert OUTSIDE in home(bench, guest)


@on_sqlite
def test_a_guest_who_may_read_the_ladder_gets_the_ladder(open_to_guests: Bench, guest: str) -> None:
    view = open_to_guests.slack.open_home(guest)
    shown = text_of(view)
    assert "I show you the ladder" in shown
    for words in ("Log an example", "Settings", "Shared", "Privacy"):
        assert words not in shown
    open_to_guests.slack.select(guest, view, "Read any level…", "L4: Technical Lead")
    assert "L4: Technical Lead" in text_of(open_to_guests.modal(guest, "Career ladder"))


def test_a_placed_member_who_became_a_guest_keeps_only_the_ladder(open_to_guests: Bench) -> None:
    bench = with_examples(open_to_guests)
    share(bench, "e1")
    assert "1 page shared with you" in home(bench, "UMIA")
    bench.slack.change_user("UMIA", is_restricted=True)
    assert bench.slack.wait_for(lambda: not bench.bot.is_member(bench.member("UMIA")))
    shown = home(bench, "UMIA")
    assert "I show you the ladder" in shown and "UADA" not in shown
