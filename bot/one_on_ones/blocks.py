"""Pre-reads, and the form for when the talk takes place, as Block Kit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.journal.blocks import list_button, log_button
from bot.journal.model import Entry
from bot.ladder.model import Competency
from bot.one_on_ones.calendars.blocks import calendar_button
from bot.one_on_ones.model import PreRead
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Cadence
from bot.people.blocks import manager_words, place_button
from bot.people.model import Person, Relation
from bot.sharing.blocks import list_button as shared_button
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    date_input,
    field,
    message,
    modal,
    option,
    pages,
    paragraphs,
    section,
    select,
    time_input,
)
from bot.slack.state import pack
from bot.slack.text import clip, escape, safe_link, show_date, show_instant

SHOWN_CHARS = 240


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    OPEN = "one_on_ones.open"
    SHARE = "one_on_ones.share"
    SET_UP = "one_on_ones.set_up"
    SAVE = "one_on_ones.save"
    END = "one_on_ones.end"


class Field(StrEnum):
    """The set-up form's fields."""

    WEEKS = "weeks"
    FIRST = "first"
    AT = "at"


@dataclass(frozen=True, slots=True)
class ShareRef:
    """What the Share button carries: the start of its pre-read, in UTC."""

    since: str


def open_button(text: str = "My one-on-one") -> Block:
    """The button that shows the pre-read."""
    return button(text, Act.OPEN)


def set_up_button(text: str = "Set up my one-on-one") -> Block:
    """The button that opens the set-up form."""
    return button(text, Act.SET_UP)


def pre_read(read: PreRead, person: Person, note: str = "") -> Message:
    """What the engineer reads before the talk; nobody else gets it.

    `note` is escaped, and says what else this person alone should know.
    """
    lines = [
        section(_opening(read, person)),
        *(block for group in read.groups for block in _group(group.competency, group.entries)),
        *(_nothing_yet() if not read.groups else []),
        *_how_many(read),
        *(_quiet(read.quiet) if read.groups and read.quiet else []),
        *([context(note)] if note else []),
        context("🔒 Only you see this. You choose what to share, and you see it before it goes."),
    ]
    shown = pages(lines, room=3)[0]
    if len(shown) < len(lines):
        shown.append(context("There is more than fits here: My examples shows all of it."))
    return message("Before your one-on-one", [*shown, *_ways_on(read, person)])


def set_up(one: Pair | None, person: Person, day: date) -> View:
    """The form for when the talk takes place; `day` is the next one, as far as is known."""
    rhythm = one.rhythm if one else None
    weeks = [
        option("Every week", Cadence.WEEKLY),
        option("Every second week", Cadence.FORTNIGHTLY),
        option("Once a month", Cadence.MONTHLY),
    ]
    blocks = [
        section(manager_words(person)),
        field(
            Field.WEEKS,
            "How often",
            select("choose", weeks, chosen=rhythm.cadence if rhythm else Cadence.WEEKLY),
        ),
        field(Field.FIRST, "Next one-on-one", date_input("pick", day)),
        field(
            Field.AT,
            "Time",
            time_input("pick", f"{rhythm.at:%H:%M}" if rhythm else "14:00"),
            hint=f"In your time zone, {person.zone}.",
        ),
        context("You get your pre-read on the working day before, at 10:00. Nobody else does."),
        *(_more_ways(one) if one else []),
    ]
    return modal("My one-on-one", blocks, callback_id=Act.SAVE, submit="Save", close="Cancel")


def _more_ways(one: Pair) -> list[Block]:
    return [
        actions(
            calendar_button(one.id),
            button("No more pre-reads", Act.END, style="danger"),
        )
    ]


def set_up_saved(one: Pair) -> View:
    """The confirmation, with what happens next."""
    words = one.rhythm.words if one.rhythm else "as your calendar says"
    due = one.pre_read_due_at
    return modal(
        "Saved",
        [
            section(f"✅ *Saved:* {words}. The next one is {show_instant(one.starts_at)}."),
            *([context(f"Your pre-read comes {show_instant(due)}.")] if due else []),
        ],
    )


def _opening(read: PreRead, person: Person) -> str:
    manager = f" with <@{person.manager.user_id}>" if person.manager else ""
    when = f" · next: {show_instant(read.meeting)}" if read.meeting else ""
    return f"*Your one-on-one{manager}*{when}\nYour examples since {show_date(read.since_day)}:"


def _group(competency: Competency, entries: Iterable[Entry]) -> list[Block]:
    lines = [f"*{escape(competency.label)}*"]
    lines += [_line(e.text, e.link, e.happened_on) for e in entries]
    return paragraphs(lines)


def _line(text: str, link: str, day: date) -> str:
    shown = escape(clip(" ".join(text.split()), SHOWN_CHARS))
    return f"• {shown} _({show_date(day)})_" + (f" {safe_link(link, 'link')}" if link else "")


def _nothing_yet() -> list[Block]:
    return [section("Nothing yet. One sentence about something that changed is a good start.")]


def _how_many(read: PreRead) -> list[Block]:
    shown = len(read.entries)
    if shown == read.total:
        return []
    return [context(f"The latest {shown} of {read.total}; `/ladder examples` has all of them.")]


def _quiet(quiet: Sequence[Competency]) -> list[Block]:
    names = ", ".join(escape(c.label) for c in quiet)
    return paragraphs([f"*Quiet since then:* {names}"])


def _ways_on(read: PreRead, person: Person) -> list[Block]:
    ways = [log_button(), list_button(), shared_button()]
    if not read.meeting:
        ways.append(set_up_button())
    else:
        ways.append(set_up_button("Change the time"))
    may_share = bool(person.confirmed_manager or person.may_confirm_manager)
    if may_share and read.groups and person.manager:
        ways.insert(0, _share_button(read))
    blocks = [actions(*ways)]
    if not may_share:
        blocks.insert(0, context(manager_words(person)))
        if not person.manager or person.manager.relation is Relation.DECLINED:
            blocks[-1]["elements"].append(place_button("Name my manager"))
    return blocks


def _share_button(read: PreRead) -> Block:
    ref = pack(ShareRef(read.since.isoformat()))
    return button("Share with my manager", Act.SHARE, ref, style="primary")
