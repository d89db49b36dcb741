"""Headings, folds and labels: what tells the reader where it is."""

from __future__ import annotations

from bot.ladder.importers.names import emoji_and_name
from bot.ladder.importers.pages.headings import (
    is_about_examples,
    is_about_the_level,
    is_aside,
    is_over_competencies,
    level_in,
    without_anchor,
)
from bot.ladder.importers.pages.labels import announces_examples, core_of, is_title, label_in
from bot.ladder.importers.pages.lines import Kind, Token
from bot.ladder.importers.pages.place import LABEL_DEPTH, Place, Section

_NOT_KEPT = "a group's label is not kept, what is under it is"


def take_heading(place: Place, token: Token) -> None:
    """Open the section that the heading names, or report why it opens none."""
    place.end_block()
    plain = without_anchor(token.text)
    emoji, title = emoji_and_name(plain)
    level = level_in(title)
    if level and token.depth <= (place.level_depth or token.depth):
        if emoji:
            place.note(token.line, f"the emoji {emoji} before the level is not kept")
        place.start_level(token, level, token.depth)
    elif place.section is Section.OUTSIDE:
        place.leave(token, "before the first level heading")
    elif not title:
        place.leave(token, "an empty heading")
    elif place.section is Section.ASIDE and token.depth > place.aside_depth:
        place.leave(token, "in a section that is not a competency")
    else:
        _inside_level(place, token, emoji, title)
    if plain != token.text.strip():
        place.note(token.line, f"the heading's anchor is not kept: {token.text}")


def _inside_level(place: Place, token: Token, emoji: str, title: str) -> None:
    if is_about_examples(title):
        _start_examples(place, token)
    elif token.depth <= place.level_depth and place.level.is_empty:
        place.leave(token, "a second heading for the level")
    elif is_aside(title) or token.depth <= place.level_depth:
        place.enter(Section.ASIDE)
        place.aside_depth = token.depth
        place.leave(token, "a section that is not a competency")
    elif is_about_the_level(title) and not place.level.competencies:
        place.enter(Section.HEADER)
        place.leave(token, "the summary's heading is not kept, what is under it is")
    elif token.depth <= (place.competency_depth or token.depth) or _only_holds_others(place):
        place.start_competency(token, emoji, title, token.depth)
        if level_in(title):
            place.note(token.line, f"“{title}” stands under {place.level.id}; read as a competency")
    else:
        place.in_examples = place.in_examples and bool(place.folds)
        place.leave(token, _NOT_KEPT)


def _only_holds_others(place: Place) -> bool:
    """Whether the open competency is a mere heading over those to come, which is then undone."""
    over = place.competency
    if not over or not over.is_empty or not is_over_competencies(over.name):
        return False
    place.level.competencies.pop(over.name.casefold())
    place.leave_line(over.line, "a heading over competencies is not kept", over.name)
    return True


def _start_examples(place: Place, token: Token) -> None:
    """Examples of the open competency, or of the whole level where none is open."""
    if place.competency is None or token.depth <= place.competency_depth:
        place.enter(Section.CLOSING)
    _examples_follow(place, token)


def _examples_follow(place: Place, token: Token) -> None:
    place.in_examples = True
    if core_of(token.text).casefold() not in ("example", "examples"):
        place.note(token.line, f"what is under this is read as examples: {token.text}")


def take_fold(place: Place, token: Token) -> None:
    """A fold opens, or closes and gives back what was around it."""
    place.end_block()
    place.label_indent = None
    if token.kind is Kind.FOLD:
        place.folds.append(place.in_examples)
    elif place.folds:
        place.in_examples = place.folds.pop()
    else:
        place.in_examples = place.section is Section.CLOSING


def take_fold_label(place: Place, token: Token) -> None:
    """What a fold says of itself: examples, or a competency where none has a heading."""
    place.end_block()
    if is_about_examples(core_of(token.text)):
        _examples_follow(place, token)
    elif token.text and len(place.folds) == 1 and _labels_begin_competencies(place):
        folds = list(place.folds)
        place.start_competency(token, *emoji_and_name(token.text), LABEL_DEPTH)
        place.folds = folds
    elif token.text:
        place.leave(token, "a folded part's label is not kept, what is under it is")


def takes_label(place: Place, token: Token) -> bool:
    """Whether the line only says what the lines under it are; if so, it was dealt with."""
    continues = place.item is not None and not place.gap
    if announces_examples(token.text, alone=not continues):
        if place.item and token.depth > place.item.indent:
            place.label_indent, place.nested = place.item.indent, False
        place.end_block()
        _examples_follow(place, token)
        return True
    label = label_in(token.text)
    if label is None or (continues and ":" not in token.text):
        return False
    if place.section is Section.HEADER or _labels_begin_competencies(place):
        return _begins_competency(place, token, label)
    if not is_title(label) and place.competency and place.competency.is_empty:
        return False
    place.end_block()
    place.in_examples = place.in_examples and bool(place.folds)
    place.leave(token, _NOT_KEPT)
    return True


def _labels_begin_competencies(place: Place) -> bool:
    by_label = place.competency is not None and place.competency_depth == LABEL_DEPTH
    return by_label or (place.section is Section.HEADER and not place.level.competencies)


def _begins_competency(place: Place, token: Token, label: str) -> bool:
    strong = token.text.startswith(("**", "__"))
    first = place.level.is_empty and not token.text.endswith(("*", "_", ":"))
    if not strong or first or not is_title(label) or not _labels_begin_competencies(place):
        return False
    emoji, name = emoji_and_name(label)
    place.start_competency(token, emoji, name, LABEL_DEPTH)
    return True
