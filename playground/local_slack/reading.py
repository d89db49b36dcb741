"""Blocks as a person reads them, flattened to plain lines."""

from __future__ import annotations

import re
from typing import Any

from .elements import HOLDS
from .limits_checks import options_of
from .model import Blocks, Json, Message, View


def text_of(thing: Message | View | Json | None) -> str:
    """All words of a message or view, top to bottom; "" for None.

    Buttons read as `[Label]`, menus as `[Placeholder: option | option]`, inputs as `Label: value`,
    links as `label (url)`, mentions as `@U123`, dates as their fallback, files as `📎 name`.
    """
    if thing is None:
        return ""
    if isinstance(thing, View):
        return "\n".join([thing.title, *_lines(thing.blocks)]).strip()
    said = thing.payload() if isinstance(thing, Message) else thing
    blocks, text = said.get("blocks") or [], str(said.get("text") or "")
    files = [f"📎 {file['name']}" for file in said.get("files") or []]
    lines = [*(_lines(blocks) if blocks else [readable(text)]), *files]
    return "\n".join(line for line in lines if line)


def readable(mrkdwn: str) -> str:
    """Text with its escapes and angle brackets resolved."""
    text = re.sub(r"<(https?:[^|>]+|mailto:[^|>]+)\|([^>]*)>", r"\2 (\1)", mrkdwn)
    text = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"<([@#!])([^|>]*)(?:\|[^>]*)?>", r"\1\2", text)
    text = re.sub(r"<((?:https?|mailto):[^>]*)>", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _lines(blocks: Blocks) -> list[str]:
    return [line for block in blocks for line in _block(block) if line]


def _block(block: Json) -> list[str]:
    match block["type"]:
        case "section":
            texts = [block.get("text"), *block.get("fields", [])]
            return [*map(_text, texts), _element(block.get("accessory"))]
        case "header" | "markdown":
            return [_text(block["text"])]
        case "context":
            return [" ".join(_text(e) or _element(e) for e in block["elements"])]
        case "actions":
            return [" ".join(map(_element, block["elements"]))]
        case "input":
            return [
                f"{_text(block['label'])}: {_element(block['element'])}",
                _text(block.get("hint")),
            ]
        case "image":
            return [_text(block.get("title")), f"({block['alt_text']})"]
        case "rich_text":
            return [_rich(part) for part in block["elements"]]
        case _:
            return []


def _text(text: Any) -> str:
    if isinstance(text, str):
        return readable(text)
    if not isinstance(text, dict) or not isinstance(text.get("text"), str):
        return ""
    return readable(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])


def _element(element: Json | None) -> str:
    if not element:
        return ""
    kind = element["type"]
    if kind == "button":
        return f"[{element['text']['text']}]"
    if kind == "image":
        return f"({element['alt_text']})"
    options = [option["text"]["text"] for option in options_of(element)]
    if options:
        placeholder = _text(element.get("placeholder"))
        return f"[{placeholder}{': ' if placeholder else ''}{' | '.join(options)}]"
    initial = element.get("initial_" + HOLDS.get(kind, "").removeprefix("selected_"))
    return str(initial or _text(element.get("placeholder")))


def _rich(part: Json) -> str:
    if part["type"] == "rich_text_list":
        return "\n".join("• " + _rich(item) for item in part["elements"])
    return "".join(_piece(piece) for piece in part["elements"])


def _piece(piece: Json) -> str:
    match piece["type"]:
        case "text":
            return str(piece["text"])
        case "link":
            label = piece.get("text")
            return f"{label} ({piece['url']})" if label else str(piece["url"])
        case "emoji":
            return f":{piece['name']}:"
        case "user":
            return f"@{piece['user_id']}"
        case "date":
            return str(piece.get("fallback", piece["timestamp"]))
        case _:
            return ""
