"""The form for whom somebody meets, and when; and what stands in its place once it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Cadence, Rhythm
from bot.one_on_ones.pairs.showing.refs import Act, Field, FormRef
from bot.one_on_ones.pairs.showing.words import next_words, pre_read_words, rhythm_words
from bot.slack.blocks import (
    Block,
    View,
    actions,
    context,
    date_input,
    field,
    modal,
    option,
    section,
    select,
    time_input,
    user_select,
)
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import escape, show_instant

TITLE = "My one-on-one"
USUAL_TIME = "14:00"
WHO_READS = {True: "You get your pre-read", False: "They alone get their pre-read"}


@dataclass(frozen=True, slots=True)
class Beginning:
    """With what the form opens.

    `person` is the user id that is chosen at first, or None where the other side stands already.
    `day` is the next one as far as is known, and `rhythm` what it goes by until now, if anything.
    `moved_to` is when that is, where a single meeting was moved and `day` is the one after it.
    `own` is False for whoever is not the engineer.
    """

    ref: FormRef
    day: date
    rhythm: Rhythm | None = None
    person: str | None = None
    other: Member | None = None
    own: bool = True
    moved_to: datetime | None = None


def form(begin: Beginning, ways: Sequence[Block] = ()) -> View:
    """One form for both sides; `ways` are further ways to say when, as buttons."""
    return modal(
        TITLE,
        [
            *_with_whom(begin),
            *_when(begin),
            context(f"{WHO_READS[begin.own]} on the working day before, at 10:00."),
            *([actions(*ways)] if ways else []),
        ],
        callback_id=Act.SAVE,
        submit="Save",
        state=pack(begin.ref),
        close="Cancel",
    )


def saved(pair: Pair, member: Member, now: datetime, ways: Sequence[Block] = ()) -> View:
    """The confirmation, with what happens next."""
    said = [f"✅ *Saved:* {rhythm_words(pair)}. {next_words(pair)}"]
    if pair.asked and pair.asked != member:
        said.append(f"{pair.asked.mention} is asked to confirm.")
    elif other := pair.other(member):
        said.append(f"{other.mention} is told.")
    due = pre_read_words(pair, member, now)
    return modal(
        "Saved",
        [
            section("\n".join(said)),
            *([context(due)] if due else []),
            *([actions(*ways)] if ways else []),
        ],
    )


def _with_whom(begin: Beginning) -> list[Block]:
    if begin.person is None:
        return [section(f"With {begin.other.mention}." if begin.other else "On your own.")]
    menu = user_select("choose", begin.person)
    if begin.ref.report:
        hint = "One of those whose manager you are. They are asked to confirm."
        return [field(Field.WITH, "With whom", menu, hint=hint)]
    hint = "They are asked to confirm. Leave it empty to prepare alone."
    if begin.ref.pair:
        hint = f"{hint} What you wrote alone stays yours alone."
    return [field(Field.WITH, "With whom", menu, hint=hint, optional=True)]


def _when(begin: Beginning) -> list[Block]:
    rhythm = begin.rhythm
    often = [
        option("Every week", Cadence.WEEKLY),
        option("Every second week", Cadence.FORTNIGHTLY),
        option("Once a month, on that weekday", Cadence.MONTHLY),
    ]
    return [
        field(
            Field.WEEKS,
            "How often",
            select("choose", often, chosen=rhythm.cadence if rhythm else Cadence.WEEKLY),
        ),
        *_stays(begin.moved_to),
        field(
            Field.FIRST,
            "The one after it" if begin.moved_to else "Next one-on-one",
            date_input("pick", begin.day),
        ),
        field(
            Field.AT,
            "Time",
            time_input("pick", f"{rhythm.at:%H:%M}" if rhythm else USUAL_TIME),
            hint=f"In the time zone {escape(begin.ref.zone)}.",
        ),
    ]


def _stays(moved_to: datetime | None) -> list[Block]:
    if moved_to is None:
        return []
    return [context(f"The one that was moved to {show_instant(moved_to)} stays.")]
