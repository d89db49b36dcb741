"""The table at every form."""

from __future__ import annotations

import pytest

from tests.privacy.cells.attempt import World
from tests.privacy.cells.by_form import FORMS
from tests.privacy.cells.judging import Keep, cases, judge
from tests.privacy.cells.people import Actor
from tests.privacy.cells.ways import Way


@pytest.mark.parametrize(("way", "actor"), cases(FORMS))
def test_every_form(world: World, way: Way, actor: Actor, record_property: Keep) -> None:
    judge(world, way, actor, record_property)
