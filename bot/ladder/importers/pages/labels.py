"""Lines that are not list items: labels of what is under them, and prose worth keeping."""

from __future__ import annotations

import re

from bot.ladder.importers.pages.headings import is_about_examples, is_aside

_LABEL = re.compile(r"(?P<mark>\*{2,3}|__|\*|_)(?P<text>[^*_]+)(?P=mark)(?P<colon>\s*:)?")
_LEFT_OPEN = re.compile(r"(?P<mark>\*{2,3}|__)(?P<text>[^\s*_][^*_]*)")
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()]*\)|<https?:[^<>]*>|https?://\S+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_PROSE = re.compile(r"(?:\W*(?:see also|note|tip|back to|next|previous|last updated)\b)", re.I)
_CALLOUT = re.compile(r"\[!\w+\].*")
_AROUND = " \t\u00a0:*_?.!…"
_MOST_WORDS_IN_LABEL = 7
_FEWEST_WORDS_IN_PROSE = 3


def announces_examples(text: str, *, alone: bool = False) -> bool:
    """Whether a line announces examples; one that stands alone needs no colon or emphasis."""
    bare = _TAG.sub("", text).strip()
    core = core_of(bare)
    short = alone and len(core.split()) <= 2
    return (short or bare != text.strip() or text.endswith((":", "*", "_"))) and is_about_examples(
        core
    )


def core_of(label: str) -> str:
    """The label's words, without the signs around them."""
    return label.strip(_AROUND)


def label_in(text: str) -> str | None:
    """What a line that is emphasised from end to end says, if it is one.

    The emphasis of a title may have been left open.
    """
    found = _LABEL.fullmatch(text) or _LEFT_OPEN.fullmatch(text)
    if found and found.re is _LEFT_OPEN and not is_title(found["text"].strip()):
        return None
    return found["text"].strip().rstrip(":").strip() if found else None


def is_title(label: str) -> bool:
    """Whether a label could be a competency's name, and is no sentence."""
    return len(label.split()) <= _MOST_WORDS_IN_LABEL and not label.endswith((".", "!", "?"))


def is_prose(text: str) -> bool:
    """Whether the line says something in words of its own, and does more than point elsewhere."""
    if _NO_PROSE.match(text) or is_aside(core_of(text)):
        return False
    return len(_WORD.findall(_LINK.sub("", _TAG.sub("", text)))) >= _FEWEST_WORDS_IN_PROSE


def is_callout(text: str) -> bool:
    """Whether a quotation is a box such as `[!NOTE]`."""
    return bool(_CALLOUT.fullmatch(text))
