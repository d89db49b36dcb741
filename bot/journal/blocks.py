"""The door to `showing/`: what listeners and other capabilities draw of the journal."""

from __future__ import annotations

from bot.journal.showing.entry import entry_blocks
from bot.journal.showing.filters import ANY, search_field
from bot.journal.showing.form import form
from bot.journal.showing.listing import listing
from bot.journal.showing.opened import ask_delete, opened
from bot.journal.showing.refs import (
    TAKE_BACK,
    Act,
    EntryRef,
    Field,
    Filled,
    FormState,
    LogRef,
    PageRef,
    Place,
    list_button,
    log_button,
    open_button,
)
from bot.journal.showing.saved import saved
from bot.journal.showing.then import expected_then
from bot.journal.showing.versions import versions

__all__ = [
    "ANY",
    "TAKE_BACK",
    "Act",
    "EntryRef",
    "Field",
    "Filled",
    "FormState",
    "LogRef",
    "PageRef",
    "Place",
    "ask_delete",
    "entry_blocks",
    "expected_then",
    "form",
    "list_button",
    "listing",
    "log_button",
    "open_button",
    "opened",
    "saved",
    "search_field",
    "versions",
]
