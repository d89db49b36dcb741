"""What people read about who sees what follows the table, cell by cell."""

from __future__ import annotations

import pytest

from bot.privacy.policy import COLUMNS, TABLE, Action, Cell, Role
from bot.privacy.wording import GROUPS, THINGS, as_markdown, groups, who
from tests.bench import ROOT

CELLS = [(action, role, cell) for action in Action for role in COLUMNS for cell in Cell]
FLIPS = [(a, r, c) for a, r, c in CELLS if TABLE[a][r] is not c]
BEGIN, END = "<!-- the table: begin -->\n", "\n<!-- the table: end -->"


def flipped(action: Action, role: Role, cell: Cell) -> dict[Action, dict[Role, Cell]]:
    """The table with one cell changed."""
    changed = {each: dict(row) for each, row in TABLE.items()}
    changed[action][role] = cell
    return changed


@pytest.mark.parametrize("action", list(Action))
def test_a_changed_cell_changes_the_words(action: Action) -> None:
    flips = [(role, cell) for each, role, cell in FLIPS if each is action]
    assert len(flips) == len(COLUMNS) * (len(Cell) - 1)
    for role, cell in flips:
        table = flipped(action, role, cell)
        assert who(action, table) != who(action), (role, cell)
        assert groups(table) != groups()
        assert as_markdown(table) != as_markdown()


def test_everything_in_the_table_is_told_once() -> None:
    told = [action for actions in GROUPS.values() for action in actions]
    assert sorted(told) == sorted(Action)
    assert set(THINGS) == set(Action)


def test_private_is_only_you_and_shared_is_by_name() -> None:
    assert who(Action.READ_ENTRY) == "only you"
    shared = who(Action.READ_SNAPSHOT)
    assert shared.startswith("you; your confirmed manager, a former manager")
    assert shared.endswith("(as long as you share it with them by name)")
    assert who(Action.READ_LADDER).startswith("everybody in the workspace")
    assert who(Action.READ_ENTRY, {Action.READ_ENTRY: dict.fromkeys(COLUMNS, Cell.DENY)}) == (
        "nobody"
    )


def test_what_closes_when_a_manager_changes_is_said_only_while_it_does() -> None:
    sentence = "closes when they stop being that"
    assert sentence in str(groups())
    table = {each: dict(row) for each, row in TABLE.items()}
    for role in (Role.MANAGER, Role.FORMER_MANAGER, Role.LEAD):
        table[Action.READ_SNAPSHOT][role] = Cell.DENY
    assert sentence not in str(groups(table))


def test_the_page_for_people_shows_the_table_as_it_is() -> None:
    page = (ROOT / "PRIVACY.md").read_text(encoding="utf-8")
    assert BEGIN in page, "PRIVACY.md has lost the place of its table"
    held = page.partition(BEGIN)[2].partition(END)[0]
    assert held == as_markdown(), f"put this into PRIVACY.md:\n{as_markdown()}"
