"""The first step, the placement form and the question to a manager, as Block Kit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.ladder.model import Ladder, Track, full_name
from bot.people.model import IMPORTED, Manager, News, Person, Relation
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
    MY_YES = "people.my_yes"
    MY_NO = "people.my_no"
    PROPOSE = "people.propose"
    PROPOSED = "people.proposed"


HAND_OVER = "sharing.hand_over"
SET_UP, SET_UP_WITH_REPORT = "pairs.set_up", "pairs.new_report"


class Field(StrEnum):
    """The fields of the placement form, and of the one to propose somebody's manager."""

    RUNG = "rung"
    MANAGER = "manager"
    ENGINEER = "engineer"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class EngineerRef:
    """What the buttons of the question to a manager carry."""

    engineer: str


@dataclass(frozen=True, slots=True)
class ManagerRef:
    """What the buttons of the question to an engineer carry, and those of an offer to hand over:
    the user id of the manager who is proposed, or who was.
    """

    manager: str


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
    manager = _chosen_manager(person) if person else ""
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
    """How the manager relation stands, in a sentence or two."""
    relations = [each for each in (person.manager, person.successor) if each]
    return " ".join(_words(each, person) for each in relations) or "No manager is named yet."


def _words(manager: Manager, person: Person) -> str:
    name = f"<@{manager.user_id}>"
    if manager.relation is Relation.PROPOSED and manager == person.question:
        whose = (
            "Whoever runs Rung here"
            if manager.proposed_by == IMPORTED
            else f"<@{manager.proposed_by}>"
        )
        later = "; sharing with them confirms it" if person.may_confirm_manager else ""
        return f"{whose} named {name} as your manager{later}."
    return {
        Relation.CONFIRMED: f"Your manager is {name}.",
        Relation.DECLINED: f"{name} says that they are not your manager. Please choose again.",
        Relation.PROPOSED: f"{name} is asked to confirm that they are your manager.",
    }[manager.relation]


def my_manager_choices(person: Person) -> list[Block]:
    """Yes and no to whom somebody else proposed as the person's manager, while that is open."""
    if person.question is None:
        return []
    ref = pack(ManagerRef(person.question.user_id))
    return [
        actions(
            button("Yes, they are my manager", Act.MY_YES, ref, style="primary"),
            button("No", Act.MY_NO, ref),
        )
    ]


def question_to_engineer(person: Person) -> Message:
    """What somebody gets for whom an import, their manager or a people admin proposed one."""
    words = manager_words(person)
    stays = "They stay your manager until you confirm another. " if person.successor else ""
    return message(
        words,
        [
            section(f"{words} Is that right?"),
            context(f"{stays}Whoever is your manager sees only what you choose to share."),
            *my_manager_choices(person),
        ],
    )


def decided(manager: Member, old: Member | None, *, yes: bool) -> Message:
    """What stands in the place of the question to the engineer, with an offer to hand over."""
    if not yes:
        return message(f"You said that {manager.mention} is not your manager.")
    return _with_hand_over(f"✅ {manager.mention} is your manager now.", old)


def as_view(shown: Message) -> View:
    """The same as a modal."""
    return modal("Your manager", shown.get("blocks") or [section(shown["text"])])


def news(kind: News, about: Sequence[Member]) -> Message:
    """What somebody hears; `about` are the ids of the parcel: whom it is about comes first."""
    first, second = about[0], about[1] if len(about) > 1 else None
    if kind is News.ACCEPTED:
        said = f"✅ {first.mention} confirmed that they are your manager."
        return _with_hand_over(said, second)
    of = second.mention if second else ""
    return message(
        {
            News.DECLINED: f"{first.mention} says that they are not your manager. "
            "`/ladder settings` lets you choose somebody else.",
            News.CONFIRMED: f"{first.mention} confirmed that you are their manager in Rung. "
            "You see nothing until they share it.",
            News.ENDED: f"You are no longer {first.mention}'s manager in Rung; what they shared "
            "with you is closed.",
            News.AGREED: f"{first.mention} confirmed that {of} is their manager.",
            News.REFUSED: f"{first.mention} says that {of} is not their manager.",
        }[kind]
    )


def propose_button() -> Block:
    """For a manager or a people admin: opens the form to propose somebody's manager."""
    return button("Propose somebody's manager", Act.PROPOSE)


def proposal() -> View:
    """The form to propose somebody's manager."""
    return modal(
        "Propose a manager",
        [
            field(Field.ENGINEER, "Whose manager?", user_select("choose")),
            field(
                Field.PROPOSED,
                "Manager",
                user_select("choose"),
                hint="Nothing changes until the person confirms it. The new manager sees nothing "
                "until the person shares it.",
            ),
        ],
        callback_id=Act.PROPOSED,
        submit="Propose",
        close="Cancel",
    )


def proposed(engineer: Member, manager: Member) -> View:
    """The confirmation after proposing somebody's manager."""
    said = f"{engineer.mention} is asked whether {manager.mention} is their manager."
    return modal("Proposed", [section(f"✅ {said}")], close="Done")


def _with_hand_over(said: str, old: Member | None) -> Message:
    """What an engineer reads once their manager is confirmed; `old` is who was it until now."""
    words = f"{said} They see only what you share."
    if old is None:
        return _with_next_step(words, button("Set up my one-on-one", SET_UP))
    closed = f"What you shared with {old.mention} is closed. You can hand some of it over."
    ref = pack(ManagerRef(old.user_id))
    offer = button("Choose what to hand over", HAND_OVER, ref)
    return message(words, [section(f"{words}\n{closed}"), actions(offer)])


def _with_next_step(words: str, step: Block) -> Message:
    return message(words, [section(words), actions(step)])


def _chosen_manager(person: Person) -> str:
    """Whom the person chose last; what others propose is asked elsewhere."""
    own = person.successor and person.successor.proposed_by == person.member.user_id
    chosen = person.successor if own else person.manager
    return chosen.user_id if chosen else ""


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
        return _with_next_step(
            f"✅ You confirmed that you are the manager of {engineer.mention}. You see nothing "
            "until they share it.",
            button("Set up a one-on-one", SET_UP_WITH_REPORT),
        )
    return message(f"You said that you are not the manager of {engineer.mention}.")


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
