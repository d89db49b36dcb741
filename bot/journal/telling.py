"""What is kept about one's examples, as an export says it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.model import Entry, Version
from bot.privacy.records import Section, Value

COLUMNS = (
    "id",
    "happened_on",
    "competency_id",
    "competency",
    "text",
    "links",
    "quote",
    "asked_about",
    "track",
    "level",
    "ladder_version",
    "source",
)


def sections(entries: Sequence[Entry], versions: Sequence[Version]) -> list[Section]:
    """The examples as they stand, and as they stood; links one a line, instants in UTC."""
    now = tuple((*_values(each), each.created_at, each.updated_at) for each in entries)
    then = tuple(
        (each.id, *_values(each.was), each.was.updated_at, each.replaced_at) for each in versions
    )
    return [
        Section("examples", "My examples", (*COLUMNS, "logged_at", "changed_at"), now),
        Section(
            "earlier_versions",
            "Earlier versions of my examples",
            ("version", *COLUMNS, "written_at", "replaced_at"),
            then,
        ),
    ]


def _values(entry: Entry) -> tuple[Value, ...]:
    pin = entry.pin
    return (
        entry.id,
        entry.happened_on,
        entry.competency_id,
        pin.competency or entry.competency_id,
        entry.text,
        entry.link,
        entry.quote,
        pin.statement.text if pin.statement else "",
        pin.track_id,
        pin.level_id,
        pin.ladder_version,
        entry.source.value,
    )
