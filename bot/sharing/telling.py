"""What is kept about a person's sharing, as the sections of an export. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.privacy.records import Section
from bot.sharing.model import Item, Reading, Share


def sections(
    pages: Sequence[tuple[Share, Sequence[Item]]],
    log: Iterable[Reading],
    given: Iterable[Reading],
) -> list[Section]:
    """What was shared, who was given and opened it, and what of others the person was given."""
    shared = [
        (
            share.id,
            share.reader.user_id,
            share.shared_at,
            share.ended_at,
            share.why.value if share.why else None,
            item.day,
            item.competency,
            item.text,
            item.link,
            item.quote,
        )
        for share, items in pages
        for item in items
    ]
    columns = ("page", "shared with", "shared at", "ended at", "why it ended")
    of_item = ("day", "competency", "text", "link", "quote")
    return [
        Section("shared", "What I shared", (*columns, *of_item), tuple(shared)),
        Section(
            "readings",
            "Who was given and opened what I shared",
            ("page", "reader", "what happened", "at"),
            tuple((r.share_id, r.reader.user_id, r.how.value, r.at) for r in log),
        ),
        Section(
            "given_to_me",
            "What others shared with me, and when I opened it",
            ("page", "shared by", "what happened", "at"),
            tuple((r.share_id, r.owner.user_id, r.how.value, r.at) for r in given),
        ),
    ]
