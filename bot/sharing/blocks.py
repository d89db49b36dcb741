"""The door to `showing/`: what listeners and other capabilities draw of sharing."""

from __future__ import annotations

from bot.sharing.showing.form import (
    EVERY_COMPETENCY,
    WITH_QUOTES,
    Offer,
    form,
    nobody_to_share_with,
    nothing_to_choose,
)
from bot.sharing.showing.lists import PAGE, Lists, lists, taken_back
from bot.sharing.showing.page import (
    closed,
    fits,
    marked,
    marked_message,
    not_delivered,
    opened,
    page_count,
    shared_messages,
    shared_page,
)
from bot.sharing.showing.preview import preview, shared
from bot.sharing.showing.refs import (
    Act,
    Field,
    FormState,
    HandOverRef,
    ListRef,
    PreviewState,
    ShareRef,
    StartRef,
    hand_over_button,
    list_button,
    start_button,
)

__all__ = [
    "EVERY_COMPETENCY",
    "PAGE",
    "WITH_QUOTES",
    "Act",
    "Field",
    "FormState",
    "HandOverRef",
    "ListRef",
    "Lists",
    "Offer",
    "PreviewState",
    "ShareRef",
    "StartRef",
    "closed",
    "fits",
    "form",
    "hand_over_button",
    "list_button",
    "lists",
    "marked",
    "marked_message",
    "nobody_to_share_with",
    "not_delivered",
    "nothing_to_choose",
    "opened",
    "page_count",
    "preview",
    "shared",
    "shared_messages",
    "shared_page",
    "start_button",
    "taken_back",
]
