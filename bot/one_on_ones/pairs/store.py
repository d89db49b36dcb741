"""The rows about pairs: who meets whom, when, and which days were moved, skipped, or are over."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Row,
    String,
    Table,
    bindparam,
    or_,
    select,
)

from bot.one_on_ones.pairs.model import Pair, State, Why
from bot.one_on_ones.pairs.rhythm import Cadence, Meeting, Moves, Rhythm, Timetable
from bot.slack.member import Member
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import upsert

A_WHILE = timedelta(days=2)  # more than any two time zones are apart

pairs = Table(
    "pairs",
    metadata,
    team_column(),
    id_column(),
    Column("engineer_id", String(64), nullable=False),
    Column("partner_id", String(64)),
    Column("state", String(16), nullable=False),
    Column("proposed_by", String(64), nullable=False),
    Column("cadence", String(16)),
    Column("first_on", Date),
    Column("at", String(5)),
    Column("zone", String(64)),
    Column("resumes", Date),
    Column("slot", String(64)),
    Column("starts_at", Instant),
    Column("pre_read_due_at", Instant),
    Column("pre_read_slot", String(64)),
    Column("over_due_at", Instant),
    Column("met_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("why", String(16)),
    Column("asked_at", Instant),
    Index("ix_pairs_pre_read", "team_id", "pre_read_due_at"),
    Index("ix_pairs_over", "team_id", "over_due_at"),
    Index("ix_pairs_engineer", "team_id", "engineer_id"),
    Index("ix_pairs_partner", "team_id", "partner_id"),
)

pair_moves = Table(
    "pair_moves",
    metadata,
    team_column(),
    id_column("pair_id"),
    id_column("slot"),
    Column("moved_to", Instant),
)


def _due(column: Column[Any], *more: ColumnElement[bool]) -> Any:
    """Made once, for it is asked at each heartbeat."""
    of_team = pairs.c.team_id == bindparam("team"), column <= bindparam("now")
    return (
        select(pairs).where(*of_team, *more).order_by(column, pairs.c.id).limit(bindparam("most"))
    )


_PRE_READ_DUE = _due(pairs.c.pre_read_due_at, pairs.c.starts_at.is_not(None))
_OVER_DUE = _due(pairs.c.over_due_at)


def find(tx: Connection, team_id: str, pair_id: str, *, lock: bool = False) -> Pair | None:
    """The pair of that id, ended or not; `lock` lets nobody else change it until the commit."""
    query = select(pairs).where(*_is(team_id, pair_id))
    row = tx.execute(query.with_for_update() if lock else query).first()
    return _pair(row) if row else None


def of(tx: Connection, member: Member, *, ended: bool = False) -> list[Pair]:
    """Pairs with the member on either side, the oldest first."""
    on_a_side = or_(
        pairs.c.engineer_id == member.user_id,
        pairs.c.partner_id == member.user_id,
    )
    wanted = pairs.c.team_id == member.team_id, on_a_side
    live = () if ended else (pairs.c.state != State.ENDED,)
    query = select(pairs).where(*wanted, *live).order_by(pairs.c.created_at, pairs.c.id)
    return [_pair(row) for row in tx.execute(query)]


def of_engineer(tx: Connection, engineer: Member) -> list[Pair]:
    """The live pairs in which somebody is the engineer, the oldest first."""
    query = (
        select(pairs)
        .where(pairs.c.team_id == engineer.team_id, pairs.c.engineer_id == engineer.user_id)
        .where(pairs.c.state != State.ENDED)
        .order_by(pairs.c.created_at, pairs.c.id)
    )
    return [_pair(row) for row in tx.execute(query)]


def led_by(tx: Connection, partner: Member) -> list[str]:
    """The ids of the engineers who meet this person, confirmed by both."""
    query = (
        select(pairs.c.engineer_id)
        .where(pairs.c.team_id == partner.team_id, pairs.c.partner_id == partner.user_id)
        .where(pairs.c.state == State.CONFIRMED)
    )
    return list(tx.execute(query).scalars())


def save(tx: Connection, pair: Pair) -> None:
    """Makes the pair, or changes it."""
    rhythm, meeting = pair.rhythm, pair.meeting
    key = {"team_id": pair.engineer.team_id, "id": pair.id}
    values = {
        "engineer_id": pair.engineer.user_id,
        "partner_id": pair.partner.user_id if pair.partner else None,
        "state": pair.state.value,
        "proposed_by": pair.proposed_by.user_id,
        "cadence": rhythm.cadence.value if rhythm else None,
        "first_on": rhythm.first if rhythm else None,
        "at": f"{rhythm.at:%H:%M}" if rhythm else None,
        "zone": rhythm.zone if rhythm else None,
        "resumes": pair.resumes,
        "slot": meeting.slot if meeting else None,
        "starts_at": meeting.starts_at if meeting else None,
        "pre_read_due_at": pair.pre_read_due_at,
        "pre_read_slot": pair.pre_read_slot or None,
        "over_due_at": pair.over_due_at,
        "met_at": pair.met_at,
        "created_at": pair.created_at,
        "ended_at": pair.ended_at,
        "why": pair.why.value if pair.why else None,
        "asked_at": pair.asked_at,
    }
    upsert(tx, pairs, key, values)


def near(tx: Connection, team_id: str, now: datetime, limit: int) -> list[Pair]:
    """Pairs whose pre-read is due, the longest due first; not those without a meeting yet."""
    found = tx.execute(_PRE_READ_DUE, {"team": team_id, "now": now, "most": limit})
    return [_pair(row) for row in found]


def over(tx: Connection, team_id: str, now: datetime, limit: int) -> list[Pair]:
    """Pairs whose meeting is over, the longest first."""
    found = tx.execute(_OVER_DUE, {"team": team_id, "now": now, "most": limit})
    return [_pair(row) for row in found]


def timetable(tx: Connection, pair: Pair) -> Timetable | None:
    """The pair's rhythm with what was decided for single days; None without a rhythm."""
    if pair.rhythm is None:
        return None
    return Timetable(pair.rhythm, moves(tx, pair), pair.resumes)


def moves(tx: Connection, pair: Pair) -> Moves:
    """When meetings took or take place instead, by slot; None for those that are skipped."""
    query = select(pair_moves.c.slot, pair_moves.c.moved_to).where(*_moves_of(pair))
    return {row[0]: row[1] for row in tx.execute(query)}


def move(tx: Connection, pair: Pair, slot: str, moved_to: datetime | None) -> None:
    """That meeting takes place at another time, or not at all."""
    key = {"team_id": pair.engineer.team_id, "pair_id": pair.id, "slot": slot}
    upsert(tx, pair_moves, key, {"moved_to": moved_to})


def set_moves(tx: Connection, pair: Pair, new: Moves) -> None:
    """Puts these in the place of all that was decided for single days."""
    tx.execute(pair_moves.delete().where(*_moves_of(pair)))
    for slot, moved_to in new.items():
        move(tx, pair, slot, moved_to)


def keep_over(tx: Connection, pair: Pair, meeting: Meeting) -> None:
    """That meeting of a rhythm is over, and its slot gone; lets go of days that cannot come."""
    if pair.rhythm is None:
        return
    move(tx, pair, meeting.slot, meeting.starts_at)
    behind = (meeting.starts_at - A_WHILE).date().isoformat()
    past = or_(pair_moves.c.moved_to.is_(None), pair_moves.c.moved_to < meeting.starts_at)
    tx.execute(pair_moves.delete().where(*_moves_of(pair), pair_moves.c.slot < behind, past))


def erase(tx: Connection, pair: Pair) -> None:
    """Removes the pair and its moves."""
    set_moves(tx, pair, {})
    tx.execute(pairs.delete().where(*_is(pair.engineer.team_id, pair.id)))


def _is(team_id: str, pair_id: str) -> tuple[ColumnElement[bool], ...]:
    return pairs.c.team_id == team_id, pairs.c.id == pair_id


def _moves_of(pair: Pair) -> tuple[ColumnElement[bool], ...]:
    return pair_moves.c.team_id == pair.engineer.team_id, pair_moves.c.pair_id == pair.id


def _pair(row: Row[Any]) -> Pair:
    return Pair(
        id=row.id,
        engineer=Member(row.team_id, row.engineer_id),
        partner=Member(row.team_id, row.partner_id) if row.partner_id else None,
        state=State(row.state),
        proposed_by=Member(row.team_id, row.proposed_by),
        rhythm=_rhythm(row),
        created_at=row.created_at,
        resumes=row.resumes,
        meeting=Meeting(row.slot, row.starts_at) if row.slot and row.starts_at else None,
        pre_read_due_at=row.pre_read_due_at,
        pre_read_slot=row.pre_read_slot or "",
        over_due_at=row.over_due_at,
        met_at=row.met_at,
        ended_at=row.ended_at,
        why=Why(row.why) if row.why else None,
        asked_at=row.asked_at,
    )


def _rhythm(row: Row[Any]) -> Rhythm | None:
    if row.cadence is None:
        return None
    return Rhythm(row.first_on, time.fromisoformat(row.at), Cadence(row.cadence), row.zone)
