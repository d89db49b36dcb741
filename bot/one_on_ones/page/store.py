"""The rows of shared pages: what people wrote is sealed, for the engineer and its author."""

from __future__ import annotations

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
    func,
    or_,
    select,
)

from bot.one_on_ones.page.model import ActionItem, AgendaItem, State
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.talks.model import Talk
from bot.slack.member import Member
from bot.storage.crypto import KeyRing, Place
from bot.storage.schema import (
    Instant,
    id_column,
    metadata,
    sealed_column,
    team_column,
    whose_column,
)

agenda_items = Table(
    "agenda_items",
    metadata,
    team_column(),
    id_column(),
    Column("pair_id", String(64), nullable=False),
    whose_column("engineer_id"),
    whose_column("author_id"),
    sealed_column("text"),
    Column("added_at", Instant, nullable=False),
    Column("discussed_at", Instant),
    Column("talk_id", String(64)),
    Index("ix_agenda_items_pair", "team_id", "pair_id", "talk_id"),
    Index("ix_agenda_items_engineer", "team_id", "engineer_id"),
    Index("ix_agenda_items_author", "team_id", "author_id"),
)

action_items = Table(
    "action_items",
    metadata,
    team_column(),
    id_column(),
    Column("pair_id", String(64), nullable=False),
    whose_column("engineer_id"),
    whose_column("author_id"),
    Column("owner_id", String(64), nullable=False),
    sealed_column("text"),
    Column("due_on", Date),
    Column("made_at", Instant, nullable=False),
    Column("made_in_id", String(64)),
    Column("state", String(16), nullable=False),
    sealed_column("reason", nullable=True),
    Column("closed_at", Instant),
    Column("closed_by", String(64)),
    Column("closed_in_id", String(64)),
    Index("ix_action_items_pair", "team_id", "pair_id", "state"),
    Index("ix_action_items_owner", "team_id", "owner_id", "state"),
    Index("ix_action_items_engineer", "team_id", "engineer_id"),
    Index("ix_action_items_author", "team_id", "author_id"),
)

# agenda


def add_agenda(tx: Connection, keys: KeyRing, pair: Pair, item: AgendaItem) -> None:
    """Keeps a new line."""
    row = _new(pair, item.id, item.author) | {
        "text": _seal(keys, agenda_items, "text", item.text, pair, item.id, item.author),
        "added_at": item.added_at,
        "discussed_at": item.discussed_at,
        "talk_id": item.talk_id,
    }
    tx.execute(agenda_items.insert().values(row))


def agenda(tx: Connection, keys: KeyRing, pair: Pair, *, waiting: bool) -> list[AgendaItem]:
    """The pair's lines, the oldest first; `waiting` leaves out those that belong to a talk."""
    only = (agenda_items.c.talk_id.is_(None),) if waiting else ()
    query = select(agenda_items).where(*_of_pair(agenda_items, pair), *only)
    ordered = query.order_by(agenda_items.c.added_at, agenda_items.c.id)
    return [_agenda_item(keys, row) for row in tx.execute(ordered)]


def find_agenda(tx: Connection, keys: KeyRing, team_id: str, item_id: str) -> AgendaItem | None:
    """The line of that id, whoever it belongs to."""
    row = tx.execute(select(agenda_items).where(*_is(agenda_items, team_id, item_id))).first()
    return _agenda_item(keys, row) if row else None


def count_agenda(tx: Connection, pair: Pair) -> int:
    """How many lines are still to be talked about."""
    todo = agenda_items.c.talk_id.is_(None), agenda_items.c.discussed_at.is_(None)
    return _count(tx, agenda_items, *_of_pair(agenda_items, pair), *todo)


def rewrite_agenda(tx: Connection, keys: KeyRing, pair: Pair, item: AgendaItem) -> None:
    """Puts the item's text in the place of what was there."""
    sealed = _seal(keys, agenda_items, "text", item.text, pair, item.id, item.author)
    _change(tx, agenda_items, item.author.team_id, item.id, text=sealed)


def tick_agenda(tx: Connection, item: AgendaItem) -> None:
    """Sets when it was discussed, and in which talk, if at all."""
    ticked = {"discussed_at": item.discussed_at, "talk_id": item.talk_id}
    _change(tx, agenda_items, item.author.team_id, item.id, **ticked)


def remove_agenda(tx: Connection, item: AgendaItem) -> None:
    """Lets go of it for good."""
    tx.execute(agenda_items.delete().where(*_is(agenda_items, item.author.team_id, item.id)))


# promises


def add_promise(tx: Connection, keys: KeyRing, pair: Pair, item: ActionItem) -> None:
    """Keeps a new promise."""
    row = _new(pair, item.id, item.author) | _open_values(item)
    row["text"] = _seal(keys, action_items, "text", item.text, pair, item.id, item.author)
    tx.execute(action_items.insert().values(row))


def save_promise(tx: Connection, keys: KeyRing, pair: Pair, item: ActionItem) -> None:
    """Puts the item in the place of what it was."""
    values = _open_values(item)
    values["text"] = _seal(keys, action_items, "text", item.text, pair, item.id, item.author)
    reason = _seal(keys, action_items, "reason", item.reason, pair, item.id, item.author)
    values["reason"] = reason if item.reason else None
    _change(tx, action_items, item.author.team_id, item.id, **values)


def promises(tx: Connection, keys: KeyRing, pair: Pair, *, only_open: bool) -> list[ActionItem]:
    """The pair's promises of both sides, the oldest first."""
    only = (action_items.c.state == State.OPEN,) if only_open else ()
    query = select(action_items).where(*_of_pair(action_items, pair), *only)
    return _promises(tx, keys, query)


def promises_of(tx: Connection, keys: KeyRing, owner: Member) -> list[ActionItem]:
    """Everything that somebody owes, in whatever pair, the oldest first."""
    query = select(action_items).where(
        action_items.c.team_id == owner.team_id,
        action_items.c.owner_id == owner.user_id,
        action_items.c.state == State.OPEN,
    )
    return _promises(tx, keys, query)


def find_promise(tx: Connection, keys: KeyRing, team_id: str, item_id: str) -> ActionItem | None:
    """The promise of that id, whoever it belongs to."""
    row = tx.execute(select(action_items).where(*_is(action_items, team_id, item_id))).first()
    return _action_item(keys, row) if row else None


def count_promises(tx: Connection, pair: Pair) -> int:
    """How many are open."""
    still_open = action_items.c.state == State.OPEN
    return _count(tx, action_items, *_of_pair(action_items, pair), still_open)


# what belongs to a talk


def gather(tx: Connection, pair: Pair, talk: Talk) -> None:
    """Gives the talk what was ticked, promised and closed since the one before."""
    for table, column, when in _LOOSE:
        loose = *_of_pair(table, pair), column.is_(None), when.is_not(None)
        tx.execute(table.update().where(*loose).values({column: talk.id}))


def loosen(tx: Connection, pair: Pair, talk: Talk) -> None:
    """Takes it all back, to be gathered by the next one; what was ticked is to be discussed."""
    ticked = *_of_pair(agenda_items, pair), agenda_items.c.talk_id == talk.id
    tx.execute(agenda_items.update().where(*ticked).values(talk_id=None, discussed_at=None))
    for table, column, _ in _LOOSE:
        held = *_of_pair(table, pair), column == talk.id
        tx.execute(table.update().where(*held).values({column: None}))


# about one person


def written_on(tx: Connection, engineer: Member) -> set[str]:
    """The pairs on whose page of the engineer's anything stands, by id."""
    found: set[str] = set()
    for table in (agenda_items, action_items):
        theirs = table.c.team_id == engineer.team_id, table.c.engineer_id == engineer.user_id
        found.update(tx.execute(select(table.c.pair_id).distinct().where(*theirs)).scalars())
    return found


def agenda_of(tx: Connection, keys: KeyRing, member: Member) -> list[AgendaItem]:
    """Every line of their own pages, and what they wrote on others'."""
    query = _naming(member, agenda_items, "engineer_id", "author_id")
    ordered = query.order_by(agenda_items.c.added_at, agenda_items.c.id)
    return [_agenda_item(keys, row) for row in tx.execute(ordered)]


def promises_about(tx: Connection, keys: KeyRing, member: Member) -> list[ActionItem]:
    """Every promise of their own pages, on others' what they wrote or owe, and own reasons."""
    whole = _naming(member, action_items, "engineer_id", "author_id", "owner_id")
    found = {item.id: item for item in _promises(tx, keys, whole)}
    reasoned = action_items.c.reason.is_not(None)
    dropped = _promises(tx, keys, _naming(member, action_items, "closed_by").where(reasoned))
    alone = (item.reason_alone() for item in dropped if item.id not in found)
    return sorted([*found.values(), *alone], key=lambda item: (item.made_at, item.id))


def erase(tx: Connection, member: Member) -> None:
    """Removes the engineer's pages whole; of a partner what they wrote, owe and noted."""
    named = {
        agenda_items: ("engineer_id", "author_id"),
        action_items: ("engineer_id", "author_id", "owner_id"),
    }
    for table, columns in named.items():
        theirs = or_(*(table.c[name] == member.user_id for name in columns))
        tx.execute(table.delete().where(table.c.team_id == member.team_id, theirs))
    closed = action_items.c.team_id == member.team_id, action_items.c.closed_by == member.user_id
    tx.execute(action_items.update().where(*closed).values(closed_by=None, reason=None))


# inside

_LOOSE = (
    (agenda_items, agenda_items.c.talk_id, agenda_items.c.discussed_at),
    (action_items, action_items.c.made_in_id, action_items.c.made_at),
    (action_items, action_items.c.closed_in_id, action_items.c.closed_at),
)
"""What belongs to a talk: its table, the column that names the talk, and since when it happened."""


def _is(table: Table, team_id: str, row_id: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.team_id == team_id, table.c.id == row_id


def _of_pair(table: Table, pair: Pair) -> tuple[ColumnElement[bool], ...]:
    return table.c.team_id == pair.engineer.team_id, table.c.pair_id == pair.id


def _naming(member: Member, table: Table, *columns: str) -> Any:
    named = or_(*(table.c[name] == member.user_id for name in columns))
    return select(table).where(table.c.team_id == member.team_id, named)


def _change(tx: Connection, table: Table, team_id: str, row_id: str, **values: Any) -> None:
    tx.execute(table.update().where(*_is(table, team_id, row_id)).values(**values))


def _count(tx: Connection, table: Table, *which: ColumnElement[bool]) -> int:
    return tx.execute(select(func.count()).select_from(table).where(*which)).scalar_one()


def _new(pair: Pair, row_id: str, author: Member) -> dict[str, Any]:
    return {
        "team_id": pair.engineer.team_id,
        "id": row_id,
        "pair_id": pair.id,
        "engineer_id": pair.engineer.user_id,
        "author_id": author.user_id,
    }


def _open_values(item: ActionItem) -> dict[str, Any]:
    return {
        "owner_id": item.owner.user_id,
        "due_on": item.due_on,
        "made_at": item.made_at,
        "made_in_id": item.made_in,
        "state": item.state.value,
        "closed_at": item.closed_at,
        "closed_by": item.closed_by.user_id if item.closed_by else None,
        "closed_in_id": item.closed_in,
    }


def _seal(
    keys: KeyRing, table: Table, column: str, text: str, pair: Pair, row_id: str, author: Member
) -> bytes:
    whose = (pair.engineer.user_id, author.user_id)
    return keys.seal(text, Place(pair.engineer.team_id, table.name, column, row_id, whose))


def _text(keys: KeyRing, table: Table, column: str, row: Row[Any]) -> str:
    """Bound to both: nobody becomes the engineer, or the author, by a change of the row."""
    sealed = row._mapping[column]
    if sealed is None:
        return ""
    place = Place(row.team_id, table.name, column, row.id, (row.engineer_id, row.author_id))
    return keys.open(sealed, place)


def _promises(tx: Connection, keys: KeyRing, query: Any) -> list[ActionItem]:
    ordered = query.order_by(action_items.c.made_at, action_items.c.id)
    return [_action_item(keys, row) for row in tx.execute(ordered)]


def _agenda_item(keys: KeyRing, row: Row[Any]) -> AgendaItem:
    return AgendaItem(
        id=row.id,
        pair_id=row.pair_id,
        author=Member(row.team_id, row.author_id),
        text=_text(keys, agenda_items, "text", row),
        added_at=row.added_at,
        talk_id=row.talk_id,
        discussed_at=row.discussed_at,
    )


def _action_item(keys: KeyRing, row: Row[Any]) -> ActionItem:
    return ActionItem(
        id=row.id,
        pair_id=row.pair_id,
        owner=Member(row.team_id, row.owner_id),
        author=Member(row.team_id, row.author_id),
        text=_text(keys, action_items, "text", row),
        due_on=row.due_on,
        made_at=row.made_at,
        made_in=row.made_in_id,
        state=State(row.state),
        reason=_text(keys, action_items, "reason", row),
        closed_at=row.closed_at,
        closed_by=Member(row.team_id, row.closed_by) if row.closed_by else None,
        closed_in=row.closed_in_id,
    )
