"""What tests of sharing share: Ada with two examples, and Mia, her confirmed manager."""

from __future__ import annotations

import pytest

from tests.bench import Bench
from tests.sharing.scenes import with_examples


@pytest.fixture
def ada(sqlite_bench: Bench) -> Bench:
    """Ada has two examples; Mia is her confirmed manager, Lena is Mia's."""
    return with_examples(sqlite_bench)


@pytest.fixture
def adas(bench: Bench) -> Bench:
    """The same on either engine."""
    return with_examples(bench)
