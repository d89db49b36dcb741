"""The door to `showing/`: what listeners and other capabilities draw of shared pages."""

from __future__ import annotations

from bot.one_on_ones.page.showing.forms import (
    agenda_form,
    agreed_form,
    drop_form,
    note_form,
    note_to_read,
    promise_form,
    remove_form,
    saved,
    whole,
)
from bot.one_on_ones.page.showing.page import Scene, closed_row, nothing_yet, page, ticked_row
from bot.one_on_ones.page.showing.refs import (
    AboutRef,
    Act,
    Do,
    Field,
    FormState,
    LineRef,
    PageRef,
    TalkRef,
    agenda_button,
    page_button,
)

__all__ = [
    "AboutRef",
    "Act",
    "Do",
    "Field",
    "FormState",
    "LineRef",
    "PageRef",
    "Scene",
    "TalkRef",
    "agenda_button",
    "agenda_form",
    "agreed_form",
    "closed_row",
    "drop_form",
    "note_form",
    "note_to_read",
    "nothing_yet",
    "page",
    "page_button",
    "promise_form",
    "remove_form",
    "saved",
    "ticked_row",
    "whole",
]
