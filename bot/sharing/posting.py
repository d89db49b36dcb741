"""A shared page as what the post office carries: one parcel for each message of it."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.model import Parcel
from bot.sharing.model import SHARED, Share

SHARE_WINDOW = timedelta(days=7)
MOST_PAGES = 100


def page_keys(share: Share) -> list[str]:
    """The keys of all the messages that a page may be made of."""
    return [f"{share.owner.user_id}|{SHARED}|{share.id}|{page:02}" for page in range(MOST_PAGES)]


def parcel_of(share: Share, page: int) -> Parcel:
    """The message of that number, from 0; it is of no use any more after a week."""
    return Parcel(
        recipient=share.reader,
        kind=SHARED,
        key=page_keys(share)[page],
        subject=f"{share.id}/{page}",
        not_before=share.shared_at,
        expires_at=share.shared_at + SHARE_WINDOW,
    )
