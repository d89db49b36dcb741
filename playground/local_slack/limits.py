"""What Slack refuses in blocks and views, in Slack's own words.

`problems(blocks, surface)` and `view_problems(view)` return one sentence per problem, shaped like
the `response_metadata.messages` of a real refusal; an empty list means Slack would take it.
The tables themselves are in `limits_tables.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from .limits_checks import fault, no_longer_than
from .limits_tables import BLOCKS, HOME, MODAL, SURFACES

Surface = Literal["message", "modal", "home"]

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MOST_TEXT_IN_MESSAGE_BLOCKS = 12_000
"""Undocumented total over all texts of a message; more is `msg_blocks_too_long`
(slackapi/bolt-js#2509)."""
MOST_MESSAGE_TEXT = 40_000
MOST_MARKDOWN = 12_000
LARGEST_VIEW_BYTES = 250_000


def problems(blocks: Any, surface: Surface = "message") -> list[str]:
    """Everything Slack would refuse in these blocks on this surface."""
    return list(_in_blocks(blocks, surface, "/blocks"))


def view_problems(view: Any) -> list[str]:
    """Everything Slack would refuse in this modal or Home view."""
    if not isinstance(view, dict):
        return [fault("must provide an object", "/view")]
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [fault(f"unsupported type: {kind}", "/view/type")]
    shape = MODAL if kind == "modal" else HOME
    found = list(shape(view, "/view"))
    found += _in_blocks(view.get("blocks", []), kind, "/view/blocks")
    found += _about_the_whole_view(view)
    return found


def text_length(blocks: Any) -> int:
    """How many characters of text the blocks hold together, as Slack counts for messages."""
    return sum(len(text) for text in texts_in(blocks))


def texts_in(thing: Any) -> Iterator[str]:
    """Every `text` string at any depth, in reading order."""
    if isinstance(thing, list):
        for item in thing:
            yield from texts_in(item)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts_in(value)


def _in_blocks(blocks: Any, surface: Surface, path: str) -> Iterator[str]:
    if not isinstance(blocks, list):
        yield fault("must be a valid list of blocks", path)
        return
    yield from no_longer_than(MOST_BLOCKS[surface], blocks, path)
    for index, block in enumerate(blocks):
        yield from _in_block(block, surface, f"{path}/{index}")
    yield from _twice("block_id", blocks, path)
    yield from _about_the_whole(blocks, path)


def _in_block(block: Any, surface: Surface, path: str) -> Iterator[str]:
    kind = block.get("type") if isinstance(block, dict) else None
    shape = BLOCKS.get(kind) if isinstance(kind, str) else None
    if shape is None or not isinstance(kind, str):
        yield fault(f"unsupported type: {kind}", f"{path}/type")
        return
    if surface not in SURFACES.get(kind, (surface,)):
        yield fault(f"unsupported type: {kind} on this surface ({surface})", f"{path}/type")
    yield from shape(block, path)
    yield from _twice("action_id", _elements(block), path)


def _about_the_whole(blocks: list[Any], path: str) -> Iterator[str]:
    known = [block for block in blocks if isinstance(block, dict)]
    markdown = sum(len(str(b.get("text", ""))) for b in known if b.get("type") == "markdown")
    if markdown > MOST_MARKDOWN:
        yield fault(f"markdown text must be less than {MOST_MARKDOWN + 1} characters", path)
    if sum(b.get("type") == "table" for b in known) > 1:
        yield fault("only one table block is allowed", path)
    if sum(bool(e.get("focus_on_load")) for b in known for e in _elements(b)) > 1:
        yield fault("only one element may have focus_on_load", path)


def _about_the_whole_view(view: dict[str, Any]) -> Iterator[str]:
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return
    has_input = any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if view["type"] == "modal" and has_input and not view.get("submit"):
        yield fault("missing required field: submit, required when there are inputs", "/view")
    if len(repr(view).encode()) > LARGEST_VIEW_BYTES:
        yield fault("view_too_large: must be less than 250kb", "/view")


def _elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    elements = block.get("elements") if block.get("type") != "rich_text" else None
    candidates = list(elements) if isinstance(elements, list) else []
    candidates += [block.get("element"), block.get("accessory")]
    return [element for element in candidates if isinstance(element, dict)]


def _twice(key: str, things: list[Any], path: str) -> Iterator[str]:
    seen: set[str] = set()
    for index, thing in enumerate(things):
        name = thing.get(key) if isinstance(thing, dict) else None
        if isinstance(name, str):
            if name in seen:
                yield fault(f"`{key}` already exists: {name}", f"{path}/{index}/{key}")
            seen.add(name)
