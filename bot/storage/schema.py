"""What every table shares: one MetaData, instants in UTC, sealed text, and the workspace."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, LargeBinary, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

SEALED = "sealed"
WHOSE = "whose"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on both engines; refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turns any zone into UTC, without the marker that SQLite cannot keep."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Always an aware UTC datetime."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def team_column() -> Column[Any]:
    """The workspace (`T…`) a row belongs to; the first part of every primary key."""
    return Column("team_id", String(32), primary_key=True)


def id_column(name: str = "id") -> Column[Any]:
    """An id that the bot made (or Slack gave), never the database."""
    return Column(name, String(64), primary_key=True)


def whose_column(name: str) -> Column[Any]:
    """The id of a person whom the row's sealed texts are bound to; it never changes."""
    return Column(name, String(64), nullable=False, info={WHOSE: True})


def sealed_column(name: str, *, nullable: bool = False) -> Column[Any]:
    """Text that a person wrote, encrypted by the bot before it gets here.

    `keys rotate` finds it by its mark; its table's primary key is the workspace and one id.
    """
    return Column(name, LargeBinary, nullable=nullable, info={SEALED: True})
