"""Finding what a person means: a button by its label, an input by its label, by any of its ids."""

from __future__ import annotations

from typing import Any

from .elements import filled, interactive
from .limits_checks import options_of
from .model import Blocks, Json, View

Found = tuple[Json, Json]
"""A block and the element in it."""


def pressable(blocks: Blocks, wanted: str, index: int | None = None) -> Found:
    """The button with this label (or action id, or value); `index` picks among several.

    Raises LookupError, naming what there is.
    """
    buttons = [(b, e) for b, e in interactive(blocks) if e["type"] == "button"]
    exact = [
        (block, element)
        for block, element in buttons
        if wanted in (element["text"]["text"], element["action_id"], element.get("value"))
    ]
    near = [f for f in buttons if wanted.casefold() in f[1]["text"]["text"].casefold()]
    labels = [element["text"]["text"] for _, element in buttons]
    return _the_one(exact or near, wanted, index, labels)


def selectable(blocks: Blocks, wanted: str, index: int | None = None) -> Found:
    """The menu, picker or checkbox group with this action id, placeholder or section text."""
    menus = [(b, e) for b, e in interactive(blocks) if e["type"] != "button"]
    names = [_menu_names(block, element) for block, element in menus]
    exact = [menu for menu, known in zip(menus, names, strict=True) if wanted in known]
    near = [
        menu
        for menu, known in zip(menus, names, strict=True)
        if any(wanted.casefold() in name.casefold() for name in known)
    ]
    return _the_one(exact or near, wanted, index, [" / ".join(known) for known in names])


def field(view: View, wanted: str) -> Found:
    """The input with this label, block id or action id."""
    inputs = [(block, block["element"]) for block in view.blocks if block["type"] == "input"]
    labels = [block["label"]["text"] for block, _ in inputs]
    exact = [
        (block, element)
        for block, element in inputs
        if wanted in (block["label"]["text"], block["block_id"], element["action_id"])
    ]
    near = [f for f in inputs if wanted.casefold() in f[0]["label"]["text"].casefold()]
    return _the_one(exact or near, wanted, None, labels)


def fill(view: View, fields: dict[str, Any]) -> None:
    """Put values into the inputs of a view, found by label; None empties one."""
    for label, given in fields.items():
        block, element = field(view, label)
        view.state[block["block_id"]][element["action_id"]] = filled(element, given)


def _menu_names(block: Json, element: Json) -> list[str]:
    candidates = [
        element["action_id"],
        (element.get("placeholder") or {}).get("text"),
        (block.get("label") or {}).get("text"),
        (block.get("text") or {}).get("text"),
        *(option["text"]["text"] for option in options_of(element)),
    ]
    return [name for name in candidates if isinstance(name, str)]


def _the_one(found: list[Found], wanted: str, index: int | None, there: list[str]) -> Found:
    if index is not None and index < len(found):
        return found[index]
    if len(found) == 1 and index is None:
        return found[0]
    many = f"{len(found)} things match" if found else "nothing matches"
    raise LookupError(f"{many} {wanted!r}; there is: {there}")
