"""`ladder check --fix`: what is safe to mend, mended in the text as people laid it out.

No file is dumped anew. Each change replaces one scalar at the place where YAML found it, so
comments, order, quotes and line ends stay. The result is read again and must be the very tree
that was meant, or nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.ladder.files.loading import HEAD, Reading, assemble, gather, read
from bot.ladder.files.record import RECORD, Given, record_text, recorded
from bot.ladder.files.references import statement_ids
from bot.ladder.files.writing import put
from bot.ladder.files.yaml_reader import Sheet, compose
from bot.ladder.model import Problem
from bot.ladder.repair import repair
from bot.ladder.wording import counted, short, statement_slug, trimmed, unique

_TEXT = "tag:yaml.org,2002:str"
_BOM = "\ufeff"
_Shape = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """One thing that was mended, and where it stands."""

    file: str
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class FixOutcome:
    """What was mended; with problems, or where the ladder is not usable, nothing was written."""

    fixed: tuple[Fixed, ...] = ()
    problems: tuple[Problem, ...] = ()
    usable: bool = True


def fix(directory: Path) -> FixOutcome:
    """Give ids to bare statements, trim and repair texts, and bring the record of ids up to date.

    A ladder that cannot be used is left as it is: only one that can says for certain which ids
    are taken.
    """
    contents, _ = gather(directory)
    reading = read(directory)
    if reading.ladder is None:
        return FixOutcome(usable=False)
    taken = _taken(reading)
    pages = [_Page(name, content, taken) for name, content in contents.items() if name != RECORD]
    fixed = [Fixed((directory / p.name).as_posix(), e.line, e.what) for p in pages for e in p.edits]
    texts = {page.name: page.mended() for page in pages if page.edits}
    after = assemble(contents | {name: text.encode() for name, text in texts.items()}, "")
    if after.ladder is None or not all(page.reads_back() for page in pages):
        return FixOutcome(problems=(_uncertain(directory),))
    record = recorded(reading.record, after.ladder)
    if record != reading.record:
        texts[RECORD] = record_text(record)
        what = _told_record(reading.record, record)
        fixed.append(Fixed((directory / RECORD).as_posix(), 1, what))
    problems = put(texts, directory) if gather(directory)[0] == contents else _changed(directory)
    return FixOutcome(() if problems else tuple(fixed), problems)


def _taken(reading: Reading) -> set[str]:
    """Every id that a new one must not be: in use, retired or recorded, statements and all."""
    assert reading.ladder is not None
    retired = {each.id for track in reading.ladder.tracks for each in track.retired}
    record = reading.record or Given()
    return statement_ids(reading.ladder) | retired | set(record.statements)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A stretch of the text and what is to stand there; `becomes` is what YAML then reads."""

    start: int
    end: int
    source: str
    becomes: _Shape
    line: int
    what: str


@dataclass
class _Page:
    """One file, and what is to be changed in it; new ids are added to `taken`."""

    name: str
    content: bytes
    taken: set[str]
    edits: list[_Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = self.content.decode("utf-8")
        self._bom = _BOM if text.startswith(_BOM) else ""
        self._text = text.removeprefix(_BOM)
        root = compose(Sheet(self.name), self.content)
        assert root is not None
        self._root = root
        self._becomes: dict[int, _Shape] = {}
        bare = {id(item): parent for parent, item in _bare_statements(root, self.name == HEAD)}
        for node in _texts(root):
            for edit in self._edit(node, bare.get(id(node))):
                self.edits.append(edit)
                self._becomes[id(node)] = edit.becomes

    def mended(self) -> str:
        """The whole text with every edit in it."""
        text = self._text
        for edit in sorted(self.edits, key=lambda edit: -edit.start):
            text = text[: edit.start] + edit.source + text[edit.end :]
        return self._bom + text

    def reads_back(self) -> bool:
        """Whether the mended text says what was meant and nothing else."""
        after = compose(Sheet(self.name), self.mended().encode())
        return after is not None and _shape(after) == _shape(self._root, self._becomes)

    def _edit(self, node: ScalarNode, statements: SequenceNode | None) -> Iterator[_Edit]:
        start, end = node.start_mark.index, node.end_mark.index
        source, value, said = _mended(self._text[start:end], node)
        becomes = _scalar(value)
        if statements is not None and value:
            statement_id = unique(statement_slug(value), self.taken)
            self.taken.add(statement_id)
            source = _named(statement_id, source, node, statements)
            becomes = ("mapping", (_scalar(statement_id), becomes))
            said = [*said, f"gave the id {statement_id} to: {short(value)}"]
        if said:
            line = node.start_mark.line + 1
            yield _Edit(start, end, source, becomes, line, "; ".join(said))


def _texts(node: Node) -> Iterator[ScalarNode]:
    """Every text of the tree in the order of the file; keys are ids and stay out."""
    if isinstance(node, ScalarNode):
        if node.tag == _TEXT:
            yield node
    else:
        children = node.value if isinstance(node, SequenceNode) else (v for _, v in node.value)
        for child in children:
            yield from _texts(child)


def _bare_statements(root: MappingNode, is_head: bool) -> Iterator[tuple[SequenceNode, ScalarNode]]:
    """Each statement without an id, after the list that it stands in."""
    if is_head:
        holders = _values(_value(root, "shared"))
    else:
        levels = _values(_value(root, "levels"))
        holders = [each for level in levels for each in _values(_value(level, "expects"))]
    for holder in holders:
        statements = _value(holder, "statements")
        if isinstance(statements, SequenceNode):
            bare = (item for item in statements.value if isinstance(item, ScalarNode))
            yield from ((statements, item) for item in bare)


def _value(node: Node, key: str) -> Node | None:
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _values(node: Node | None) -> list[Node]:
    if isinstance(node, MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _mended(source: str, node: ScalarNode) -> tuple[str, str, list[str]]:
    """The scalar's source and value, repaired and trimmed where that is certain, and a report.

    Repaired again once it is trimmed: a space at the end can hide damage, and be a part of it.
    """
    value = str(node.value)
    said: dict[str, None] = {}
    for change, change_source, what in (
        (_repaired, _repaired, "mended damaged letters"),
        (trimmed, _trimmed_source, "took the spaces off the ends"),
        (_repaired, _repaired, "mended damaged letters"),
    ):
        wanted = change(value)
        if wanted not in ("", value) and _read_as(change_source(source)) == wanted:
            source, value = change_source(source), wanted
            said[what] = None
    return source, value, [f"{what} of: {short(value)}" for what in said]


def _repaired(text: str) -> str:
    return "".join(map(repair, text.splitlines(keepends=True)))


def _trimmed_source(source: str) -> str:
    if source[0] in "'\"":
        return source[0] + trimmed(source[1:-1]) + source[0]
    if source[0] in "|>":
        text = source.rstrip()
        return text + "".join(end for end in source[len(text) :] if end in "\r\n")
    return trimmed(source)


def _read_as(source: str) -> str | None:
    """What YAML reads where this source stands as an item, if that is one text."""
    try:
        node = yaml.compose(f"- {source}\n", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    items = node.value if isinstance(node, SequenceNode) else []
    text = len(items) == 1 and isinstance(items[0], ScalarNode) and items[0].tag == _TEXT
    return str(items[0].value) if text else None


def _named(statement_id: str, source: str, node: ScalarNode, statements: SequenceNode) -> str:
    """The statement under its id; lines that continue it move in as far as the id stands in."""
    key = statement_id if _read_as(statement_id) else f'"{statement_id}"'
    if statements.flow_style:
        return f"{{{key}: {source}}}"
    shift = " " * (node.start_mark.column - statements.start_mark.column)
    first, *others = source.splitlines(keepends=True)
    moved = (shift + line if line.strip() else line for line in others)
    return f"{key}: {first}" + "".join(moved)


def _shape(node: Node, becomes: Mapping[int, _Shape] | None = None) -> _Shape:
    """The tree as plain values, with those in place that a node is to become."""
    if becomes and id(node) in becomes:
        return becomes[id(node)]
    if isinstance(node, ScalarNode):
        return ("scalar", node.tag, node.value)
    if isinstance(node, SequenceNode):
        return ("list", *(_shape(item, becomes) for item in node.value))
    pairs = ((_shape(key), _shape(value, becomes)) for key, value in node.value)
    return ("mapping", *pairs)


def _scalar(value: str) -> _Shape:
    return ("scalar", _TEXT, value)


def _told_record(before: Given | None, after: Given) -> str:
    if before is None:
        return f"began the record with {counted(len(after.statements), 'statement id')}"
    new = after.without(before)
    number = len(new.statements) + len(new.competencies)
    return f"recorded {counted(number, 'new id')}" if number else "brought the record up to date"


def _uncertain(directory: Path) -> Problem:
    message = "What was mended would not read back as it should, so nothing was written."
    return Problem(str(directory), 1, message, "Mend the warnings by hand.")


def _changed(directory: Path) -> tuple[Problem, ...]:
    message = "Somebody changed the ladder meanwhile, so nothing was written."
    return (Problem(str(directory), 1, message, "Run it again."),)
