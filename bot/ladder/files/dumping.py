"""The model as YAML that people like to edit."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import ScalarNode

from bot.ladder.files.parts import HEAD, SCHEMA, TRACKS, UNNAMED
from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Maturity,
    Retired,
    RetiredCompetency,
    SharedStatements,
    Statement,
    Track,
)

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ODD = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_OPTIONAL_IN_EXPECTATION = ("name", "emoji", "description")


class _OneLine(str):
    """Text that must not break the line, whatever it holds."""


class _Plain(str):
    """Text that may stand without quotes although YAML would take it for a date."""


class _Dumper(yaml.SafeDumper):
    """Block style with lists indented under their key, as people write it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    """Paragraphs as a block, odd characters as escapes, all else as YAML sees fit."""
    if _ODD.search(text):
        return '"'
    lines = text.split("\n")
    if len(lines) == 1:
        return None
    tidy = all(line == line.strip() for line in lines) and lines[0] and lines[-1]
    return "|" if tidy else '"'


def _represent_plain(dumper: yaml.SafeDumper, text: _Plain) -> ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(text))


_Dumper.add_representer(str, _represent_text)


def _represent_one_line(dumper: yaml.SafeDumper, text: _OneLine) -> ScalarNode:
    style = '"' if "\n" in text else _style(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


_Dumper.add_representer(_OneLine, _represent_one_line)
_Dumper.add_representer(_Plain, _represent_plain)


def dump(ladder: Ladder) -> dict[str, str]:
    """The text of each file of the ladder, by its name inside the ladder directory."""
    files = {HEAD: as_yaml(_head(ladder))}
    for track in ladder.tracks:
        files[f"{TRACKS}/{track.id}.yaml"] = as_yaml(_track(track, ladder))
    return files


def as_yaml(content: dict[str, Any]) -> str:
    """Block style, in the order given, each text on one line unless it has paragraphs."""
    return yaml.dump(
        content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000,
        default_flow_style=False,
    )  # fmt: skip


def _head(ladder: Ladder) -> dict[str, Any]:
    effective = _Plain(ladder.effective) if _is_date(ladder.effective) else ladder.effective
    optional = {
        "effective": effective,
        "attributes": dict(ladder.attributes),
        "maturity": [_maturity(each) for each in ladder.maturity],
        "competencies": {each.id: _competency(each) for each in ladder.competencies},
        "shared": {group.id: _shared(group) for group in ladder.shared},
        "retired": [_retired_competency(each) for each in ladder.retired],
    }
    always = {
        "schema": SCHEMA, "id": ladder.id, "name": ladder.name, "version": ladder.version
    }  # fmt: skip
    return always | _filled(optional)


def _track(track: Track, ladder: Ladder) -> dict[str, Any]:
    return {
        "id": track.id,
        "name": track.name,
        "kind": track.kind,
        **_filled({"includes": list(track.includes)}),
        "levels": [_level(level, ladder) for level in track.levels],
        **_filled({"retired": [_retired(each) for each in track.retired]}),
    }


def _level(level: Level, ladder: Ladder) -> dict[str, Any]:
    ids = {name: attribute_id for attribute_id, name in ladder.attributes.items()}
    optional = {
        "inherits": list(level.inherits),
        "next": list(level.next),
        "summary": level.summary,
        "attributes": {ids[name]: value for name, value in level.attributes.items()},
        "expects": {e.competency.id: _expectation(e, ladder) for e in level.expects},
        "examples": list(level.examples),
    }
    return {"id": level.id, "title": level.title, "rank": level.rank} | _filled(optional)


def _expectation(expectation: Expectation, ladder: Ladder) -> dict[str, Any]:
    usual = ladder.competency(expectation.competency.id)
    own = {
        key: getattr(expectation.competency, key)
        for key in _OPTIONAL_IN_EXPECTATION
        if getattr(expectation.competency, key) != getattr(usual, key)
    }
    lists = {
        "statements": [_statement(each) for each in expectation.statements],
        "examples": list(expectation.examples),
    }
    return own | _filled(lists)


def _statement(statement: Statement) -> dict[str, str] | str:
    if statement.id.startswith(UNNAMED):
        return statement.text
    return {statement.id: statement.text}


def _competency(competency: Competency) -> dict[str, Any]:
    optional = {
        "emoji": competency.emoji,
        "description": competency.description,
        "aliases": list(competency.aliases),
    }
    return {"name": competency.name} | _filled(optional)


def _shared(group: SharedStatements) -> dict[str, Any]:
    return {"name": group.name, "statements": [_statement(each) for each in group.statements]}


def _maturity(maturity: Maturity) -> dict[str, str] | str:
    return {maturity.name: maturity.meaning} if maturity.meaning else maturity.name


def _retired_competency(retired: RetiredCompetency) -> dict[str, Any]:
    optional = {"until": retired.until, "replaced_by": list(retired.replaced_by)}
    return {"id": retired.id, "was": retired.was} | _filled(optional)


def _retired(retired: Retired) -> dict[str, Any]:
    always = {
        "id": retired.id, "was": retired.was, "competency": retired.competency,
        "level": retired.level,
    }  # fmt: skip
    return always | _filled({"until": retired.until, "replaced_by": list(retired.replaced_by)})


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if value}


def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text))


def as_line(content: dict[str, Any]) -> str:
    """The same on a single line, to be pasted: `{id: old, was: I know every server.}`."""
    flow = {key: _OneLine(text) if isinstance(text, str) else text for key, text in content.items()}
    return yaml.dump(
        flow, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000,
        default_flow_style=True,
    ).strip()  # fmt: skip
