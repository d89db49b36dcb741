"""An export for programs: every value comes back as it was. Described in docs/export.md. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from bot.own_data.model import Records
from bot.privacy.records import Section, Value

VERSION = 1
KINDS: dict[type, str] = {
    str: "text",
    int: "number",
    bool: "yes or no",
    date: "day",
    datetime: "instant",
}
MIXED = "mixed"


def as_json(records: Records) -> str:
    """The document, with line breaks; raises ValueError where a section repeats a column."""
    document = {
        "format": "rung-export",
        "version": VERSION,
        "about": {"team_id": records.about.team_id, "user_id": records.about.user_id},
        "collected_at": records.collected_at.isoformat(),
        "sections": [_section(section) for section in records.sections],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _section(section: Section) -> dict[str, Any]:
    if len(set(section.columns)) != len(section.columns):
        raise ValueError(f"a column of {section.name} has the name of another")
    columns = list(zip(*section.rows, strict=True)) or [() for _ in section.columns]
    kinds = [_kind(values) for values in columns]
    return {
        "name": section.name,
        "title": section.title,
        "columns": [
            {"name": name, "kind": kind} for name, kind in zip(section.columns, kinds, strict=True)
        ],
        "rows": [
            {
                name: _told(value, kind)
                for name, value, kind in zip(section.columns, row, kinds, strict=True)
            }
            for row in section.rows
        ],
    }


def _kind(values: Iterable[Value]) -> str:
    """What a column holds beside nulls; one without any value counts as text."""
    found = {KINDS[type(value)] for value in values if value is not None}
    return MIXED if len(found) > 1 else next(iter(found), "text")


def _told(value: Value, kind: str) -> Any:
    if value is None:
        return None
    plain = value.isoformat() if isinstance(value, date) else value
    return {"kind": KINDS[type(value)], "value": plain} if kind == MIXED else plain
