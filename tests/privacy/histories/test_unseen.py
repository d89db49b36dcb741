"""Nobody can tell from anything they see that somebody else wrote something: not even a number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.privacy.histories.acts import Act, Log
from tests.privacy.histories.cast import ADA, ADMIN, BEN, CLEO, ENGINEERS, LEO, MIA
from tests.privacy.histories.effort import tried
from tests.privacy.histories.judging import looks
from tests.privacy.histories.lives import HISTORIES, live
from tests.privacy.histories.stage import Stage

OTHERS = {ADA: (BEN, MIA, LEO, ADMIN, CLEO), BEN: (ADA, MIA, LEO, ADMIN)}


@tried(2, thorough=60)
@given(HISTORIES, st.sampled_from(ENGINEERS))
def test_nobody_can_tell_that_somebody_wrote_something(
    on_sqlite: Stage, history: list[Act], owner: str
) -> None:
    model = live(on_sqlite, history)
    before = looks(on_sqlite, OTHERS[owner])
    Log(owner, quote=True)(on_sqlite, model)
    assert looks(on_sqlite, OTHERS[owner]) == before
