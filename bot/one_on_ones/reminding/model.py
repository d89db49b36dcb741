"""What the bot says by itself around a meeting, and how it reminds of promises. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.nudges.patience import is_silent
from bot.one_on_ones.page.model import ActionItem, AgendaItem
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.planning import LASTS
from bot.one_on_ones.talks.model import Talk
from bot.sharing.model import Told
from bot.slack.member import Member

PREPARATION = "preparation"
WRAP_UP = "wrap-up"
REMINDER = "promise reminder"
OLD_ENOUGH = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a partner reads before the talk; `today` is a day in their `zone`."""

    pair: Pair
    starts_at: datetime
    today: date
    zone: ZoneInfo
    agenda: tuple[AgendaItem, ...]
    mine: tuple[ActionItem, ...]
    theirs: tuple[ActionItem, ...]
    shared: tuple[Told, ...]

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to prepare by."""
        return not (self.agenda or self.mine or self.theirs or self.shared)


@dataclass(frozen=True, slots=True)
class WrapUp:
    """What one side can still close of a talk that is over; `today` is a day in their `zone`."""

    pair: Pair
    talk: Talk
    viewer: Member
    today: date
    zone: ZoneInfo
    promises: tuple[ActionItem, ...]
    agenda: tuple[AgendaItem, ...]
    unsaid: bool

    @property
    def is_open(self) -> bool:
        """Whether there is anything to close."""
        return self.talk.held and bool(self.promises or self.agenda or self.unsaid)


@dataclass(frozen=True, slots=True)
class Reminder:
    """How one person is reminded of what they promised, for that person alone.

    `due_at` is when the next slot opens (UTC), None when nothing comes. `last` is the day of the
    last reminder on their calendar, `pair_id` the pair it was about. `unanswered` are those that
    reached them since they last did something about a promise.
    """

    member: Member
    due_at: datetime | None = None
    last: date | None = None
    pair_id: str = ""
    unanswered: int = 0
    stopped: bool = False

    @property
    def rests(self) -> bool:
        """True while nothing is to come, whatever they owe."""
        return self.stopped or is_silent(self.unanswered)


class Owed(NamedTuple):
    """A pair, and what its partner has promised and not closed."""

    pair: Pair
    promises: Sequence[ActionItem]


@dataclass(frozen=True, slots=True)
class Reminding:
    """What one reminder is about; `today` is a day in the reader's `zone`."""

    pair: Pair
    today: date
    zone: ZoneInfo
    promises: tuple[ActionItem, ...]


def due_day(promise: ActionItem, zone: ZoneInfo) -> date:
    """The first day on which it is asked about: when it is due, or after two weeks."""
    return promise.due_on or promise.made_at.astimezone(zone).date() + OLD_ENOUGH


def due(promises: Iterable[ActionItem], zone: ZoneInfo, today: date) -> tuple[ActionItem, ...]:
    """Those that are asked about on that day."""
    return tuple(each for each in promises if due_day(each, zone) <= today)


def first_due(owed: Iterable[Owed], zone: ZoneInfo) -> date | None:
    """The first day on which anything is asked about."""
    days = (due_day(each, zone) for found in owed for each in found.promises)
    return min(days, default=None)


def whose_turn(owed: Iterable[Owed], zone: ZoneInfo, today: date, last: str) -> Owed | None:
    """The pair that is asked about: the one after the last, round and round."""
    ready = [each for each in owed if due(each.promises, zone, today)]
    ready.sort(key=lambda each: (each.pair.id <= last, each.pair.id))
    return ready[0] if ready else None


def left_open(promises: Iterable[ActionItem], talk: Talk) -> tuple[ActionItem, ...]:
    """Promises that the talk could have closed: none that was made in it."""
    return tuple(each for each in promises if each.made_at < talk.starts_at)


def not_reached(agenda: Iterable[AgendaItem], talk: Talk) -> tuple[AgendaItem, ...]:
    """What was to be talked about: nothing that was added afterwards."""
    return tuple(each for each in agenda if each.added_at < talk.starts_at + LASTS)
