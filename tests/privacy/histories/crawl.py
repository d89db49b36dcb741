"""Whatever somebody can press, pressed once each, from every view that they can open."""

from __future__ import annotations

import copy
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playground.local_slack.elements import HOLDS, interactive
from playground.local_slack.limits_checks import options_of
from playground.local_slack.model import Json, Message, View
from tests.privacy.histories.stage import Stage
from tests.privacy.histories.views import files, seen, views

MOST_PRESSES = 60
MOST_CHOICES = 2
MOST_OF_A_KIND = 3
LADDER = "ladder."
"""The ladder is everybody's: what its many buttons carry is nobody's in particular."""

CHANGES = re.compile(
    "|".join(
        (
            r"^journal\.(delete|undo|bring_back|keep|drop)",
            r"^people\.(yes|no|my_yes|my_no)\b",
            r"^sharing\.(take_back|mark)",
            r"^own_data\.drop_files",
            r"^(pairs|one_on_ones)\.(yes|no|end|skip|ask_again)\b",
            r"^page\.(untick|reopen)",
            r"\bdo\b\W+(discussed|done)\b",
            r"^nudges\.(?!settings)",
            r"^ladder\.post",
        )
    )
)
"""What changes something, by the name of the press, is not for looking."""

Watch = Callable[[str, str], None]
"""Called with where somebody was, and all that they saw there."""


@dataclass(frozen=True)
class Press:
    """Something that can be pressed, with the screen on which it was found.

    `stack` are the modals as they were, the one it stands in on top; `message` is where it stands
    otherwise, and neither means the Home tab.
    """

    block: Json
    element: Json
    value: Json | None
    message: Message | None
    stack: tuple[View, ...]

    @property
    def action_id(self) -> str:
        """The id of the button or menu."""
        return str(self.element["action_id"])

    @property
    def kind(self) -> str:
        """Those of one id are alike, whatever follows a colon, and all of the ladder's."""
        return LADDER if self.action_id.startswith(LADDER) else self.action_id.partition(":")[0]

    @property
    def name(self) -> str:
        """What it is and what it is about; the same name is pressed once."""
        option = (self.value or {}).get("selected_option") or self.element
        return f"{self.action_id} {option.get('value', '')}"

    @property
    def looks_only(self) -> bool:
        """Whether pressing it changes nothing."""
        return not CHANGES.search(self.name)


def crawl(stage: Stage, user: str, watch: Watch, most: int = MOST_PRESSES) -> list[Press]:
    """Opens every view and presses what is there, breadth first; gives all that could be pressed.

    Those of a kind are pressed a few times only, and no more than `most` in all.
    """
    found: dict[str, Press] = {}
    waiting: deque[Press] = deque()
    there = {message.ts for message in stage.messages(user)}

    def look(where: str, text: str) -> None:
        watch(where, text)
        for press in _pressable(stage, user):
            if press.name not in found:
                found[press.name] = press
                waiting.append(press)
        stage.take_away(each for each in stage.messages(user) if each.ts not in there)

    for name, view in views(stage):
        look(name, seen(stage, user, view))
    stage.clear_screen(user)
    pressed: dict[str, int] = {}
    while waiting and sum(pressed.values()) < most:
        press = waiting.popleft()
        times = pressed.get(press.kind, 0)
        if press.looks_only and times < MOST_OF_A_KIND:
            pressed[press.kind] = times + 1
            act(stage, user, press)
            look(press.name, f"{stage.shown(user)}\n{files(stage, user)}")
    stage.clear_screen(user)
    return list(found.values())


def act(stage: Stage, user: str, press: Press) -> None:
    """Presses it on the screen as it was."""
    people, modals = stage.slack.people, stage.slack.workspace.modals
    stack = [copy.deepcopy(view) for view in press.stack]
    modals[user] = stack
    if press.message:
        stage.put_back(press.message)
        people.act_on_message(user, press.message, press.block, press.element, press.value)
    else:
        where = stack[-1] if stack else stage.slack.home(user)
        people.act_on_view(user, where, press.block, press.element, press.value)
    stage.settle()


def _pressable(stage: Stage, user: str) -> Iterator[Press]:
    """What is on the screen: on the modal on top, in messages, on the Home tab."""
    space = stage.slack.workspace
    stack = tuple(copy.deepcopy(space.modals.get(user, [])))
    if stack:
        yield from _presses(stack[-1].blocks, None, stack)
    for message in stage.messages(user):
        yield from _presses(message.blocks, message, ())
    if user in space.homes:
        yield from _presses(space.homes[user].blocks, None, ())


def _presses(
    blocks: list[Json], message: Message | None, stack: tuple[View, ...]
) -> Iterator[Press]:
    for block, element in interactive(blocks):
        if element["type"] == "button":
            yield Press(block, element, None, message, stack)
        elif HOLDS.get(element["type"]) == "selected_option" and block["type"] != "input":
            for option in options_of(element)[:MOST_CHOICES]:
                value = {"type": element["type"], "selected_option": option}
                yield Press(block, element, value, message, stack)
