"""The count at the end of a run says what happened, and claims nothing else."""

from __future__ import annotations

from bot.privacy.policy import Action
from tests.privacy.cells.people import EVERYBODY
from tests.privacy.cells.tally import outcomes, summary

READ, SNAPSHOT = Action.READ_ENTRY.value, Action.READ_SNAPSHOT.value
TRIED = [
    ("button", "owner", [READ, SNAPSHOT], 3),
    ("button", "manager", [SNAPSHOT], 3),
    ("button", "colleague", [], 3),
    ("shortcut", "owner", [], 1),
]


def test_each_cell_counts_once_at_each_way_in() -> None:
    counts = outcomes([*TRIED, *TRIED])
    cells = len(EVERYBODY) * len(Action)
    assert counts.total() == 2 * cells
    assert (counts["allowed"], counts["granted"]) == (2, 1)
    assert counts["denied"] == 2 * len(EVERYBODY) - 3
    assert counts["no way in"] == 2 * cells - 2 * len(EVERYBODY)


def test_the_summary_says_how_often_it_was_tried() -> None:
    assert summary(TRIED).endswith("from 10 attempts.")
