"""A stage on either database, whose workers are ended whatever became of the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from playground.local_slack import LocalSlack
from tests.delivery.proof.stage import Stage


@pytest.fixture
def stage(slack: LocalSlack, database_url: str) -> Iterator[Stage]:
    running = Stage(slack, database_url)
    yield running
    running.stop()
