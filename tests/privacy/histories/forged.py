"""What others could press, pressed by somebody who never saw it; their forms, sent by that one."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace

from playground.local_slack import forging
from playground.local_slack.model import Message, View
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
    if press.stack:
        view = _as_own(press.stack[-1], user)
        space.modals[user] = [view]
        people.act_on_view(user, view, press.block, press.element, press.value)
    else:
        room = space.dm_of(user)
        message = replace(press.message or Message("1796000000.000100", "", ""), channel=room.id)
        people.act_on_message(user, message, press.block, press.element, press.value)
    stage.settle()


def forms(presses: Iterable[Press]) -> Iterator[View]:
    """Each form on which one of them stood, once."""
    known: set[str] = set()
    for press in presses:
        view = press.stack[-1] if press.stack else None
        if view and view.body.get("submit") and view.payload()["private_metadata"] not in known:
            known.add(view.payload()["private_metadata"])
            yield view


def send(stage: Stage, user: str, view: View) -> str:
    """Submits a form that was open on somebody else's screen; gives what Slack was answered."""
    stage.clear_screen(user)
    mine = _as_own(view, user)
    stage.slack.workspace.modals[user] = [mine]
    answer = stage.slack.forge("interactive", forging.submission(user, mine))
    return stage.done(answer).body


def _as_own(view: View, user: str) -> View:
    mine = copy.deepcopy(view)
    mine.user, mine.id = user, stage_id(view, user)
    return mine


def stage_id(view: View, user: str) -> str:
    """An id for the copy, as Slack would not have given it."""
    return f"{view.id}{user}"
