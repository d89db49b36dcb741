"""The question to the other side and the news: rendered for the post office, and answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot.delivery.model import Parcel
from bot.one_on_ones.pairs import blocks
from bot.one_on_ones.pairs.blocks import Act, PairRef
from bot.one_on_ones.pairs.model import News, Pair, State
from bot.one_on_ones.pairs.pairs import Pairs
from bot.privacy.policy import Account
from bot.slack.blocks import Message, View, message
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn

ENDS = frozenset({News.DECLINED, News.ENDED, News.LEFT, News.MANAGER_CHANGED})
SETTLED = "This question is settled. `/ladder one-on-ones` shows how it stands."


class PairAnswers:
    """Yes and no, in the question itself or in the list."""

    def __init__(
        self,
        pairs: Pairs,
        account: Callable[[Member], Account],
        listed: Callable[[Member], View],
        deliver: Callable[[datetime], object],
        now: Callable[[], datetime],
    ) -> None:
        """`account` asks Slack what has become of somebody, and lets everybody know of it.

        `listed` is the list of somebody's one-on-ones; `deliver` sends what is due at once.
        """
        self._pairs = pairs
        self._account = account
        self._listed = listed
        self._deliver = deliver
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the answers."""
        front.button(Act.YES, lambda turn: self._answer(turn, yes=True))
        front.button(Act.NO, lambda turn: self._answer(turn, yes=False))

    def render_question(self, parcel: Parcel, _now: datetime) -> Message | None:
        """None when it no longer stands, or its recipient cannot use Rung any more."""
        if self._is_gone(parcel.recipient):
            return None
        pair = self._pairs.find(parcel.subject)
        if pair is None or pair.asked != parcel.recipient:
            return None
        return blocks.question(pair, parcel.recipient)

    def render_settled(self, parcel: Parcel) -> Message:
        """What takes the place of a question that is answered, withdrawn or asked anew."""
        pair = self._pairs.find(parcel.subject)
        if pair is None or not _is_side(pair, parcel.recipient):
            return message(SETTLED)
        return blocks.answered(pair, parcel.recipient)

    def render_news(self, parcel: Parcel, _now: datetime) -> Message | None:
        """None where something newer has overtaken it."""
        if self._is_gone(parcel.recipient):
            return None
        pair_id, kind, *instants = parcel.subject.split("/")
        pair, news = self._pairs.find(pair_id), News(kind)
        if pair is None or not _is_side(pair, parcel.recipient):
            return None
        if pair.state is not (State.ENDED if news in ENDS else State.CONFIRMED):
            return None
        at = [datetime.fromtimestamp(int(each), UTC) for each in instants]
        return blocks.news(news, pair, parcel.recipient, at)

    def _answer(self, turn: Turn, *, yes: bool) -> None:
        now, ref = self._now(), unpack(PairRef, turn.value)
        pair = self._pairs.answer(turn.member, ref.pair, yes=yes, now=now)
        if turn.view:
            turn.refresh(self._listed(turn.member))
        else:
            turn.replace(blocks.answered(pair, turn.member))
        self._deliver(now)

    def _is_gone(self, member: Member) -> bool:
        return self._account(member) not in (Account.MEMBER, Account.UNKNOWN)


def _is_side(pair: Pair, member: Member) -> bool:
    return member in (pair.engineer, pair.partner)
