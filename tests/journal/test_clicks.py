"""How far it is from the first press to the saved confirmation, in a real browser, for every way.

Clicks are asserted, sending with Enter counts as one; seconds of bot time are printed (`-s`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from playground import browser as pages
from playground.cast import ADA, furnish
from playground.local_slack import LocalSlack
from tests.bench import Bench
from tests.journal.reacting import reacting_manifest

pytestmark = pytest.mark.browser
TEXT = "I mentored a newer colleague through their first incident, and they led the next one."
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The real bot behind the playground's page, for all ways; Ada is placed."""
    folder, page = tmp_path_factory.mktemp("clicks"), pages.Page()
    with LocalSlack(manifest=reacting_manifest(), pages=page.routes) as slack:
        furnish(slack)
        page.ready()
        with Bench(slack, f"sqlite:///{folder}/rung.db", Path(folder)) as running:
            running.place(ADA)
            running.bot.advice.prepare()
            yield running
        assert slack.refusals == []


class Hand:
    """Somebody at the page, whose clicks are counted, and the seconds that the bot took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.seconds = 0.0
        self.modal = page.get_by_test_id("modal")
        page.on("response", self._add)

    def click(self, what: Locator | str) -> None:
        target = self.page.get_by_test_id(what) if isinstance(what, str) else what
        target.click()
        self.clicks += 1

    def send(self, text: str) -> None:
        self.page.get_by_test_id("composer").fill(text)
        self.page.get_by_test_id("composer").press("Enter")
        self.clicks += 1

    def last(self) -> Locator:
        return self.page.get_by_test_id("message").last

    def on_a_message(self, choice: str) -> None:
        """Chooses in the menu of the latest message of #general."""
        self.page.get_by_test_id("channel-general").click()
        message = self.page.get_by_test_id("message").nth(2)
        message.hover()
        self.click(message.get_by_test_id("message-menu"))
        self.click(choice)

    def save(self, *, suggested: bool) -> None:
        """Writes what happened, and saves; a form that comes back is saved once more."""
        self.modal.get_by_label("What happened").fill(TEXT)
        self.click("modal-submit")
        if suggested:
            expect(self.modal).to_contain_text("Suggested, like")
            self.click("modal-submit")
        expect(self.modal).to_contain_text("Undo")
        expect(self.modal).to_contain_text("Edit")

    def _add(self, response: Response) -> None:
        if "/act/" in response.url and response.ok:
            self.seconds += response.json().get("elapsedS") or 0


@pytest.fixture
def hand(chromium: Browser, bench: Bench) -> Iterator[Hand]:
    window = chromium.new_page(viewport={"width": 1280, "height": 860})
    window.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    window.goto(bench.slack.url)
    window.get_by_test_id("dm-rung").click()
    before = len(bench.rows("entries"))
    yield Hand(window)
    window.close()
    if bench.slack.modal(ADA):
        bench.slack.close_modal(ADA, whole_stack=True)
    assert len(bench.rows("entries")) == before + 1


def told(way: str, hand: Hand, clicks: int) -> None:
    print(f"\n{way}: {hand.clicks} clicks, {hand.seconds:.2f} s of bot time")
    assert hand.clicks == clicks


def test_the_word_log(hand: Hand) -> None:
    hand.send(f"/ladder log {TEXT}")
    expect(hand.modal).to_contain_text("Suggested, like")
    hand.click("modal-submit")
    expect(hand.modal).to_contain_text("Undo")
    told("/ladder log", hand, 2)


def test_writing_to_the_bot(hand: Hand) -> None:
    hand.send(TEXT)
    hand.click(hand.last().get_by_role("button", name="Save under"))
    expect(hand.last()).to_contain_text("Undo")
    told("writing to the bot", hand, 2)


def test_the_message_shortcut(hand: Hand) -> None:
    hand.on_a_message("shortcut-save_as_example")
    hand.save(suggested=True)
    told("message shortcut", hand, 4)


def test_the_reaction(hand: Hand) -> None:
    hand.on_a_message("react-seedling")
    hand.click("dm-rung")
    hand.click(hand.last().get_by_role("button", name="Log an example"))
    hand.save(suggested=True)
    told("reaction", hand, 6)


def test_the_global_shortcut(hand: Hand) -> None:
    hand.click("shortcuts")
    hand.click("shortcut-log_example")
    hand.save(suggested=True)
    told("global shortcut", hand, 4)


def test_the_nudge(hand: Hand, bench: Bench) -> None:
    bench.tick("2026-12-03T11:40:00+01:00")
    expect(hand.last()).to_contain_text("Why this?")
    hand.click(hand.last().get_by_role("button", name="Log an example"))
    hand.save(suggested=False)
    told("nudge", hand, 2)
