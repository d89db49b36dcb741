"""The rows of wordings: the ladder's own words, so not sealed, each kept once for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, String, Table, Text, select

from bot.journal.model import Entry, Wording
from bot.ladder.model import Statement
from bot.storage.schema import id_column, metadata, team_column
from bot.storage.upsert import insert_once

wordings = Table(
    "wordings",
    metadata,
    team_column(),
    id_column(),
    Column("track_id", String(100), nullable=False),
    Column("level_id", String(100), nullable=False),
    Column("competency_id", String(100), nullable=False),
    Column("competency", Text, nullable=False),
    Column("statements", Text, nullable=False),
)


def keep(tx: Connection, team_id: str, wording: Wording) -> None:
    """Saves the ladder's words, unless an entry was made under them before."""
    values = {
        "team_id": team_id,
        "id": wording.id,
        "track_id": wording.track_id,
        "level_id": wording.level_id,
        "competency_id": wording.competency_id,
        "competency": wording.competency,
        "statements": json.dumps([[each.id, each.text] for each in wording.statements]),
    }
    insert_once(tx, wordings, values)


def of_entries(tx: Connection, team_id: str, found: Iterable[Entry]) -> dict[str, Wording]:
    """The words that the entries are pinned to, by wording id."""
    ids = {entry.pin.wording_id for entry in found}
    query = select(wordings).where(wordings.c.team_id == team_id, wordings.c.id.in_(ids))
    return {row.id: _wording(row) for row in tx.execute(query)}


def names_then(tx: Connection, team_id: str, competency_ids: Sequence[str]) -> dict[str, str]:
    """What competencies were called when somebody logged under them."""
    query = select(wordings.c.competency_id, wordings.c.competency).where(
        wordings.c.team_id == team_id, wordings.c.competency_id.in_(competency_ids)
    )
    return {row.competency_id: row.competency for row in tx.execute(query)}


def _wording(row: Row[Any]) -> Wording:
    said = tuple(Statement(*each) for each in json.loads(row.statements))
    return Wording(row.competency_id, row.competency, row.track_id, row.level_id, said)
