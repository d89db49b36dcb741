"""A document as Markdown (CommonMark); text shows as it was written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.model import Document, Item, Part

LIVE = re.compile(
    r"(?P<address>https?://(?:[A-Za-z0-9\-./?=%:@+,$'&#]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))+)"
    r"|(?P<live>[\\`*\[\]<|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w+;))"
)
MARKERS = re.compile(r"^([ \t]*)(?:([-+=>#:])|(\d+)(?=[.)]))", re.MULTILINE)
HARD_BREAK = "  "
DEEPEST = 6


def as_markdown(document: Document) -> str:
    """The whole document, ending in a line break."""
    head = [f"# {inline(document.title)}", "", *_paragraph(document.lines)]
    body = [line for part in document.parts for line in _part(part, 2)]
    return "\n".join([*head, *body]).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text in which nothing becomes a heading, a list, a picture, a link of its own or a tag.

    Plain web addresses stay as they are, so that they can be followed.
    """
    return MARKERS.sub(_marker, LIVE.sub(_character, text.replace("\r", "\n")))


def inline(text: str) -> str:
    """The same for a line without space around it."""
    return escaped(text).strip()


def _part(part: Part, depth: int) -> Iterator[str]:
    yield from ("", f"{'#' * min(depth, DEEPEST)} {inline(part.heading)}", "")
    for item in part.items:
        yield from _item(item)
    if part.empty and not (part.items or part.parts):
        yield inline(part.empty)
    for smaller in part.parts:
        yield from _part(smaller, depth + 1)


def _item(item: Item) -> Iterator[str]:
    lines = [inline(line) for line in item.text.split("\n") if line.strip()] or ["–"]
    lines += [f"*{inline(item.note)}*"] if item.note else []
    lines += [f"<{link}>" for link in item.links]
    yield f"- {lines[0]}" + (HARD_BREAK if lines[1:] else "")
    for line in lines[1:-1]:
        yield f"  {line}{HARD_BREAK}"
    yield from (f"  {line}" for line in lines[1:][-1:])
    if item.quote:
        yield ""
        yield from (f"  > {inline(line)}{HARD_BREAK}" for line in item.quote.split("\n"))
        yield ""


def _paragraph(lines: tuple[str, ...]) -> list[str]:
    return [f"{inline(line)}{HARD_BREAK}" for line in lines[:-1]] + [inline(x) for x in lines[-1:]]


def _character(found: re.Match[str]) -> str:
    return found["address"] or f"\\{found['live']}"


def _marker(found: re.Match[str]) -> str:
    space, sign, number = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\"
