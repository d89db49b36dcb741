"""The story of the README, lived in a real browser against the whole playground and bot."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "build" / "screenshots"
ADDRESS = re.compile(r"^http://127\.0\.0\.1:\d+/$")
PATIENCE_MS = 15_000

pytestmark = pytest.mark.browser


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
            program.wait(timeout=10)


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A window on the playground that tolerates no script error and no foreign request."""
    window = chromium.new_page(viewport={"width": 1280, "height": 860})
    wrong: list[str] = []
    window.on("pageerror", lambda error: wrong.append(str(error)))
    window.on("request", lambda sent: sent.url.startswith(address) or wrong.append(sent.url))
    window.set_default_timeout(PATIENCE_MS)
    window.goto(address)
    yield window
    window.close()
    assert wrong == []


def test_a_week_of_the_product(page: Page) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    _type(page, "/ladder L4")
    answer = _last(page, "ephemeral")
    expect(answer).to_contain_text("L4: Technical Lead")
    expect(answer).to_contain_text("Takes brand new ideas from inception to production")
    alone = answer.get_by_role("button", name="Share in this channel")
    expect(alone, "in one's own messages with the bot nobody else is there").to_have_count(0)
    _picture(page, "1-ladder")

    _type(page, "/ladder log")
    _fill_example(page, "Ben runs the phishing drill alone now, after we prepared it together.")
    _picture(page, "2-saved")
    _close(page)

    page.get_by_test_id("clock-forward-thursday").click()
    nudge = page.get_by_test_id("message").filter(has_text="Why this?").last
    expect(nudge).to_contain_text("did something come up lately?")
    _picture(page, "3-nudge")
    nudge.get_by_role("button", name="Log an example").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_label("What happened").fill("I wrote the runbook that ended the night calls.")
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Saved.")
    _close(page)
    expect(page.get_by_test_id("message").last).to_contain_text("Logged, thank you.")

    _type(page, "/ladder 1on1")
    _last(page, "ephemeral").get_by_role("button", name="Share with my manager").click()
    expect(modal).to_contain_text("This is exactly what")
    expect(modal).to_contain_text("ended the night calls")
    _picture(page, "4-preview")
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Shared:")
    _close(page)

    page.get_by_test_id("person-U0MIA").click()
    page.get_by_test_id("dm-rung").click()
    shared = page.get_by_test_id("message").filter(has_text="ended the night calls")
    expect(shared.last).to_contain_text("shared these examples with you")
    _picture(page, "5-manager")


def test_somebody_new_is_shown_the_first_step_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 740})
    page.get_by_label("People and conversations").and_(page.get_by_role("button")).click()
    page.get_by_test_id("person-U0NOOR").click()
    page.get_by_test_id("dm-rung").click()
    _type(page, "/ladder")
    answer = _last(page, "ephemeral")
    expect(answer).to_contain_text("Tell me where you stand")
    for menu in answer.locator("select").all():
        box = menu.bounding_box()
        assert box and box["x"] + box["width"] <= 375, "a menu reaches over the edge of the phone"
    answer.get_by_role("button", name="Choose my track and level").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_label("Track and level").select_option(
        label="Software Engineering L2: Software Engineer"
    )
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("You are on Software Engineering L2")
    _picture(page, "6-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def _type(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def _close(page: Page) -> None:
    page.get_by_test_id("modal-close").click()
    expect(page.get_by_test_id("modal")).not_to_be_attached()


def _last(page: Page, kind: str) -> Locator:
    return page.get_by_test_id(kind).last


def _fill_example(page: Page, text: str) -> None:
    modal = page.get_by_test_id("modal")
    modal.get_by_label("Competency").select_option(label="🌱 Teaching and Mentoring")
    modal.get_by_label("What happened").fill(text)
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Saved.")


def _picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
