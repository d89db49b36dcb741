"""The first step, the placement form and the question to a manager, as Block Kit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.ladder.model import Ladder, Track, full_name
from bot.people.model import Person, Relation
from bot.people.standing import rung_of
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    field,
    grouped_select,
    message,
    modal,
    option,
    section,
    user_select,
)
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import escape


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    PLACE = "people.place"
    SAVE = "people.save"
    YES = "people.yes"
    NO = "people.no"


class Field(StrEnum):
    """The placement form's fields."""

    RUNG = "rung"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class EngineerRef:
    """What the buttons of the question to a manager carry."""

    engineer: str


def place_button(text: str = "Choose my track and level", *, style: str = "") -> Block:
    """The button that opens the placement form."""
    return button(text, Act.PLACE, style=style)


def first_step() -> list[Block]:
    """What somebody not yet placed gets with any answer."""
    return [
        section(
            "👋 *Tell me where you stand*, and I can show what your level expects, what comes "
            "next, and prepare your one-on-ones. It takes ten seconds."
        ),
        actions(place_button(style="primary")),
    ]


def placement(ladder: Ladder, person: Person | None) -> View:
    """The form: one menu with every rung of every track, and the manager."""
    manager = person.manager.user_id if person and person.manager else ""
    chosen = rung_value(person.track_id, person.level_id) if person else ""
    return modal(
        "Where you stand",
        [
            field(Field.RUNG, "Track and level", _rungs(ladder, chosen)),
            field(
                Field.MANAGER,
                "Manager",
                user_select("choose", manager),
                hint="They are asked to confirm. They see nothing until you share it with them.",
                optional=True,
            ),
        ],
        callback_id=Act.SAVE,
        submit="Save",
        close="Cancel",
    )


def placed(person: Person, ladder: Ladder, ways_on: list[Block]) -> View:
    """The confirmation after placing oneself."""
    blocks = [section(f"✅ *Saved.* You are on {escape(rung_of(person, ladder))}.")]
    if person.manager:
        blocks.append(context(manager_words(person)))
    return modal("Saved", [*blocks, *([actions(*ways_on)] if ways_on else [])], close="Done")


def manager_words(person: Person) -> str:
    """How the manager relation stands, in a sentence."""
    if person.manager is None:
        return "No manager is named yet."
    name = f"<@{person.manager.user_id}>"
    return {
        Relation.CONFIRMED: f"Your manager is {name}.",
        Relation.DECLINED: f"{name} says that they are not your manager. Please choose again.",
        Relation.PROPOSED: f"An import named {name} as your manager; you confirm it when you share."
        if person.may_confirm_manager
        else f"{name} is asked to confirm that they are your manager.",
        Relation.NONE: "No manager is named yet.",
    }[person.manager.relation]


def question_to_manager(engineer: Member, rung_name: str) -> Message:
    """What the named manager gets."""
    ref = pack(EngineerRef(engineer.user_id))
    return message(
        f"{engineer.mention} named you as their manager.",
        [
            section(
                f"{engineer.mention} named you as their manager in Rung "
                f"({escape(rung_name)}). Is that right?"
            ),
            context(
                "Rung keeps examples of their work for one-on-ones. You see only what they choose "
                "to share with you."
            ),
            actions(
                button("Yes, that is right", Act.YES, ref, style="primary"),
                button("No", Act.NO, ref),
            ),
        ],
    )


def manager_answered(engineer: Member, *, yes: bool) -> Message:
    """What stands in the place of the question."""
    if yes:
        return message(f"✅ You confirmed that you are the manager of {engineer.mention}.")
    return message(f"You said that you are not the manager of {engineer.mention}.")


def told_engineer(manager: Member, *, yes: bool) -> Message:
    """What the engineer hears of the answer."""
    if yes:
        return message(
            f"✅ {manager.mention} confirmed that they are your manager. They still see only what "
            "you share."
        )
    return message(
        f"{manager.mention} says that they are not your manager. `/ladder settings` lets you "
        "choose somebody else."
    )


def rung_value(track_id: str, level_id: str) -> str:
    """How the menu names a rung; ids hold no slash."""
    return f"{track_id}/{level_id}"


def _rungs(ladder: Ladder, chosen: str) -> Block:
    """One plain menu while Slack's 100 options are enough, otherwise one in groups by track."""
    groups = [(track.name, _options(track)) for track in ladder.tracks]
    return grouped_select("choose", groups, chosen=chosen, placeholder="Choose where you stand")


def _options(track: Track) -> list[Block]:
    return [
        option(full_name((track, level)), rung_value(track.id, level.id)) for level in track.levels
    ]
