"""Turns that a history may take and chance may miss: short ones, lived through every time.

At the beginning Ada shares a page with her manager's manager, whom she meets, and her manager.
"""

from __future__ import annotations

import pytest

from tests.privacy.histories.acts import Act, Delete, Edit, Share, TakeBack
from tests.privacy.histories.acts_of_people import (
    AnswerManager,
    AnswerMeeting,
    EndMeeting,
    Erase,
    Name,
    Propose,
    SetUp,
)
from tests.privacy.histories.cast import ADA, LENA, LEO, MIA, NEW
from tests.privacy.histories.judging import assert_views_are_theirs
from tests.privacy.histories.lives import live
from tests.privacy.histories.stage import Stage

TURNS: dict[str, list[Act]] = {
    "taken back": [TakeBack(ADA, 0), TakeBack(ADA, 0)],
    "deleted, and taken back": [Delete(ADA, 1, back=True)],
    "deleted, pages left": [Delete(ADA, 1), TakeBack(ADA, 1)],
    "changed afterwards": [Edit(ADA, 1, 2), Share(ADA, 2, 0)],
    "another manager": [Name(ADA, NEW), AnswerManager(ADA, yes=True), Share(ADA, 0, 0)],
    "another manager, and back": [
        Propose(ADA, NEW),
        AnswerManager(ADA, yes=True),
        Name(ADA, MIA),
        AnswerManager(ADA, yes=True),
    ],
    "no manager": [Name(ADA, "")],
    "the manager has another one": [Name(MIA, NEW), AnswerManager(MIA, yes=True)],
    "no one-on-ones, and again": [
        EndMeeting(0, by_engineer=False),
        SetUp(ADA, LEO),
        AnswerMeeting(1, yes=True),
    ],
    **{f"{who} is erased": [Erase(who)] for who in (ADA, MIA, LEO, LENA)},
}


@pytest.mark.parametrize("turn", TURNS)
def test_after_this_turn_nobody_sees_what_is_not_theirs(on_sqlite: Stage, turn: str) -> None:
    live(on_sqlite, TURNS[turn])


def test_pages_are_open_at_the_beginning_to_those_around(on_sqlite: Stage) -> None:
    model = live(on_sqlite, [])
    assert {page.reader for page in model.shared(ADA)} == {LENA, LEO, MIA}
    assert_views_are_theirs(on_sqlite, model, {ADA, LEO, MIA})
