"""What tests of the front desk share: a bench for a module, and who answers what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.slack.front import Front
from playground.local_slack import LocalSlack, read_manifest
from tests.bench import ROOT, Bench
from tests.postgres import Postgres


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The bot behind its door, for one module."""
    folder = tmp_path_factory.mktemp("door")
    with LocalSlack(manifest=read_manifest(ROOT / "app.yaml")) as slack:
        slack.add_user("UADA", "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
        with Bench(slack, f"sqlite:///{folder}/rung.db", folder) as running:
            yield running


@pytest.fixture
def lost(slack: LocalSlack, tmp_path: Path) -> Iterator[Bench]:
    """A bench whose PostgreSQL has gone away."""
    with Postgres() as server:
        bench = Bench(slack, server.new_database(), tmp_path)
        bench.__enter__()
    yield bench
    bench.__exit__(None, None, None)


class Register(Front):
    """The front desk, keeping a list of what was registered with it."""

    kept: list[tuple[str, str]]

    def button(self, action_id: str, later: Callable[..., None], **more: Any) -> None:
        self.kept.append(("button", str(action_id)))
        super().button(action_id, later, **more)

    def form(self, callback_id: str, *halves: Any, **more: Any) -> None:
        self.kept.append(("form", str(callback_id)))
        super().form(callback_id, *halves, **more)

    def shortcut(self, callback_id: str, later: Callable[..., None]) -> None:
        self.kept.append(("shortcut", str(callback_id)))
        super().shortcut(callback_id, later)

    def event(self, kind: str, later: Callable[..., None], **more: Any) -> None:
        self.kept.append(("event", kind))
        super().event(kind, later, **more)

    def words(self, words: Iterable[str], **halves: Any) -> None:
        self.kept += [("word", word) for word in words]
        super().words(words, **halves)


@pytest.fixture
def registered(
    slack: LocalSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[str]]:
    """Everything that the assembled bot answers, by kind."""
    Register.kept = []
    monkeypatch.setattr("bot.parts.Front", Register)
    Bench(slack, f"sqlite:///{tmp_path}/rung.db", tmp_path).bot.database.close()
    kinds = ("button", "form", "shortcut", "event", "word")
    return {kind: [name for k, name in Register.kept if k == kind] for kind in kinds}
