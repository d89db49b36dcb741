"""What can be done on the page; each act takes JSON and gives back what came of it as JSON.

Every act names the person as `me`. Values of fields are `given`: text, an option's value, a date,
a person's id, or a list of those.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from ..clock import MOVES, Clock
from ..local_slack import Answer, LocalSlack, Message, View
from ..local_slack.elements import filled, interactive
from ..local_slack.model import Json, Refused

DEFAULT_ZONE = "Etc/UTC"
NOT_IN_THREADS = "Commands do not work in threads. Type it in the field at the bottom."
QUIET = timedelta(hours=1)


class BadRequest(Exception):
    """The page asked for something that is not there (any more)."""


Found = TypeVar("Found")
Act = Callable[[LocalSlack, Clock | None, Json], Json]


def say(slack: LocalSlack, _clock: Clock | None, wanted: Json) -> Json:
    """A message, also in a `thread`, or a slash command when it starts with one."""
    text, channel = str(wanted["text"]).strip(), str(wanted["channel"])
    thread = _thread(slack, wanted)
    if not text:
        raise BadRequest("There is nothing to send.")
    if text.startswith("/"):
        if thread:
            return _told(Answer(trouble=NOT_IN_THREADS))
        return _told(slack.people.command(wanted["me"], text, channel))
    _, answer = slack.people.write(wanted["me"], text, channel, thread)
    return _told(answer)


def use(slack: LocalSlack, _clock: Clock | None, wanted: Json) -> Json:
    """Press a button or choose in a menu, in a message or in a view."""
    place = _place(slack, wanted)
    block, element = _element(place, wanted["block"], wanted["action"])
    value = None if element["type"] == "button" else filled(element, wanted.get("given"))
    if isinstance(place, View):
        return _told(slack.people.act_on_view(wanted["me"], place, block, element, value))
    return _told(slack.people.act_on_message(wanted["me"], place, block, element, value))


def submit(slack: LocalSlack, _clock: Clock | None, wanted: Json) -> Json:
    """Submit the modal on top with the fields as they are on the page."""
    view = _view(slack, wanted)
    for block_id, fields in wanted["fields"].items():
        for action_id, given in fields.items():
            _, element = _element(view, block_id, action_id)
            view.state[block_id][action_id] = filled(element, given)
    return _told(slack.people.submit(view))


def close(slack: LocalSlack, _clock: Clock | None, wanted: Json) -> Json:
    view = _view(slack, wanted)
    return _told(slack.people.close(view, whole_stack=bool(wanted.get("all"))))


def shortcut(slack: LocalSlack, _clock: Clock | None, wanted: Json) -> Json:
    if not wanted.get("ts"):
        return _told(slack.people.global_shortcut(wanted["me"], wanted["callback"]))
    message = _found(lambda: slack.workspace.message(wanted["channel"], wanted["ts"]))
    return _told(slack.people.message_shortcut(wanted["me"], wanted["callback"], message))


def react(slack: LocalSlack, _clock: Clock | None, wanted: Json) -> Json:
    """Add the emoji to a message, or take it back when it is there from this person."""
    message = _found(lambda: slack.workspace.message(wanted["channel"], wanted["ts"]))
    there = wanted["me"] in message.reactions.get(wanted["emoji"], [])
    act = slack.people.unreact if there else slack.people.react
    return _told(act(wanted["me"], message, wanted["emoji"]))


def look(slack: LocalSlack, _clock: Clock | None, wanted: Json) -> Json:
    """Open the bot's `home` or `messages` tab."""
    if wanted["tab"] not in ("home", "messages"):
        raise BadRequest("There is no such tab.")
    return _told(slack.people.open_app(wanted["me"], wanted["tab"]))


def move_clock(slack: LocalSlack, clock: Clock | None, wanted: Json) -> Json:
    if clock is None:
        raise BadRequest("The clock is not there yet.")
    if wanted["move"] not in MOVES:
        raise BadRequest("The clock knows no such move.")
    person = _found(lambda: slack.workspace.person(wanted["me"]))
    clock.move(wanted["move"], person.tz or DEFAULT_ZONE)
    return {"now": slack.workspace.now()}


def quiet(slack: LocalSlack, _clock: Clock | None, wanted: Json) -> Json:
    """Do Not Disturb for an hour, or for no longer."""
    person = _found(lambda: slack.workspace.person(wanted["me"]))
    now = datetime.fromtimestamp(slack.workspace.now(), UTC)
    slack.set_dnd(person.id, now if wanted["on"] else None, now + QUIET)
    return {}


ACTS: dict[str, Act] = {
    "say": say,
    "use": use,
    "submit": submit,
    "close": close,
    "shortcut": shortcut,
    "react": react,
    "look": look,
    "clock": move_clock,
    "quiet": quiet,
}


def _told(answer: Answer) -> Json:
    return {
        "status": answer.status,
        "elapsedS": round(answer.elapsed_s, 3),
        "trouble": answer.trouble,
        "errors": answer.errors,
    }


def _thread(slack: LocalSlack, wanted: Json) -> str | None:
    """The root of the thread of the message that is answered; a reply is no root itself."""
    if not wanted.get("thread"):
        return None
    message = _found(lambda: slack.workspace.message(wanted["channel"], wanted["thread"]))
    return message.thread_ts or message.ts


def _place(slack: LocalSlack, wanted: Json) -> Message | View:
    if wanted.get("view"):
        return _view(slack, wanted)
    return _found(lambda: slack.workspace.message(wanted["channel"], wanted["ts"]))


def _view(slack: LocalSlack, wanted: Json) -> View:
    view = _found(lambda: slack.workspace.view(wanted["view"]))
    if view.user != wanted["me"]:
        raise BadRequest("That view is on somebody else's screen.")
    return view


def _element(place: Message | View, block_id: str, action_id: str) -> tuple[Json, Json]:
    for block, element in interactive(place.blocks):
        if (block["block_id"], element["action_id"]) == (block_id, action_id):
            return block, element
    raise BadRequest("That is not there any more.")


def _found(find: Callable[[], Found]) -> Found:
    try:
        return find()
    except Refused:
        raise BadRequest("That is not there any more.") from None
