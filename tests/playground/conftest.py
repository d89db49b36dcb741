from __future__ import annotations

from collections.abc import Iterator

import pytest

from playground.local_slack import LocalSlack, Manifest, Shortcut
from tests.playground.fake_bot import Heard, over_http
from tests.playground.workspace import people


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    shortcuts = (
        Shortcut("Save as example", "save_example", "message"),
        Shortcut("Log an example", "log_example", "global"),
    )
    with LocalSlack(manifest=Manifest(shortcuts=shortcuts)) as local:
        people(local)
        yield local


@pytest.fixture
def bot(slack: LocalSlack) -> Iterator[Heard]:
    with over_http(slack) as heard:
        yield heard
