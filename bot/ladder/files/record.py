"""The ids that a ladder has given, and the file that remembers them: `ids.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from yaml.nodes import MappingNode, Node

from bot.ladder.files.dumping import as_yaml
from bot.ladder.files.parts import SCHEMA, UNNAMED
from bot.ladder.files.references import named_statements
from bot.ladder.files.yaml_reader import MAX_BYTES, MAX_NODES, Limits, Sheet, compose
from bot.ladder.model import Ladder, Problem

RECORD = "ids.yaml"
RECORD_LIMITS = Limits(size=16 * MAX_BYTES, nodes=10 * MAX_NODES)
"""The record holds what all tracks hold together, and what is gone besides."""

_HEADER = """\
# Every id that this ladder has given, so that none can vanish unseen.
# Made by `ladder import` and `ladder check --fix`. Keep it beside ladder.yaml, and change nothing
# here, except to take out what is given up for good.
"""


@dataclass(frozen=True, slots=True)
class GivenStatement:
    """A statement as last recorded; `path` is (track, level, competency) or (shared, group)."""

    id: str
    text: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """Ids and what they stand for; `version` is the ladder's version when that was so.

    `competencies` maps an id to its name, `statements` an id to the statement.
    """

    version: str = ""
    competencies: Mapping[str, str] = field(default_factory=dict)
    statements: Mapping[str, GivenStatement] = field(default_factory=dict)

    def joined(self, later: Given) -> Given:
        """Both together; where both know an id, the later one is right."""
        return Given(
            later.version or self.version,
            {**self.competencies, **later.competencies},
            {**self.statements, **later.statements},
        )

    def without(self, other: Given) -> Given:
        """What only this one knows."""
        names = {key: n for key, n in self.competencies.items() if key not in other.competencies}
        given = {key: s for key, s in self.statements.items() if key not in other.statements}
        return replace(self, competencies=names, statements=given)


def given_by(ladder: Ladder) -> Given:
    """Every id that the ladder holds, in use or retired; bare statements have none yet."""
    competencies = {each.id: each.was for each in ladder.retired}
    competencies |= {each.id: each.name for each in ladder.competencies}
    statements = {
        each.id: GivenStatement(each.id, each.was, (track.id, each.level, each.competency))
        for track in ladder.tracks
        for each in track.retired
    }
    for path, statement in reversed([*named_statements(ladder)]):
        if not statement.id.startswith(UNNAMED):
            statements[statement.id] = GivenStatement(statement.id, statement.text, path)
    return Given(ladder.version, competencies, statements)


def recorded(before: Given | None, ladder: Ladder) -> Given:
    """The record once the ladder is in it; what is retired stays as it was when it was in use."""
    now = given_by(ladder)
    if before is None:
        return now
    retired = {each.id for track in ladder.tracks for each in track.retired}
    kept = {key: before.statements[key] for key in retired & before.statements.keys()}
    return before.joined(replace(now, statements={**now.statements, **kept}))


def record_text(given: Given) -> str:
    """The content of `ids.yaml`: sorted by id, so that a change to one id is one line."""
    shared: dict[str, dict[str, str]] = {}
    tracks: dict[str, dict[str, dict[str, dict[str, str]]]] = {}
    for each in sorted(given.statements.values(), key=lambda each: (each.path, each.id)):
        if len(each.path) == 2:
            shared.setdefault(each.path[1], {})[each.id] = each.text
        else:
            track, level, competency = each.path
            levels = tracks.setdefault(track, {})
            levels.setdefault(level, {}).setdefault(competency, {})[each.id] = each.text
    content = {"schema": SCHEMA, "version": given.version}
    optional = {
        "competencies": dict(sorted(given.competencies.items())),
        "shared": shared,
        "tracks": tracks,
    }
    return _HEADER + as_yaml(content | {key: value for key, value in optional.items() if value})


def read_record(sheet: Sheet, content: bytes) -> Given | None:
    """The record, or None and one problem that says what to do about a damaged one."""
    root = compose(sheet, content, RECORD_LIMITS)
    given = _given(sheet, root) if root else None
    if not sheet.problems:
        return given
    first = min(sheet.problems, key=lambda problem: problem.line)
    remedy = "Put the last good version of this file back, from your version control."
    sheet.problems[:] = [Problem(sheet.file, first.line, _damaged(first), remedy)]
    return None


def _damaged(problem: Problem) -> str:
    return f"The record of ids is damaged. {problem.message}"


def _given(sheet: Sheet, root: MappingNode) -> Given:
    keys = ("schema", "version", "competencies", "shared", "tracks")
    found = sheet.fields(root, RECORD, keys, ("schema", "version"))
    statements = [*_shared(sheet, found.get("shared")), *_tracks(sheet, found.get("tracks"))]
    names = found.get("competencies")
    return Given(
        sheet.text(found["version"], "The version") if "version" in found else "",
        dict(_texts(sheet, names, "competencies")),
        {each.id: each for each in statements},
    )


def _shared(sheet: Sheet, node: Node | None) -> Iterator[GivenStatement]:
    for group, _, value in sheet.pairs(node, "shared") if node else ():
        for key, text in _texts(sheet, value, group):
            yield GivenStatement(key, text, ("shared", group))


def _tracks(sheet: Sheet, node: Node | None) -> Iterator[GivenStatement]:
    for track, _, levels in sheet.pairs(node, "tracks") if node else ():
        for level, _, competencies in sheet.pairs(levels, track):
            for competency, _, value in sheet.pairs(competencies, level):
                for key, text in _texts(sheet, value, competency):
                    yield GivenStatement(key, text, (track, level, competency))


def _texts(sheet: Sheet, node: Node | None, what: str) -> Iterator[tuple[str, str]]:
    for key, _, value in sheet.pairs(node, what) if node else ():
        yield key, sheet.text(value, f"{what}, {key}")
