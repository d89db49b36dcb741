"""One row, made or overwritten, in the dialect of either engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(tx: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Inserts the row, or sets `values` on the one that has this primary key."""
    statement = dialect_insert(tx, table).values(**key, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values)))


def insert_once(tx: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Inserts the row unless one with its key, or another unique value of its, is there."""
    statement = dialect_insert(tx, table).values(**values).on_conflict_do_nothing()
    first_key = next(iter(table.primary_key))
    return tx.execute(statement.returning(first_key)).first() is not None


def dialect_insert(tx: Connection, table: Table) -> Any:
    """An INSERT that knows what to do on a conflict, in the dialect of the connection."""
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    return dialect.insert(table)
