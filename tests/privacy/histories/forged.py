"""What others could press, pressed by somebody who never saw it; their forms, sent by that one.

Whoever forges knows the ids, and none of the words: whatever is seen afterwards came from the bot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from playground.local_slack import forging
from playground.local_slack.model import Message, View
from tests.privacy.histories.canaries import without_canaries
from tests.privacy.histories.crawl import LADDER, Press
from tests.privacy.histories.stage import Stage


def worth_forging(presses: Iterable[Press]) -> list[Press]:
    """Those that carry something of whoever saw them, in themselves or in the view around them."""
    return [
        press
        for press in presses
        if press.kind != LADDER and (press.value or press.element.get("value") or press.stack)
    ]


def forge(stage: Stage, user: str, press: Press) -> None:
    """The very same press, by somebody else, in a place of their own."""
    stage.clear_screen(user)
    people, space = stage.slack.people, stage.slack.workspace
    block, element, value = without_canaries([press.block, press.element, press.value])
    if press.stack:
        view = _as_own(press.stack[-1], user)
        space.modals[user] = [view]
        people.act_on_view(user, view, block, element, value)
    else:
        message = _in_own_room(stage, user, press.message)
        people.act_on_message(user, message, block, element, value)
    stage.settle()


def forms(presses: Iterable[Press]) -> Iterator[View]:
    """Each form on which one of them stood, once."""
    known: set[str] = set()
    for press in presses:
        view = press.stack[-1] if press.stack else None
        if view and view.body.get("submit") and str(view.body) not in known:
            known.add(str(view.body))
            yield view


def send(stage: Stage, user: str, view: View) -> str:
    """Submits a form that was open on somebody else's screen; gives what Slack was answered."""
    mine = _as_own(view, user)
    stage.slack.workspace.modals[user] = [mine]
    answer = stage.slack.forge("interactive", forging.submission(user, mine))
    return stage.done(answer).body


def _as_own(view: View, user: str) -> View:
    body, state = without_canaries([view.body, view.state])
    return View(f"{view.id}{user}", user, body, view.hash, state)


def _in_own_room(stage: Stage, user: str, message: Message | None) -> Message:
    room = stage.slack.workspace.dm_of(user)
    theirs = message or Message("1796000000.000100", room.id, user)
    blocks = without_canaries(theirs.blocks)
    return replace(theirs, channel=room.id, text="", blocks=blocks, files=[])
