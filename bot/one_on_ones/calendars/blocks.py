"""The form for a calendar, the choice of its meeting, and what is said when it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.one_on_ones.calendars.model import MOST_SERIES, Followed, Series, Trouble
from bot.one_on_ones.pairs.model import Pair
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    field,
    file_input,
    message,
    modal,
    option,
    section,
    select,
    text_input,
)
from bot.slack.state import pack
from bot.slack.text import clip, show_instant

TITLE_CHARS = 30
GOOGLE = "Google Calendar: _Settings_, then your calendar, then _Secret address in iCal format_."
OUTLOOK = "Outlook: _Settings_, _Shared calendars_, _Publish a calendar_, then the ICS link."
KEPT = (
    "🔒 Whoever has this address can read your calendar, so I keep it encrypted and show it to "
    "nobody. Of what is in it I keep when this one meeting takes place, and nothing else."
)


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    OPEN = "calendars.open"
    LOOK = "calendars.look"
    CHOOSE = "calendars.choose"


class Field(StrEnum):
    """The fields of the two forms."""

    ADDRESS = "address"
    FILE = "file"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class PairRef:
    """The pair whose calendar it is."""

    pair: str


def calendar_button(pair_id: str, text: str = "From a calendar") -> Block:
    """The button that asks for a calendar; for either side of the pair."""
    return button(text, Act.OPEN, pack(PairRef(pair_id)))


def give(pair_id: str, calendar: Followed | None, *, files: bool) -> View:
    """The form for the address; `files` where Slack lets us read one, too."""
    blocks = [
        *_state(calendar),
        field(
            Field.ADDRESS,
            "Address of the calendar",
            text_input("type", placeholder="https://…/basic.ics"),
            hint="I read it every six hours, and follow what is moved or cancelled.",
            optional=files,
        ),
        *(_file_field() if files else []),
        context(f"{GOOGLE}\n{OUTLOOK}"),
        context(KEPT),
    ]
    state = pack(PairRef(pair_id))
    return modal(
        "From a calendar", blocks, callback_id=Act.LOOK, submit="Next", close="Cancel", state=state
    )


def still_reading(pair_id: str) -> View:
    """While a calendar takes its time."""
    return modal(
        "From a calendar",
        [section("One moment: the calendar takes its time to arrive.")],
        state=pack(PairRef(pair_id)),
    )


def choose(pair_id: str, series: tuple[Series, ...], zone: ZoneInfo) -> View:
    """Which of the meetings it is; only whoever gave the calendar sees their titles."""
    options = [option(_label(each, zone), each.key) for each in series[:MOST_SERIES]]
    blocks = [
        field(Field.SERIES, "Which one is your one-on-one?", select("choose", options)),
        *_more(len(series)),
    ]
    state = pack(PairRef(pair_id))
    return modal(
        "Choose the meeting",
        blocks,
        callback_id=Act.CHOOSE,
        submit="Save",
        close="Cancel",
        state=state,
    )


def saved(pair: Pair, *, by_address: bool) -> View:
    """The confirmation, with what happens next."""
    when = f"The next one is {show_instant(pair.starts_at)}." if pair.meeting else NOTHING_AHEAD
    later = "I look again every six hours." if by_address else "A file I read this once."
    return modal(
        "Saved",
        [
            section(f"✅ *Saved.* {when}"),
            context(f"{later} No meeting, no pre-read."),
        ],
    )


def unread(pair: Pair, calendar: Followed) -> Message:
    """What whoever gave the calendar hears, once, after a week of trying."""
    other = pair.other(calendar.set_by)
    whose = f" with {other.mention}" if other else ""
    words = f"For a week I could not read the calendar of your one-on-one{whose}."
    why = calendar.problem.sentence if calendar.problem else ""
    return message(
        words,
        [
            section(f"{words} What I know of it stays, and I go on trying.\n{why}"),
            actions(calendar_button(pair.id, "Give it once more")),
        ],
    )


def over(pair: Pair, calendar: Followed) -> Message:
    """What whoever gave the calendar hears, once, when its series has come to an end."""
    other = pair.other(calendar.set_by)
    whose = f" with {other.mention}" if other else ""
    where = "your calendar" if calendar.address else "the file that you gave me"
    words = f"In {where} the meetings of your one-on-one{whose} have ended."
    return message(
        words,
        [
            section(f"{words} So I know of no next one, and send no pre-read.\n{WHEN_NEW}"),
            actions(calendar_button(pair.id, "Choose the new one")),
        ],
    )


WHEN_NEW = "If they go on as a new series, choose that one."
NOTHING_AHEAD = "I see no meeting ahead at the moment."


def _file_field() -> list[Block]:
    hint = "I read it this once: what is moved or cancelled later, I do not see."
    element = file_input("put", ["ics"])
    return [field(Field.FILE, "Or a file", element, hint=hint, optional=True)]


def _state(calendar: Followed | None) -> list[Block]:
    if calendar is None:
        return []
    if calendar.problem is Trouble.SERIES_OVER:
        return [section(calendar.problem.sentence)]
    if calendar.problem:
        return [section(f"I cannot read the calendar at the moment. {calendar.problem.sentence}")]
    kind = "calendar" if calendar.address else "file"
    return [section(f"This one-on-one goes by a {kind}, read {show_instant(calendar.read_at)}.")]


def _label(series: Series, zone: ZoneInfo) -> str:
    title = clip(series.title or "(no title)", TITLE_CHARS)
    return f"{title} · {series.words} · next {series.next_at.astimezone(zone):%a %d %b %H:%M}"


def _more(number: int) -> list[Block]:
    if number <= MOST_SERIES:
        return []
    return [context(f"The {MOST_SERIES} that come next, of {number}.")]
