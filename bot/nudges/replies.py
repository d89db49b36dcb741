"""What somebody means who writes below a question: an example, or another answer. Pure."""

from __future__ import annotations

from enum import StrEnum


class Reply(StrEnum):
    """What to do with the words; a question is answered like any other message."""

    EXAMPLE = "example"
    NOTHING = "nothing"
    LATER = "later"
    OTHER = "other"
    NOT_RELEVANT = "not relevant"
    STOP = "stop"
    SMALL_TALK = "small talk"
    QUESTION = "question"


def _phrases(text: str) -> frozenset[str]:
    return frozenset(each.strip() for each in text.split(","))


_SAID = {
    Reply.NOTHING: _phrases(
        "nothing, no, nope, nah, none, pass, skip, skip it, skip this, skip this one, n/a,"
        " nothing this time, nothing really, nothing to report, nothing new, nothing sorry,"
        " not this time, not this time sorry, sorry not this time, not really, not this week,"
        " no thanks, no thank you, no sorry, sorry no"
    ),
    Reply.LATER: _phrases(
        "later, not now, tomorrow, ask later, ask me later, ask me tomorrow, ask again later,"
        " remind me, remind me later, remind me tomorrow, maybe later"
    ),
    Reply.OTHER: _phrases(
        "something else, another, another one, another question, other, ask something else,"
        " ask me something else"
    ),
    Reply.NOT_RELEVANT: _phrases(
        "not relevant, irrelevant, not relevant to me, not relevant to my role,"
        " not relevant for me, not my role, not my job, not applicable, does not apply"
    ),
    Reply.STOP: _phrases("stop, stop it, stop asking, stop asking me, off, unsubscribe"),
}
_SMALL_TALK = frozenset(
    _phrases(
        "good, great, hello, hey, hi, nice, ok, okay, please, sure, thank, thanks, thx, yeah, yes,"
        " you"
    )
)


def reply_in(text: str) -> Reply:
    """What the words mean; a single word is no example yet."""
    words = [word.strip(".,;:!…").casefold() for word in text.replace("’", "'").split()]
    line = " ".join(filter(None, words))
    for reply, phrases in _SAID.items():
        if line in phrases:
            return reply
    if text.rstrip().endswith("?"):
        return Reply.QUESTION
    if len(words) < 2 or (set(words) <= _SMALL_TALK and len(words) <= 3):
        return Reply.SMALL_TALK
    return Reply.EXAMPLE
