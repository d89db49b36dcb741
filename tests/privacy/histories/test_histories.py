"""Whatever happened before: nobody sees a word, or a number, of what is not theirs to see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.postgres import Postgres
from tests.privacy.histories.acts import Act, Log
from tests.privacy.histories.cast import ENGINEERS, EVERYBODY
from tests.privacy.histories.effort import lived as tried
from tests.privacy.histories.judging import (
    assert_forging_opens_nothing,
    assert_messages_are_theirs,
    assert_owners_see_their_own,
    assert_views_are_theirs,
    looks,
)
from tests.privacy.histories.lives import HISTORIES, begun, lived
from tests.privacy.histories.model import Model
from tests.privacy.histories.stage import Stage, a_stage


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One bot for all histories; each finds it empty."""
    folder: Path = tmp_path_factory.mktemp("histories")
    with a_stage(folder, f"sqlite:///{folder}/rung.db") as stage:
        yield stage


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Iterator[Stage]:
    """The same on the other engine."""
    with a_stage(tmp_path_factory.mktemp("histories"), postgres.new_database()) as stage:
        yield stage


@tried(16)
@given(HISTORIES)
def test_nobody_sees_what_is_not_theirs(on_sqlite: Stage, history: list[Act]) -> None:
    model = live(on_sqlite, history)
    assert_views_are_theirs(on_sqlite, model)
    assert_owners_see_their_own(on_sqlite, model)


@tried(6)
@given(HISTORIES, st.integers(0, 7))
def test_what_others_could_press_opens_nothing(
    on_sqlite: Stage, history: list[Act], start: int
) -> None:
    model = live(on_sqlite, history)
    found = assert_views_are_theirs(on_sqlite, model)
    assert_forging_opens_nothing(on_sqlite, model, found, start)
    assert_owners_see_their_own(on_sqlite, model)


@tried(6)
@given(HISTORIES, st.sampled_from(ENGINEERS))
def test_nobody_can_tell_that_somebody_wrote_something(
    on_sqlite: Stage, history: list[Act], owner: str
) -> None:
    model = live(on_sqlite, history)
    others = [user for user in EVERYBODY if user != owner]
    before = looks(on_sqlite, others)
    Log(owner, quote=True)(on_sqlite, model)
    assert looks(on_sqlite, others) == before


@tried(3)
@given(HISTORIES, st.integers(0, 7))
def test_the_same_on_postgresql(on_postgresql: Stage, history: list[Act], start: int) -> None:
    model = live(on_postgresql, history)
    found = assert_views_are_theirs(on_postgresql, model)
    assert_forging_opens_nothing(on_postgresql, model, found, start)


def live(stage: Stage, history: list[Act]) -> Model:
    """Lives the history through, looking at everybody's messages after each step."""
    model = begun(stage)
    for act in history:
        lived(act, stage, model)
        assert_messages_are_theirs(stage, model)
    return model
