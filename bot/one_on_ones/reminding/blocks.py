"""The door to `showing/`: what listeners and the wiring draw around a one-on-one."""

from __future__ import annotations

from bot.one_on_ones.reminding.showing.preparation import preparation
from bot.one_on_ones.reminding.showing.refs import Act, Do, Field, Ref, drop_form, room
from bot.one_on_ones.reminding.showing.reminder import later, reminder, resumed, settled, stopped
from bot.one_on_ones.reminding.showing.words import brief, what_came_of
from bot.one_on_ones.reminding.showing.wrap_up import (
    as_it_stands,
    closed,
    did_not_meet,
    over,
    wrap_up,
)

__all__ = [
    "Act",
    "Do",
    "Field",
    "Ref",
    "as_it_stands",
    "brief",
    "closed",
    "did_not_meet",
    "drop_form",
    "later",
    "over",
    "preparation",
    "reminder",
    "resumed",
    "room",
    "settled",
    "stopped",
    "what_came_of",
    "wrap_up",
]
