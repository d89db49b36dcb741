"""Words on their way into Slack: escaped, clipped, split, and dates in the reader's zone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime

ELLIPSIS = "…"
SECTION_CHARS = 3000


def escape(text: str) -> str:
    """Text that Slack shows as it stands: no mention, link or broadcast comes alive in it.

    Source: docs.slack.dev, formatting message text (exactly &, < and > are escaped).
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What a person typed, from the escaped form in which commands and messages arrive."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def clean(text: str) -> str:
    """What a person wrote, without characters that no text needs: NUL, controls, half pairs."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return "".join(ch for ch in whole if ch in "\n\t" or unicodedata.category(ch) != "Cc").strip()


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def safe_link(url: str, label: str) -> str:
    """A link whose address cannot break out of its brackets."""
    address = escape(url).replace("|", "%7C")
    return f"<{address}|{escape(label)}>"


def show_date(day: date) -> str:
    """A calendar day as people say it; the same for every reader, so no time zone."""
    return f"{day.day} {day:%b %Y}"


def show_instant(moment: datetime) -> str:
    """A moment in the reader's own zone, with UTC as the fallback.

    Source: docs.slack.dev, date formatting.
    """
    fallback = f"{moment:%Y-%m-%d %H:%M} UTC"
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def show_lasting_instant(moment: datetime) -> str:
    """The same in a text that stays: its day is a date, for no day is “tomorrow” for long."""
    return show_instant(moment).replace("{date_short_pretty}", "{date_short}")


def bullets(texts: Iterable[str]) -> list[str]:
    """One escaped line for each text; a text of several lines stays one bullet."""
    return [f"• {escape(text)}" for text in texts]


def chunks(lines: Iterable[str], limit: int = SECTION_CHARS) -> Iterator[str]:
    """Lines joined into pieces of at most `limit` characters, cut between lines where possible."""
    piece = ""
    for line in (part for whole in lines for part in _pieces(whole, limit)):
        if piece and len(piece) + 1 + len(line) > limit:
            yield piece
            piece = line
        else:
            piece = f"{piece}\n{line}" if piece else line
    if piece:
        yield piece


def _pieces(line: str, limit: int) -> Iterator[str]:
    while len(line) > limit:
        cut = _cut(line, limit)
        yield line[:cut]
        line = line[cut:]
    yield line


def _cut(line: str, limit: int) -> int:
    """Never inside an escaped character, behind a space where there is one near."""
    space = line.rfind(" ", limit // 2, limit)
    if space > 0:
        return space + 1
    entity = line.rfind("&", limit - 5, limit)
    return entity if entity > 0 and ";" not in line[entity:limit] else limit
