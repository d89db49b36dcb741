"""Hand-written YAML, read strictly: every surprise becomes a problem with file, line and remedy.

Nothing here builds Python objects from YAML. The text is checked as a stream of events first, so
a small file that would expand to millions of nodes is refused before anything is expanded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import yaml
from rapidfuzz import process
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.ladder.model import Problem
from bot.ladder.wording import LONGEST_SHOWN, short

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 12
MAX_NODES = 50_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is refused: bytes and YAML nodes."""

    size: int = MAX_BYTES
    nodes: int = MAX_NODES


USUAL = Limits()
_MOST_SHOWN = 5
_INDIRECTIONS = {
    "a YAML anchor or alias": "Write the text out; if it begins with & or *, put quotes round it.",
    "a YAML tag": "It begins with an exclamation mark: leave it out, or put quotes round the text.",
    "a YAML merge key": "Write out what `<<` stands for.",
}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"
_READ_AS = {
    "int": "a number",
    "float": "a number",
    "bool": "a yes or no",
    "null": "nothing at all",
    "timestamp": "a date",
}
Place = tuple[str, int]


@dataclass
class Sheet:
    """One YAML file while it is read: where things stand and what is wrong with them.

    `places` maps a path of ids, such as (track, level, competency, statement), to its line.
    `names_are_known` is false where the file that gives the names could not be read well: then
    a name that is not known is no problem of its own.
    """

    file: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[str, ...], Place] = field(default_factory=dict)
    last_line: int = 1
    names_are_known: bool = True

    def complain(self, at: Node | int, message: str, remedy: str, *, fatal: bool = True) -> None:
        """Note a problem at a node, or at a line counted from 1."""
        line = at if isinstance(at, int) else at.start_mark.line + 1
        line = max(1, min(line, self.last_line))
        self.problems.append(Problem(self.file, line, message, remedy, fatal))

    def mark(self, node: Node, *path: str) -> None:
        """Remember where the thing with that path of ids stands."""
        self.places.setdefault(path, (self.file, node.start_mark.line + 1))

    def text(self, node: Node, what: str) -> str:
        """The node's text; a number, a date or a bare `no` is a problem, nothing is empty text."""
        if not isinstance(node, ScalarNode):
            self.complain(
                node,
                f"{what} should be text, but this is {_shape(node)}.",
                "If the text has a colon in it, put quotes round the whole text.",
            )
            return ""
        value = str(node.value)
        if node.tag != _TEXT and value:
            kind = _READ_AS.get(node.tag.rpartition(":")[2], "something other than text")
            self.complain(
                node,
                f"{what} should be text, but YAML reads {short(value)} as {kind}.",
                f'Put quotes round it: "{short(value)}".',
            )
        return value

    def whole_number(self, node: Node, what: str) -> int:
        """The node's whole number; anything else is a problem and counts as 0."""
        if isinstance(node, ScalarNode) and node.tag.endswith(":int"):
            digits = str(node.value).replace("_", "")
            if digits.lstrip("+-").isdecimal() and len(digits) < 10:
                return int(digits)
        self.complain(node, f"{what} should be a whole number.", "Write it in digits, as in 3.")
        return 0

    def items(self, node: Node, what: str) -> list[Node]:
        """The entries of a list; nothing at all is an empty list."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        if not _is_nothing(node):
            self.complain(
                node,
                f"{what} should be a list, but this is {_shape(node)}.",
                "Write one entry per line, each after a dash and a space.",
            )
        return []

    def texts(self, node: Node, what: str) -> list[tuple[str, Node]]:
        """The entries of a list of texts, each with its node."""
        return [(self.text(item, what), item) for item in self.items(node, what)]

    def pairs(self, node: Node, what: str) -> Iterator[tuple[str, Node, Node]]:
        """Key, key node and value node of a mapping; a key given twice is a problem."""
        if not isinstance(node, MappingNode):
            if not _is_nothing(node):
                self.complain(
                    node,
                    f"{what} should hold `key: value` lines, but this is {_shape(node)}.",
                    "Write one `key: value` per line.",
                )
            return
        lines: dict[str, int] = {}
        for key_node, value in node.value:
            before = len(self.problems)
            key = self.text(key_node, f"A key in {what}")
            if len(self.problems) > before:
                continue
            if key in lines:
                self.complain(
                    key_node,
                    f"{what} has {short(key)!r} twice; the first is on line {lines[key]}.",
                    "Keep one of the two.",
                )
                continue
            lines[key] = key_node.start_mark.line + 1
            yield key, key_node, value

    def fields(
        self, node: Node, what: str, known: Collection[str], required: Collection[str] = ()
    ) -> dict[str, Node]:
        """The values of a mapping with a fixed set of keys; unknown and missing ones are named."""
        found: dict[str, Node] = {}
        for key, key_node, value in self.pairs(node, what):
            if key in known:
                found[key] = value
            else:
                message = f"{what} has a key {short(key)!r} that is not known."
                self.unknown(key_node, message, key, known)
        self._require(node, what, required, found)
        return found

    def _require(
        self, node: Node, what: str, required: Iterable[str], found: dict[str, Node]
    ) -> None:
        """Name the keys that are missing or say nothing; those of something else are not missed."""
        if not isinstance(node, MappingNode) and not _is_nothing(node):
            return
        missing = [key for key in required if key not in found or _is_empty(found[key])]
        places = [found.pop(key, node) for key in missing]
        if missing:
            lines = " and ".join(f"`{key}: …`" for key in missing)
            message = f"{what} has no {' and no '.join(map(repr, missing))}."
            self.complain(places[0], message, f"Add {lines}.")

    def unknown(self, node: Node, message: str, word: str, known: Collection[str]) -> None:
        """Complain about a word that is none of the known ones, naming the likeliest."""
        likely = process.extractOne(word[:LONGEST_SHOWN], list(known), score_cutoff=60)
        shown = [*list(known)[:_MOST_SHOWN], *(["…"] if len(known) > _MOST_SHOWN else [])]
        choices = ", ".join(shown) or "none yet"
        remedy = f"Did you mean {likely[0]!r}?" if likely else f"The known ones are: {choices}."
        self.complain(node, message, remedy)


def compose(sheet: Sheet, content: bytes, limits: Limits = USUAL) -> MappingNode | None:
    """The file's top mapping with line marks, or None once the sheet holds the reason."""
    text = _decode(sheet, content, limits)
    if text is None:
        return None
    sheet.last_line = max(1, len(text.splitlines()))
    try:
        if not _is_plain(sheet, text, limits):
            return None
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        sheet.complain(_error_line(error, text), *_explain(error))
        return None
    if isinstance(root, MappingNode):
        return root
    sheet.complain(
        1,
        "This file is empty." if root is None else "This file should hold `key: value` lines.",
        "See the ladder format page in the documentation for a small example.",
    )
    return None


def _decode(sheet: Sheet, content: bytes, limits: Limits) -> str | None:
    if len(content) > limits.size:
        sheet.complain(
            1,
            f"This file is larger than {limits.size // MAX_BYTES} MiB.",
            "A track of usual size is a hundredth of that.",
        )
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sheet.last_line = line = content.count(b"\n", 0, error.start) + 1
        sheet.complain(line, "This file is not in UTF-8.", "Save it again with UTF-8 encoding.")
        return None


def _is_plain(sheet: Sheet, text: str, limits: Limits) -> bool:
    """Whether the text stays clear of what a ladder never needs; stops at the first excess."""
    odd: dict[str, list[int]] = {}
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if not isinstance(event, yaml.NodeEvent):
            continue
        nodes += 1
        depth += isinstance(event, yaml.CollectionStartEvent)
        if kind := _indirection(event):
            odd.setdefault(kind, []).append(_line_of(event))
        if depth > MAX_DEPTH:
            remedy = f"A ladder needs at most {MAX_DEPTH} levels."
            sheet.complain(_line_of(event), "This is nested too deeply.", remedy)
            return False
        if nodes > limits.nodes:
            message, remedy = "This file has too many entries.", "Split it into several tracks."
            sheet.complain(_line_of(event), message, remedy)
            return False
        if sum(map(len, odd.values())) >= _MOST_SHOWN:
            break
    for kind, (first, *more) in odd.items():
        also = f" It does so again on line {', '.join(map(str, more))}." if more else ""
        sheet.complain(first, f"This uses {kind}.{also}", _INDIRECTIONS[kind])
    return not odd


def _indirection(event: yaml.NodeEvent) -> str | None:
    """Which of the ways to say one thing by another the event uses, if any."""
    if event.anchor:
        return "a YAML anchor or alias"
    if getattr(event, "tag", None):
        return "a YAML tag"
    if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.implicit[0]:
        return "a YAML merge key"
    return None


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _error_line(error: yaml.YAMLError, text: str) -> int:
    names = ("problem_mark", "context_mark")
    marks = [getattr(error, name, None) for name in (names[::-1] if _is_open(error) else names)]
    mark = marks[0] or marks[1]
    if mark is not None:
        return int(mark.line) + 1
    return text.encode().count(b"\n", 0, int(getattr(error, "position", 0))) + 1


def _is_open(error: yaml.YAMLError) -> bool:
    """Whether a quotation was begun and never ended; where it began is what people look for."""
    return str(getattr(error, "context", "")).endswith("a quoted scalar")


def _explain(error: yaml.YAMLError) -> tuple[str, str]:
    """What the YAML parser tripped over, in plain words, and what usually mends it."""
    reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    if str(getattr(error, "context", "")).endswith(("an alias", "an anchor")):
        return "A text here begins with * or &.", "Put quotes round the whole text."
    if _is_open(error):
        return (
            "A quotation mark opens here and is never closed.",
            "Close it at the end of the text.",
        )
    if "mapping values are not allowed" in reason:
        return "There is a colon where YAML does not expect one.", "Put quotes round the text."
    if "cannot start any token" in reason:
        return (
            "A line begins with a tab or another character that YAML does not take there.",
            "Indent with spaces, and put quotes round text that begins with a special character.",
        )
    if "another document" in reason or "single document" in reason:
        return "This file holds several YAML documents.", "Keep one, and no line of three dashes."
    if "control characters" in reason or "special characters" in reason:
        return "This file holds a control character.", "Delete it, or type the line again."
    return (
        f"This is not valid YAML ({reason or 'it ends too early'}).",
        "Look at this line and the one above: indentation, quotes and brackets.",
    )


def _is_nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value == "" and node.tag != _TEXT


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value == ""


def _shape(node: Node) -> str:
    if isinstance(node, SequenceNode):
        return "a list"
    return "a group of `key: value` lines" if isinstance(node, MappingNode) else "a single value"
