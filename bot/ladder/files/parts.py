"""The smallest parts of a ladder file: ids, texts and statements."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode

from bot.ladder.files.yaml_reader import Sheet
from bot.ladder.model import Statement
from bot.ladder.wording import is_placeholder, short, statement_slug

HEAD = "ladder.yaml"
TRACKS = "tracks"
SCHEMA = 1
UNNAMED = "~"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_ID_REMEDY = "Use letters, digits, dots and dashes, at most 80, without spaces."


def is_id(text: str) -> bool:
    """Whether the text may be an id: letters, digits, `.`, `_` and `-`, at most 80."""
    return bool(_ID.fullmatch(text))


def rank_in(level_id: str, otherwise: int) -> int:
    """The rung a level id names: 4 for `L4`, `IC4` and `L4.2`."""
    digits = re.search(r"\d{1,4}", level_id)
    return int(digits.group()) if digits else otherwise


def text_of(sheet: Sheet, node: Node | None, what: str) -> str:
    """The text at the node; empty where there is none."""
    return sheet.text(node, what) if node else ""


def texts_of(sheet: Sheet, node: Node | None, what: str) -> tuple[str, ...]:
    """The texts of the list at the node; none where there is no list."""
    return tuple(text for text, _ in sheet.texts(node, what)) if node else ()


def id_of(sheet: Sheet, node: Node | None, what: str) -> str:
    """The id at the node; what cannot be one is a problem."""
    if node is None:
        return ""
    before = len(sheet.problems)
    value = sheet.text(node, what)
    if len(sheet.problems) == before and not is_id(value):
        sheet.complain(node, f"{what} is {short(value)!r}, which cannot be an id.", _ID_REMEDY)
    return value


def must_be_id(sheet: Sheet, node: Node, key: str) -> None:
    """A key that cannot be an id is a problem."""
    if not is_id(key):
        sheet.complain(node, f"{short(key)!r} cannot be an id.", _ID_REMEDY)


@dataclass
class StatementReader:
    """Reads statements and watches that no id is given twice in one file."""

    sheet: Sheet
    lines: dict[str, int] = field(default_factory=dict)
    _unnamed_so_far: Counter[str] = field(default_factory=Counter)

    def read(self, node: Node | None, path: tuple[str, ...]) -> tuple[Statement, ...]:
        """The statements of the list at the node; `path` leads to the list."""
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
        before = len(self.sheet.problems)
        statement_id = self.sheet.text(key, "A statement's id")
        fine = len(self.sheet.problems) == before
        return self._named(statement_id, key, value, path) if fine else None

    def _unnamed(self, item: ScalarNode, path: tuple[str, ...]) -> Statement:
        """Numbered like `unique`, but without counting from two each time."""
        text = self.sheet.text(item, "A statement")
        slug = statement_id = UNNAMED + statement_slug(text)
        while statement_id in self.lines:
            self._unnamed_so_far[slug] += 1
            statement_id = f"{slug}-{self._unnamed_so_far[slug] + 1}"
        return self._keep(statement_id, text, item, path)

    def _named(
        self, statement_id: str, key: Node, value: Node, path: tuple[str, ...]
    ) -> Statement | None:
        if not is_id(statement_id):
            self.sheet.complain(
                key,
                f"{short(statement_id)!r} is not a statement id (letters, digits and dashes).",
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
