"""The rows about schedules, nudges and wishes; they hold no text that anybody wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

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
    bindparam,
    func,
    select,
)

from bot.ladder.model import Statement
from bot.nudges.manners_row import columns_of, manners_in
from bot.nudges.model import Answer, Nudge, Schedule, Wishes
from bot.nudges.patience import SILENT_AT
from bot.nudges.telling import sections
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import dialect_insert, insert_once, upsert

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
    Column("anchor", Date, nullable=False),
    Column("days", String(7), nullable=False),
    Column("opens", String(5), nullable=False),
    Column("closes", String(5), nullable=False),
    Column("away", Text, nullable=False),
    Column("month_day", Integer),
    Column("country", String(16)),
    Column("paused_until", Date),
    Column("skipped", Date),
    Column("last_asked", Date),
    Column("heard_at", Instant),
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
    Column("focused", Boolean),
    Column("passed", Text),
    Column("sent_at", Instant),
    Index("ix_nudges_person", "team_id", "user_id", "asked_at"),
)

wishes = Table(
    "nudge_wishes",
    metadata,
    team_column(),
    id_column("user_id"),
    Column("competency_id", String(100), primary_key=True),
    Column("aside_until", Date),
)

_ANYTHING_DUE = (  # made once: putting it together takes longer than SQLite needs to answer it
    select(schedules.c.user_id)
    .where(schedules.c.team_id == bindparam("team"), schedules.c.due_at <= bindparam("now"))
    .limit(1)
)
BETWEEN = "\n"  # no id of a competency holds a line break


class Due(NamedTuple):
    """Somebody whose due date has come; `row` is what `read` makes a schedule of."""

    member: Member
    row: Any


def due(tx: Connection, team_id: str, now: datetime, limit: int) -> list[Due]:
    """People whose due date has come, the longest due first; those another replica has, left out.

    They stay locked until the commit, so that two replicas never plan the same person at once.
    """
    query = (
        select(schedules)
        .where(schedules.c.team_id == team_id, schedules.c.due_at <= now)
        .order_by(schedules.c.due_at, schedules.c.user_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Due(Member(row.team_id, row.user_id), row) for row in tx.execute(query)]


def is_anything_due(tx: Connection, team_id: str, now: datetime) -> bool:
    """Whether anybody's due date has come: one look into an index."""
    return tx.execute(_ANYTHING_DUE, {"team": team_id, "now": now}).first() is not None


def read(found: Due) -> Schedule:
    """The schedule of that row; raises ValueError for one that another version wrote."""
    return _schedule(found.row)


def schedule(tx: Connection, member: Member, *, lock: bool = False) -> Schedule | None:
    """The person's schedule, or None; `lock` lets nobody else change it until the commit."""
    query = select(schedules).where(*_of(schedules, member))
    row = tx.execute(query.with_for_update() if lock else query).first()
    return _schedule(row) if row else None


def save_schedule(tx: Connection, new: Schedule) -> None:
    """Makes or overwrites the person's schedule."""
    key = {"team_id": new.member.team_id, "user_id": new.member.user_id}
    upsert(tx, schedules, key, columns_of(new.manners) | _standing(new))


def save_planned(tx: Connection, planned: Sequence[Schedule]) -> None:
    """Moves due dates on, and what goes with them; what people chose stays."""
    update = schedules.update().where(
        schedules.c.team_id == bindparam("of_team"), schedules.c.user_id == bindparam("of_user")
    )
    rows = [
        {
            "of_team": each.member.team_id,
            "of_user": each.member.user_id,
            "again_on": each.manners.again_on,
            "skipped": each.manners.skipped,
            "due_at": each.due_at,
            "last_asked": each.last_asked,
        }
        for each in planned
    ]
    if rows:
        moved = ("again_on", "skipped", "due_at", "last_asked")
        tx.execute(update.values({name: bindparam(name) for name in moved}), rows)


def postpone(tx: Connection, member: Member, moment: datetime) -> None:
    """Looks at the person again at that moment."""
    tx.execute(schedules.update().where(*_of(schedules, member)).values(due_at=moment))


def introduce(tx: Connection, member: Member) -> None:
    """The person has met the bot."""
    is_new = (*_of(schedules, member), schedules.c.introduced.is_(False))
    tx.execute(schedules.update().where(*is_new).values(introduced=True))


def insert_nudge(tx: Connection, nudge: Nudge) -> bool:
    """Saves a new nudge; False when this occurrence is there already."""
    return insert_once(tx, nudges, _nudge_row(nudge))


def insert_nudges(tx: Connection, new: Sequence[Nudge]) -> None:
    """Saves those that are not there already."""
    if new:
        statement = dialect_insert(tx, nudges).on_conflict_do_nothing()
        tx.execute(statement, [_nudge_row(each) for each in new])


def nudge(tx: Connection, member: Member, nudge_id: str, *, lock: bool = False) -> Nudge | None:
    """The nudge of that id, if it was put to this person; `lock` as for a schedule."""
    query = select(nudges).where(*_of(nudges, member), nudges.c.id == nudge_id)
    row = tx.execute(query.with_for_update() if lock else query).first()
    return _nudge(row) if row else None


def by_id(tx: Connection, team_id: str, nudge_id: str) -> Nudge | None:
    """The nudge of that id, for the post office."""
    is_it = (nudges.c.team_id == team_id, nudges.c.id == nudge_id)
    row = tx.execute(select(nudges).where(*is_it)).first()
    return _nudge(row) if row else None


def latest(tx: Connection, team_id: str, user_ids: Collection[str]) -> dict[str, list[Nudge]]:
    """The last four nudges of each person, the newest first: patience ends with the fourth."""
    number = func.row_number().over(
        partition_by=nudges.c.user_id, order_by=(nudges.c.asked_at.desc(), nudges.c.id)
    )
    asked = nudges.c.team_id == team_id, nudges.c.user_id.in_(user_ids)
    numbered = select(nudges, number.label("number")).where(*asked).subquery()
    query = select(numbered).where(numbered.c.number <= SILENT_AT)
    found: dict[str, list[Nudge]] = {}
    for row in tx.execute(query.order_by(numbered.c.user_id, numbered.c.number)):
        found.setdefault(row.user_id, []).append(_nudge(row))
    return found


def answer(tx: Connection, member: Member, nudge_id: str, said: Answer, now: datetime) -> None:
    """Records what the person said."""
    values = {"answer": said.value, "answered_at": now}
    tx.execute(nudges.update().where(*_of(nudges, member), nudges.c.id == nudge_id).values(values))


def ask_instead(tx: Connection, new: Nudge) -> None:
    """The same question is now about another competency."""
    row = _nudge_row(new)
    changed = ("competency_id", "days_since", "statement_id", "cue", "focused", "passed")
    is_it = (*_of(nudges, new.member), nudges.c.id == new.id)
    tx.execute(nudges.update().where(*is_it).values({name: row[name] for name in changed}))


def mark_sent(tx: Connection, member: Member, nudge_id: str, now: datetime) -> None:
    """The nudge has reached the person."""
    is_it = (*_of(nudges, member), nudges.c.id == nudge_id)
    tx.execute(nudges.update().where(*is_it).values(sent_at=now))


def wishes_of(tx: Connection, team_id: str, user_ids: Collection[str]) -> dict[str, Wishes]:
    """What people wish to be asked about, and what not, by person."""
    query = select(wishes).where(wishes.c.team_id == team_id, wishes.c.user_id.in_(user_ids))
    found: dict[str, list[Row[Any]]] = {}
    for row in tx.execute(query.order_by(wishes.c.user_id, wishes.c.competency_id)):
        found.setdefault(row.user_id, []).append(row)
    return {user_id: _wishes(rows) for user_id, rows in found.items()}


def focus_on(tx: Connection, member: Member, competency_ids: Iterable[str]) -> None:
    """These, and no others, are what the person wants to be asked about; none is set aside."""
    tx.execute(wishes.delete().where(*_of(wishes, member), wishes.c.aside_until.is_(None)))
    for competency_id in competency_ids:
        _wish(tx, member, competency_id, None)


def set_aside(tx: Connection, member: Member, competency_id: str, until: date) -> None:
    """The competency is not asked about before that day."""
    _wish(tx, member, competency_id, until)


def bring_back(tx: Connection, member: Member, competency_id: str) -> None:
    """It may be asked about again."""
    is_it = wishes.c.competency_id == competency_id, wishes.c.aside_until.is_not(None)
    tx.execute(wishes.delete().where(*_of(wishes, member), *is_it))


def records_of(tx: Connection, member: Member) -> list[Section]:
    """When the person is asked, about what, and every question that they were asked."""
    asked = select(nudges).where(*_of(nudges, member)).order_by(nudges.c.asked_at, nudges.c.id)
    wished = select(wishes).where(*_of(wishes, member)).order_by(wishes.c.competency_id)
    return sections(
        schedule(tx, member),
        [(row.competency_id, row.aside_until) for row in tx.execute(wished)],
        [(_nudge(row), row.answered_at) for row in tx.execute(asked)],
    )


def erase(tx: Connection, member: Member) -> None:
    """Removes the person's schedule, every question, and what they wished."""
    for table in (nudges, wishes, schedules):
        tx.execute(table.delete().where(*_of(table, member)))


def _wish(tx: Connection, member: Member, competency_id: str, until: date | None) -> None:
    key = {
        "team_id": member.team_id,
        "user_id": member.user_id,
        "competency_id": competency_id,
    }
    upsert(tx, wishes, key, {"aside_until": until})


def _of(table: Table, member: Member) -> tuple[Any, Any]:
    return table.c.team_id == member.team_id, table.c.user_id == member.user_id


def _standing(new: Schedule) -> dict[str, Any]:
    names = ("due_at", "last_asked", "heard_at", "introduced")
    return {name: getattr(new, name) for name in names}


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(
        member=Member(row.team_id, row.user_id),
        manners=manners_in(row._mapping),
        due_at=row.due_at,
        last_asked=row.last_asked,
        heard_at=row.heard_at,
        introduced=row.introduced,
    )


def _nudge_row(new: Nudge) -> dict[str, Any]:
    return {
        "team_id": new.member.team_id,
        "id": new.id,
        "user_id": new.member.user_id,
        "competency_id": new.competency_id,
        "local_date": new.local_date,
        "asked_at": new.asked_at,
        "days_since": new.days_since,
        "first": new.first,
        "answer": new.answer.value,
        "statement_id": new.cue.id if new.cue else None,
        "cue": new.cue.text if new.cue else None,
        "focused": new.focused,
        "passed": BETWEEN.join(new.passed),
        "sent_at": new.sent_at,
    }


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
        focused=bool(row.focused),
        passed=tuple(filter(None, (row.passed or "").split(BETWEEN))),
        sent_at=row.sent_at,
    )


def _wishes(rows: Iterable[Row[Any]]) -> Wishes:
    until = {row.competency_id: row.aside_until for row in rows}
    focus = frozenset(each for each, day in until.items() if day is None)
    return Wishes(focus, {each: day for each, day in until.items() if day})
