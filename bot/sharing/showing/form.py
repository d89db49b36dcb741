"""The form that asks what to share, and with whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.journal.blocks import log_button
from bot.journal.model import Entry
from bot.ladder.model import Competency
from bot.people.blocks import manager_words, place_button
from bot.people.model import Person
from bot.sharing.model import MOST, Part, Reader
from bot.sharing.showing.refs import Act, Field, FormState, list_button
from bot.slack.blocks import (
    CHOICES,
    Block,
    View,
    actions,
    context,
    field,
    grouped_select,
    modal,
    multi_select,
    named_choice,
    option,
    radio,
    section,
    ticks,
)
from bot.slack.state import pack
from bot.slack.text import clip, show_date

EVERY_COMPETENCY = "*"
WITH_QUOTES = "with"
TEXT_CHARS = 56


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form offers, and what is chosen in it at first.

    `entries` are at most 100; `competencies` are there only where that leaves some out.
    """

    entries: Sequence[Entry]
    readers: Sequence[Reader]
    competencies: Sequence[Competency] = ()
    competency: str = ""
    chosen: Collection[str] = ()
    reader: str = ""
    quotes: bool = False


def form(offer: Offer, note: str = "") -> View:
    """The form; `note` is an escaped sentence above it."""
    return modal(
        "Share your examples",
        [
            section(note or "Choose, look at it as they will see it, and only then share."),
            *_narrowing(offer),
            field(
                f"{Field.ENTRIES}:{offer.competency}",
                "Examples",
                multi_select(
                    "choose", [_entry_option(e) for e in offer.entries], offer.chosen, most=MOST
                ),
                hint=f"Up to {MOST} on one page.",
            ),
            field(Field.READER, "With whom", _readers(offer)),
            *(_quotes(offer) if any(entry.quote for entry in offer.entries) else []),
            context("They get what the preview shows, as it is now. Changes later stay with you."),
        ],
        callback_id=Act.CHOOSE,
        submit="Preview",
        close="Cancel",
        state=pack(FormState(offer.competency)),
    )


def nobody_to_share_with(person: Person | None) -> View:
    """Why nothing can be shared yet, and what to do about it."""
    how_it_stands = manager_words(person) if person else "No manager is named yet."
    words = (
        "There is nobody yet with whom you can share. You can once your manager has confirmed: "
        "then with them, and with their manager."
    )
    button_text = "Choose my track and manager" if person is None else "Name my manager"
    if person and person.manager:
        button_text = "Name somebody else"
    return modal(
        "Share your examples",
        [section(words), context(how_it_stands), actions(place_button(button_text))],
    )


def nothing_to_choose() -> View:
    """There is no example yet."""
    words = "There is nothing to share yet. One sentence about last week is a good start."
    return modal("Share your examples", [section(words), actions(log_button(), list_button())])


def _narrowing(offer: Offer) -> list[Block]:
    if not offer.competencies:
        return []
    named = [option(each.label, each.id) for each in offer.competencies]
    everything = option("Every competency: the latest", EVERY_COMPETENCY)
    menu = grouped_select(
        Act.FILTER,
        [("", [everything]), ("Competencies", named)],
        chosen=offer.competency or EVERY_COMPETENCY,
        placeholder="Competency",
    )
    return [actions(menu)]


def _entry_option(entry: Entry) -> Block:
    text = clip(" ".join(entry.text.split()), TEXT_CHARS)
    return option(f"{show_date(entry.happened_on)} · {text}", entry.id)


def _readers(offer: Offer) -> Block:
    options = [
        named_choice(each.member.mention, each.member.user_id, _part(each))
        for each in offer.readers[:CHOICES]
    ]
    return radio("choose", options, chosen=offer.reader)


def _part(reader: Reader) -> str:
    until = f" until {show_date(reader.until.date())}" if reader.until else ""
    return {
        Part.MANAGER: "your manager",
        Part.IMPORTED: "named as your manager; sharing confirms it",
        Part.LEAD: "you meet for one-on-ones",
        Part.SKIP_LEVEL: "your manager's manager",
        Part.FORMER: f"your manager{until}",
    }[reader.part]


def _quotes(offer: Offer) -> list[Block]:
    tick = option("With what others said, where I kept a quote", WITH_QUOTES)
    boxes = ticks("choose", [tick], [WITH_QUOTES] if offer.quotes else [])
    hint = "Without it, the page holds your own words alone."
    return [field(Field.QUOTES, "Quotes", boxes, hint=hint, optional=True)]
