"""The one cell that a setting opens: with RUNG_GUESTS=ladder guests read the ladder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.privacy.policy import Action
from tests.privacy.cells.attempt import World, a_world
from tests.privacy.cells.by_button import BUTTONS
from tests.privacy.cells.by_command import COMMANDS
from tests.privacy.cells.by_event import EVENTS, SHORTCUTS
from tests.privacy.cells.by_form import FORMS
from tests.privacy.cells.judging import Keep, judge
from tests.privacy.cells.people import IN_SLACK, Actor
from tests.privacy.cells.ways import Way

OUTSIDERS = [each for each in IN_SLACK if each.label in ("guest", "stranger", "deactivated")]
EVERYTHING = [*COMMANDS, *BUTTONS, *FORMS, *SHORTCUTS, *EVENTS]
READS = [way for way in EVERYTHING if way.does == (Action.READ_LADDER,)]
OTHERS = [way for way in EVERYTHING if Action.READ_LADDER not in way.does]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world whose operator lets guests read."""
    with a_world(tmp_path_factory.mktemp("open"), guests="ladder") as made:
        yield made


@pytest.mark.parametrize("actor", OUTSIDERS, ids=lambda actor: actor.label)
@pytest.mark.parametrize("way", READS, ids=lambda way: way.id)
def test_the_ladder_opens_to_guests_alone(
    world: World, way: Way, actor: Actor, record_property: Keep
) -> None:
    judge(world, way, actor, record_property, guests_read=True)


@pytest.mark.parametrize("way", OTHERS, ids=lambda way: way.id)
def test_and_nothing_else_does(world: World, way: Way, record_property: Keep) -> None:
    judge(world, way, OUTSIDERS[0], record_property, guests_read=True)
