"""A form or button that was there by right, used after the right was gone: asked again, and no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.people import store as people
from bot.people.model import Manager, Relation
from playground.local_slack import text_of
from tests.bench import Bench
from tests.privacy.cells.attempt import World
from tests.privacy.cells.people import ADMIN, OWNER
from tests.privacy.cells.world import word_of

BUTTON = "Ask for an export or erasure"


@pytest.fixture
def bench(world: World) -> Iterator[Bench]:
    """The world's bot, put back as it was afterwards."""
    world.restore()
    yield world.bench
    world.settle()
    world.restore()


def another_manager(bench: Bench) -> None:
    """Ada's manager changes, as it does when Nora says yes."""
    ada, now = bench.member(OWNER), bench.bot.now()
    bench.bot.people.managers.answer(bench.member("UNORA"), ada, yes=True, now=now)


@contextmanager
def unchanged(bench: Bench, *tables: str) -> Iterator[None]:
    before = [bench.rows(table) for table in tables]
    yield
    assert [bench.rows(table) for table in tables] == before


def open_page(bench: Bench) -> None:
    bench.slack.command("UMIA", "/ladder shared")
    bench.slack.press("UMIA", bench.modal("UMIA", "Shared"), "Open")
    bench.modal("UMIA", "Shared with you")
    bench.hears("UMIA", word_of("mia"))


def test_a_page_that_is_open_cannot_be_marked_by_who_stopped_being_manager(
    bench: Bench, world: World
) -> None:
    open_page(bench)
    another_manager(bench)
    with unchanged(bench, "readings", "shares"):
        bench.slack.press("UMIA", bench.modal("UMIA"), "Mark as read")
        bench.hears("UMIA", "That page is not there, or not any more.")
        world.settle()


def test_a_preview_that_is_open_is_not_shared_with_who_is_no_manager_any_more(
    bench: Bench, world: World
) -> None:
    bench.slack.command(OWNER, "/ladder share")
    bench.modal(OWNER, "Share your examples")
    entry = world.ids["ada"].of("entry")
    bench.slack.submit(OWNER, {"Examples": [entry], "With whom": "ULENA"})
    bench.hears(OWNER, "exactly what")
    another_manager(bench)
    with unchanged(bench, "shares"):
        bench.slack.submit(OWNER)
        world.settle()
    assert "Nothing was shared" in bench.sees(OWNER)
    assert bench.slack.dm("ULENA") == []


def stops_managing(bench: Bench) -> None:
    """Nobody is managed by Mia any more, so there is nobody whom she may propose for."""
    another_manager(bench)


def is_no_admin(bench: Bench) -> None:
    bench.bot.accounts._admins.discard(bench.member(ADMIN))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("user", "lost"), [("UMIA", stops_managing), (ADMIN, is_no_admin)])
def test_a_proposal_that_is_open_is_not_made_by_who_may_not_any_more(
    bench: Bench, world: World, user: str, lost: Callable[[Bench], None]
) -> None:
    bench.slack.command(user, "/ladder settings")
    bench.slack.press(user, bench.modal(user, "Settings"), "people.propose")
    bench.modal(user, "Propose a manager")
    try:
        lost(bench)
        with unchanged(bench, "manager_proposals", "managers"):
            answer = bench.slack.submit(user, {"Whose manager?": OWNER, "Manager": "UCLEO"})
            world.settle()
        assert "older version" in str(answer.errors)
    finally:
        bench.bot.accounts._admins.add(bench.member(ADMIN))  # type: ignore[attr-defined]


def test_a_question_that_is_open_is_not_answered_by_who_is_not_asked_any_more(
    bench: Bench, world: World
) -> None:
    other = Manager("UCLEO", Relation.PROPOSED, OWNER)
    with bench.bot.database.write() as tx:
        people.save_proposal(tx, bench.member(OWNER), other, bench.bot.now())
    home = bench.slack.open_home("UNORA")
    with unchanged(bench, "manager_proposals", "managers", "former_managers"):
        bench.forge("UNORA", home, "people.yes", f'{{"v":1,"engineer":"{OWNER}"}}')
        world.settle()
    assert "@" not in text_of(bench.slack.modal("UNORA")), "nobody is named"


@pytest.mark.parametrize(
    ("title", "open_form", "fields"),
    [
        ("Change an example", "journal.edit", {"What happened": "something else"}),
        ("Erase everything", "own_data.erase", {"word": "ERASE"}),
    ],
)
def test_a_form_that_is_open_is_not_taken_from_who_left_the_workspace(
    bench: Bench, world: World, title: str, open_form: str, fields: dict[str, str]
) -> None:
    home = bench.slack.open_home(OWNER)
    entry = world.ids["ada"].of("entry")
    value = f'{{"v":1,"entry":"{entry}"}}' if open_form == "journal.edit" else ""
    bench.forge(OWNER, home, open_form, value)
    view = bench.modal(OWNER)
    labels = {
        block["label"]["text"]: said
        for block in view.blocks
        if block["type"] == "input"
        for name, said in fields.items()
        if name in (block["label"]["text"], block["block_id"])
    }
    assert labels, f"{title}: {text_of(view)}"
    bench.slack.change_user(OWNER, deleted=True)
    world.settle()
    try:
        with unchanged(bench, "entries", "entry_versions", "shares"):
            bench.slack.submit(OWNER, labels)
            world.settle()
        assert "Rung is for the members of this workspace" in bench.sees(OWNER)
    finally:
        bench.slack.change_user(OWNER, deleted=False)
