"""Numbers that only grow: how one process notices, for a single cheap query, what others did."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, Connection, Integer, Table, select

from bot.storage.schema import id_column, metadata, team_column
from bot.storage.upsert import dialect_insert

revisions = Table(
    "revisions",
    metadata,
    team_column(),
    id_column("name"),
    Column("value", Integer, nullable=False),
)


def take_next(tx: Connection, team_id: str, name: str) -> int:
    """The next value, from 1 on; its row stays locked until the commit, which orders commits.

    So whoever sees a value sees everything that was committed under it and under lower ones.
    """
    first = dialect_insert(tx, revisions).values(team_id=team_id, name=name, value=1)
    raised = first.on_conflict_do_update(
        index_elements=["team_id", "name"], set_={"value": revisions.c.value + 1}
    )
    return int(tx.execute(raised.returning(revisions.c.value)).scalar_one())


def current(tx: Connection, team_id: str, names: Sequence[str]) -> tuple[int, ...]:
    """The values in the order of the names, 0 for one that was never taken."""
    query = select(revisions.c.name, revisions.c.value).where(
        revisions.c.team_id == team_id, revisions.c.name.in_(names)
    )
    found = {row.name: row.value for row in tx.execute(query)}
    return tuple(found.get(name, 0) for name in names)
