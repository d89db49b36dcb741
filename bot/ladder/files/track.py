"""From one file in `tracks/` to a track."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from yaml.nodes import MappingNode, Node

from bot.ladder.files.parts import StatementReader, id_of, rank_in, text_of, texts_of
from bot.ladder.files.yaml_reader import Sheet
from bot.ladder.model import Competency, Expectation, Ladder, Level, Retired, Track
from bot.ladder.wording import short

KINDS = ("ic", "management")
HIGHEST_RANK = 9_999
_TRACK_KEYS = ("id", "name", "kind", "includes", "levels", "retired")
_LEVEL_KEYS = (
    "id", "title", "rank", "summary", "attributes", "expects", "examples", "inherits", "next",
)  # fmt: skip
_EXPECTATION_KEYS = ("name", "emoji", "description", "statements", "examples")
_RETIRED_KEYS = ("id", "was", "competency", "level", "until", "replaced_by")


def read_track(sheet: Sheet, root: MappingNode, head: Ladder) -> Track:
    """What one file in `tracks/` says, given the competencies and attributes of the ladder."""
    found = sheet.fields(root, "The track", _TRACK_KEYS, ("id", "name", "levels"))
    track_id = id_of(sheet, found.get("id"), "The track's id")
    sheet.mark(root, track_id)
    reader = _TrackReader(sheet, head, track_id)
    levels = reader.levels(found.get("levels"))
    return Track(
        id=track_id,
        name=text_of(sheet, found.get("name"), "The track's name"),
        kind=_kind(sheet, found.get("kind")),
        levels=levels,
        includes=_includes(sheet, found.get("includes"), head),
        retired=reader.retired(found.get("retired")),
    )


@dataclass
class _TrackReader:
    """Reads the levels of one track."""

    sheet: Sheet
    head: Ladder
    track_id: str

    def __post_init__(self) -> None:
        self.statements = StatementReader(self.sheet)
        self.level_lines: dict[str, int] = {}
        self.competencies = {each.id: each for each in self.head.competencies}
        self.gone = {each.id: each.replaced_by for each in self.head.retired}

    def levels(self, node: Node | None) -> tuple[Level, ...]:
        items = self.sheet.items(node, "levels") if node else []
        return tuple(self._level(item, position) for position, item in enumerate(items, 1))

    def _level(self, node: Node, position: int) -> Level:
        sheet = self.sheet
        found = sheet.fields(node, "A level", _LEVEL_KEYS, ("id", "title"))
        level_id = id_of(sheet, found.get("id"), "A level's id")
        self._once(level_id, node)
        path = (self.track_id, level_id)
        sheet.mark(node, *path)
        return Level(
            id=level_id,
            title=text_of(sheet, found.get("title"), "A level's title"),
            rank=self._rank(found.get("rank"), rank_in(level_id, position)),
            summary=text_of(sheet, found.get("summary"), "The summary"),
            attributes=self._attributes(found.get("attributes"), path),
            expects=self._expects(found.get("expects"), path),
            examples=self._examples(found.get("examples"), path),
            inherits=self._references(found.get("inherits"), (*path, "inherits")),
            next=self._references(found.get("next"), (*path, "next")),
        )

    def _rank(self, node: Node | None, usual: int) -> int:
        before = len(self.sheet.problems)
        rank = self.sheet.whole_number(node, "The rank") if node else usual
        if node and len(self.sheet.problems) == before and not 0 <= rank <= HIGHEST_RANK:
            message = f"The rank {rank} is too {'low' if rank < 0 else 'high'}."
            self.sheet.complain(node, message, f"Write a number from 0 to {HIGHEST_RANK}.")
        return rank

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
                _not_in_head(self.sheet, key_node, "attribute", key, self.head.attributes)
                continue
            values[name] = self.sheet.text(value, f"The attribute {key!r}")
            self.sheet.mark(key_node, *path, "attributes", name)
        return MappingProxyType(values)

    def _expects(self, node: Node | None, path: tuple[str, ...]) -> tuple[Expectation, ...]:
        expectations = []
        for key, key_node, value in self.sheet.pairs(node, "expects") if node else ():
            competency = self.competencies.get(key)
            if competency is None:
                self._no_competency(key, key_node)
                continue
            self.sheet.mark(key_node, *path, key)
            expectations.append(self._expectation(competency, value, (*path, key)))
        return tuple(expectations)

    def _no_competency(self, key: str, node: Node) -> None:
        if key in self.gone:
            taken_over = " and ".join(map(repr, self.gone[key]))
            remedy = f"It is replaced by {taken_over}." if taken_over else "Take it out here."
            self.sheet.complain(node, f"The competency {key!r} is retired.", remedy)
            return
        _not_in_head(self.sheet, node, "competency", key, self.competencies)

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
        if "statements" in found:
            self.sheet.mark(found["statements"], *path, "statements", "")
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
        retired_id = id_of(sheet, found.get("id"), "A retired statement's id")
        if retired_id in self.statements.lines:
            line = self.statements.lines[retired_id]
            sheet.complain(
                node, f"The id {retired_id!r} is retired, but line {line} still uses it.",
                "Retired ids are never used again: give the statement a new id.",
            )  # fmt: skip
        if (self.track_id, "retired", retired_id) in sheet.places:
            sheet.complain(node, f"The id {retired_id!r} is retired twice.", "Keep one of the two.")
        sheet.mark(node, self.track_id, "retired", retired_id)
        return Retired(
            id=retired_id,
            was=text_of(sheet, found.get("was"), "What a retired statement said"),
            competency=text_of(sheet, found.get("competency"), "A retired statement's competency"),
            level=text_of(sheet, found.get("level"), "A retired statement's level"),
            until=text_of(sheet, found.get("until"), "The last version of a retired statement"),
            replaced_by=texts_of(sheet, found.get("replaced_by"), "An entry of replaced_by"),
        )


def _kind(sheet: Sheet, node: Node | None) -> str:
    kind = text_of(sheet, node, "The kind") or KINDS[0]
    if node and kind not in KINDS:
        sheet.unknown(node, f"The kind {short(kind)!r} is not known.", kind, KINDS)
    return kind


def _includes(sheet: Sheet, node: Node | None, head: Ladder) -> tuple[str, ...]:
    known = {group.id: group for group in head.shared}
    read = sheet.texts(node, "An entry of includes") if node else []
    for group, item in read:
        if group not in known:
            _not_in_head(sheet, item, "shared group", group, known)
    return tuple(group for group, _ in read)


def _not_in_head(sheet: Sheet, node: Node, what: str, name: str, known: Collection[str]) -> None:
    if sheet.names_are_known:
        message = f"The {what} {short(name)!r} is not in ladder.yaml."
        sheet.unknown(node, message, name, known)
