"""The log of who read what holds for each person what the policy says, on either engine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.people import store as people
from bot.privacy.policy import OPERATOR, Action, Actor, Subject, can
from bot.sharing import store
from bot.sharing.model import How, Reading
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.sharing.test_twin import EVENTS, MEMBERS, START, TEAMS, live

READS = st.lists(st.tuples(st.integers(0, 20), st.sampled_from(How)), max_size=12)


@pytest.fixture
def database(database_url: str) -> Any:
    opened = Database(database_url)
    migrate(opened)
    yield opened
    opened.close()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=EVENTS, reads=READS)
def test_the_log_is_what_the_policy_allows(
    database: Database, events: list[Any], reads: list[tuple[int, How]]
) -> None:
    now = START + timedelta(days=1)
    with database.engine.connect() as tx, tx.begin() as whole:
        for team in TEAMS:
            pages = live(tx, team, events)
            for number, (which, how) in enumerate(reads if pages else []):
                page = pages[which % len(pages)]
                at = START + timedelta(minutes=number)
                line = Reading(page.id, page.owner, page.reader, how, at)
                store.log(tx, line, str(number))
        everything = {line for member in MEMBERS for line in store.readings_about(tx, member)}
        assert len(everything) == tx.exec_driver_sql("SELECT count(*) FROM readings").scalar()
        for member in MEMBERS:
            may = {
                line
                for line in everything
                if can(
                    Actor(member),
                    Action.READ_READINGS,
                    Subject(line.owner, people.ties(tx, line.owner), reader=line.reader),
                    now,
                )
            }
            about, own = store.readings_about(tx, member), store.readings_by(tx, member)
            assert set(about) == {line for line in may if line.owner == member}
            assert set(own) == {line for line in everything if line.reader == member}
            assert may == {*about, *(line for line in own if line in may)}
        assert all(
            can(OPERATOR, Action.READ_READINGS, Subject(line.owner), now) for line in everything
        )
        whole.rollback()
