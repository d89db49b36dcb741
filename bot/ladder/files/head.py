"""From `ladder.yaml` to everything of the ladder but its tracks."""

from __future__ import annotations

from collections.abc import Container, Iterator
from types import MappingProxyType

from yaml.nodes import MappingNode, Node, ScalarNode

from bot.ladder.files.parts import (
    SCHEMA,
    StatementReader,
    id_of,
    must_be_id,
    text_of,
    texts_of,
)
from bot.ladder.files.yaml_reader import Sheet
from bot.ladder.model import Competency, Ladder, Maturity, RetiredCompetency, SharedStatements
from bot.ladder.wording import short

_HEAD_KEYS = (
    "schema", "id", "name", "version", "effective", "attributes", "maturity", "competencies",
    "shared", "retired",
)  # fmt: skip
_COMPETENCY_KEYS = ("name", "emoji", "description", "aliases")
_RETIRED_KEYS = ("id", "was", "until", "replaced_by")


def read_head(sheet: Sheet, root: MappingNode) -> Ladder:
    """What `ladder.yaml` says; the tracks are still to come."""
    sheet.mark(root)
    found = sheet.fields(root, "ladder.yaml", _HEAD_KEYS, ("schema", "id", "name", "version"))
    if "competencies" in found:
        sheet.mark(found["competencies"], "competencies")
    competencies = tuple(_competencies(sheet, found.get("competencies")))
    _check_schema(sheet, found.get("schema"))
    return Ladder(
        id=id_of(sheet, found.get("id"), "The ladder's id"),
        name=text_of(sheet, found.get("name"), "The ladder's name"),
        version=text_of(sheet, found.get("version"), "The version"),
        effective=_effective(sheet, found.get("effective")),
        attributes=_attribute_names(sheet, found.get("attributes")),
        maturity=tuple(_maturity(sheet, found.get("maturity"))),
        competencies=competencies,
        shared=tuple(_shared(sheet, found.get("shared"))),
        retired=tuple(_retired(sheet, found.get("retired"), {c.id for c in competencies})),
    )


def _check_schema(sheet: Sheet, node: Node | None) -> None:
    if node and (number := sheet.whole_number(node, "The schema")) != SCHEMA and number:
        sheet.complain(node, f"The schema {number} is not known.", f"Write `schema: {SCHEMA}`.")


def _effective(sheet: Sheet, node: Node | None) -> str:
    if isinstance(node, ScalarNode) and node.tag.endswith(":timestamp"):
        return str(node.value)
    return text_of(sheet, node, "The date it takes effect")


def _attribute_names(sheet: Sheet, node: Node | None) -> MappingProxyType[str, str]:
    names: dict[str, str] = {}
    seen: set[str] = set()
    for key, key_node, value in sheet.pairs(node, "attributes") if node else ():
        name = sheet.text(value, f"The attribute {key!r}")
        must_be_id(sheet, key_node, key)
        if name in seen:
            message = f"Two attributes are called {short(name)!r}."
            sheet.complain(key_node, message, "Rename one of them.")
        seen.add(name)
        names[key] = name
    return MappingProxyType(names)


def _maturity(sheet: Sheet, node: Node | None) -> Iterator[Maturity]:
    """Plain words, and words with what they mean: `- Performing: what it means`."""
    for item in sheet.items(node, "maturity") if node else ():
        if isinstance(item, MappingNode) and len(item.value) == 1:
            ((name, meaning),) = item.value
            word = sheet.text(name, "A maturity word")
            yield Maturity(word, sheet.text(meaning, f"What {short(word)!r} means"))
        else:
            yield Maturity(sheet.text(item, "A maturity word"))


def _competencies(sheet: Sheet, node: Node | None) -> Iterator[Competency]:
    for key, key_node, value in sheet.pairs(node, "competencies") if node else ():
        must_be_id(sheet, key_node, key)
        sheet.mark(key_node, "competencies", key)
        what = f"The competency {key!r}"
        found = sheet.fields(value, what, _COMPETENCY_KEYS, ("name",))
        yield Competency(
            id=key,
            name=text_of(sheet, found.get("name"), f"{what}, its name,"),
            emoji=text_of(sheet, found.get("emoji"), f"{what}, its emoji,"),
            description=text_of(sheet, found.get("description"), f"{what}, its description,"),
            aliases=texts_of(sheet, found.get("aliases"), "An alias"),
        )


def _shared(sheet: Sheet, node: Node | None) -> Iterator[SharedStatements]:
    statements = StatementReader(sheet)
    for key, key_node, value in sheet.pairs(node, "shared") if node else ():
        must_be_id(sheet, key_node, key)
        sheet.mark(key_node, "shared", key)
        found = sheet.fields(value, f"The shared group {key!r}", ("name", "statements"), ("name",))
        name = text_of(sheet, found.get("name"), "A shared group's name")
        path = ("shared", key)
        yield SharedStatements(key, name, statements.read(found.get("statements"), path))


def _retired(
    sheet: Sheet, node: Node | None, in_use: Container[str]
) -> Iterator[RetiredCompetency]:
    for item in sheet.items(node, "retired") if node else ():
        found = sheet.fields(item, "A retired competency", _RETIRED_KEYS, ("id", "was"))
        retired_id = id_of(sheet, found.get("id"), "A retired competency's id")
        if retired_id in in_use:
            message = f"The competency {retired_id!r} is retired, but is also in use."
            remedy = "Retired ids are never used again: give the competency a new id."
            sheet.complain(item, message, remedy)
        if ("competencies", "retired", retired_id) in sheet.places:
            message = f"The competency {retired_id!r} is retired twice."
            sheet.complain(item, message, "Keep one of the two.")
        sheet.mark(item, "competencies", "retired", retired_id)
        yield RetiredCompetency(
            id=retired_id,
            was=text_of(sheet, found.get("was"), "The name of a retired competency"),
            until=text_of(sheet, found.get("until"), "The last version of a retired competency"),
            replaced_by=texts_of(sheet, found.get("replaced_by"), "An entry of replaced_by"),
        )
