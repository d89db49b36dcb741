"""The table at the command line, where whoever types is the operator."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from bot.cli import _parser
from tests.privacy.cells.attempt import World
from tests.privacy.cells.by_command_line import VERBS
from tests.privacy.cells.judging import Keep, judge
from tests.privacy.cells.people import AT_THE_COMMAND_LINE
from tests.privacy.cells.ways import Way


@pytest.mark.parametrize("way", VERBS, ids=lambda way: way.id)
def test_every_verb(world: World, way: Way, record_property: Keep) -> None:
    judge(world, way, AT_THE_COMMAND_LINE, record_property)


def test_every_verb_that_there_is_was_tried() -> None:
    assert {way.name for way in VERBS} == set(verbs(_parser()))


def verbs(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every verb as it is typed, those below another too."""
    inner = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    for action in inner:
        for name, below in action.choices.items():
            deeper = list(verbs(below))
            yield from (f"{name} {each}" for each in deeper) if deeper else (name,)
