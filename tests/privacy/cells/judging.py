"""Everybody tries every way; what happens is what the table says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from bot.privacy.policy import TABLE, Cell, Role
from tests.bench import TRACK
from tests.privacy.cells.attempt import Outcome, World
from tests.privacy.cells.effects import Effects, effects, pages_in
from tests.privacy.cells.people import IN_SLACK, LEAD, Actor
from tests.privacy.cells.tally import CELL
from tests.privacy.cells.ways import Way, expected, is_live
from tests.privacy.cells.world import PAGES

Keep = Callable[[str, object], None]


def cases(ways: Iterable[Way]) -> list[Any]:
    """Each way with each person."""
    return [
        pytest.param(way, actor, id=f"{way.id}, {actor.label}")
        for way in ways
        for actor in IN_SLACK
    ]


def judge(world: World, way: Way, actor: Actor, keep: Keep, *, guests_read: bool = False) -> None:
    """Tries with Ada's ids, with ids that do not exist, and with another workspace's.

    Where the table denies it, the three answers are the same to the letter.
    """
    with world.furnished(way.before):
        outcome = _try(world, way, actor, "ada")
        outcome = outcome.apart_from_seals() if way.reseals else outcome
        found = _effects(world, actor, outcome)
        tries = 3 if way.with_ids else 1
        keep(CELL, (way.entrance.value, actor.label, [each.value for each in found], tries))
        wanted = expected(way, actor, guests_read=guests_read)
        assert found == wanted, f"{sorted(found)} and not {sorted(wanted)}: {outcome.answer[:600]}"
        if way.page:
            assert pages_in(outcome.seen) <= {way.page}
        if not way.with_ids:
            return
        absent, abroad = (_try(world, way, actor, kind) for kind in ("nobody", "abroad"))
        assert absent.answer == abroad.answer, _apart(absent, abroad)
        if _denied(way, actor):
            assert outcome.answer == absent.answer, _apart(outcome, absent)


def _try(world: World, way: Way, actor: Actor, kind: str) -> Outcome:
    return world.attempt(actor, lambda: way.act(world, actor, world.ids[kind]))


def _effects(world: World, actor: Actor, outcome: Outcome) -> Effects:
    return effects(world, actor, outcome, statement_of(world))


def _apart(one: Outcome, other: Outcome) -> str:
    """Where the two answers begin to differ."""
    pairs = enumerate(zip(one.answer, other.answer, strict=False))
    same = next((at for at, (left, right) in pairs if left != right), 0)
    first, second = (each.answer[max(0, same - 80) : same + 120] for each in (one, other))
    return f"{first}\n\nis not\n\n{second}"


def _denied(way: Way, actor: Actor) -> bool:
    """Also where it does nothing of the table: what is Ada's is no business of others."""
    cells = {TABLE[action][actor.role] for action in way.does}
    if not cells:
        return actor.role is not Role.OWNER
    if cells == {Cell.GRANT}:
        return not (is_live(way.page) and PAGES[way.page][0] == actor.user)
    if actor.user == LEAD and Cell.PAIR in cells:
        return False
    return cells <= {Cell.DENY, Cell.SETTING, Cell.PAIR}


def statement_of(world: World) -> str:
    """Some words of the fourth level that stand nowhere but on the ladder."""
    rung = world.bench.bot.ladder.rung(TRACK, "L4")
    assert rung
    return rung[1].expects[0].statements[0].text[:30]
