"""Pre-reads, and the form for when the talk takes place, as Block Kit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.journal.blocks import list_button, log_button
from bot.journal.model import Entry
from bot.ladder.model import Competency
from bot.one_on_ones.model import PreRead
from bot.one_on_ones.pairs.blocks import set_up_button
from bot.people.blocks import manager_words, place_button
from bot.people.model import Person, Relation
from bot.sharing.blocks import list_button as shared_button
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    pages,
    paragraphs,
    section,
)
from bot.slack.state import pack
from bot.slack.text import clip, escape, safe_link, show_date, show_instant

SHOWN_CHARS = 240


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    OPEN = "one_on_ones.open"
    SHARE = "one_on_ones.share"


@dataclass(frozen=True, slots=True)
class ShareRef:
    """What the Share button carries: the start of its pre-read, in UTC."""

    since: str


def open_button(text: str = "My one-on-one") -> Block:
    """The button that shows the pre-read."""
    return button(text, Act.OPEN)


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
