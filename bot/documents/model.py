"""A document of headings and items, before anybody decides what file it becomes. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that somebody wrote, as they wrote it.

    `note` says what is known of it (who, when); `links` are web addresses, `quote` what somebody
    else said.
    """

    text: str
    note: str = ""
    links: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Items below a heading, and smaller parts below those; `empty` is said where both are none."""

    heading: str
    items: tuple[Item, ...] = ()
    parts: tuple[Part, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """All of it; `lines` stand below the title and say what this is, about whom, and of when."""

    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
