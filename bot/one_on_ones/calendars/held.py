"""A calendar between being given and the choice of its meeting: for half an hour, and sealed.

Whoever chooses may reach another replica than whoever gave it, or one that was started since.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from datetime import timedelta

from bot.one_on_ones.calendars.model import CalendarProblem, Marks, Trouble

KEPT = timedelta(minutes=30)
MOST_CHARS = 1_500_000
"""A hundred series with all their changes take a tenth of it."""


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """What may be chosen in a calendar that somebody just gave; a file has no `address`.

    `content` is a calendar with nothing in it but the series of these `uids`.
    """

    address: str
    marks: Marks
    uids: tuple[str, ...]
    content: bytes

    def packed(self) -> str:
        """To be sealed; raises CalendarProblem where it is more than a row should hold."""
        content = base64.b64encode(zlib.compress(self.content)).decode()
        marks = [self.marks.etag, self.marks.modified]
        text = json.dumps([self.address, marks, self.uids, content])
        if len(text) > MOST_CHARS:
            raise CalendarProblem(Trouble.TOO_MUCH)
        return text

    @classmethod
    def of(cls, packed: str) -> Offer:
        """The same again."""
        address, marks, uids, content = json.loads(packed)
        return cls(address, Marks(*marks), tuple(uids), zlib.decompress(base64.b64decode(content)))
