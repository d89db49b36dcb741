"""The rows about schedules and nudges; they hold no text that anybody wrote."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    select,
)

from bot.ladder.model import Statement
from bot.nudges.cadence import WEEKDAYS, Cadence, Rhythm
from bot.nudges.model import Answer, Nudge, Schedule
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import insert_once, upsert

schedules = Table(
    "nudge_schedules",
    metadata,
    team_column(),
    id_column("user_id"),
    Column("cadence", String(16), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("at", String(5), nullable=False),
    Column("due_at", Instant),
    Column("again_on", Date),
    Column("introduced", Boolean, nullable=False),
    Index("ix_nudge_schedules_due", "team_id", "due_at"),
)

nudges = Table(
    "nudges",
    metadata,
    team_column(),
    id_column(),
    Column("user_id", String(64), nullable=False),
    Column("competency_id", String(100), nullable=False),
    Column("local_date", Date, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("days_since", Integer),
    Column("first", Boolean, nullable=False),
    Column("answer", String(16), nullable=False),
    Column("answered_at", Instant),
    Column("statement_id", String(100)),
    Column("cue", Text),
    Index("ix_nudges_person", "team_id", "user_id", "asked_at"),
)


def schedule(tx: Connection, member: Member) -> Schedule | None:
    """The person's schedule, or None when there is none yet."""
    row = tx.execute(select(schedules).where(*_of(schedules, member))).first()
    return _schedule(row) if row else None


def save_schedule(tx: Connection, new: Schedule) -> None:
    """Makes or overwrites the person's schedule."""
    key = {"team_id": new.member.team_id, "user_id": new.member.user_id}
    values = {
        "cadence": new.rhythm.cadence.value,
        "weekday": new.rhythm.weekday,
        "at": f"{new.rhythm.at:%H:%M}",
        "due_at": new.due_at,
        "again_on": new.again_on,
        "introduced": new.introduced,
    }
    upsert(tx, schedules, key, values)


def due(tx: Connection, team_id: str, now: datetime, limit: int) -> list[Member]:
    """People whose due date has come, the longest due first."""
    query = (
        select(schedules.c.user_id)
        .where(schedules.c.team_id == team_id, schedules.c.due_at <= now)
        .order_by(schedules.c.due_at, schedules.c.user_id)
        .limit(limit)
    )
    return [Member(team_id, row.user_id) for row in tx.execute(query)]


def insert_nudge(tx: Connection, nudge: Nudge) -> bool:
    """Saves a new nudge; False when this occurrence is there already."""
    values = {
        "team_id": nudge.member.team_id,
        "id": nudge.id,
        "user_id": nudge.member.user_id,
        "competency_id": nudge.competency_id,
        "local_date": nudge.local_date,
        "asked_at": nudge.asked_at,
        "days_since": nudge.days_since,
        "first": nudge.first,
        "answer": nudge.answer.value,
        "statement_id": nudge.cue.id if nudge.cue else None,
        "cue": nudge.cue.text if nudge.cue else None,
    }
    return insert_once(tx, nudges, values)


def nudge(tx: Connection, member: Member, nudge_id: str) -> Nudge | None:
    """The nudge of that id, if it was put to this person."""
    row = tx.execute(select(nudges).where(*_of(nudges, member), nudges.c.id == nudge_id)).first()
    return _nudge(row) if row else None


def by_id(tx: Connection, team_id: str, nudge_id: str) -> Nudge | None:
    """The nudge of that id, for the post office."""
    is_it = (nudges.c.team_id == team_id, nudges.c.id == nudge_id)
    row = tx.execute(select(nudges).where(*is_it)).first()
    return _nudge(row) if row else None


def latest(tx: Connection, member: Member, limit: int) -> list[Nudge]:
    """The person's nudges, the newest first."""
    query = (
        select(nudges)
        .where(*_of(nudges, member))
        .order_by(nudges.c.asked_at.desc(), nudges.c.id)
        .limit(limit)
    )
    return [_nudge(row) for row in tx.execute(query)]


def answer(tx: Connection, member: Member, nudge_id: str, said: Answer, now: datetime) -> None:
    """Records what the person said."""
    values = {"answer": said.value, "answered_at": now}
    tx.execute(nudges.update().where(*_of(nudges, member), nudges.c.id == nudge_id).values(values))


def records_of(tx: Connection, member: Member) -> list[Section]:
    """When the person is asked, and every question that they were asked."""
    return [_settings_of(tx, member), _questions_of(tx, member)]


def _settings_of(tx: Connection, member: Member) -> Section:
    when = schedules.c
    query = select(
        when.cadence, when.weekday, when.at, when.due_at, when.again_on, when.introduced
    ).where(*_of(schedules, member))
    rows = tuple(
        (row.cadence, WEEKDAYS[row.weekday], row.at, row.due_at, row.again_on, row.introduced)
        for row in tx.execute(query)
    )
    columns = ("how_often", "weekday", "at", "next_at", "again_on", "introduced")
    return Section("question_settings", "When Rung asks", columns, rows)


def _questions_of(tx: Connection, member: Member) -> Section:
    asked = nudges.c
    columns = {
        "planned_for": asked.asked_at,
        "day": asked.local_date,
        "competency": asked.competency_id,
        "quoted_from_the_ladder": asked.cue,
        "days_since_the_last_example": asked.days_since,
        "answer": asked.answer,
        "answered_at": asked.answered_at,
    }
    query = select(*columns.values()).where(*_of(nudges, member)).order_by(asked.asked_at, asked.id)
    rows = tuple(tuple(row) for row in tx.execute(query))
    return Section("questions", "Questions that Rung asked", tuple(columns), rows)


def erase(tx: Connection, member: Member) -> None:
    """Removes the person's schedule and every question."""
    for table in (schedules, nudges):
        tx.execute(table.delete().where(*_of(table, member)))


def _of(table: Table, member: Member) -> tuple[Any, Any]:
    return table.c.team_id == member.team_id, table.c.user_id == member.user_id


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(
        member=Member(row.team_id, row.user_id),
        rhythm=Rhythm(row.weekday, time.fromisoformat(row.at), Cadence(row.cadence)),
        due_at=row.due_at,
        again_on=row.again_on,
        introduced=row.introduced,
    )


def _nudge(row: Row[Any]) -> Nudge:
    return Nudge(
        id=row.id,
        member=Member(row.team_id, row.user_id),
        competency_id=row.competency_id,
        local_date=row.local_date,
        asked_at=row.asked_at,
        days_since=row.days_since,
        first=row.first,
        answer=Answer(row.answer),
        cue=Statement(row.statement_id or "", row.cue) if row.cue else None,
    )
