"""What the other side gets: a question with its answers, and news with the next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.one_on_ones.pairs.model import News, Pair, State, Why
from bot.one_on_ones.pairs.showing.lists import answer_buttons
from bot.one_on_ones.pairs.showing.refs import Act, PairRef, like_button, list_button
from bot.one_on_ones.pairs.showing.words import rhythm_words, then_next_words
from bot.slack.blocks import Block, Message, actions, button, context, message, section
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import show_date, show_instant, show_lasting_instant

OPENS = (
    "you both fill one page, agenda and promises. {whose} examples stay with {whom} until {who}."
)


def question(pair: Pair, recipient: Member) -> Message:
    """Who asks, how often, when, and what confirming opens."""
    asks = f"{pair.proposed_by.mention} asks to meet you for one-on-ones"
    return message(
        f"{asks}.",
        [
            section(f"{asks}: *{rhythm_words(pair)}*. {then_next_words(pair)}"),
            context(f"Once you confirm, {_opens(pair, recipient)}"),
            actions(*answer_buttons(pair)),
        ],
    )


def answered(pair: Pair, recipient: Member) -> Message:
    """What stands in the place of the question once it is none any more."""
    other = pair.other(recipient)
    name = other.mention if other else "They"
    if pair.asked == recipient:
        return message(f"{name} asks you anew, in a newer message.")
    if pair.asked:
        return message(f"You suggested another time to {name}: {rhythm_words(pair)}.")
    if pair.state is State.CONFIRMED:
        said = f"✅ You confirmed your one-on-one with {name}: {rhythm_words(pair)}."
        opens = f"Now {_opens(pair, recipient)}"
        return message(
            said,
            [section(f"{said} {then_next_words(pair)}"), context(opens), actions(list_button())],
        )
    if pair.why is Why.DECLINED:
        return message(f"You said no to one-on-ones with {name}. They are told.")
    return message(f"{name} does not ask any more.")


def news(kind: News, pair: Pair, recipient: Member, at: Sequence[datetime]) -> Message:
    """One sentence, and the next step; `at` are the instants that the news is about."""
    other = pair.other(recipient)
    said, steps = _NEWS[kind](pair, other.mention if other else "The other side", recipient, at)
    return message(said, [section(said), *([actions(*steps)] if steps else [])])


def _opens(pair: Pair, recipient: Member) -> str:
    if recipient == pair.engineer:
        return OPENS.format(whose="Your", whom="you", who="you share them")
    return OPENS.format(whose="Their", whom="them", who="they share them")


Told = tuple[str, list[Block]]
Words = Callable[[Pair, str, Member, Sequence[datetime]], Told]


def _confirmed(pair: Pair, name: str, _recipient: Member, _at: Sequence[datetime]) -> Told:
    said = f"✅ {name} confirmed your one-on-one: {rhythm_words(pair)}. {then_next_words(pair)}"
    return said, [list_button()]


def _declined(pair: Pair, name: str, recipient: Member, _at: Sequence[datetime]) -> Told:
    if recipient != pair.engineer:
        return f"{name} said no to one-on-ones with you here.", [list_button()]
    said = f"{name} said no to one-on-ones here. You can ask somebody else, or prepare alone."
    return said, [like_button("Set it up", pair.id)]


def _changed(pair: Pair, name: str, _recipient: Member, _at: Sequence[datetime]) -> Told:
    said = f"{name} changed your one-on-one: {rhythm_words(pair)}. {then_next_words(pair)}"
    return said, _not_so(pair)


def _moved(pair: Pair, name: str, _recipient: Member, at: Sequence[datetime]) -> Told:
    before, after = at
    said = f"{name} moved your one-on-one from {show_instant(before)} to {show_instant(after)}."
    return said, _not_so(pair)


def _skipped(pair: Pair, name: str, _recipient: Member, at: Sequence[datetime]) -> Told:
    said = (
        f"{name} skipped your one-on-one of {show_lasting_instant(at[0])}. {then_next_words(pair)}"
    )
    return said, _not_so(pair)


def _paused(pair: Pair, name: str, _recipient: Member, _at: Sequence[datetime]) -> Told:
    until = f" until {show_date(pair.resumes)}" if pair.resumes else ""
    return f"{name} paused your one-on-ones{until}. {then_next_words(pair)}", _not_so(pair)


def _ended(pair: Pair, name: str, recipient: Member, _at: Sequence[datetime]) -> Told:
    said = f"{name} ended your one-on-ones here."
    return _whose_end(said, pair, recipient)


def _left(pair: Pair, name: str, recipient: Member, _at: Sequence[datetime]) -> Told:
    said = f"{name} does not use Rung any more, so your one-on-ones ended."
    return _whose_end(said, pair, recipient)


def _manager_changed(pair: Pair, name: str, _recipient: Member, _at: Sequence[datetime]) -> Told:
    said = (
        f"{name} is not your manager any more, so your one-on-ones ended. They cannot open your "
        "page any more. You can go on with somebody else at the same time."
    )
    return said, [like_button("Set up the next one", pair.id)]


def _whose_end(said: str, pair: Pair, recipient: Member) -> Told:
    if recipient != pair.engineer:
        return f"{said} Their page is closed to you.", [list_button()]
    stays = f"{said} What you wrote stays yours, and they cannot open it any more."
    return stays, [like_button("Set up another", pair.id)]


def _not_so(pair: Pair) -> list[Block]:
    return [button("Change", Act.CHANGE, pack(PairRef(pair.id))), list_button()]


_NEWS: dict[News, Words] = {
    News.CONFIRMED: _confirmed,
    News.DECLINED: _declined,
    News.CHANGED: _changed,
    News.MOVED: _moved,
    News.SKIPPED: _skipped,
    News.PAUSED: _paused,
    News.ENDED: _ended,
    News.LEFT: _left,
    News.MANAGER_CHANGED: _manager_changed,
}
