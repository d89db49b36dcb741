"""An export to read: each record its words as they were written, then a short list. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.documents.markdown import escaped, inline
from bot.own_data.model import Records
from bot.privacy.records import Section, Value

HARD_BREAK = "  "
WORDS = "text"
FIRST = ("happened_on", "day", "competency", "quote", "links", "link")
LAST = ("source", "track", "level", "ladder_version", "competency_id", "version", "id", "page")
"""What only programs need comes after what people look for."""


def as_markdown(records: Records) -> str:
    """The document: a heading for each section, and all of its records."""
    about, day = records.about.user_id, f"{records.collected_at:%Y-%m-%d %H:%M} UTC"
    lines = [
        f"# Everything that Rung keeps about {about}",
        "",
        f"Collected on {day}. Codes such as {about} are Slack's ids of people.",
    ]
    for section in records.sections:
        lines += ["", f"## {inline(section.title)}", *_section(section)]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    for number, row in enumerate(section.rows, 1):
        if len(section.rows) > 1:
            yield from ("", f"### {number} of {len(section.rows)}")
        yield ""
        for name, value in sorted(zip(section.columns, row, strict=True), key=_order):
            yield from _field(name, value)


def _order(field: tuple[str, Value]) -> int:
    """The words first, then what people look for, then all else in its own order."""
    name, _ = field
    ranks = [WORDS, *FIRST, "", *LAST]
    return ranks.index(name if name in ranks else "")


def _field(name: str, value: Value) -> list[str]:
    """A line of the list; the words, and text of several lines, are a quotation. Empty: nothing."""
    if value is None or value == "":
        return []
    if name == WORDS and isinstance(value, str):
        return [*(f"> {line}{HARD_BREAK}" for line in escaped(value).split("\n")), ""]
    words = name.replace("_", " ")
    label = f"- **{inline(words[:1].upper() + words[1:])}:**"
    if isinstance(value, str) and "\n" in value:
        return [label, "", *(f"  > {line}{HARD_BREAK}" for line in escaped(value).split("\n")), ""]
    return [f"{label} {_told(value)}"]


def _told(value: str | int | date) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M} UTC"
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case _:
            return inline(value)
