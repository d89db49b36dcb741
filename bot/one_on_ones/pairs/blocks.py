"""The door to what is shown of one-on-ones as a pair."""

from bot.one_on_ones.pairs.showing.form import Beginning, form, saved
from bot.one_on_ones.pairs.showing.lists import listed
from bot.one_on_ones.pairs.showing.moving import move_form, moved, pause_form
from bot.one_on_ones.pairs.showing.news import answered, news, question
from bot.one_on_ones.pairs.showing.refs import (
    Act,
    Field,
    FormRef,
    MeetingRef,
    OldAct,
    PairRef,
    like_button,
    list_button,
    set_up_button,
)

__all__ = [
    "Act",
    "Beginning",
    "Field",
    "FormRef",
    "MeetingRef",
    "OldAct",
    "PairRef",
    "answered",
    "form",
    "like_button",
    "list_button",
    "listed",
    "move_form",
    "moved",
    "news",
    "pause_form",
    "question",
    "saved",
    "set_up_button",
]
