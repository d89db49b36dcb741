"""A lead's forms and buttons that were there by right, used after they stopped being a lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.people import store as people
from bot.people.model import Manager, Relation
from bot.privacy.policy import Role
from playground.local_slack import text_of
from tests.bench import Bench
from tests.privacy.cells.attempt import World
from tests.privacy.cells.people import LEAD, OWNER, Actor
from tests.privacy.cells.ways import Act, press, ref
from tests.privacy.cells.world import LINE, NOTE, word_of

KEPT = ("agenda_items", "action_items", "talks", "private_notes", "shares", "readings", "pairs")
FORMS: dict[str, tuple[Act, dict[str, str]]] = {
    "a line": (press("page.add", ref(pair="$pair")), {"What to talk about": "x"}),
    "their line": (
        press("page.item", ref(item="$leads-line", do="edit")),
        {"What to talk about": "x"},
    ),
    "their line removed": (press("page.item", ref(item="$leads-line", do="remove")), {}),
    "a promise": (press("page.add_promise", ref(pair="$pair")), {"What": "x"}),
    "their promise": (press("page.promise", ref(item="$leads-owed", do="edit")), {"What": "x"}),
    "her promise dropped": (
        press("page.promise", ref(item="$owed", do="drop")),
        {"Why it is dropped": "x"},
    ),
    "what was agreed": (press("page.agreed", ref(talk="$talk")), {"What we agreed": "x"}),
    "a note": (press("page.note", ref(pair="$pair")), {"Notes": "x"}),
}
OUR_PAGE = {"callback_id": "rung.some", "private_metadata": ref(pair="$pair")}
BUTTONS: dict[str, Act] = {
    "ticked": press("page.item", ref(item="$line", do="discussed"), OUR_PAGE),
    "done": press("page.promise", ref(item="$owed", do="done"), OUR_PAGE),
    "page": press("page.open", ref(pair="$pair")),
    "past": press("history.open", ref(pair="$pair")),
    "turned": press("page.turn", ref(pair="$pair"), OUR_PAGE),
    "did not meet": press("reminding.not_met", ref(talk="$talk")),
    "her page": press("sharing.open", ref(share="$zoe")),
    "her page marked": press("sharing.mark", ref(share="$zoe")),
    "skipped": press("pairs.skip", ref(pair="$pair", slot="2026-12-10"), OUR_PAGE),
    "ended": press("pairs.end", ref(pair="$pair"), OUR_PAGE),
}
LEADER = Actor("lead", Role.LEAD, LEAD)


def removed(bench: Bench, pair_id: str) -> None:
    """Ada ends it."""
    bench.bot.pairs.end(bench.member(OWNER), pair_id, bench.bot.now())


def deactivated(bench: Bench, _pair_id: str) -> None:
    """The lead leaves the company."""
    bench.slack.change_user(LEAD, deleted=True)


def made_a_guest(bench: Bench, _pair_id: str) -> None:
    """The lead's account is one of a guest now."""
    bench.slack.change_user(LEAD, is_restricted=True)


def manager_for_a_while(bench: Bench, _pair_id: str) -> None:
    """The lead becomes Ada's line manager, and then somebody else does."""
    becomes_manager(bench, LEAD)
    becomes_manager(bench, "UNORA")


def becomes_manager(bench: Bench, user: str) -> None:
    ada, now = bench.member(OWNER), bench.bot.now()
    with bench.bot.database.write() as tx:
        people.save_proposal(tx, ada, Manager(user, Relation.PROPOSED, OWNER), now)
    bench.bot.people.managers.answer(bench.member(user), ada, yes=True, now=now)


LOST = (removed, deactivated, made_a_guest, manager_for_a_while)


@pytest.fixture
def bench(world: World) -> Iterator[Bench]:
    """The world's bot, put back as it was afterwards, with the lead a member again."""
    world.restore()
    yield world.bench
    world.slack.change_user(LEAD, deleted=False, is_restricted=False)
    world.settle()
    world.bench.bot.accounts.actor(world.bench.member(LEAD))
    world.restore()


def does(world: World, act: Act) -> None:
    act(world, LEADER, world.ids["ada"])
    world.settle()


def lose(world: World, lost: Callable[[Bench, str], None]) -> None:
    lost(world.bench, world.ids["ada"].of("pair"))
    world.settle()


@contextmanager
def unchanged(bench: Bench) -> Iterator[None]:
    before = held(bench)
    yield
    assert held(bench) == before


def held(bench: Bench) -> dict[str, list[dict[str, object]]]:
    return {table: bench.rows(table) for table in KEPT}


@pytest.mark.parametrize("what", [*FORMS, *BUTTONS])
def test_while_they_are_a_lead_each_does_or_shows_something(
    bench: Bench, world: World, what: str
) -> None:
    """Else nothing would be proved by what follows."""
    before = held(bench)
    does(world, BUTTONS[what] if what in BUTTONS else FORMS[what][0])
    if what in FORMS:
        assert not bench.slack.submit(LEAD, FORMS[what][1]).errors
        world.settle()
    seen = bench.sees(LEAD)
    opens = what in ("page", "past", "turned", "her page")
    words = (LINE, word_of("zoe"), "Earlier one-on-ones")
    assert any(word in seen for word in words) if opens else held(bench) != before


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lost", [removed, deactivated, manager_for_a_while])
def test_a_form_that_is_open_is_not_taken_from_who_is_no_lead_any_more(
    bench: Bench, world: World, form: str, lost: Callable[[Bench, str], None]
) -> None:
    opens, fields = FORMS[form]
    does(world, opens)
    opened = bench.modal(LEAD)
    assert opened.body.get("callback_id", "").startswith("page."), text_of(opened)
    lose(world, lost)
    with unchanged(bench):
        bench.slack.submit(LEAD, fields)
        world.settle()
    assert "Saved" not in bench.sees(LEAD)


@pytest.mark.parametrize("lost", LOST)
def test_no_button_that_is_left_on_a_screen_does_or_shows_anything(
    bench: Bench, world: World, lost: Callable[[Bench, str], None]
) -> None:
    lose(world, lost)
    for name, act in BUTTONS.items():
        bench.slack.workspace.modals.pop(LEAD, None)
        with unchanged(bench):
            does(world, act)
        seen = bench.sees(LEAD)
        for word in (LINE, NOTE, word_of("zoe")):
            assert word not in seen, name


def test_a_lead_who_becomes_the_line_manager_goes_on_with_the_page_that_they_have(
    bench: Bench, world: World
) -> None:
    does(world, FORMS["a line"][0])
    becomes_manager(bench, LEAD)
    world.settle()
    before = len(bench.rows("agenda_items"))
    assert not bench.slack.submit(LEAD, {"What to talk about": "x"}).errors
    world.settle()
    assert len(bench.rows("agenda_items")) == before + 1
    bench.slack.workspace.modals.pop(LEAD, None)
    does(world, BUTTONS["her page"])
    assert word_of("zoe") in bench.hears(LEAD, word_of("zoe"))
