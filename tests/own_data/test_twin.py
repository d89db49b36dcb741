"""What was asked for about people: each query gives what the policy says, on either engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.own_data import store
from bot.own_data.model import Request, What
from bot.privacy.policy import OPERATOR, Account, Action, Actor, Subject, can
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database
from bot.storage.migrate import migrate

KEYS = KeyRing([b"k" * 32])
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
TEAMS = ("T1", "T2")
MEMBERS = st.builds(Member, st.sampled_from(TEAMS), st.sampled_from(["U1", "U2", "U3"]))
ASKED = st.lists(
    st.tuples(MEMBERS, st.sampled_from(What), st.sampled_from(["", "U1", "U2"]), st.booleans()),
    max_size=8,
)


@pytest.fixture
def database(database_url: str) -> Any:
    opened = Database(database_url)
    migrate(opened)
    yield opened
    opened.close()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked=ASKED, member=MEMBERS, admin=st.booleans())
def test_every_query_gives_what_the_policy_allows(
    database: Database, asked: list[Any], member: Member, admin: bool
) -> None:
    everything = [
        Request(
            f"r{number}",
            about,
            what,
            "why",
            about.colleague(by) if by else None,
            NOW + timedelta(minutes=number),
            NOW if done else None,
        )
        for number, (about, what, by, done) in enumerate(asked)
    ]
    actor = Actor(member, Account.MEMBER, admin)
    with database.engine.connect() as tx, tx.begin() as whole:
        for each in everything:
            store.insert(tx, KEYS, each)
        allowed = [r for r in everything if can(actor, Action.EXPORT, Subject(r.about), NOW)]
        assert store.about(tx, KEYS, member) == allowed
        own_words = [r for r in everything if r.asked_by == member and r.about != member]
        assert store.asked_by(tx, KEYS, member) == own_words
        for team in TEAMS:
            assert store.waiting(tx, KEYS, team) == [
                r
                for r in everything
                if r.about.team_id == team
                and r.done_at is None
                and can(OPERATOR, Action.EXPORT, Subject(r.about), NOW)
            ]
        assert store.number_waiting(tx) == sum(r.done_at is None for r in everything)
        whole.rollback()
