"""What tests of pairs share: Ada, her manager Mia, and Ben, who leads."""

from __future__ import annotations

import pytest

from tests.bench import Bench
from tests.one_on_ones.pairs.scenes import with_manager


@pytest.fixture
def ada(sqlite_bench: Bench) -> Bench:
    """On SQLite alone, for what no engine can change."""
    return with_manager(sqlite_bench)


@pytest.fixture
def adas(bench: Bench) -> Bench:
    """The same on either engine."""
    return with_manager(bench)
