"""After the end of a pair: what its partner got about the page goes the way of the page."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.post_office import PostOffice
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.reminding.model import PREPARATION, REMINDER, WRAP_UP
from bot.storage.database import Transaction


class Ending:
    """The page is closed to the partner, and so are the messages that told of it."""

    def __init__(self, post_office: PostOffice) -> None:
        self._post_office = post_office

    def ended(self, tx: Transaction, pair: Pair, now: datetime) -> None:  # noqa: ARG002
        """For `pairs.when_ended`: takes back what was sent, and what was still to be sent."""
        if pair.partner is None:
            return
        to, about = pair.partner.user_id, pair.engineer.user_id
        beginnings = [
            f"{to}|{PREPARATION}|{about}|{pair.id}|",
            f"{to}|{WRAP_UP}|{about}|{pair.id}|",
            f"{to}|{REMINDER}|{pair.id}|",
        ]
        self._post_office.take_back_all(tx, pair.engineer.team_id, beginnings)
