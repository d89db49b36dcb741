"""Why a competency was suggested, in one line."""

from __future__ import annotations

from bot.slack.text import clip, escape

LIKE_CHARS = 160


def like_words(like: str) -> str:
    """The sentence that speaks most for a suggestion, short and escaped."""
    return escape(clip(" ".join(like.split()), LIKE_CHARS))


def why(like: str) -> str:
    """The line below a suggested competency."""
    reason = f"Suggested, like: “{like_words(like)}”"
    return f"{reason} Change it if it is wrong. *Not saved yet:* press Save."
