"""A calendar's server for the tests that need one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.one_on_ones.calendars.server import Calendars, served


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Calendars]:
    """One that answers by https, on this machine."""
    with served(tmp_path) as calendars:
        yield calendars
