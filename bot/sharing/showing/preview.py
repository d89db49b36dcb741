"""What is asked before anything is shared, and what is said once it is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.model import Entry
from bot.sharing.model import Choice, Part, Share, Sketch
from bot.sharing.showing.page import shared_page
from bot.sharing.showing.refs import Act, PreviewState, list_button
from bot.slack.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    divider,
    modal,
    option,
    section,
    select,
)
from bot.slack.state import pack


def preview(sketch: Sketch, choice: Choice, left_out: Sequence[str] = ()) -> View:
    """Shows the page and asks; `left_out` are the ids that can be put back."""
    managing = sketch.reader.part in (Part.MANAGER, Part.IMPORTED)
    return modal(
        "Share with your manager" if managing else "Share your examples",
        [
            section(_what_this_is(sketch)),
            divider(),
            *shared_page(sketch.snapshot),
            divider(),
            *_cut_short(sketch),
            actions(*_choices(sketch.entries, left_out)),
            context(
                "Once shared, they can read it in their messages with Rung. You can take it back "
                "at any time; what was read by then is read."
            ),
        ],
        callback_id=Act.CONFIRM,
        submit="Share",
        close="Cancel",
        state=pack(_state(sketch, choice, left_out)),
    )


def shared(share: Share, number: int) -> View:
    """The confirmation after sharing."""
    words = f"✅ *Shared:* {how_many(number)}, on the way to {share.reader.mention}."
    told = context("`/ladder shared` shows when they opened it, and takes it back.")
    return modal("Shared", [section(words), told, actions(list_button())], close="Done")


def how_many(number: int) -> str:
    """The number of examples in words."""
    return "1 example" if number == 1 else f"{number} examples"


def _state(sketch: Sketch, choice: Choice, left_out: Sequence[str]) -> PreviewState:
    return PreviewState(
        included=" ".join(entry.id for entry in sketch.entries),
        left_out=" ".join(left_out),
        reader=choice.reader,
        quotes=int(choice.quotes),
        digest=sketch.digest,
    )


def _what_this_is(sketch: Sketch) -> str:
    reader = sketch.reader.member.mention
    confirms = (
        f" By sharing you also confirm that {reader} is your manager."
        if sketch.reader.part is Part.IMPORTED
        else ""
    )
    return f"👀 This is exactly what {reader} will see.{confirms}"


def _cut_short(sketch: Sketch) -> list[Block]:
    if not sketch.cut:
        return []
    words = f"{how_many(sketch.cut)} more did not fit on one page. Share them after this one."
    return [context(f"✂️ {words}")]


def _choices(entries: Sequence[Entry], left_out: Sequence[str]) -> list[Block]:
    choices = []
    if len(entries) > 1:
        options = [option(" ".join(entry.text.split()), entry.id) for entry in entries]
        choices.append(select(Act.LEAVE_OUT, options, placeholder="Leave one out"))
    if left_out:
        choices.append(button("Put all back", Act.PUT_BACK))
    return [*choices, button("Choose again", Act.AGAIN)]
