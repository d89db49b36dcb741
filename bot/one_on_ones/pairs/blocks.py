"""The door to what is shown of one-on-ones as a pair."""

from bot.one_on_ones.pairs.showing.form import Beginning, form, saved
from bot.one_on_ones.pairs.showing.lists import answer_buttons, listed
from bot.one_on_ones.pairs.showing.moving import move_form, moved, pause_form
from bot.one_on_ones.pairs.showing.news import answered, news, question
from bot.one_on_ones.pairs.showing.refs import (
    Act,
    Field,
    FormRef,
    MeetingRef,
    OldAct,
    PairRef,
    change_button,
    like_button,
    list_button,
    set_up_button,
)
from bot.one_on_ones.pairs.showing.words import next_words, rhythm_words, whom

__all__ = [
    "Act",
    "Beginning",
    "Field",
    "FormRef",
    "MeetingRef",
    "OldAct",
    "PairRef",
    "answer_buttons",
    "answered",
    "change_button",
    "form",
    "like_button",
    "list_button",
    "listed",
    "move_form",
    "moved",
    "news",
    "next_words",
    "pause_form",
    "question",
    "rhythm_words",
    "saved",
    "set_up_button",
    "whom",
]
