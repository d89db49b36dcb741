"""The next meeting takes place at another time, is skipped, or there is none for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.showing.refs import Act, Field, MeetingRef
from bot.one_on_ones.pairs.showing.words import next_words, pre_read_words, whom
from bot.slack.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    date_input,
    field,
    modal,
    section,
    time_input,
)
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import escape, show_instant

IN_CALENDAR = "It comes from a calendar: move or skip it there, and Rung follows."


def move_form(
    pair: Pair, member: Member, zone: str, local: datetime, listed: str, ways: Sequence[Block]
) -> View:
    """The next meeting, with its date and time to change; `local` is when it is, in `zone`."""
    ref = pack(MeetingRef(pair.id, pair.meeting.slot if pair.meeting else "", listed))
    pause = button("Pause …", Act.PAUSE, ref)
    if pair.rhythm is None or pair.meeting is None:
        return modal("Move or skip", [section(IN_CALENDAR), actions(*ways, pause)])
    title = f"Your one-on-one {whom(pair, member)}: {show_instant(pair.meeting.starts_at)}"
    return modal(
        "Move or skip",
        [
            section(title),
            actions(button("Skip this one", Act.SKIP, ref), pause),
            field(Field.FIRST, "Move it to", date_input("pick", local.date())),
            field(
                Field.AT,
                "Time",
                time_input("pick", f"{local:%H:%M}"),
                hint=f"In the time zone {escape(zone)}.",
            ),
        ],
        callback_id=Act.MOVED,
        submit="Move it",
        state=ref,
        close="Cancel",
    )


def pause_form(ref: MeetingRef, day: date) -> View:
    """Until when there is no one-on-one."""
    return modal(
        "Pause",
        [
            field(
                Field.UNTIL,
                "No one-on-one before",
                date_input("pick", day),
                hint="Nothing is lost, and no pre-read comes until then.",
            )
        ],
        callback_id=Act.PAUSED,
        submit="Pause",
        state=pack(ref),
        close="Cancel",
    )


def moved(pair: Pair, member: Member, what: str, now: datetime) -> View:
    """What is decided, and what happens next."""
    other = pair.other(member)
    told = f" {other.mention} is told." if other and not pair.asked else ""
    due = pre_read_words(pair, member, now)
    said = [section(f"✅ *{what}.* {next_words(pair)}{told}")]
    return modal(what, [*said, *([context(due)] if due else [])], close="Done")
