"""What the two sides hear of each other, by the post office."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.one_on_ones.pairs.model import NEWS, QUESTION, News, Pair
from bot.slack.member import Member
from bot.storage.database import Transaction

ANSWER_WINDOW = timedelta(days=14)


class Mail:
    """Hands in questions and news, within the transaction of what they are about."""

    def __init__(self, post_office: PostOffice) -> None:
        self._post_office = post_office

    def ask(self, tx: Transaction, pair: Pair, now: datetime) -> None:
        """The question to whoever has to confirm; `asked_at` of the pair names it."""
        if pair.asked and pair.asked_at:
            parcel = _parcel(pair.asked, QUESTION, _question_key(pair, pair.asked), pair.id, now)
            self._post_office.accept(tx, parcel)

    def settle(self, tx: Transaction, pair: Pair) -> None:
        """The question that is open at present is so no more: other words take its place."""
        if pair.asked and pair.asked_at:
            keys = [_question_key(pair, pair.asked)]
            self._post_office.take_back(tx, pair.engineer.team_id, keys)

    def tell(
        self,
        tx: Transaction,
        pair: Pair,
        recipient: Member,
        news: News,
        now: datetime,
        *at: datetime,
    ) -> None:
        """What became of it; `at` are up to two instants that the news is about."""
        subject = "/".join([pair.id, news.value, *(f"{each.timestamp():.0f}" for each in at)])
        key = f"{recipient.user_id}|{NEWS}|{subject}|{now.isoformat()}"
        self._post_office.accept(tx, _parcel(recipient, NEWS, key, subject, now))


def _question_key(pair: Pair, asked: Member) -> str:
    moment = pair.asked_at.isoformat() if pair.asked_at else ""
    return f"{asked.user_id}|{QUESTION}|{pair.id}|{moment}"


def _parcel(recipient: Member, kind: str, key: str, subject: str, now: datetime) -> Parcel:
    return Parcel(recipient, kind, key, subject, not_before=now, expires_at=now + ANSWER_WINDOW)
