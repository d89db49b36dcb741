"""The reader of one page: it takes token after token and leaves none unaccounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.ladder.importers.pages.attributes import is_usual
from bot.ladder.importers.pages.content import (
    take_aside,
    take_bullet,
    take_quote,
    take_rule,
    take_table,
    take_text,
    take_unreadable,
)
from bot.ladder.importers.pages.drafts import Attribute, CompetencyDraft, Item, LevelDraft, Quote
from bot.ladder.importers.pages.guessing import Guess
from bot.ladder.importers.pages.lines import Kind, Token
from bot.ladder.importers.pages.place import Place
from bot.ladder.importers.pages.sections import take_fold, take_fold_label, take_heading

_TAKERS: dict[Kind, Callable[[Place, Token], None]] = {
    Kind.HEADING: take_heading,
    Kind.QUOTE: take_quote,
    Kind.BULLET: take_bullet,
    Kind.TEXT: take_text,
    Kind.TABLE: take_table,
    Kind.RULE: take_rule,
    Kind.FOLD: take_fold,
    Kind.FOLD_END: take_fold,
    Kind.FOLD_LABEL: take_fold_label,
    Kind.FRONT_MATTER: take_unreadable,
    Kind.CODE: take_unreadable,
    Kind.COMMENT: take_unreadable,
    Kind.TAGS: take_aside,
    Kind.ASIDE: take_aside,
    Kind.TOO_LONG: take_unreadable,
}

_NO_HEADING = "Expectations"


def read(page: Iterable[Token], guess: Guess | None = None) -> Place:
    """The page read to its end; `guess` names its level where no heading does."""
    place = Place()
    if guess and guess.line == 0:
        _start(place, Token(Kind.HEADING, 1), guess)
    for token in page:
        if guess and token.line == guess.line and token.text:
            _start(place, token, guess)
        else:
            _take(place, token)
    for level in place.levels:
        _finish(place, level)
    return place


def _start(place: Place, token: Token, guess: Guess) -> None:
    place.start_level(token, guess.level, depth=1)
    place.note(token.line, f"no heading names the level; {guess.source} says {guess.level.id}")


def _take(place: Place, token: Token) -> None:
    if token.kind is Kind.BLANK:
        place.gap = True
        place.table_head = []
        if place.quote:
            place.quote.break_paragraph()
            place.quote = None
        return
    _TAKERS[token.kind](place, token)
    place.gap = False


def _finish(place: Place, level: LevelDraft) -> None:
    """What can only be said at the end of the page."""
    _place_loose_items(place, level)
    _leave_empty_items(place, level)
    for competency in list(level.competencies.values()):
        _settle(place, level, competency)
    for name, attribute in list(level.attributes.items()):
        if not attribute.value.text:
            del level.attributes[name]
            value = attribute.value
            place.leave_line(value.line, "a label without a value", attribute.name, value.bullets)


def _place_loose_items(place: Place, level: LevelDraft) -> None:
    """List items above the competencies; a level that has none at all keeps them as its own."""
    if level.competencies or len(level.loose) < 2:
        for item in level.loose:
            reason = "neither a summary nor an attribute"
            place.leave_line(item.line, reason, item.text, item.bullets)
        return
    said = f"no heading stands above this list; it is kept under “{_NO_HEADING}”"
    place.note(level.loose[0].line, said)
    level.add(CompetencyDraft(_NO_HEADING, "", level.loose[0].line, statements=level.loose))


def _leave_empty_items(place: Place, level: LevelDraft) -> None:
    for items in level.lists():
        for item in [each for each in items if not each.text]:
            place.leave_line(item.line, "an empty list item", "", item.bullets)
        items[:] = [item for item in items if item.text]


def _settle(place: Place, level: LevelDraft, competency: CompetencyDraft) -> None:
    """A section without a list may be an attribute under a heading, or only a label."""
    if competency.has_items:
        return
    key = competency.name.casefold()
    text = " ".join(competency.description.text.split())
    if is_usual(competency.name) and text and key not in level.attributes:
        del level.competencies[key]
        level.attributes[key] = Attribute(competency.name, Item(competency.line, [text]))
        place.note(competency.line, f"“{competency.name}” is read as an attribute")
    elif prose := competency.description.as_items():
        competency.statements, competency.description = prose, Quote()
        place.notes = [each for each in place.notes if each.line not in {i.line for i in prose}]
        for item in prose:
            place.note(item.line, "a paragraph where no list follows, read as a statement")
    elif competency.labelled and not text:
        del level.competencies[key]
        place.leave_line(competency.line, "a label without a list", competency.name)
