"""From the lines of one ladder file to the parts of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from yaml.nodes import MappingNode, Node, ScalarNode

from bot.ladder.files.yaml_reader import Sheet
from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Maturity,
    Retired,
    SharedStatements,
    Statement,
    Track,
)
from bot.ladder.wording import is_placeholder, statement_slug, unique

SCHEMA = 1
KINDS = ("ic", "management")
UNNAMED = "~"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")

_HEAD_KEYS = (
    "schema", "id", "name", "version", "effective", "attributes", "maturity", "competencies",
    "shared",
)  # fmt: skip
_TRACK_KEYS = ("id", "name", "kind", "includes", "levels", "retired")
_LEVEL_KEYS = (
    "id", "title", "rank", "summary", "attributes", "expects", "examples", "inherits", "next",
)  # fmt: skip
_COMPETENCY_KEYS = ("name", "emoji", "description", "aliases")
_EXPECTATION_KEYS = ("name", "emoji", "description", "statements", "examples")
_RETIRED_KEYS = ("id", "was", "competency", "level", "until", "replaced_by")


def is_id(text: str) -> bool:
    """Whether the text may be an id: letters, digits, `.`, `_` and `-`, at most 80."""
    return bool(_ID.fullmatch(text))


def rank_in(level_id: str, otherwise: int) -> int:
    """The rung a level id names: 4 for `L4`, `IC4` and `L4.2`."""
    digits = re.search(r"\d{1,4}", level_id)
    return int(digits.group()) if digits else otherwise


def read_head(sheet: Sheet, root: MappingNode) -> Ladder:
    """What `ladder.yaml` says; the tracks are still to come."""
    what = "ladder.yaml"
    found = sheet.fields(root, what, _HEAD_KEYS, ("schema", "id", "name", "version"))
    _check_schema(sheet, found.get("schema"))
    return Ladder(
        id=_id(sheet, found.get("id"), "The ladder's id"),
        name=_text(sheet, found.get("name"), "The ladder's name"),
        version=_text(sheet, found.get("version"), "The version"),
        effective=_effective(sheet, found.get("effective")),
        attributes=_attribute_names(sheet, found.get("attributes")),
        maturity=tuple(map(Maturity, _texts(sheet, found.get("maturity"), "A maturity word"))),
        competencies=tuple(_competencies(sheet, found.get("competencies"))),
        shared=tuple(_shared(sheet, found.get("shared"))),
    )


def read_track(sheet: Sheet, root: MappingNode, head: Ladder) -> Track:
    """What one file in `tracks/` says, given the competencies and attributes of the ladder."""
    found = sheet.fields(root, "The track", _TRACK_KEYS, ("id", "name", "levels"))
    track_id = _id(sheet, found.get("id"), "The track's id")
    sheet.mark(root, track_id)
    reader = _TrackReader(sheet, head, track_id)
    levels = reader.levels(found.get("levels"))
    return Track(
        id=track_id,
        name=_text(sheet, found.get("name"), "The track's name"),
        kind=_kind(sheet, found.get("kind")),
        levels=levels,
        includes=_includes(sheet, found.get("includes"), head),
        retired=reader.retired(found.get("retired")),
    )


@dataclass
class _StatementReader:
    """Reads statements and watches that no id is given twice in one file."""

    sheet: Sheet
    lines: dict[str, int] = field(default_factory=dict)

    def read(self, node: Node | None, path: tuple[str, ...]) -> tuple[Statement, ...]:
        if node is None:
            return ()
        read = (self._statement(item, path) for item in self.sheet.items(node, "statements"))
        return tuple(statement for statement in read if statement)

    def _statement(self, item: Node, path: tuple[str, ...]) -> Statement | None:
        if isinstance(item, ScalarNode):
            return self._unnamed(item, path)
        if not isinstance(item, MappingNode) or len(item.value) != 1:
            self.sheet.complain(
                item,
                "A statement should be one line: `short-id: What the person does.`",
                "If the text has a colon in it, put quotes round the text.",
            )
            return None
        key, value = item.value[0]
        return self._named(self.sheet.text(key, "A statement's id"), key, value, path)

    def _unnamed(self, item: ScalarNode, path: tuple[str, ...]) -> Statement:
        text = self.sheet.text(item, "A statement")
        statement_id = unique(UNNAMED + statement_slug(text), self.lines)
        return self._keep(statement_id, text, item, path)

    def _named(
        self, statement_id: str, key: Node, value: Node, path: tuple[str, ...]
    ) -> Statement | None:
        if not is_id(statement_id):
            self.sheet.complain(
                key,
                f"{statement_id!r} is not a statement id (letters, digits and dashes).",
                "If this is the sentence itself, put quotes round the whole of it.",
            )
            return None
        if statement_id in self.lines:
            self.sheet.complain(
                key,
                f"The statement id {statement_id!r} is already used on line"
                f" {self.lines[statement_id]}.",
                "Give this statement an id of its own.",
            )
            return None
        text = self.sheet.text(value, f"The statement {statement_id!r}")
        return self._keep(statement_id, text, key, path)

    def _keep(self, statement_id: str, text: str, node: Node, path: tuple[str, ...]) -> Statement:
        self.lines[statement_id] = node.start_mark.line + 1
        self.sheet.mark(node, *path, statement_id)
        return Statement(statement_id, text, is_placeholder(text))


@dataclass
class _TrackReader:
    """Reads the levels of one track."""

    sheet: Sheet
    head: Ladder
    track_id: str

    def __post_init__(self) -> None:
        self.statements = _StatementReader(self.sheet)
        self.level_lines: dict[str, int] = {}

    def levels(self, node: Node | None) -> tuple[Level, ...]:
        items = self.sheet.items(node, "levels") if node else []
        return tuple(self._level(item, position) for position, item in enumerate(items, 1))

    def _level(self, node: Node, position: int) -> Level:
        sheet = self.sheet
        found = sheet.fields(node, "A level", _LEVEL_KEYS, ("id", "title"))
        level_id = _id(sheet, found.get("id"), "A level's id")
        self._once(level_id, node)
        path = (self.track_id, level_id)
        sheet.mark(node, *path)
        rank = found.get("rank")
        return Level(
            id=level_id,
            title=_text(sheet, found.get("title"), "A level's title"),
            rank=sheet.whole_number(rank, "The rank") if rank else rank_in(level_id, position),
            summary=_text(sheet, found.get("summary"), "The summary"),
            attributes=self._attributes(found.get("attributes"), path),
            expects=self._expects(found.get("expects"), path),
            examples=self._examples(found.get("examples"), path),
            inherits=self._references(found.get("inherits"), (*path, "inherits")),
            next=self._references(found.get("next"), (*path, "next")),
        )

    def _once(self, level_id: str, node: Node) -> None:
        key = level_id.casefold()
        line = node.start_mark.line + 1
        if key and self.level_lines.setdefault(key, line) != line:
            self.sheet.complain(
                node,
                f"This track has two levels {level_id!r}; the first is on line"
                f" {self.level_lines[key]}.",
                "Give one of them another id, or move it to a track of its own.",
            )

    def _attributes(self, node: Node | None, path: tuple[str, ...]) -> MappingProxyType[str, str]:
        values = {}
        for key, key_node, value in self.sheet.pairs(node, "attributes") if node else ():
            name = self.head.attributes.get(key)
            if name is None:
                message = f"The attribute {key!r} is not in ladder.yaml."
                self.sheet.unknown(key_node, message, key, self.head.attributes)
                continue
            values[name] = self.sheet.text(value, f"The attribute {key!r}")
            self.sheet.mark(key_node, *path, "attributes", name)
        return MappingProxyType(values)

    def _expects(self, node: Node | None, path: tuple[str, ...]) -> tuple[Expectation, ...]:
        expectations = []
        for key, key_node, value in self.sheet.pairs(node, "expects") if node else ():
            competency = self.head.competency(key)
            if competency is None:
                message = f"The competency {key!r} is not in ladder.yaml."
                known = [each.id for each in self.head.competencies]
                self.sheet.unknown(key_node, message, key, known)
                continue
            self.sheet.mark(key_node, *path, key)
            expectations.append(self._expectation(competency, value, (*path, key)))
        return tuple(expectations)

    def _expectation(
        self, competency: Competency, node: Node, path: tuple[str, ...]
    ) -> Expectation:
        found = self.sheet.fields(node, f"The competency {competency.id!r}", _EXPECTATION_KEYS)
        competency = replace(
            competency,
            name=self._own(found, "name", competency.name),
            emoji=self._own(found, "emoji", competency.emoji),
            description=self._own(found, "description", competency.description),
        )
        return Expectation(
            competency=competency,
            statements=self.statements.read(found.get("statements"), path),
            examples=self._examples(found.get("examples"), path),
        )

    def _own(self, found: Mapping[str, Node], key: str, usual: str) -> str:
        return self.sheet.text(found[key], f"The competency's {key}") if key in found else usual

    def _examples(self, node: Node | None, path: tuple[str, ...]) -> tuple[str, ...]:
        read = self.sheet.texts(node, "An example") if node else []
        for number, (_, item) in enumerate(read):
            self.sheet.mark(item, *path, "examples", str(number))
        return tuple(text for text, _ in read)

    def _references(self, node: Node | None, path: tuple[str, ...]) -> tuple[str, ...]:
        read = self.sheet.texts(node, f"An entry of {path[-1]}") if node else []
        for reference, item in read:
            self.sheet.mark(item, *path, reference)
        return tuple(reference for reference, _ in read)

    def retired(self, node: Node | None) -> tuple[Retired, ...]:
        items = self.sheet.items(node, "retired") if node else []
        return tuple(self._retired(item) for item in items)

    def _retired(self, node: Node) -> Retired:
        sheet = self.sheet
        required = ("id", "was", "competency", "level")
        found = sheet.fields(node, "A retired statement", _RETIRED_KEYS, required)
        retired_id = _id(sheet, found.get("id"), "A retired statement's id")
        if retired_id in self.statements.lines:
            line = self.statements.lines[retired_id]
            sheet.complain(
                node, f"The id {retired_id!r} is retired, but line {line} still uses it.",
                "Retired ids are never used again: give the statement a new id.",
            )  # fmt: skip
        sheet.mark(node, self.track_id, "retired", retired_id)
        return Retired(
            id=retired_id,
            was=_text(sheet, found.get("was"), "What a retired statement said"),
            competency=_text(sheet, found.get("competency"), "A retired statement's competency"),
            level=_text(sheet, found.get("level"), "A retired statement's level"),
            until=_text(sheet, found.get("until"), "The last version of a retired statement"),
            replaced_by=_texts(sheet, found.get("replaced_by"), "An entry of replaced_by"),
        )


def _text(sheet: Sheet, node: Node | None, what: str) -> str:
    return sheet.text(node, what) if node else ""


def _texts(sheet: Sheet, node: Node | None, what: str) -> tuple[str, ...]:
    return tuple(text for text, _ in sheet.texts(node, what)) if node else ()


def _id(sheet: Sheet, node: Node | None, what: str) -> str:
    if node is None:
        return ""
    value = sheet.text(node, what)
    if value and not is_id(value):
        sheet.complain(
            node, f"{what} is {value!r}, which cannot be an id.",
            "Use letters, digits, dots and dashes, at most 80, without spaces.",
        )  # fmt: skip
    return value


def _check_schema(sheet: Sheet, node: Node | None) -> None:
    if node and (number := sheet.whole_number(node, "The schema")) != SCHEMA and number:
        sheet.complain(node, f"The schema {number} is not known.", f"Write `schema: {SCHEMA}`.")


def _effective(sheet: Sheet, node: Node | None) -> str:
    if isinstance(node, ScalarNode) and node.tag.endswith(":timestamp"):
        return str(node.value)
    return _text(sheet, node, "The date it takes effect")


def _kind(sheet: Sheet, node: Node | None) -> str:
    kind = _text(sheet, node, "The kind") or KINDS[0]
    if node and kind not in KINDS:
        sheet.unknown(node, f"The kind {kind!r} is not known.", kind, KINDS)
    return kind


def _attribute_names(sheet: Sheet, node: Node | None) -> MappingProxyType[str, str]:
    names: dict[str, str] = {}
    for key, key_node, value in sheet.pairs(node, "attributes") if node else ():
        name = sheet.text(value, f"The attribute {key!r}")
        _must_be_id(sheet, key_node, key)
        if name in names.values():
            sheet.complain(key_node, f"Two attributes are called {name!r}.", "Rename one of them.")
        names[key] = name
    return MappingProxyType(names)


def _competencies(sheet: Sheet, node: Node | None) -> Iterable[Competency]:
    for key, key_node, value in sheet.pairs(node, "competencies") if node else ():
        _must_be_id(sheet, key_node, key)
        sheet.mark(key_node, "competencies", key)
        what = f"The competency {key!r}"
        found = sheet.fields(value, what, _COMPETENCY_KEYS, ("name",))
        yield Competency(
            id=key,
            name=_text(sheet, found.get("name"), f"{what}, its name,"),
            emoji=_text(sheet, found.get("emoji"), f"{what}, its emoji,"),
            description=_text(sheet, found.get("description"), f"{what}, its description,"),
            aliases=_texts(sheet, found.get("aliases"), "An alias"),
        )


def _shared(sheet: Sheet, node: Node | None) -> Iterable[SharedStatements]:
    statements = _StatementReader(sheet)
    for key, key_node, value in sheet.pairs(node, "shared") if node else ():
        _must_be_id(sheet, key_node, key)
        sheet.mark(key_node, "shared", key)
        found = sheet.fields(value, f"The shared group {key!r}", ("name", "statements"), ("name",))
        name = _text(sheet, found.get("name"), "A shared group's name")
        path = ("shared", key)
        yield SharedStatements(key, name, statements.read(found.get("statements"), path))


def _includes(sheet: Sheet, node: Node | None, head: Ladder) -> tuple[str, ...]:
    known = [group.id for group in head.shared]
    read = sheet.texts(node, "An entry of includes") if node else []
    for group, item in read:
        if group not in known:
            message = f"The shared group {group!r} is not in ladder.yaml."
            sheet.unknown(item, message, group, known)
    return tuple(group for group, _ in read)


def _must_be_id(sheet: Sheet, node: Node, key: str) -> None:
    if not is_id(key):
        sheet.complain(
            node, f"{key!r} cannot be an id.",
            "Use letters, digits, dots and dashes, at most 80, without spaces.",
        )  # fmt: skip
