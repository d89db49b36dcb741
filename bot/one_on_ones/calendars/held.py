"""A calendar between being given and the choice of its meeting: in memory only, and not for long.

It holds far more than the one-on-one; nothing of it reaches a row before somebody has chosen.
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.one_on_ones.calendars.model import CalendarForgotten, Marks, Series
from bot.slack.member import Member

MOST = 20
KEPT = timedelta(minutes=30)

Key = tuple[Member, str]


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """What was found in a calendar that somebody just gave; a file has no `address`."""

    address: str
    marks: Marks
    series: tuple[Series, ...]
    packed: bytes

    @classmethod
    def of(cls, content: bytes, series: tuple[Series, ...], address: str, marks: Marks) -> Offer:
        """Packed, for a calendar is mostly the same words again and again."""
        return cls(address, marks, series, zlib.compress(content, 1))

    @property
    def content(self) -> bytes:
        """The calendar as it was given."""
        return zlib.decompress(self.packed)


class Held:
    """The latest 20 offers, half an hour each; another process lacks them."""

    def __init__(self) -> None:
        """Empty."""
        self._offers: OrderedDict[Key, tuple[datetime, Offer]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, member: Member, pair_id: str, offer: Offer, now: datetime) -> None:
        """Holds what one person gave for one pair."""
        with self._lock:
            self._offers.pop((member, pair_id), None)
            self._offers[member, pair_id] = (now, offer)
            for key in [k for k, (since, _) in self._offers.items() if now - since >= KEPT]:
                del self._offers[key]
            while len(self._offers) > MOST:
                self._offers.popitem(last=False)

    def find(self, member: Member, pair_id: str, now: datetime) -> Offer:
        """The same again; raises CalendarForgotten."""
        with self._lock:
            since, offer = self._offers.get((member, pair_id), (now - KEPT, None))
        if offer is None or now - since >= KEPT:
            raise CalendarForgotten
        return offer
