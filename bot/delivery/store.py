"""The outbox rows; they hold ids and states, never text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
)

from bot.delivery.model import UNDER_WAY, Claim, Parcel, Posted, State
from bot.delivery.pace.store import offices
from bot.slack.member import Member
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import dialect_insert, insert_once

parcels = Table(
    "parcels",
    metadata,
    team_column(),
    id_column(),
    Column("key", String(200), nullable=False),
    Column("recipient_id", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(100), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("claimed_at", Instant),
    Column("lease_until", Instant),
    Column("fence", Integer, nullable=False),
    Column("look_at", Instant),
    Column("looks", Integer, nullable=False),
    Column("absences", Integer, nullable=False),
    Column("taken_back", Boolean, nullable=False),
    Column("channel_id", String(64)),
    Column("message_ts", String(32)),
    UniqueConstraint("team_id", "key"),
    Index("ix_parcels_due", "team_id", "state", "not_before"),
    Index("ix_parcels_recipient", "team_id", "recipient_id"),
)

_TAKEN_BACK = {
    State.READY: State.SUPPRESSED,
    State.CLAIMED: State.SUPPRESSED,
    State.SENT: State.CLOSING,
}
_ENDED = (State.SENT, State.CLOSING, State.CLOSED, State.LEFT)


def _glance() -> Select[Any]:
    """Made once: putting it together takes longer than SQLite needs to answer it."""
    of_team = parcels.c.team_id == bindparam("team")
    due = (parcels.c.state == State.READY.value, parcels.c.not_before <= bindparam("now"))
    begun = parcels.c.state.in_([state.value for state in UNDER_WAY])
    office = offices.c.team_id == bindparam("team")
    return select(
        select(literal(1)).where(of_team, *due).limit(1).scalar_subquery(),
        select(literal(1)).where(of_team, begun).limit(1).scalar_subquery(),
        select(offices.c.alive_at).where(office).scalar_subquery(),
    )


_GLANCE = _glance()


@dataclass(frozen=True, slots=True)
class Glance:
    """What one look says: is anything due, is anything under way, when did a bot last look."""

    due: bool
    under_way: bool
    alive_at: datetime | None


def real_time(tx: Connection) -> datetime:
    """The one clock that leases go by: PostgreSQL's own, and on SQLite this machine's."""
    if tx.dialect.name == "sqlite":
        return datetime.now(UTC)
    now: datetime = tx.execute(select(func.clock_timestamp())).scalar_one()
    return now.astimezone(UTC)


def insert(tx: Connection, parcel: Parcel, state: State = State.READY, reason: str = "") -> bool:
    """Plans a parcel; False when its occurrence was planned before."""
    return insert_once(
        tx, parcels, _row_of(parcel) | {"state": state.value, "reason": reason[:100]}
    )


def insert_many(tx: Connection, new: Sequence[Parcel]) -> int:
    """Plans those whose occurrence was not planned before; returns how many."""
    if not new:
        return 0
    statement = dialect_insert(tx, parcels).on_conflict_do_nothing().returning(parcels.c.id)
    return len(tx.execute(statement, [_row_of(parcel) for parcel in new]).all())


def _row_of(parcel: Parcel) -> dict[str, Any]:
    return {
        "team_id": parcel.recipient.team_id,
        "id": parcel.id,
        "key": parcel.key,
        "recipient_id": parcel.recipient.user_id,
        "kind": parcel.kind,
        "subject": parcel.subject,
        "state": State.READY.value,
        "reason": "",
        "attempts": 0,
        "fence": 0,
        "looks": 0,
        "absences": 0,
        "taken_back": False,
        "not_before": parcel.not_before,
        "expires_at": parcel.expires_at,
    }


def glance(tx: Connection, team_id: str, now: datetime) -> Glance:
    """One statement, for a heartbeat that mostly has nothing to do."""
    due, under_way, alive_at = tx.execute(_GLANCE, {"team": team_id, "now": now}).one()
    return Glance(bool(due), bool(under_way), alive_at)


def recover(tx: Connection, team_id: str, real: datetime, settle: float) -> int:
    """Takes parcels from processes whose lease is over; returns how many are in doubt now.

    What was only claimed is ready again. What may have been posted has to settle first.
    """
    over = (parcels.c.team_id == team_id, parcels.c.lease_until <= real)
    taken = {"fence": parcels.c.fence + 1, "lease_until": None}
    _update(tx, *over, _in(State.CLAIMED), state=State.READY.value, **taken)
    look = taken | {"state": State.UNKNOWN.value}
    _update(tx, *over, _in(State.CHECKING), look_at=real, **look)
    return _update(
        tx,
        *over,
        _in(State.SENDING),
        reason="the process ended during the attempt",
        look_at=real + timedelta(seconds=settle),
        **look,
    )


def claim(
    tx: Connection, team_id: str, now: datetime, real: datetime, lease_until: datetime, limit: int
) -> list[Claim]:
    """Takes parcels whose time has come, the oldest first; what others hold is passed over."""
    rested = or_(parcels.c.look_at.is_(None), parcels.c.look_at <= real)
    due = (parcels.c.team_id == team_id, _in(State.READY), parcels.c.not_before <= now, rested)
    query = select(parcels).where(*due).order_by(parcels.c.not_before, parcels.c.key).limit(limit)
    return _hold(tx, query, State.CLAIMED, lease_until)


def claim_one(tx: Connection, parcel: Parcel, lease_until: datetime) -> Claim | None:
    """Takes that parcel if it is ready; None when another has it, or it has ended."""
    query = select(parcels).where(*_is(parcel), _in(State.READY))
    return next(iter(_hold(tx, query, State.CLAIMED, lease_until)), None)


def claim_doubts(
    tx: Connection, team_id: str, real: datetime, lease_until: datetime, limit: int
) -> list[Claim]:
    """Takes parcels in doubt that have settled for long enough to be looked up."""
    query = (
        select(parcels)
        .where(parcels.c.team_id == team_id, _in(State.UNKNOWN), parcels.c.look_at <= real)
        .order_by(parcels.c.look_at, parcels.c.key)
        .limit(limit)
    )
    return _hold(tx, query, State.CHECKING, lease_until)


def known_channel(tx: Connection, recipient: Member) -> str:
    """The person's direct messages with the bot, from what was sent to them before; or empty."""
    query = select(parcels.c.channel_id).where(
        parcels.c.team_id == recipient.team_id,
        parcels.c.recipient_id == recipient.user_id,
        parcels.c.channel_id.is_not(None),
    )
    return tx.execute(query.limit(1)).scalar() or ""


def begin(tx: Connection, held: Claim, real: datetime, lease_until: datetime) -> bool:
    """Says before the wire is touched that it will be; False for who holds it no longer."""
    return _move(
        tx,
        held,
        State.CLAIMED,
        parcels.c.lease_until > real,
        state=State.SENDING.value,
        attempts=parcels.c.attempts + 1,
        claimed_at=real,
        lease_until=lease_until,
        look_at=None,
        looks=0,
        absences=0,
    )


def keep_channel(tx: Connection, held: Claim, channel_id: str) -> bool:
    """Notes where the message will stand, which a lost answer would never tell."""
    return _move(tx, held, State.CLAIMED, channel_id=channel_id)


def put_off(tx: Connection, held: Claim, until: datetime) -> bool:
    """Ready again, but not before that instant of the bot's clock."""
    back = {"state": State.READY.value, "lease_until": None}
    return _move(tx, held, State.CLAIMED, not_before=until, **back)


def settle(
    tx: Connection, held: Claim, expected: State, state: State, reason: str = "", **columns: Any
) -> bool:
    """Moves what this process holds on; what was taken back meanwhile goes on from there."""
    values = {"state": _onward(state), "reason": reason[:100], "lease_until": None, "look_at": None}
    return _move(tx, held, expected, **values | columns)


def record_sent(tx: Connection, held: Claim, **columns: Any) -> bool:
    """It is with the person, that is certain: whoever holds the row, it says so from now on."""
    not_ended = parcels.c.state.not_in([state.value for state in _ENDED])
    values = {"state": _onward(State.SENT), "reason": "", "lease_until": None}
    return _update(tx, *_is(held.parcel), not_ended, **values | columns) == 1


def take_back(tx: Connection, team_id: str, keys: Sequence[str]) -> set[State]:
    """Moves each of these parcels on its way out of Slack; returns the states they were in."""
    return _take_back(tx, team_id, parcels.c.key.in_(keys))


def take_back_all(tx: Connection, team_id: str, beginnings: Sequence[str]) -> set[State]:
    """The same for every parcel whose key begins like one of these."""
    begins = (parcels.c.key.startswith(each, autoescape=True) for each in beginnings)
    return _take_back(tx, team_id, or_(false(), *begins))


def _take_back(tx: Connection, team_id: str, these: ColumnElement[bool]) -> set[State]:
    which = (parcels.c.team_id == team_id, these)
    before = tx.execute(select(parcels.c.state).where(*which).with_for_update()).scalars().all()
    moves = {old.value: new.value for old, new in _TAKEN_BACK.items()}
    onward = case(moves, value=parcels.c.state, else_=parcels.c.state)
    _update(tx, *which, state=onward, taken_back=True)
    return {State(state) for state in before}


def closing(tx: Connection, team_id: str, limit: int) -> list[Posted]:
    """Messages in whose place other words are to stand."""
    query = select(parcels).where(parcels.c.team_id == team_id, _in(State.CLOSING))
    found = tx.execute(query.order_by(parcels.c.not_before, parcels.c.key).limit(limit))
    return [_posted(row) for row in found]


def close(tx: Connection, parcel: Parcel, state: State, reason: str) -> bool:
    """Ends the taking back of a message; False when another process ended it."""
    which = (*_is(parcel), _in(State.CLOSING))
    return _update(tx, *which, state=state.value, reason=reason[:100]) == 1


def place_of(tx: Connection, parcel: Parcel) -> tuple[str, str] | None:
    """Channel and timestamp of the message that the parcel became."""
    row = tx.execute(select(parcels).where(*_is(parcel))).first()
    return (row.channel_id, row.message_ts) if row and row.message_ts else None


def behind(tx: Connection, recipient: Member, ts: str) -> Posted | None:
    """The parcel to the person that became the message with that timestamp."""
    query = select(parcels).where(
        parcels.c.team_id == recipient.team_id,
        parcels.c.recipient_id == recipient.user_id,
        parcels.c.message_ts == ts,
    )
    row = tx.execute(query.limit(1)).first()
    return _posted(row) if row else None


def latest(tx: Connection, recipient: Member, beginning: str) -> Posted | None:
    """The last message to the person, still there, of those whose parcels' keys begin like that."""
    query = select(parcels).where(
        parcels.c.team_id == recipient.team_id,
        parcels.c.recipient_id == recipient.user_id,
        parcels.c.key.startswith(beginning, autoescape=True),
        _in(State.SENT),
    )
    row = tx.execute(query.order_by(parcels.c.not_before.desc()).limit(1)).first()
    return _posted(row) if row else None


def has_reached(tx: Connection, recipient: Member, kind: str) -> bool:
    """Whether the person was sent one of that kind."""
    query = select(parcels.c.id).where(
        parcels.c.team_id == recipient.team_id,
        parcels.c.recipient_id == recipient.user_id,
        parcels.c.kind == kind,
        _in(State.SENT),
    )
    return tx.execute(query.limit(1)).first() is not None


def counts(tx: Connection, team_id: str) -> dict[State, int]:
    """How many parcels are under way, ready or unconfirmed, by state."""
    states = [state.value for state in (State.READY, *UNDER_WAY, State.UNCONFIRMED)]
    query = (
        select(parcels.c.state, func.count())
        .where(parcels.c.team_id == team_id, parcels.c.state.in_(states))
        .group_by(parcels.c.state)
    )
    return {State(state): number for state, number in tx.execute(query)}


def overdue(tx: Connection, team_id: str, now: datetime) -> tuple[int, datetime | None]:
    """How many should be gone by the bot's clock, and since when the oldest should."""
    query = select(func.count(), func.min(parcels.c.not_before)).where(
        parcels.c.team_id == team_id,
        _in(State.READY, State.CLAIMED),
        parcels.c.not_before <= now,
    )
    number, oldest = tx.execute(query).one()
    return number, oldest


def _hold(tx: Connection, query: Any, state: State, lease_until: datetime) -> list[Claim]:
    rows = tx.execute(query.with_for_update(skip_locked=True)).all()
    for row in rows:
        is_it = (parcels.c.team_id == row.team_id, parcels.c.id == row.id)
        values = {"state": state.value, "lease_until": lease_until}
        _update(tx, *is_it, fence=row.fence + 1, **values)
    return [
        Claim(parcel_of(row), row.fence + 1, row.channel_id or "", row.absences, row.looks)
        for row in rows
    ]


def _onward(state: State) -> Any:
    """That state, or for what was taken back meanwhile the one that follows from it."""
    ended = _TAKEN_BACK.get(state)
    if ended is None:
        return state.value
    return case((parcels.c.taken_back, literal(ended.value)), else_=literal(state.value))


def _is(parcel: Parcel) -> tuple[Any, Any]:
    return parcels.c.team_id == parcel.recipient.team_id, parcels.c.id == parcel.id


def _in(*states: State) -> Any:
    return parcels.c.state.in_([state.value for state in states])


def _move(tx: Connection, held: Claim, expected: State, *more: Any, **columns: Any) -> bool:
    is_mine = (*_is(held.parcel), _in(expected), parcels.c.fence == held.fence)
    return _update(tx, *is_mine, *more, **columns) == 1


def _update(tx: Connection, *which: Any, **columns: Any) -> int:
    return tx.execute(parcels.update().where(*which).values(**columns)).rowcount


def _posted(row: Row[Any]) -> Posted:
    return Posted(parcel_of(row), row.channel_id or "", row.message_ts or "")


def parcel_of(row: Row[Any]) -> Parcel:
    return Parcel(
        recipient=Member(row.team_id, row.recipient_id),
        kind=row.kind,
        key=row.key,
        subject=row.subject,
        not_before=row.not_before,
        expires_at=row.expires_at,
    )
