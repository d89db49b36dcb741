"""Pre-reads as Block Kit: short enough to be read on a phone on the way to the meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.journal.blocks import list_button, log_button
from bot.one_on_ones.page.blocks import AboutRef
from bot.one_on_ones.page.blocks import Act as PageAct
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.preread.asking import questions
from bot.one_on_ones.preread.model import Part, Summary
from bot.one_on_ones.preread.sentences import words
from bot.people.blocks import manager_words, place_button
from bot.people.model import Person, Relation
from bot.slack.blocks import (
    OPTION_VALUE_CHARS,
    OPTIONS,
    Block,
    Message,
    actions,
    button,
    context,
    message,
    option,
    pages,
    paragraphs,
    select,
)
from bot.slack.state import pack

BUTTONS = 5
AS_MENU = 9
HEADINGS = {
    Part.RECOGNISING: "*Worth recognising*",
    Part.QUIET: "*Quiet since then*",
    Part.PROMISES: "*Open promises*",
    Part.QUESTIONS: "*Questions worth asking*",
    Part.MIRROR: "*Looking further back*",
}
START = "One sentence about something that changed is a good start."
PRIVATE = "🔒 Only you see this."
CUT = "There is more than fits here: *My examples* shows all of it."


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    OPEN = "one_on_ones.open"
    OTHER = "one_on_ones.other"
    SHARE = "one_on_ones.share"


@dataclass(frozen=True, slots=True)
class PairRef:
    """What each choice of the menu of one-on-ones carries."""

    pair: str


@dataclass(frozen=True, slots=True)
class ShareRef:
    """What the Share button carries: the start of its pre-read, in UTC."""

    since: str


def open_button(text: str = "My one-on-one") -> Block:
    """The button that shows the pre-read."""
    return button(text, Act.OPEN)


def other_menu(pairs: Sequence[Pair], person: Person) -> list[Block]:
    """The menu of somebody's other one-on-ones, by the day on which they come; none without any.

    A menu cannot mention whom they are with.
    """
    options = [option(_when(pair, person), pack(PairRef(pair.id))) for pair in pairs[:OPTIONS]]
    return [select(Act.OTHER, options, placeholder="Another one")] if options else []


def agenda_menu(summary: Summary, pair: Pair) -> list[Block]:
    """The menu that puts one of the questions on the agenda, where two people share one."""
    facts = summary.facts
    offered = [
        (words(each, facts), pack(AboutRef(pair.id, each.reason.value, each.about)))
        for each in (questions(facts) if pair.is_shared else ())
    ]
    options = [option(said, ref) for said, ref in offered if len(ref) <= OPTION_VALUE_CHARS]
    action_id = f"{PageAct.PUT_ON}:{AS_MENU}"
    return [select(action_id, options, placeholder="Ask on our agenda")] if options else []


def pre_read(summary: Summary, ways: Sequence[Block] = (), note: str = "") -> Message:
    """What the engineer reads before the talk; nobody else gets it.

    `ways` are further buttons, and `note` (escaped) says what else this person should know.
    """
    lines = [block for part in Part for block in _part(summary, part)]
    lines += [context(each) for each in (note, PRIVATE) if each]
    shown = pages(lines, room=4)[0]
    if len(shown) < len(lines):
        shown.append(context(CUT))
    return message("Before your one-on-one", [*shown, *_ways_on(summary, ways)])


def _part(summary: Summary, part: Part) -> Iterable[Block]:
    lines = [*filter(None, [HEADINGS.get(part)]), *summary.of(part)]
    if part is Part.EXAMPLES and not summary.entries:
        lines.append(START)
    return paragraphs(lines) if summary.of(part) else ()


def _ways_on(summary: Summary, ways: Sequence[Block]) -> list[Block]:
    person = summary.facts.person
    row = [log_button(), list_button(), *ways]
    may_share = bool(person.confirmed_manager or person.may_confirm_manager)
    if may_share and summary.entries and _is_with_manager(summary):
        ref = pack(ShareRef(summary.facts.since.isoformat()))
        row.insert(0, button("Share with my manager", Act.SHARE, ref, style="primary"))
    rows = [actions(*row[at : at + BUTTONS]) for at in range(0, len(row), BUTTONS)]
    if may_share:
        return rows
    if not person.manager or person.manager.relation is Relation.DECLINED:
        rows[-1]["elements"].append(place_button("Name my manager"))
    return [context(manager_words(person)), *rows]


def _when(pair: Pair, person: Person) -> str:
    if pair.meeting is None:
        return "No day known yet"
    local = pair.meeting.starts_at.astimezone(person.tz)
    return f"{local:%A} {local.day} {local:%b}, {local:%H:%M}"


def _is_with_manager(summary: Summary) -> bool:
    """Or with nobody in particular; what is shared goes to the manager."""
    partner, manager = summary.facts.partner, summary.facts.person.manager
    return bool(manager) and (partner is None or partner.user_id == (manager and manager.user_id))
