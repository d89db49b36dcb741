"""What every cell is tried in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.privacy.cells.attempt import World, a_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for a module; each try leaves it as it was."""
    with a_world(tmp_path_factory.mktemp("world")) as made:
        yield made
