"""One replica is told to wait, all wait; and all together keep to one budget."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import combinations

import pytest

from playground.local_slack import LocalSlack
from tests.delivery.proof.stage import Stage
from tests.delivery.proof.verdict import judge
from tests.postgres import Postgres

POST = "chat.postMessage"
REPLICAS = 4
SILENCE = 5


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    return postgres.new_database()


@pytest.fixture
def hasty(slack: LocalSlack, postgres_url: str) -> Iterator[Stage]:
    running = Stage(slack, postgres_url)
    yield running
    running.stop()


@pytest.fixture
def thrifty(slack: LocalSlack, postgres_url: str) -> Iterator[Stage]:
    running = Stage(slack, postgres_url, sends_per_minute=120)
    yield running
    running.stop()


def test_what_one_replica_is_told_all_obey(hasty: Stage) -> None:
    slack = hasty.slack
    hasty.place(60)
    slack.fail_next(POST, delay_s=0.1, times=20)
    slack.fail_next(POST, status=429, retry_after=SILENCE)
    for _ in range(REPLICAS):
        hasty.start()
    assert hasty.wait(lambda: slack.faults.met[POST, "throttled"] > 0)
    told = time.time()
    assert hasty.wait(hasty.settled, 180)
    since = [post.at.timestamp() - told for post in slack.posted()]
    before_it_was_over = [seconds for seconds in since if 0 < seconds < SILENCE - 0.5]
    assert all(seconds < SILENCE / 2 for seconds in before_it_was_over), "no more than in flight"
    assert len(before_it_was_over) <= 2 * REPLICAS
    assert judge(hasty, "shared pause").holds


def test_all_replicas_together_keep_to_one_budget(thrifty: Stage) -> None:
    thrifty.place(75)
    for _ in range(REPLICAS):
        thrifty.start()
    assert thrifty.wait(thrifty.settled, 180)
    times = [post.at.timestamp() for post in thrifty.slack.posted()]
    burst, per_second = 60 + REPLICAS, 2
    for (first, begun), (last, ended) in combinations(enumerate(times), 2):
        assert last - first + 1 <= burst + 1 + per_second * (ended - begun)
    assert judge(thrifty, "shared budget").holds
