"""The journal's queries say the same as the one function that decides."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.journal import store
from bot.journal.model import Entry, Pin, Source
from bot.privacy.policy import OPERATOR, Account, Action, Actor, Subject, can
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database
from bot.storage.migrate import migrate

KEYS = KeyRing([os.urandom(32)])
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MEMBERS = st.builds(Member, st.sampled_from(["T1", "T2"]), st.sampled_from(["U1", "U2", "U3"]))
ACTORS = st.one_of(
    st.just(OPERATOR), st.builds(Actor, MEMBERS, st.sampled_from(Account), st.booleans())
)


@pytest.fixture
def database(database_url: str) -> Database:
    """A fresh database with all its tables."""
    made = Database(database_url)
    migrate(made)
    return made


def entry(number: int, owner: Member) -> Entry:
    day = date(2026, 11, 1 + number)
    pin = Pin("1")
    return Entry(f"e{number}", owner, "c", "text", "", day, Source.COMMAND, pin, NOW, NOW)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(owners=st.lists(MEMBERS, max_size=8), actor=ACTORS)
def test_every_list_holds_what_can_says(
    database: Database, owners: list[Member], actor: Actor
) -> None:
    every = [entry(number, owner) for number, owner in enumerate(owners)]
    with database.write() as tx:
        tx.execute(store.entry_versions.delete())
        tx.execute(store.entries.delete())
        for each in every:
            store.insert(tx, KEYS, each)
            store.keep_version(tx, KEYS, each, NOW)
    allowed = {
        (each.owner, each.id)
        for each in every
        if can(actor, Action.READ_ENTRY, Subject(each.owner), NOW)
    }
    ids = {each.id for each in every}
    with database.read() as tx:
        lists = [
            store.newest(tx, KEYS, actor),
            store.chosen(tx, KEYS, actor, sorted(ids)),
            store.since(tx, KEYS, actor, date(2020, 1, 1), NOW, limit=100),
            [version.was for version in store.versions(tx, KEYS, actor)],
        ]
        found = store.ids_within(tx, actor, None, None)
        counts = store.count(tx, actor), sum(store.counts_since(tx, actor, date.min).values())
        marks = [mark.entry_id for mark in store.marks(tx, actor, None)]
        texts = {each for each, _, _ in store.texts(tx, KEYS, actor, sorted(ids))}
    assert all({(each.owner, each.id) for each in some} == allowed for some in lists)
    assert marks == found
    assert set(found) == texts == {each for _, each in allowed}
    assert counts == (len(allowed), len(allowed))
