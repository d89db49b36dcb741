"""The same on the other engine: once, through whatever is closed, taken back and erased."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tests.privacy.histories.acts import Act, Delete, Edit, Log, Share, TakeBack, Write
from tests.privacy.histories.acts_of_people import (
    AnswerManager,
    Days,
    EndMeeting,
    Erase,
    Propose,
)
from tests.privacy.histories.acts_on_pages import OnPage, What
from tests.privacy.histories.cast import ADA, BEN, LEO, NEW
from tests.privacy.histories.effort import tried
from tests.privacy.histories.judging import (
    assert_forging_opens_nothing,
    assert_owners_see_their_own,
    assert_views_are_theirs,
)
from tests.privacy.histories.lives import HISTORIES, live
from tests.privacy.histories.stage import Stage

MUCH: list[Act] = [
    Write(ADA),
    *(OnPage(number, who, what) for number, who in ((0, True), (1, False)) for what in What),
    TakeBack(ADA, 0),
    Edit(ADA, 1, 2),
    Share(ADA, 2, 0),
    Delete(ADA, 1, back=True),
    Propose(ADA, NEW),
    AnswerManager(ADA, yes=True),
    Share(ADA, 0, 0),
    EndMeeting(0, by_engineer=False),
    Days(3),
    Log(ADA, quote=True),
    Erase(LEO),
    Erase(BEN),
]


@tried(0, thorough=40)
@given(HISTORIES, st.integers(0, 7))
@example(MUCH, 3)
def test_nobody_sees_what_is_not_theirs(
    on_postgresql: Stage, history: list[Act], start: int
) -> None:
    model = live(on_postgresql, history)
    found = assert_views_are_theirs(on_postgresql, model, {ADA})
    assert_owners_see_their_own(on_postgresql, model)
    assert_forging_opens_nothing(on_postgresql, model, {ADA: found[ADA]}, start)
