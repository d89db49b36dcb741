"""The list of what somebody may read is the policy's answer for each page, on either engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.people import store as people
from bot.people.model import Manager, Relation
from bot.privacy.policy import Account, Action, Actor, Ties, can
from bot.sharing import store
from bot.sharing.model import Item, Share, Snapshot, Why
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database
from bot.storage.migrate import migrate

KEYS = KeyRing([b"k" * 32])
START = datetime(2026, 12, 1, 9, tzinfo=UTC)
TEAMS, USERS = ("T1", "T2"), ("UA", "UB", "UC")
MEMBERS = [Member(team, user) for team in TEAMS for user in USERS]
ONE, TWO = st.sampled_from(USERS), st.sampled_from(USERS)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("share"), ONE, TWO),
        st.tuples(st.just("end"), st.integers(0, 20), st.integers(0, 2)),
        st.tuples(st.just("manager"), ONE, st.none() | TWO),
    ),
    max_size=25,
)

BEGIN, STOP, GIVE = ("manager", "UA", "UB"), ("manager", "UA", None), ("share", "UA", "UB")
ABOVE, GIVE_ABOVE = ("manager", "UB", "UC"), ("share", "UA", "UC")


@pytest.fixture
def database(database_url: str) -> Any:
    opened = Database(database_url)
    migrate(opened)
    yield opened
    opened.close()


def live(tx: Any, team: str, events: list[Any]) -> list[Share]:
    """A history, a minute for each thing that happens in it; gives every page ever shared."""
    shared: list[Share] = []
    act: dict[str, Callable[[Any, Any, datetime], None]] = {
        "share": lambda owner, reader, now: shared.append(given_page(tx, team, owner, reader, now)),
        "end": lambda which, late, now: end(tx, shared, which, now + timedelta(minutes=late)),
        "manager": lambda of, new, now: change(tx, Member(team, of), new, now),
    }
    for minute, (kind, one, two) in enumerate(events):
        act[kind](one, two, START + timedelta(minutes=minute))
    return [store.find(tx, team, each.id) or each for each in shared]


def given_page(tx: Any, team: str, owner: str, reader: str, now: datetime) -> Share:
    share = Share(
        f"{team}{owner}{reader}{now:%H%M}", Member(team, owner), Member(team, reader), now
    )
    page = Snapshot(share.owner, share.reader, (Item("c", "t", "", "2026-12-01"),))
    store.insert(tx, KEYS, share, page, ["e"])
    return share


def end(tx: Any, shared: list[Share], which: int, now: datetime) -> None:
    if shared:
        store.end(tx, shared[which % len(shared)], Why.TAKEN_BACK, now)


def change(tx: Any, engineer: Member, new: str | None, now: datetime) -> None:
    people.end_manager(tx, engineer, now)
    if new:
        confirmed = Manager(new, Relation.CONFIRMED, engineer.user_id)
        people.save_manager(tx, engineer, confirmed, now)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example([BEGIN, GIVE, STOP], 0, Account.MEMBER)  # a former manager
@example([BEGIN, STOP, GIVE], 0, Account.MEMBER)  # named again
@example([BEGIN, GIVE, STOP, BEGIN], 0, Account.MEMBER)  # who came back
@example([BEGIN, ABOVE, GIVE_ABOVE], 0, Account.GUEST)  # the manager's manager
@example([BEGIN, ABOVE, GIVE_ABOVE, STOP], 0, Account.MEMBER)  # who is not that any more
@example([BEGIN, GIVE, ("end", 0, 2)], 1, Account.MEMBER)  # an end that is still to come
@given(events=EVENTS, after=st.integers(-5, 3), kind=st.sampled_from(Account))
def test_the_list_is_what_the_policy_allows(
    database: Database, events: list[Any], after: int, kind: Account
) -> None:
    now = START + timedelta(minutes=len(events) + after)
    with database.engine.connect() as tx, tx.begin() as whole:
        everything = [page for team in TEAMS for page in live(tx, team, events)]
        for member in MEMBERS:
            listed = {page.id for page in store.readable_by(tx, member, led(member), now, 1_000)}
            allowed = {
                page.id
                for page in everything
                if page.owner != member
                and can(
                    Actor(member),
                    Action.READ_SNAPSHOT,
                    page.subject(ties_of(tx, page.owner)),
                    now,
                )
            }
            assert listed == allowed
            assert store.count_readable_by(tx, member, led(member), now) == len(allowed)
            assert_only_members_read(tx, everything, member, kind, now)
        whole.rollback()


def led(reader: Member) -> list[Member]:
    """Whom that one meets for one-on-ones: UC meets UA, in either workspace."""
    return [reader.colleague("UA")] if reader.user_id == "UC" else []


def ties_of(tx: Any, owner: Member) -> Ties:
    leads = frozenset({owner.colleague("UC")} if owner.user_id == "UA" else ())
    return replace(people.ties(tx, owner), leads=leads)


def assert_only_members_read(
    tx: Any, everything: list[Share], member: Member, kind: Account, now: datetime
) -> None:
    """With any other kind of account there is nothing to list, so the front door asks no store."""
    if kind is Account.MEMBER:
        return
    for page in everything:
        subject = page.subject(people.ties(tx, page.owner))
        assert not can(Actor(member, kind), Action.READ_SNAPSHOT, subject, now)


def test_a_page_of_the_moment_in_which_they_stopped_is_from_after_it(
    database: Database,
) -> None:
    ada, reader, then = Member("T1", "UA"), Member("T1", "UB"), START + timedelta(minutes=1)
    with database.write() as tx:
        change(tx, ada, "UB", START)
        change(tx, ada, None, then)
        page = given_page(tx, "T1", "UA", "UB", then)
        subject = page.subject(people.ties(tx, ada))
        assert can(Actor(reader), Action.READ_SNAPSHOT, subject, then)
        assert [each.id for each in store.readable_by(tx, reader, (), then, 10)] == [page.id]
