"""The table at every command."""

from __future__ import annotations

import pytest

from tests.privacy.cells.attempt import World
from tests.privacy.cells.by_command import COMMANDS
from tests.privacy.cells.judging import Keep, cases, judge
from tests.privacy.cells.people import Actor
from tests.privacy.cells.ways import Way


@pytest.mark.parametrize(("way", "actor"), cases(COMMANDS))
def test_every_command(world: World, way: Way, actor: Actor, record_property: Keep) -> None:
    judge(world, way, actor, record_property)
