"""One bot for all histories of a module; each history finds it empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import Postgres
from tests.privacy.histories.stage import Stage, a_stage


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("histories")
    with a_stage(folder, f"sqlite:///{folder}/rung.db") as stage:
        yield stage


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Iterator[Stage]:
    with a_stage(tmp_path_factory.mktemp("histories"), postgres.new_database()) as stage:
        yield stage
