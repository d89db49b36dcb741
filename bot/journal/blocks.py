"""The door to `showing/`: what listeners and other capabilities draw of the journal."""

from __future__ import annotations

from bot.journal.showing.form import form
from bot.journal.showing.listing import listing
from bot.journal.showing.refs import (
    Act,
    EntryRef,
    Field,
    Filled,
    FormState,
    LogRef,
    PageRef,
    list_button,
    log_button,
)
from bot.journal.showing.saved import saved
from bot.journal.showing.then import expected_then

__all__ = [
    "Act",
    "EntryRef",
    "Field",
    "Filled",
    "FormState",
    "LogRef",
    "PageRef",
    "expected_then",
    "form",
    "list_button",
    "listing",
    "log_button",
    "saved",
]
