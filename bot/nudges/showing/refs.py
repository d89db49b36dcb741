"""The ids that blocks and listeners share, what buttons carry, and the ways into settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.slack.blocks import Block, button, confirmed
from bot.slack.state import pack


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    NOTHING = "nudges.nothing"
    OTHER = "nudges.other"
    LATER = "nudges.later"
    NOT_RELEVANT = "nudges.not_relevant"
    BRING_BACK = "nudges.bring_back"
    PREFER = "nudges.prefer"
    SKIP = "nudges.skip"
    SETTINGS = "nudges.settings"
    STOP = "nudges.stop"
    SAVE = "nudges.save"


class Field(StrEnum):
    """The settings form's fields."""

    CADENCE = "cadence"
    WEEKDAY = "weekday"
    AT = "at"
    FOCUS = "focus"
    DAYS = "days"
    OPENS = "opens"
    CLOSES = "closes"
    COUNTRY = "country"
    AWAY = "away"
    BACK = "back"


class Preference(StrEnum):
    """What the question about preferences offers."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    PAUSE = "pause"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class NudgeRef:
    """What a nudge's buttons carry; `competency` is the one that they stand below."""

    nudge: str
    competency: str = ""


@dataclass(frozen=True, slots=True)
class BackRef:
    """What brings a competency back, by its id."""

    competency: str


@dataclass(frozen=True, slots=True)
class SlotRef:
    """What the button "Skip" carries: the slot's day on the person's calendar."""

    day: str


def settings_button(text: str = "Nudge settings") -> Block:
    """The button that opens one's own schedule."""
    return button(text, Act.SETTINGS)


def stop_button() -> Block:
    """Stopping asks once, and says how to come back."""
    return confirmed(
        button("Stop asking", Act.STOP),
        "Stop these questions?",
        "You will not be asked again. /ladder nudges on turns them on when you like.",
        "Stop asking",
    )


def bring_back_button(competency_id: str, text: str = "Undo", number: int = 0) -> Block:
    """The button that brings back what was set aside; a row may hold several."""
    return button(text, f"{Act.BRING_BACK}:{number}", pack(BackRef(competency_id)))
