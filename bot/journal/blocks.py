"""The door to `showing/`: what listeners and other capabilities draw of the journal."""

from __future__ import annotations

from bot.journal.showing.drafts import (
    keep_after_all,
    keep_question,
    marked_question,
    nothing_kept,
    only_files,
    too_long,
    welcome,
)
from bot.journal.showing.entry import entry_blocks
from bot.journal.showing.filters import ANY, search_field
from bot.journal.showing.form import UNTOLD, form
from bot.journal.showing.listing import listing
from bot.journal.showing.opened import ask_delete, opened
from bot.journal.showing.refs import (
    TAKE_BACK,
    Act,
    DraftRef,
    EntryRef,
    Field,
    Filled,
    FormState,
    LogRef,
    PageRef,
    Place,
    PlaceRef,
    Surface,
    edit_button,
    list_button,
    log_button,
    open_button,
)
from bot.journal.showing.saved import (
    follow_up_form,
    saved,
    saved_message,
    undone,
    undone_message,
    with_ways_back,
)
from bot.journal.showing.then import expected_then
from bot.journal.showing.versions import versions

__all__ = [
    "ANY",
    "TAKE_BACK",
    "UNTOLD",
    "Act",
    "DraftRef",
    "EntryRef",
    "Field",
    "Filled",
    "FormState",
    "LogRef",
    "PageRef",
    "Place",
    "PlaceRef",
    "Surface",
    "ask_delete",
    "edit_button",
    "entry_blocks",
    "expected_then",
    "follow_up_form",
    "form",
    "keep_after_all",
    "keep_question",
    "list_button",
    "listing",
    "log_button",
    "marked_question",
    "nothing_kept",
    "only_files",
    "open_button",
    "opened",
    "saved",
    "saved_message",
    "search_field",
    "too_long",
    "undone",
    "undone_message",
    "versions",
    "welcome",
    "with_ways_back",
]
