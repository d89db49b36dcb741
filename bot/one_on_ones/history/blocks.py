"""Past one-on-ones, and the form that takes them along, as Block Kit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from enum import StrEnum

from bot.one_on_ones.notes.model import Note
from bot.one_on_ones.page.model import ActionItem, Past, State
from bot.one_on_ones.page.pages import HISTORY
from bot.one_on_ones.pairs.model import Pair
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    date_input,
    divider,
    field,
    message,
    modal,
    option,
    paragraphs,
    section,
    ticks,
)
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import clip, escape, show_date

WORDS = 300
MOST_LINES = 8
MOST_OTHERS = 20
NOTES = 10
NOTES_WORDS = "*Your private notes of one-on-ones that have ended* 🔒 Only you see them."
SIGNS = {State.DONE: "✅", State.DROPPED: "➖", State.OPEN: "◻️"}
MARKDOWN, HTML = "markdown", "html"
WITH_NOTE = "note"
ON_THE_WAY = "Your file is on its way to your messages with me."
FILE_WORDS = "*Your one-on-ones, to keep or to print.* Only you got this file."
NONE_YET = (
    "There is nothing to look back on yet. After your first one-on-one, what you agreed, promised "
    "and kept stands here."
)


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    OPEN = "history.open"
    NOTE = "history.note"
    TAKE = "history.take"
    TAKEN = "history.taken"


class Field(StrEnum):
    """The fields of the form."""

    SINCE = "since"
    UNTIL = "until"
    FORMATS = "formats"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class HistoryRef:
    """Which pair, empty for the nearest; which page of its talks, and of one's notes, from 0."""

    pair: str = ""
    number: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What the modal shows: one page of talks, and whose past could be read instead."""

    viewer: Member
    pair: Pair
    pasts: Sequence[Past]
    number: int
    total: int
    pairs: Sequence[Pair]
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """The pairs that ended, and of which the viewer kept a note; `ref` is what is shown now."""

    viewer: Member
    pairs: Sequence[Pair]
    ref: HistoryRef
    zone: tzinfo


def history_button(pair_id: str = "", text: str = "Earlier") -> Block:
    """The button that opens the past of a pair; of the nearest one without an id."""
    return button(text, Act.OPEN, pack(HistoryRef(pair_id)))


def export_button(pair_id: str, text: str = "Take it along") -> Block:
    """The button that asks what to put into a file."""
    return button(text, Act.TAKE, pack(HistoryRef(pair_id)))


def nothing_yet(notes: OwnNotes) -> View:
    """For somebody who meets nobody, and maybe did."""
    return modal("One-on-ones", [section(NONE_YET), *_notes(notes)])


def history(shown: Shown, notes: OwnNotes) -> View:
    """Past talks of one pair, the latest first; then others, and own notes of ended ones."""
    other = shown.pair.other(shown.viewer)
    ended = " They have ended." if not shown.pair.is_live else ""
    head = f"*With {other.mention}*{ended}" if other else f"*Prepared alone*{ended}"
    talks = [block for past in shown.pasts for block in (divider(), *_talk(shown, past))]
    return modal(
        "Earlier one-on-ones",
        [
            section(head),
            *(talks or [section(NONE_YET)]),
            actions(*_turning(shown), export_button(shown.pair.id)),
            *_others(shown),
            *_notes(notes),
        ],
    )


def note(pair: Pair, note: Note, zone: tzinfo) -> View:
    """What its author, who looks, kept of a pair that has ended."""
    head = section(f"*{_with(pair, note.author)}* · {_when(pair, zone)}")
    words = paragraphs([escape(note.text)])
    return modal("Private notes", [head, context("🔒 Only you see this."), *words])


def take_along(pair_id: str) -> View:
    """The form: which days, which file, and whether one's own note goes with it."""
    kinds = [option("To print (HTML)", HTML), option("To edit (Markdown)", MARKDOWN)]
    return modal(
        "Take it along",
        [
            context("Without dates you get everything, and the page as it stands."),
            field(Field.SINCE, "From", date_input("pick"), optional=True),
            field(Field.UNTIL, "To", date_input("pick"), optional=True),
            field(Field.FORMATS, "File", ticks("choose", kinds, [HTML])),
            field(
                Field.NOTE,
                "Private",
                ticks("choose", [option("With my private note", WITH_NOTE)]),
                hint="Whoever you give the file to can read it then.",
                optional=True,
            ),
        ],
        callback_id=Act.TAKEN,
        submit="Make the file",
        close="Cancel",
        state=pack(HistoryRef(pair_id)),
    )


def on_the_way() -> View:
    """After the form."""
    return modal("Take it along", [section(ON_THE_WAY)], close="Done")


def gone() -> Message:
    """When the page went away between the form and the file."""
    return message("That page is not there any more, so there is no file.")


def _others(shown: Shown) -> list[Block]:
    """The past of other pairs, each by whom it is with: a menu could not mention anybody."""
    others = [pair for pair in shown.pairs if pair.id != shown.pair.id]
    if not others:
        return []
    rows = [_row(number, pair, shown) for number, pair in enumerate(others[:MOST_OTHERS])]
    more = len(others) - len(rows)
    rest = [context(f"… and {more} more, from their pages.")] if more > 0 else []
    return [divider(), section("*Others*"), *rows, *rest]


def _row(number: int, pair: Pair, shown: Shown) -> Block:
    open_it = button("Open", f"{Act.OPEN}:other-{number}", pack(HistoryRef(pair.id)))
    return section(f"{_with(pair, shown.viewer)} · {_when(pair, shown.zone)}", open_it)


def _with(pair: Pair, viewer: Member) -> str:
    other = pair.other(viewer)
    return f"With {other.mention}" if other else "On your own"


def _when(pair: Pair, zone: tzinfo) -> str:
    began = show_date(pair.created_at.astimezone(zone).date())
    ended = show_date(pair.ended_at.astimezone(zone).date()) if pair.ended_at else ""
    return f"{began} to {ended}" if ended else f"since {began}"


def _notes(notes: OwnNotes) -> list[Block]:
    """A row for each: with whom, when, and a button to read it; nothing of what it says."""
    if not notes.pairs:
        return []
    first = notes.ref.notes * NOTES
    rows = [
        section(
            f"{_with(pair, notes.viewer)} · {_when(pair, notes.zone)}",
            button("Read", f"{Act.NOTE}:{number}", pack(HistoryRef(pair.id))),
        )
        for number, pair in enumerate(notes.pairs[first : first + NOTES])
    ]
    return [divider(), section(NOTES_WORDS), *rows, *_turning_notes(notes)]


def _turning_notes(notes: OwnNotes) -> list[Block]:
    def to(number: int, name: str, words: str) -> Block:
        return button(words, f"{Act.OPEN}:{name}", pack(replace(notes.ref, notes=number)))

    now = notes.ref.notes
    more = (
        [to(now + 1, "older-notes", "More notes")] if (now + 1) * NOTES < len(notes.pairs) else []
    )
    back = [to(now - 1, "newer-notes", "Back")] if now else []
    return [actions(*back, *more)] if back or more else []


def _talk(shown: Shown, past: Past) -> list[Block]:
    made = {item.id for item in past.made}
    settled = [item for item in past.closed if item.id not in made]
    day = show_date(past.talk.starts_at.astimezone(shown.zone).date())
    lines = [
        f"*{day}*",
        *([f"*Agreed:* {_words(past.talk.agreed)}"] if past.talk.agreed else []),
        *_lines("Discussed", (f"• {_words(item.text)}" for item in past.agenda)),
        *_lines("Promised", (_promise(shown.viewer, item) for item in past.made)),
        *_lines("Kept or dropped", (_promise(shown.viewer, item) for item in settled)),
    ]
    return paragraphs(lines if lines[1:] else [*lines, "Nothing was noted."])


def _lines(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    if not found:
        return []
    more = len(found) - MOST_LINES
    rest = [f"… and {more} more; _Take it along_ has all of them."] if more > 0 else []
    return [f"*{title}:*", *found[:MOST_LINES], *rest]


def _promise(viewer: Member, item: ActionItem) -> str:
    who = "you" if item.owner == viewer else item.owner.mention
    why = f" – dropped: {_words(item.reason)}" if item.state is State.DROPPED else ""
    return f"{SIGNS[item.state]} {who}: {_words(item.text)}{why}"


def _words(text: str) -> str:
    return escape(clip(" ".join(text.split()), WORDS))


def _turning(shown: Shown) -> list[Block]:
    ways = []
    if (shown.number + 1) * HISTORY < shown.total:
        older = pack(HistoryRef(shown.pair.id, shown.number + 1))
        ways.append(button("Earlier", f"{Act.OPEN}:older", older))
    if shown.number:
        newer = pack(HistoryRef(shown.pair.id, shown.number - 1))
        ways.append(button("Later", f"{Act.OPEN}:newer", newer))
    return ways
