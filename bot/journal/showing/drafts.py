"""What the bot asks about a message: one that was written to it, or one that somebody marked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.drafts.model import Written
from bot.journal.model import TEXT_CHARS, Source
from bot.journal.showing.refs import (
    PROMISE,
    Act,
    DraftRef,
    LogRef,
    PlaceRef,
    log_button,
)
from bot.journal.showing.suggested import like_words
from bot.ladder.model import Competency
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    grouped_select,
    message,
    option,
    section,
)
from bot.slack.state import pack
from bot.slack.text import clip, escape, safe_link

EXCERPT_CHARS = 150
ALSO_IN_SLACK = (
    "What you write here also stays in Slack, like any message. `/ladder log` opens a form: what "
    "you write there does not."
)
NOTHING_KEPT = "Nothing is kept."
LIKE_EARLIER = "because it is like an earlier example of yours"


def keep_question(
    draft: Written,
    competencies: Sequence[Competency],
    suggested: Competency | None,
    like: str,
    *,
    first: bool,
) -> Message:
    """Below what somebody wrote: keep it, and under which competency?

    `like` is a sentence of the ladder, empty for one's own. `first` says it all once.
    """
    excerpt = escape(clip(" ".join(draft.text.split()), EXCERPT_CHARS))
    why = [context(_why(like))] if suggested else []
    return message(
        "Keep this as an example?",
        [
            section(f"*Keep this as an example?*\n>{excerpt}"),
            *why,
            actions(*_ways(draft, competencies, suggested)),
            context(PROMISE),
            *([context(ALSO_IN_SLACK)] if first else []),
        ],
    )


def _why(like: str) -> str:
    """The ladder's sentence; one's own earlier words are not repeated into Slack's messages."""
    return f"Suggested, like: “{like_words(like)}”" if like else f"Suggested, {LIKE_EARLIER}."


def _ways(
    draft: Written, competencies: Sequence[Competency], suggested: Competency | None
) -> list[Block]:
    ref = pack(DraftRef(draft.id))
    save = []
    if suggested:
        named = pack(DraftRef(draft.id, suggested.id))
        save = [button(f"Save under {suggested.label}", Act.KEEP, named, style="primary")]
    change = LogRef(suggested.id if suggested else "", "", Source.MESSAGE.value, written=draft.id)
    return [
        *save,
        grouped_select(
            f"{Act.KEEP_UNDER}:{draft.id}",
            [("On the ladder", [option(c.label, c.id) for c in competencies])],
            placeholder="Save under another" if suggested else "Save under …",
        ),
        log_button("Change first", change),
        button("Not an example", Act.DROP, ref),
    ]


def marked_question(link: str, about: str, emoji: str, *, own: bool) -> Message:
    """To somebody who reacted to a message: finish it as an example?"""
    ref = LogRef(source=Source.REACTION.value, about=about, own=int(own))
    which = safe_link(link, "your message" if own else "this message") if link else "a message"
    words = "" if own else " The link is kept, not the words of the message."
    return message(
        "You marked a message. Keep it as an example?",
        [
            section(f"You marked {which} with :{emoji}:. *Keep it as an example?*"),
            actions(
                log_button("Log an example", ref, style="primary"),
                button("Not an example", Act.DROP, pack(DraftRef())),
            ),
            context(f"{PROMISE}{words}"),
        ],
    )


def nothing_kept(why: str = "") -> Message:
    """What stands in the question's place after "Not an example"."""
    said = f"{why} {NOTHING_KEPT}".strip()
    return message(said, [context(said)])


def too_long(length: int) -> Message:
    """Tells how much does not fit; the message itself stays where it is."""
    much = length - TEXT_CHARS
    said = (
        f"That is {much:,} character{'' if much == 1 else 's'} more than an example holds "
        f"({TEXT_CHARS:,}). Nothing is lost: your message is still above. Shorten it there with "
        "Slack's “Edit message”, and I ask again."
    )
    return message(said, [section(said), actions(log_button())])


def only_files() -> Message:
    """To somebody who sent a file and no words."""
    said = "I keep words and links, not files. Write one sentence about it, and paste a link."
    return message(said, [section(said), actions(log_button())])


def welcome() -> Message:
    """To a greeting."""
    said = (
        "Hello. Write one sentence about what you did, and I keep it as an example, only for you. "
        "Or ask what the ladder says: “L4”, “next”. `help` shows the rest."
    )
    return message(said, [section(said), actions(log_button())])


def keep_after_all(place: PlaceRef) -> Block:
    """Below an answer: it was meant as an example."""
    return actions(button("Keep it as an example", Act.KEEP_AFTER_ALL, pack(place)))
