"""Slack in, pairs called, forms and lists out: both sides of one-on-ones say when they meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from bot.nudges.when.calendar import instant
from bot.one_on_ones.pairs import blocks
from bot.one_on_ones.pairs.blocks import Act, Beginning, Field, FormRef, MeetingRef, OldAct, PairRef
from bot.one_on_ones.pairs.model import Pair, PairNotFound
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.pairs.rhythm import WIDEST_MOVE, Cadence, Rhythm
from bot.people.model import zone_or_utc
from bot.people.people import People
from bot.slack.acks import Errors
from bot.slack.blocks import Block, View, notice
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn

SOONEST_GUESS = timedelta(days=2)
A_PAUSE = timedelta(days=30)
YEAR = timedelta(days=366)
YES = "yes"
OLD_WEEKS = {"1": Cadence.WEEKLY, "2": Cadence.FORTNIGHTLY}
"""What forms of earlier versions say."""

Ways = Callable[[Pair], Sequence[Block]]


class PairListeners:
    """The list of one-on-ones, the form, and what can be done about one of them."""

    def __init__(
        self,
        pairs: Pairs,
        people: People,
        deliver: Callable[[datetime], object],
        now: Callable[[], datetime],
        ways: Ways,
    ) -> None:
        """`deliver` sends what is due at once; `now` is the bot's clock, in UTC.

        `ways` are further buttons for a pair: another way to say when it meets.
        """
        self._pairs = pairs
        self._people = people
        self._deliver = deliver
        self._now = now
        self._ways = ways

    def register(self, front: Front) -> None:
        """Takes the words, buttons and forms of one-on-ones, those of earlier versions too."""
        front.words(["one-on-ones", "1on1s", "meetings"], later=self.open_list)
        front.button(Act.LIST, self.open_list)
        for act in (Act.SET_UP, OldAct.SET_UP):
            front.button(act, self.open_own)
        front.button(Act.NEW, self.open_new)
        front.button(Act.NEW_REPORT, self.open_new_report)
        front.button(Act.CHANGE, self.open_change)
        front.form(Act.SAVE, self.save, self.after_form)
        front.form(OldAct.SAVE, self.save_old, self.after_form)
        front.button(Act.MOVE, self.open_move)
        front.form(Act.MOVED, self.move, self.after_form)
        front.button(Act.SKIP, self.skip)
        front.button(Act.PAUSE, self.open_pause)
        front.form(Act.PAUSED, self.pause, self.after_form)
        front.button(Act.ASK_AGAIN, self.ask_again)
        front.button(Act.END, self.end)
        front.button(OldAct.END, self.end_own)

    # looking

    def open_list(self, turn: Turn) -> None:
        """`/ladder one-on-ones`, or a button that leads there."""
        turn.open(self.list_of(turn.member))

    def list_of(self, member: Member) -> View:
        """Every one-on-one of theirs, as either side."""
        manages = bool(self._people.reports_of(member))
        return blocks.listed(self._pairs.of(member), member, self._now(), manages=manages)

    # setting up and changing

    def open_own(self, turn: Turn) -> None:
        """The engineer's own: the form for the only one, or for the first; the list of several."""
        own = [pair for pair in self._pairs.of(turn.member) if pair.engineer == turn.member]
        if len(own) > 1:
            self.open_list(turn)
        elif own:
            self._open_change(turn, own[0])
        else:
            self._open_new(turn, None)

    def open_new(self, turn: Turn) -> None:
        """The form for one more; the button may name an older one, whose rhythm it begins with."""
        older = unpack(PairRef, turn.value).pair
        like = self._pairs.get(turn.member, older, self._now()) if older else None
        self._open_new(turn, like)

    def open_new_report(self, turn: Turn) -> None:
        """The form for a manager who asks one of their reports."""
        met = {pair.engineer for pair in self._pairs.of(turn.member)}
        free = [each for each in self._people.reports_of(turn.member) if each not in met]
        ref = FormRef(report=YES, zone=self._people.zone_of(turn.member), listed=_listed(turn))
        first = free[0].user_id if free else ""
        turn.open(blocks.form(Beginning(ref, self._guess(ref.zone), person=first, own=False)))

    def open_change(self, turn: Turn) -> None:
        """The form for one that is there; whoever is asked suggests another time with it."""
        ref = unpack(PairRef, turn.value)
        self._open_change(turn, self._pairs.get(turn.member, ref.pair, self._now()))

    def save(self, turn: Turn) -> View | Errors:
        """The form was submitted."""
        return self._save(turn, unpack(FormRef, turn.state), turn.answer(Field.WITH))

    def save_old(self, turn: Turn) -> View | Errors:
        """A form was submitted that an earlier version of the bot had opened."""
        person = self._people.get(turn.member)
        own = [pair for pair in self._pairs.of(turn.member) if pair.engineer == turn.member]
        manager = person.confirmed_manager
        ref = FormRef(pair=own[0].id if own else "", zone=person.zone)
        return self._save(turn, ref, manager.user_id if manager and not own else "")

    def after_form(self, turn: Turn) -> None:
        """Sends the question or the news at once, and renews the list that lies below."""
        self._deliver(self._now())
        if YES in turn.state:
            turn.refresh_behind(self.list_of(turn.member))

    # one meeting, or none for a while

    def open_move(self, turn: Turn) -> None:
        """The button "Move or skip"."""
        now = self._now()
        pair = self._pairs.get(turn.member, unpack(PairRef, turn.value).pair, now)
        zone = pair.rhythm.zone if pair.rhythm else "UTC"
        local = pair.starts_at.astimezone(zone_or_utc(zone))
        ways = self._ways(pair)
        turn.open(blocks.move_form(pair, turn.member, zone, local, _listed(turn), ways))

    def move(self, turn: Turn) -> View | Errors:
        """The next meeting takes place at another time."""
        ref, now, member = unpack(MeetingRef, turn.state), self._now(), turn.member
        pair = self._pairs.get(member, ref.pair, now)
        if pair.rhythm is None:
            raise PairNotFound
        day = turn.answer_date(Field.FIRST, pair.starts_at.date())
        to = instant(day, _time(turn), pair.rhythm.tz)
        if problem := _move_problem(to, now):
            return Errors({Field.FIRST: problem})
        after = self._pairs.move(member, ref.pair, ref.slot, to, now, turn.deed)
        return blocks.moved(after, member, "Moved", now)

    def skip(self, turn: Turn) -> None:
        """The button "Skip this one"."""
        ref, now = unpack(MeetingRef, turn.value), self._now()
        after = self._pairs.move(turn.member, ref.pair, ref.slot, None, now, turn.deed)
        turn.refresh(blocks.moved(after, turn.member, "Skipped", now))
        if ref.listed:
            turn.refresh_behind(self.list_of(turn.member))
        self._deliver(now)

    def open_pause(self, turn: Turn) -> None:
        """The button "Pause", in the place of the form to move."""
        day = (self._now() + A_PAUSE).date()
        turn.refresh(blocks.pause_form(unpack(MeetingRef, turn.value), day))

    def pause(self, turn: Turn) -> View | Errors:
        """No one-on-one before a day."""
        ref, now = unpack(MeetingRef, turn.state), self._now()
        until = turn.answer_date(Field.UNTIL, now.date())
        if problem := _date_problem(until, now.date()):
            return Errors({Field.UNTIL: problem})
        after = self._pairs.pause(turn.member, ref.pair, until, now, turn.deed)
        return blocks.moved(after, turn.member, "Paused", now)

    # asking once more, and ending

    def ask_again(self, turn: Turn) -> None:
        """The button "Ask again", in the list."""
        self._pairs.ask_again(turn.member, unpack(PairRef, turn.value).pair, self._now())
        self._renew(turn)

    def end(self, turn: Turn) -> None:
        """The buttons "End" and "Withdraw", in the list."""
        self._pairs.end(turn.member, unpack(PairRef, turn.value).pair, self._now())
        self._renew(turn)

    def end_own(self, turn: Turn) -> None:
        """The button "No more pre-reads" of an earlier version."""
        own = [pair for pair in self._pairs.of(turn.member) if pair.engineer == turn.member]
        for pair in own[:1]:
            self._pairs.end(turn.member, pair.id, self._now())
        turn.refresh(notice("Done", "No more pre-reads. `/ladder 1on1` still works any time."))

    # inside

    def _renew(self, turn: Turn) -> None:
        turn.refresh(self.list_of(turn.member))
        self._deliver(self._now())

    def _open_new(self, turn: Turn, like: Pair | None) -> None:
        person, rhythm = self._people.get(turn.member), like.rhythm if like else None
        met = {pair.partner for pair in self._pairs.of(turn.member)}
        named = person.manager if person.may_confirm_manager else None
        manager = turn.member.colleague(named.user_id) if named else person.confirmed_manager
        chosen = manager.user_id if manager and manager not in met else ""
        ref = FormRef(zone=rhythm.zone if rhythm else person.zone, listed=_listed(turn))
        day = self._next_day(rhythm) if rhythm else self._guess(ref.zone)
        turn.open(blocks.form(Beginning(ref, day, rhythm, chosen)))

    def _open_change(self, turn: Turn, pair: Pair) -> None:
        rhythm, stays = pair.rhythm, pair.stays(self._now())
        zone = rhythm.zone if rhythm else self._people.zone_of(turn.member)
        ref = FormRef(pair.id, zone=zone, listed=_listed(turn))
        day = self._next_day(rhythm, pair) if rhythm else self._guess(zone)
        other = pair.other(turn.member)
        own = turn.member == pair.engineer
        moved_to = stays.starts_at if stays else None
        begin = Beginning(ref, day, rhythm, None if other else "", other, own, moved_to)
        turn.open(blocks.form(begin, self._ways(pair)))

    def _save(self, turn: Turn, ref: FormRef, other_id: str) -> View | Errors:
        member, now, deed = turn.member, self._now(), turn.deed
        rhythm = _rhythm(turn, ref.zone, now)
        if isinstance(rhythm, Errors):
            return rhythm
        other = member.colleague(other_id) if other_id else None
        if ref.pair and other is None:
            pair = self._pairs.change(member, ref.pair, rhythm, now, deed)
        elif ref.report:
            pair = self._pairs.propose(member, other or member, member, rhythm, now, deed)
        else:
            pair = self._pairs.propose(member, member, other, rhythm, now, deed)
        return blocks.saved(pair, member, now, self._ways(pair))

    def _guess(self, zone: str) -> date:
        return (self._now() + SOONEST_GUESS).astimezone(zone_or_utc(zone)).date()

    def _next_day(self, rhythm: Rhythm, pair: Pair | None = None) -> date:
        """The day of the rhythm that is next, or the one after a single meeting that was moved."""
        now = self._now()
        stays = pair.stays(now) if pair else None
        since = (stays.starts_at if stays else now).astimezone(rhythm.tz)
        soonest = since.date() if since.time() < rhythm.at else since.date() + timedelta(days=1)
        slot = date.fromisoformat(pair.meeting.slot) if pair and pair.meeting else soonest
        not_before = slot + timedelta(days=1) if stays else slot
        return next(rhythm.days_from(max(soonest, not_before)))


def _listed(turn: Turn) -> str:
    """Whether the button was pressed in the list."""
    return YES if turn.view.get("callback_id") == Act.LIST else ""


def _rhythm(turn: Turn, zone: str, now: datetime) -> Rhythm | Errors:
    tz = zone_or_utc(zone)
    today = now.astimezone(tz).date()
    first = turn.answer_date(Field.FIRST, today)
    if problem := _date_problem(first, today):
        return Errors({Field.FIRST: problem})
    often = turn.answer(Field.WEEKS) or Cadence.WEEKLY
    return Rhythm(first, _time(turn), OLD_WEEKS.get(often) or Cadence(often), tz.key)


def _time(turn: Turn) -> time:
    return time.fromisoformat(turn.answer(Field.AT) or "14:00")


def _date_problem(day: date, today: date) -> str:
    if day < today:
        return "That day is over. Choose one that is still to come."
    if day > today + YEAR:
        return "That is more than a year away. Choose an earlier day."
    return ""


def _move_problem(to: datetime, now: datetime) -> str:
    if to <= now:
        return "That time is over. Choose one that is still to come."
    if to > now + WIDEST_MOVE:
        return "That is more than two months away. Pause the one-on-ones until then instead."
    return ""
