"""List items, quotations, tables and running text: what is put where the reader is."""

from __future__ import annotations

import re

from bot.ladder.importers.names import emoji_and_name
from bot.ladder.importers.pages.attributes import attribute_in, cells_in, is_usual
from bot.ladder.importers.pages.drafts import Attribute, Item, Quote
from bot.ladder.importers.pages.headings import is_about_the_level
from bot.ladder.importers.pages.labels import announces_examples, is_callout, is_prose
from bot.ladder.importers.pages.lines import Kind, Token
from bot.ladder.importers.pages.place import LABEL_DEPTH, Place, Section
from bot.ladder.importers.pages.sections import takes_label

_TICK_BOX = re.compile(r"\[[ xX]\]\s+(?=\S)")
_TABLE_LINE = re.compile(r"[\s|:-]*")


def take_quote(place: Place, token: Token) -> None:
    """A line of the summary or of a competency's description."""
    place.item = None
    place.callout = is_callout(token.text) or (place.callout and not place.gap)
    target = None if place.callout else place.quote or _prose_target(place)
    if target is None:
        place.leave(token, "a quotation in a place where none is expected")
        return
    place.quote = target
    target.add(token.text)


def _prose_target(place: Place) -> Quote | None:
    """The passage that words above a list belong to: the summary, or a description."""
    if place.section is Section.HEADER:
        return place.level.summary
    if place.competency and not place.competency.has_items:
        return place.competency.description
    return None


def take_bullet(place: Place, token: Token) -> None:
    """A statement, an example or an attribute; or a label that stands in a list."""
    outer, place.quote = place.item, None
    if place.section is Section.HEADER and _takes_fact(place, token, outer):
        return
    place.item = None
    _look_at_indent(place, token)
    target = place.list_target()
    if target is None:
        place.leave(token, place.why_not())
    elif announces_examples(token.text):
        place.in_examples, place.label_indent, place.nested = True, token.depth, False
        place.leave(token, "a label, what is under it is kept")
    else:
        _note_oddities(place, token, outer)
        text = _TICK_BOX.sub("", token.text, count=1) if _TICK_BOX.match(token.text) else token.text
        place.item = Item(token.line, [text], token.items, token.depth)
        target.append(place.item)


def _look_at_indent(place: Place, token: Token) -> None:
    """Leave the examples that a list item announced once the list is back where that one was."""
    if place.label_indent is None:
        return
    if token.depth > place.label_indent:
        place.nested = True
    elif place.nested or token.depth < place.label_indent:
        place.in_examples, place.label_indent = bool(place.folds and place.folds[-1]), None


def _note_oddities(place: Place, token: Token, outer: Item | None) -> None:
    if token.mark.startswith("\\"):
        place.note(token.line, "a list item that began with a backslash")
    if _TICK_BOX.match(token.text):
        place.note(token.line, f"the box to tick is not kept: {token.text[:3]}")
    if outer and token.depth >= outer.indent + 2:
        place.note(token.line, "indented under another item, read as one of its own")


def _takes_fact(place: Place, token: Token, outer: Item | None) -> bool:
    """Whether a list item in the header is an attribute, part of one, or begins a competency."""
    if _takes_attribute(place, token):
        return True
    open_fact = next((a for a in place.level.attributes.values() if a.value is outer), None)
    if open_fact is None:
        return False
    deeper = outer and token.depth > outer.indent
    listed = is_usual(open_fact.name) and not announces_examples(token.text)
    if outer and token.text and (deeper or (listed and not outer.text)):
        end = ";" if outer.text and outer.text[-1].isalnum() else ""
        outer.parts[-1] += end
        outer.parts.append(token.text)
        outer.bullets += token.items
        return True
    if not open_fact.value.text and not open_fact.value.bullets:
        place.level.attributes.pop(open_fact.name.casefold())
        label = Token(Kind.TEXT, open_fact.value.line, open_fact.name)
        place.start_competency(label, *emoji_and_name(open_fact.name), LABEL_DEPTH)
    return False


def take_text(place: Place, token: Token) -> None:
    """An attribute, a label, more of what came before, or prose above a list."""
    if place.section is Section.HEADER and _takes_attribute(place, token):
        return
    inside = place.competency or place.section is Section.HEADER
    if inside and takes_label(place, token):
        return
    if _continues(place, token):
        return
    place.end_block()
    target = _prose_target(place)
    after_list = place.section is Section.HEADER and bool(place.level.loose)
    if target is None or after_list or place.in_examples or not is_prose(token.text):
        place.leave(token, place.why_not())
        return
    target.break_paragraph()
    target.add(token.text)
    target.open_at.append(token.line)
    place.quote = target
    kind = "the description" if place.competency else "the summary"
    place.note(token.line, f"read as part of {kind}, although it is no quotation")


def _continues(place: Place, token: Token) -> bool:
    if place.quote and not place.gap:
        place.quote.add(token.text)
        return True
    if place.item and (not place.gap or token.depth > place.item.indent):
        place.item.parts.append(token.text)
        return True
    return False


def _takes_attribute(place: Place, token: Token) -> bool:
    below = place.item is not None and not place.gap and not place.item.bullets
    found = attribute_in(token.text, listed=token.kind is Kind.BULLET or below)
    if not found:
        return False
    if token.kind is Kind.TEXT and announces_examples(token.text):
        return False
    place.end_block()
    name, value = found
    if token.kind is Kind.TEXT and value and is_about_the_level(name):
        place.level.summary.break_paragraph()
        place.level.summary.add(value)
        place.quote = place.level.summary
    else:
        _add_attribute(place, token, name, value)
    return True


def _add_attribute(place: Place, token: Token, name: str, value: str) -> None:
    attributes = place.level.attributes
    if name.casefold() in attributes:
        place.leave(token, "this attribute comes twice, the first one is kept")
        return
    place.item = Item(token.line, [value], token.items, token.depth)
    attributes[name.casefold()] = Attribute(name, place.item)


def take_table(place: Place, token: Token) -> None:
    """A row of a table: attributes where the level's header has one, else reported."""
    place.item = place.quote = None
    cells = cells_in(token.text)
    if place.section is not Section.HEADER:
        place.leave(token, "a table is not read; save it as CSV and import that")
    elif _TABLE_LINE.fullmatch(token.text):
        return
    elif place.table_head and len(cells) == len(place.table_head):
        for name, value in zip(place.table_head, cells, strict=True):
            _add_attribute(place, Token(Kind.TABLE, token.line, value), name, value)
        place.item = None
    elif len(cells) > 1 and all(map(is_usual, cells)):
        place.table_head = cells
        place.leave(token, "the table's heading")
    elif len(cells) == 2 and all(cells) and cells[0].casefold() not in _TABLE_HEADINGS:
        _add_attribute(place, token, *cells)
        place.item = None
    else:
        place.leave(token, "a table's row that states no attribute")


_TABLE_HEADINGS = frozenset(["attribute", "attributes", "aspect", "dimension", "area", "fact"])


def take_rule(place: Place, token: Token) -> None:  # noqa: ARG001
    """A line across the page ends what came before."""
    place.end_block()


def take_aside(place: Place, token: Token) -> None:
    """A line beside the matter, such as a footnote; nothing goes on after it."""
    place.end_block()
    place.leave(token, _UNREADABLE[token.kind])


def take_unreadable(place: Place, token: Token) -> None:
    """A line that no level page needs; a list item may go on below it."""
    place.quote = None
    if token.text:
        place.leave(token, _UNREADABLE[token.kind])


_UNREADABLE = {
    Kind.FRONT_MATTER: "the page's front matter",
    Kind.CODE: "inside a block of code",
    Kind.COMMENT: "a comment",
    Kind.TAGS: "a web page's tag",
    Kind.ASIDE: "a footnote, a picture or another aside",
    Kind.TOO_LONG: "longer than any line of a level page",
}
