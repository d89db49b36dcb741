"""Nothing is left out: whatever the bot answers, and whatever it keeps, is in these tests."""

from __future__ import annotations

import pytest

from tests.privacy.cells.attempt import World
from tests.privacy.cells.by_button import BUTTONS
from tests.privacy.cells.by_command import COMMANDS
from tests.privacy.cells.by_event import EVENTS, SHORTCUTS
from tests.privacy.cells.by_form import FORMS
from tests.privacy.cells.effects import BOOKKEEPING, FOLLOWS, KNOWN
from tests.privacy.cells.ways import Way
from tests.slack.conftest import Register

KINDS = {
    "word": COMMANDS,
    "button": BUTTONS,
    "form": FORMS,
    "shortcut": SHORTCUTS,
    "event": EVENTS,
}
UNREGISTERED = {"", "front.word"}
"""What the front desk answers itself: the ladder's own words, and a button for any word."""


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_registered_was_tried(kind: str) -> None:
    ways: list[Way] = KINDS[kind]
    registered = {name for each, name in Register.kept if each == kind}
    assert {way.name for way in ways} - UNREGISTERED == registered


def test_every_table_that_is_kept_is_watched(world: World) -> None:
    assert set(world.columns) == KNOWN | FOLLOWS | BOOKKEEPING
