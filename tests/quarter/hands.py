"""What somebody does in the window, in one line each; every line waits until it is done."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Locator, Page, expect

from playground.cast import CAST
from tests.window import closed, picture, typed

NAMES = {role.id: role.real_name for role in CAST}
TO_THE_WRAP_UP = ("working-day", *5 * ["hour"])


@dataclass(frozen=True)
class Hands:
    """`page` is the window, `address` where the playground is, `first` the day it begins."""

    page: Page
    address: str
    first: date

    def day(self, number: int) -> str:
        """The day that many days after the first, as a form takes it."""
        return (self.first + timedelta(days=number)).isoformat()

    def be(self, user: str) -> None:
        """Goes on as that person, in their messages with the bot."""
        self.page.get_by_test_id(f"person-{user}").click()
        self.page.get_by_test_id("dm-rung").click()
        expect(self.page.get_by_text(f"as {NAMES[user]} · Messages")).to_be_visible()

    def wait(self, *moves: str) -> None:
        """Moves the clock, step by step."""
        for move in moves:
            with self.page.expect_response(lambda answer: answer.url.endswith("/act/clock")):
                self.page.get_by_test_id(f"clock-forward-{move}").click()

    @property
    def modal(self) -> Locator:
        """The modal on top."""
        return self.page.get_by_test_id("modal")

    def open(self, command: str, says: str) -> None:
        """Types a command that opens a modal."""
        typed(self.page, command)
        expect(self.modal).to_contain_text(says)

    def close(self, name: str = "") -> None:
        """Closes every modal; `name` keeps a picture of it before."""
        if name:
            picture(self.page, name)
        closed(self.page)

    def send(self, says: str, **fields: str) -> None:
        """Fills a form by its labels (`_` is a space) and submits it; then the modal says that."""
        for label, value in fields.items():
            self.modal.get_by_label(label.replace("_", " "), exact=True).last.fill(value)
        self.page.get_by_test_id("modal-submit").click()
        expect(self.modal).to_contain_text(says)

    def message(self, says: str) -> Locator:
        """The latest message with these words, once it is there."""
        found = self.page.get_by_test_id("message").filter(has_text=says).last
        expect(found).to_be_visible()
        return found

    def press(self, where: Locator, name: str) -> None:
        """The button with exactly that name."""
        where.get_by_role("button", name=name, exact=True).first.click()

    def choose(self, where: Locator, line: str, choice: str) -> None:
        """In the menu beside a line."""
        row = where.locator(".block-section").filter(has_text=line)
        row.get_by_role("button", name="More").click()
        self.page.get_by_role("menuitem", name=choice).click()

    # one-on-ones

    def wrap_up(self, number: int) -> Locator:
        """The message after the talk of that number, from 1, with the person at hand."""
        every = self.page.get_by_test_id("message").filter(has_text="After your one-on-one with")
        expect(every).to_have_count(number)
        return every.last

    def put_on_agenda(self, *lines: str) -> None:
        """On the nearest page."""
        self.open("/ladder page", "Agenda")
        for line in lines:
            self.press(self.modal, "Add to agenda")
            self.send(line, What_to_talk_about=line)
        self.close()

    def promise(self, text: str, due: str = "") -> None:
        """Promises something oneself, on the nearest page."""
        self.open("/ladder page", "Agenda")
        self.press(self.modal, "Add a promise")
        self.send(text, What=text, **({"Until_when": due} if due else {}))
        self.close()

    def note(self, text: str) -> None:
        """Keeps a private note on the nearest page."""
        self.open("/ladder page", "Agenda")
        self.press(self.modal, "My private notes")
        self.send("Our page", Notes=text)
        self.close()

    def talked(self, number: int, line: str) -> None:
        """Ticks a line of the agenda in the wrap-up."""
        self.choose(self.wrap_up(number), line, "We talked about it")
        expect(self.wrap_up(number)).not_to_contain_text(line)

    def agree(self, number: int, text: str) -> None:
        """Writes down what was agreed, from the wrap-up."""
        self.press(self.wrap_up(number), "What we agreed")
        self.send("Saved.", What_we_agreed=text)
        self.close()

    def keep(self, number: int, text: str) -> None:
        """Says in the wrap-up that a promise was kept."""
        self.choose(self.wrap_up(number), text, "Done")
        expect(self.wrap_up(number)).to_contain_text(f"Done: “{text}”")

    # what there is to read

    def screen(self, user: str) -> str:
        """All that the person has on the screen or can scroll to, with what buttons carry."""
        return json.dumps(self._state(user), ensure_ascii=False)

    def asked(self, user: str) -> list[float]:
        """When the bot asked the person something unasked, in epoch seconds, oldest first."""
        room = next(room for room in self._state(user)["channels"] if room["isDm"])
        questions = re.compile(
            "did something come up|How often shall I ask|Logged, thank you|Nothing this time"
            "|What you promised|Done: “"
        )
        texts = [(float(m["ts"]), m["text"]) for m in room["messages"] if m["author"] != user]
        return sorted(ts for ts, text in texts if questions.search(text))

    def files(self) -> list[str]:
        """The contents of every file that the person at hand got."""
        links = [link.get_attribute("href") for link in self.page.get_by_test_id("file").all()]
        return [self._read(str(link).lstrip("/")).decode() for link in links]

    def _state(self, user: str) -> Any:
        return json.loads(self._read(f"state?me={user}"))

    def _read(self, path: str) -> bytes:
        with urlopen(self.address + path) as answer:
            content: bytes = answer.read()
        return content
