"""Block Kit elements: their ids, what they hold, and how a value is put in.

A *value* is what stands in `state.values` for one element, for example
`{"type": "datepicker", "selected_date": "2026-11-30"}`.
"""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from .limits_checks import options_of
from .model import Blocks, Json, State

HOLDS: dict[str, str] = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
"""Element type -> the key of its value in `state.values`."""

MOST_FILES = 10
STATELESS = ("button", "overflow", "image")


def with_ids(blocks: Blocks) -> Blocks:
    """A copy in which every block and element has the ids that Slack would give it."""
    named = copy.deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            if element.get("type") in HOLDS or element.get("type") == "button":
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return named


def elements_of(block: Json) -> list[Json]:
    """The interactive elements and images of one block."""
    if block.get("type") == "actions":
        return list(block["elements"])
    return [block[key] for key in ("element", "accessory") if isinstance(block.get(key), dict)]


def interactive(blocks: Blocks) -> Iterator[tuple[Json, Json]]:
    """(block, element) for everything that can be pressed, picked or filled in."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("action_id"):
                yield block, element


def first_state(blocks: Blocks) -> State:
    """`state.values` before anyone touched anything."""
    state: State = {}
    for block, element in interactive(blocks):
        if element["type"] not in STATELESS:
            state.setdefault(block["block_id"], {})[element["action_id"]] = first_value(element)
    return state


def first_value(element: Json) -> Json:
    kind = element["type"]
    key = HOLDS[kind]
    name = "value" if key.endswith("value") else key.removeprefix("selected_")
    initial = element.get(f"initial_{name}")
    if initial is None and key.endswith("s"):
        initial = []
    return {"type": kind, key: initial}


def is_empty(value: Json) -> bool:
    held = value[HOLDS[value["type"]]]
    return held is None or held == [] or (isinstance(held, str) and not held.strip())


def filled(element: Json, given: Any) -> Json:
    """The value of the element once a person put `given` in.

    Options go by their text (a list for those that take several), dates and times as text or
    `date`/`time`, people and channels by id; None, "" or [] empties it. Raises LookupError, naming
    what there is, when the option does not exist, or when there is no room for so many.
    """
    kind = element["type"]
    key = HOLDS[kind]
    if given in (None, "", []):
        return {"type": kind, key: [] if key.endswith("s") else None}
    if kind == "file_input":
        return {"type": kind, key: list(given)[: element.get("max_files", MOST_FILES)]}
    if key.endswith("s"):
        return {"type": kind, key: _several(element, given)}
    if key == "selected_option":
        return {"type": kind, key: option_called(element, given)}
    if isinstance(given, datetime):
        given = int(given.timestamp())
    elif isinstance(given, date):
        given = given.isoformat()
    elif isinstance(given, time):
        given = given.strftime("%H:%M")
    return {"type": kind, key: given}


def _several(element: Json, given: Any) -> list[Any]:
    items = list(given) if isinstance(given, (list, tuple)) else [given]
    most = element.get("max_selected_items", len(items))
    if len(items) > most:
        raise LookupError(f"No more than {most} can be chosen there, not {len(items)}.")
    if HOLDS[element["type"]] == "selected_options":
        return [option_called(element, item) for item in items]
    return items


def option_called(element: Json, wanted: Any) -> Json:
    """The option with this text or value; failing that, the only one whose text contains it."""
    options: Blocks = options_of(element)
    for option in options:
        if wanted in (option, option["text"]["text"], option["value"]):
            return option
    near = [o for o in options if str(wanted).casefold() in o["text"]["text"].casefold()]
    if len(near) == 1:
        return near[0]
    there = ", ".join(repr(o["text"]["text"]) for o in options)
    raise LookupError(f"No single option {wanted!r}; there is {there}")


def complaint(block: Json, value: Json) -> str | None:
    """What Slack itself says under a field before it hands a form to the app."""
    element = block["element"]
    if is_empty(value):
        return None if block.get("optional") else "Please complete this required field."
    typed = value.get("value")
    if not isinstance(typed, str):
        return None
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(typed) < least:
        return f"Please enter at least {least} characters."
    if len(typed) > most:
        return f"Please enter no more than {most} characters."
    return None
