"""A browser window on the whole playground, as `make run` opens it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "build" / "screenshots"
ADDRESS = re.compile(r"^http://127\.0\.0\.1:\d+/$")
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The playground as `make run` starts it; gives the bare address that it prints."""
    log = tmp_path_factory.mktemp("playground") / "log"
    with log.open("w") as errors:
        program = subprocess.Popen(
            [sys.executable, "-m", "playground"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert program.stdout
        lines = (line.strip() for line in program.stdout)
        found = next((line for line in lines if ADDRESS.match(line)), None)
        try:
            assert found, f"the playground did not start: {log.read_text()}"
            yield found
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(timeout=60)


@pytest.fixture
def window(chromium: Browser, address: str) -> Iterator[Page]:
    """A window on the playground that tolerates no script error and no foreign request."""
    page = chromium.new_page(viewport={"width": 1280, "height": 860})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda sent: sent.url.startswith(address) or wrong.append(sent.url))
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page.goto(address)
    yield page
    if page.get_by_test_id("modal-x").count():
        page.get_by_test_id("modal-x").click()
        expect(page.get_by_test_id("modal")).not_to_be_attached()
    page.close()
    assert wrong == []


def typed(page: Page, text: str) -> None:
    """Writes to whom is open, or types a command."""
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def closed(page: Page) -> None:
    """The whole stack of modals goes away."""
    page.get_by_test_id("modal-x").click()
    expect(page.get_by_test_id("modal")).not_to_be_attached()


def picture(page: Page, name: str) -> None:
    """Keeps what the window shows, for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
