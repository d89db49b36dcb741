"""The rows of shared pages: what people wrote is sealed, for the engineer and its author."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
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

from bot.one_on_ones.page.model import ActionItem, AgendaItem, Note, State, Talk, note_id
from bot.one_on_ones.pairs.model import Pair
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
from bot.storage.upsert import insert_once, upsert

talks = Table(
    "talks",
    metadata,
    team_column(),
    id_column(),
    Column("pair_id", String(64), nullable=False),
    whose_column("engineer_id"),
    Column("slot", String(64), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("held", Boolean, nullable=False),
    sealed_column("agreed", nullable=True),
    Column("agreed_by", String(64)),
    Column("agreed_at", Instant),
    Index("ix_talks_pair", "team_id", "pair_id", "starts_at"),
    Index("ix_talks_engineer", "team_id", "engineer_id"),
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

private_notes = Table(
    "private_notes",
    metadata,
    team_column(),
    id_column(),
    Column("pair_id", String(64), nullable=False),
    whose_column("engineer_id"),
    whose_column("author_id"),
    sealed_column("text"),
    Column("updated_at", Instant, nullable=False),
    Index("ix_private_notes_engineer", "team_id", "engineer_id"),
    Index("ix_private_notes_author", "team_id", "author_id"),
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


# talks


def add_talk(tx: Connection, pair: Pair, talk: Talk) -> bool:
    """Keeps that a meeting took place; False when that is kept already."""
    row = {
        "team_id": pair.engineer.team_id,
        "id": talk.id,
        "pair_id": pair.id,
        "engineer_id": pair.engineer.user_id,
        "slot": talk.slot,
        "starts_at": talk.starts_at,
        "held": talk.held,
    }
    return insert_once(tx, talks, row)


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


def set_held(tx: Connection, pair: Pair, talk: Talk, *, held: bool) -> None:
    """Says of a talk whether it took place."""
    _change(tx, talks, pair.engineer.team_id, talk.id, held=held)


def agree(tx: Connection, keys: KeyRing, pair: Pair, talk: Talk) -> None:
    """Keeps what was agreed, by whom and when, in the place of what was there."""
    place = Place(pair.engineer.team_id, talks.name, "agreed", talk.id, (pair.engineer.user_id,))
    values = {
        "agreed": keys.seal(talk.agreed, place) if talk.agreed else None,
        "agreed_by": talk.agreed_by.user_id if talk.agreed_by else None,
        "agreed_at": talk.agreed_at,
    }
    _change(tx, talks, pair.engineer.team_id, talk.id, **values)


def find_talk(tx: Connection, keys: KeyRing, team_id: str, talk_id: str) -> Talk | None:
    """The talk of that id, whoever it belongs to."""
    row = tx.execute(select(talks).where(*_is(talks, team_id, talk_id))).first()
    return _talk(keys, row) if row else None


def held_talks(
    tx: Connection, keys: KeyRing, pair: Pair, limit: int, offset: int = 0
) -> list[Talk]:
    """The talks that took place, the latest first."""
    query = select(talks).where(*_of_pair(talks, pair), talks.c.held)
    ordered = query.order_by(talks.c.starts_at.desc(), talks.c.id)
    return [_talk(keys, row) for row in tx.execute(ordered.limit(limit).offset(offset))]


def count_talks(tx: Connection, pair: Pair) -> int:
    """How many took place."""
    return _count(tx, talks, *_of_pair(talks, pair), talks.c.held)


# notes


def note(tx: Connection, keys: KeyRing, pair: Pair, author: Member) -> Note | None:
    """What that side keeps for themselves."""
    query = select(private_notes).where(
        *_is(private_notes, author.team_id, note_id(pair.id, author))
    )
    row = tx.execute(query).first()
    return _note(keys, row) if row else None


def write_note(tx: Connection, keys: KeyRing, pair: Pair, new: Note) -> None:
    """Puts it in the place of what was there; an empty text removes it."""
    row_id = note_id(pair.id, new.author)
    if not new.text:
        here = _is(private_notes, new.author.team_id, row_id)
        tx.execute(private_notes.delete().where(*here))
        return
    row = _new(pair, row_id, new.author)
    key = {name: row.pop(name) for name in ("team_id", "id")}
    sealed = _seal(keys, private_notes, "text", new.text, pair, row_id, new.author)
    upsert(tx, private_notes, key, row | {"text": sealed, "updated_at": new.updated_at})


# about one person


def agenda_of(tx: Connection, keys: KeyRing, member: Member) -> list[AgendaItem]:
    """Every line of their own pages, and what they wrote on others'."""
    query = select(agenda_items).where(
        agenda_items.c.team_id == member.team_id,
        or_(
            agenda_items.c.engineer_id == member.user_id,
            agenda_items.c.author_id == member.user_id,
        ),
    )
    ordered = query.order_by(agenda_items.c.added_at, agenda_items.c.id)
    return [_agenda_item(keys, row) for row in tx.execute(ordered)]


def promises_about(tx: Connection, keys: KeyRing, member: Member) -> list[ActionItem]:
    """Every promise of their own pages, and on others' what they wrote or owe."""
    named = (action_items.c.engineer_id, action_items.c.author_id, action_items.c.owner_id)
    query = select(action_items).where(
        action_items.c.team_id == member.team_id,
        or_(*(column == member.user_id for column in named)),
    )
    return _promises(tx, keys, query)


def talks_of(tx: Connection, keys: KeyRing, member: Member) -> list[Talk]:
    """Every talk of their own pages, and those of which they wrote down what was agreed."""
    query = select(talks).where(
        talks.c.team_id == member.team_id,
        or_(talks.c.engineer_id == member.user_id, talks.c.agreed_by == member.user_id),
    )
    return [_talk(keys, row) for row in tx.execute(query.order_by(talks.c.starts_at, talks.c.id))]


def notes_of(tx: Connection, keys: KeyRing, author: Member) -> list[Note]:
    """What somebody keeps for themselves, about whatever pair."""
    query = select(private_notes).where(
        private_notes.c.team_id == author.team_id, private_notes.c.author_id == author.user_id
    )
    ordered = query.order_by(private_notes.c.updated_at, private_notes.c.id)
    return [_note(keys, row) for row in tx.execute(ordered)]


def erase(tx: Connection, member: Member) -> None:
    """Removes the engineer's pages whole; of a partner what they wrote, owe and noted."""
    named = {
        talks: ("engineer_id",),
        agenda_items: ("engineer_id", "author_id"),
        action_items: ("engineer_id", "author_id", "owner_id"),
        private_notes: ("engineer_id", "author_id"),
    }
    for table, columns in named.items():
        theirs = or_(*(table.c[name] == member.user_id for name in columns))
        tx.execute(table.delete().where(table.c.team_id == member.team_id, theirs))
    said = talks.c.team_id == member.team_id, talks.c.agreed_by == member.user_id
    nothing = {"agreed": None, "agreed_by": None, "agreed_at": None}
    tx.execute(talks.update().where(*said).values(nothing))
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


def _talk(keys: KeyRing, row: Row[Any]) -> Talk:
    place = Place(row.team_id, talks.name, "agreed", row.id, (row.engineer_id,))
    return Talk(
        id=row.id,
        pair_id=row.pair_id,
        slot=row.slot,
        starts_at=row.starts_at,
        held=row.held,
        agreed=keys.open(row.agreed, place) if row.agreed is not None else "",
        agreed_by=Member(row.team_id, row.agreed_by) if row.agreed_by else None,
        agreed_at=row.agreed_at,
    )


def _note(keys: KeyRing, row: Row[Any]) -> Note:
    author = Member(row.team_id, row.author_id)
    return Note(row.pair_id, author, _text(keys, private_notes, "text", row), row.updated_at)
