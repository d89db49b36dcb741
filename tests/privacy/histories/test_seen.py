"""Whatever happened before, nobody sees a word that is not theirs to see, wherever they look."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.privacy.histories.acts import Act
from tests.privacy.histories.cast import EVERYBODY
from tests.privacy.histories.effort import tried
from tests.privacy.histories.judging import assert_owners_see_their_own, assert_views_are_theirs
from tests.privacy.histories.lives import HISTORIES, live
from tests.privacy.histories.stage import Stage

SOME = st.sets(st.sampled_from(EVERYBODY), min_size=3, max_size=3)


@tried(3, thorough=120)
@given(HISTORIES, SOME)
def test_nobody_sees_what_is_not_theirs(
    on_sqlite: Stage, history: list[Act], pressing: set[str]
) -> None:
    model = live(on_sqlite, history)
    assert_views_are_theirs(on_sqlite, model, pressing)
    assert_owners_see_their_own(on_sqlite, model)
