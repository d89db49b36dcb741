"""Block Kit in a few checked builders: plain dicts out, Slack's limits never exceeded.

Source of every number: Slack's Block Kit reference. A builder clips what people wrote where a
clipped text still serves, and raises LimitError where a programmer has to split it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from bot.slack.text import SECTION_CHARS, chunks, clip

Block = dict[str, Any]
View = dict[str, Any]
Message = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARS = 10_000
HEADER_CHARS = 150
BUTTON_CHARS = 75
OPTION_CHARS = 75
OPTION_VALUE_CHARS = 150
OVERFLOW = 5
TITLE_CHARS = 24
VALUE_CHARS = 2000
METADATA_CHARS = 3000
INPUT_CHARS = 3000
ACTIONS = 25
OPTIONS = 100
CHOICES = 10
ALT_CHARS = 2000


class LimitError(ValueError):
    """A message or view would be refused by Slack; the caller has to split it."""


def plain(text: str, limit: int) -> Block:
    """A plain_text object; Slack refuses an empty one, so a blank becomes a dash."""
    return {"type": "plain_text", "text": clip(text, limit) or "–", "emoji": True}


def header(text: str) -> Block:
    """A large line; shows no formatting, so the text needs no escaping."""
    return {"type": "header", "text": plain(text, HEADER_CHARS)}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of mrkdwn that is already escaped."""
    if not 0 < len(text) <= SECTION_CHARS:
        raise LimitError(f"a section holds 1 to {SECTION_CHARS} characters, not {len(text)}")
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return block | {"accessory": accessory} if accessory else block


def paragraphs(lines: Iterable[str]) -> list[Block]:
    """As many sections as the lines need."""
    return [section(piece) for piece in chunks(lines)]


def context(text: str) -> Block:
    """A small grey line of mrkdwn that is already escaped."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": clip(text, SECTION_CHARS)}]}


def image(file_id: str, alt_text: str) -> Block:
    """A picture that was uploaded to Slack, where whoever sees it can open the file.

    Slack draws it in messages, modals and Home tabs; a file that is gone, or still being taken
    in, makes it refuse the whole.
    """
    shown = {"id": file_id}
    return {"type": "image", "slack_file": shown, "alt_text": clip(alt_text, ALT_CHARS)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def button(text: str, action_id: str, value: str = "", *, style: str = "") -> Block:
    """A button; `style` is "primary", "danger" or nothing."""
    if len(value) > VALUE_CHARS:
        raise LimitError(f"a button's value holds {VALUE_CHARS} characters, not {len(value)}")
    block: Block = {"type": "button", "text": plain(text, BUTTON_CHARS), "action_id": action_id}
    return block | ({"value": value} if value else {}) | ({"style": style} if style else {})


def confirmed(element: Block, title: str, text: str, yes: str, no: str = "Cancel") -> Block:
    """The element, with a question before it acts."""
    return element | {
        "confirm": {
            "title": plain(title, 100),
            "text": plain(text, 300),
            "confirm": plain(yes, 30),
            "deny": plain(no, 30),
        }
    }


def actions(*elements: Block) -> Block:
    """A row of buttons and menus."""
    if not 0 < len(elements) <= ACTIONS:
        raise LimitError(f"a row holds 1 to {ACTIONS} elements, not {len(elements)}")
    return {"type": "actions", "elements": list(elements)}


def option(text: str, value: str) -> Block:
    """One choice of a menu; raises LimitError for a value that Slack would refuse."""
    if not 0 < len(value) <= OPTION_VALUE_CHARS:
        raise LimitError(f"an option's value holds 1 to {OPTION_VALUE_CHARS} characters")
    return {"text": plain(text, OPTION_CHARS), "value": value}


def select(
    action_id: str, options: Sequence[Block], *, chosen: str = "", placeholder: str = "Choose"
) -> Block:
    """A menu of at most 100 options; `chosen` is the value selected at first."""
    if not 0 < len(options) <= OPTIONS:
        raise LimitError(f"a menu holds 1 to {OPTIONS} options, not {len(options)}")
    menu: Block = {
        "type": "static_select",
        "action_id": action_id,
        "options": list(options),
        "placeholder": plain(placeholder, 150),
    }
    initial = next((o for o in options if o["value"] == chosen), None)
    return menu | {"initial_option": initial} if initial else menu


def multi_select(
    action_id: str, options: Sequence[Block], chosen: Collection[str] = (), *, most: int
) -> Block:
    """A menu in which up to `most` options can be chosen; `chosen` are the values at first."""
    menu = select(action_id, options) | {"type": "multi_static_select", "max_selected_items": most}
    initial = [each for each in options if each["value"] in chosen][:most]
    return menu | ({"initial_options": initial} if initial else {})


def radio(action_id: str, options: Sequence[Block], *, chosen: str = "") -> Block:
    """One of at most ten choices, all of them in sight."""
    if not 0 < len(options) <= CHOICES:
        raise LimitError(f"there are 1 to {CHOICES} choices, not {len(options)}")
    initial = [each for each in options if each["value"] == chosen]
    element = {"type": "radio_buttons", "action_id": action_id, "options": list(options)}
    return element | ({"initial_option": initial[0]} if initial else {})


def ticks(action_id: str, options: Sequence[Block], chosen: Collection[str] = ()) -> Block:
    """At most ten boxes to tick; `chosen` are the values that are ticked at first."""
    if not 0 < len(options) <= CHOICES:
        raise LimitError(f"there are 1 to {CHOICES} boxes, not {len(options)}")
    initial = [each for each in options if each["value"] in chosen]
    element = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    return element | ({"initial_options": initial} if initial else {})


def named_choice(mrkdwn: str, value: str, description: str = "") -> Block:
    """A choice for `radio` whose escaped words may mention a person; menus take no mentions."""
    choice: Block = {"text": {"type": "mrkdwn", "text": clip(mrkdwn, OPTION_CHARS)}, "value": value}
    return choice | ({"description": plain(description, OPTION_CHARS)} if description else {})


def grouped_select(
    action_id: str,
    groups: Sequence[tuple[str, Sequence[Block]]],
    *,
    chosen: str = "",
    placeholder: str = "Choose",
    with_names: bool = False,
) -> Block:
    """A menu whose options come in named groups: plain while 100 suffice, grouped beyond.

    `with_names` shows the groups' names whenever there are several. Slack takes 100 groups of 100
    options; what is beyond that is left out.
    """
    everything = [item for _, options in groups for item in options]
    menu = select(action_id, everything[:OPTIONS], chosen=chosen, placeholder=placeholder)
    if len(everything) <= OPTIONS and not (with_names and len(groups) > 1):
        return menu
    shown = [(name, list(options[:OPTIONS])) for name, options in groups[:OPTIONS] if options]
    initial = [item for _, options in shown for item in options if item["value"] == chosen]
    named = [{"label": plain(name, OPTION_CHARS), "options": options} for name, options in shown]
    kept = {key: menu[key] for key in ("type", "action_id", "placeholder")}
    return kept | {"option_groups": named} | ({"initial_option": initial[0]} if initial else {})


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """Three dots with at most five choices behind them."""
    if not 0 < len(options) <= OVERFLOW:
        raise LimitError(f"an overflow menu holds 1 to {OVERFLOW} options, not {len(options)}")
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def text_input(
    action_id: str, initial: str = "", *, multiline: bool = False, placeholder: str = ""
) -> Block:
    """A field to write in, up to 3,000 characters."""
    field: Block = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": INPUT_CHARS,
    }
    if placeholder:
        field["placeholder"] = plain(placeholder, 150)
    return field | {"initial_value": clip(initial, INPUT_CHARS)} if initial else field


def file_input(action_id: str, endings: Sequence[str]) -> Block:
    """A place to put one file, in a modal alone; Slack wants the scope `files:read` for it."""
    return {
        "type": "file_input",
        "action_id": action_id,
        "filetypes": list(endings),
        "max_files": 1,
    }


def date_input(action_id: str, initial: date | None = None) -> Block:
    """A calendar; answers with `YYYY-MM-DD`."""
    element: Block = {"type": "datepicker", "action_id": action_id}
    return element | {"initial_date": initial.isoformat()} if initial else element


def time_input(action_id: str, initial: str) -> Block:
    """A clock; takes and answers `HH:MM` on the wall of the person's own zone."""
    return {"type": "timepicker", "action_id": action_id, "initial_time": initial}


def user_select(action_id: str, initial: str = "") -> Block:
    """A menu of the workspace's people; answers with a user id."""
    menu: Block = {
        "type": "users_select",
        "action_id": action_id,
        "placeholder": plain("Choose a person", 150),
    }
    return menu | {"initial_user": initial} if initial else menu


def field(
    block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False
) -> Block:
    """A labelled input of a modal; `block_id` is the name its answer and its errors go by."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    return block | {"hint": plain(hint, 2000)} if hint else block


def message(text: str, blocks: Sequence[Block] = ()) -> Message:
    """A message: `text` is what notifications and screen readers say, escaped like the blocks."""
    if len(blocks) > MESSAGE_BLOCKS:
        raise LimitError(f"a message holds {MESSAGE_BLOCKS} blocks, not {len(blocks)}")
    body: Message = {"text": clip(text, SECTION_CHARS)}
    return body | {"blocks": list(blocks)} if blocks else body


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str = "",
    submit: str = "",
    state: str = "",
    close: str = "Close",
) -> View:
    """A modal; `state` comes back as private_metadata when it is submitted."""
    if not 0 < len(blocks) <= VIEW_BLOCKS or len(state) > METADATA_CHARS:
        raise LimitError(f"a modal holds {VIEW_BLOCKS} blocks and {METADATA_CHARS} of state")
    view: View = {
        "type": "modal",
        "title": plain(title, TITLE_CHARS),
        "close": plain(close, TITLE_CHARS),
        "blocks": list(blocks),
        "private_metadata": state,
    }
    if callback_id:
        view["callback_id"] = callback_id
    return view | {"submit": plain(submit, TITLE_CHARS)} if submit else view


def notice(title: str, text: str) -> View:
    """A modal that only says something; the text is escaped already."""
    return modal(title, paragraphs([text]))


def home_tab(blocks: Sequence[Block], *, state: str = "") -> View:
    """The Home tab of one person; `state` comes back with whatever is pressed in it."""
    if not 0 < len(blocks) <= VIEW_BLOCKS or len(state) > METADATA_CHARS:
        raise LimitError(f"a Home tab holds {VIEW_BLOCKS} blocks and {METADATA_CHARS} of state")
    view: View = {"type": "home", "blocks": list(blocks)}
    return view | ({"private_metadata": state} if state else {})


def weight(blocks: Iterable[Block]) -> int:
    """Characters of text in the blocks, as Slack counts them for its limit on a message."""
    return sum(_characters(block) for block in blocks)


def size(blocks: Sequence[Block]) -> int:
    """Bytes of the blocks; a view may have 250,000, with all that is around them."""
    return len(json.dumps(blocks, ensure_ascii=False).encode())


def _characters(value: object) -> int:
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_characters(v) for v in value.values() if not isinstance(v, str))
    return sum(_characters(v) for v in value) if isinstance(value, list) else 0


def pages(blocks: Sequence[Block], *, room: int = 5) -> list[list[Block]]:
    """The blocks in runs that each fit one message, leaving `room` blocks for buttons."""
    runs: list[list[Block]] = [[]]
    for block in blocks:
        full = len(runs[-1]) >= MESSAGE_BLOCKS - room
        heavy = weight(runs[-1]) + weight([block]) > MESSAGE_CHARS - 500
        if runs[-1] and (full or heavy):
            runs.append([])
        runs[-1].append(block)
    return runs
