"""A name as people write it: an emoji beside it, emphasis around it."""

from __future__ import annotations

import re
import unicodedata

_EMPHASIS = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<inner>.+?)(?<=\S)(?P=mark)", re.DOTALL)
_SHORTCODE = re.compile(
    r"(?P<front>:[a-z0-9_+-]+:)\s*(?P<rest>.*)|(?P<head>.*?)\s*(?P<back>:[a-z0-9_+-]+:)"
)
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_JOINER = re.compile("[\ufe0f\u200d\u20e3\U000e0020-\U000e007f]")
_AROUND = " \t\u00a0:|–—-"


def without_emphasis(text: str) -> str:
    """The text without the one pair of asterisks or underscores that wraps the whole of it."""
    found = _EMPHASIS.fullmatch(text.strip())
    if not found:
        return text.strip()
    mark, inner = re.escape(found["mark"]), found["inner"]
    opens_again = re.search(rf"(?<!\w){mark}(?=\S)|(?<=\S){mark}(?!\w)", inner)
    return text.strip() if opens_again else inner


def emoji_and_name(heading: str) -> tuple[str, str]:
    """A heading's emoji, if any, and its name without emphasis or a closing colon."""
    emoji, title = _split_emoji(without_emphasis(heading))
    return emoji, without_emphasis(title.strip(_AROUND)).strip(_AROUND) or emoji


def _split_emoji(title: str) -> tuple[str, str]:
    """The emoji or `:shortcode:` at either end of a heading, and the heading without it."""
    if found := _SHORTCODE.fullmatch(title):
        return (found["front"] or found["back"]), (found["rest"] or found["head"] or "")
    length = _emoji_length(title)
    if length:
        return title[:length], title[length:].strip()
    words = title.rsplit(maxsplit=1)
    if len(words) == 2 and _emoji_length(words[1]) == len(words[1]):
        return words[1], words[0]
    return "", title


def _emoji_length(text: str) -> int:
    """How many characters at the start are emoji, with their joiners and skin tones."""
    if keycap := _KEYCAP.match(text):
        return keycap.end()
    length = 0
    for place, letter in enumerate(text):
        dressed = text[place + 1 : place + 2] == "\ufe0f" and not letter.isalnum()
        if not (_is_emoji(letter) or dressed or (length and _JOINER.match(letter))):
            break
        length += 1
    return length


def _is_emoji(letter: str) -> bool:
    return unicodedata.category(letter) == "So" or "\U0001f000" <= letter <= "\U0001faff"
