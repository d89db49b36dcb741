"""The door to `showing/`: what listeners and other capabilities draw of nudges."""

from __future__ import annotations

from bot.nudges.showing.answered import (
    HELP,
    SAID,
    answered,
    brought_back,
    misheard,
    set_aside,
    stopped,
    told,
)
from bot.nudges.showing.question import preferences, question
from bot.nudges.showing.refs import (
    Act,
    BackRef,
    Field,
    NudgeRef,
    Preference,
    SlotRef,
    settings_button,
)
from bot.nudges.showing.settings import (
    BY_ZONE,
    NO_HOLIDAYS,
    Surroundings,
    next_away,
    settings,
    settings_saved,
)
from bot.nudges.wording import change_words, next_words, stopped_words

__all__ = [
    "BY_ZONE",
    "HELP",
    "NO_HOLIDAYS",
    "SAID",
    "Act",
    "BackRef",
    "Field",
    "NudgeRef",
    "Preference",
    "SlotRef",
    "Surroundings",
    "answered",
    "brought_back",
    "change_words",
    "misheard",
    "next_away",
    "next_words",
    "preferences",
    "question",
    "set_aside",
    "settings",
    "settings_button",
    "settings_saved",
    "stopped",
    "stopped_words",
    "told",
]
