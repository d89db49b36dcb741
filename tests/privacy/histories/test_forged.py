"""What somebody else could press and send opens nothing, whoever tries it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.privacy.histories.acts import Act
from tests.privacy.histories.cast import ADA, AROUND
from tests.privacy.histories.effort import tried
from tests.privacy.histories.judging import (
    assert_forging_opens_nothing,
    assert_owners_see_their_own,
    assert_views_are_theirs,
)
from tests.privacy.histories.lives import HISTORIES, live
from tests.privacy.histories.stage import Stage


@tried(2, thorough=60)
@given(HISTORIES, st.sampled_from(AROUND), st.integers(0, 7))
def test_what_others_could_press_opens_nothing(
    on_sqlite: Stage, history: list[Act], other: str, start: int
) -> None:
    model = live(on_sqlite, history)
    found = assert_views_are_theirs(on_sqlite, model, {ADA, other})
    theirs = {user: found[user] for user in (ADA, other)}
    assert_forging_opens_nothing(on_sqlite, model, theirs, start)
    assert_owners_see_their_own(on_sqlite, model)
