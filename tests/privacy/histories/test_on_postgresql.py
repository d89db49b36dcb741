"""The same on the other engine, a few times."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.privacy.histories.acts import Act
from tests.privacy.histories.cast import ADA
from tests.privacy.histories.effort import tried
from tests.privacy.histories.judging import (
    assert_forging_opens_nothing,
    assert_owners_see_their_own,
    assert_views_are_theirs,
)
from tests.privacy.histories.lives import HISTORIES, live
from tests.privacy.histories.stage import Stage


@tried(2)
@given(HISTORIES, st.integers(0, 7))
def test_nobody_sees_what_is_not_theirs(
    on_postgresql: Stage, history: list[Act], start: int
) -> None:
    model = live(on_postgresql, history)
    found = assert_views_are_theirs(on_postgresql, model, {ADA})
    assert_owners_see_their_own(on_postgresql, model)
    assert_forging_opens_nothing(on_postgresql, model, {ADA: found[ADA]}, start)
