"""Slack in, calendars called, forms out; and the post office's renderer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.model import Parcel
from bot.one_on_ones.calendars import blocks
from bot.one_on_ones.calendars.blocks import Act, Field, PairRef
from bot.one_on_ones.calendars.calendars import Calendars
from bot.one_on_ones.calendars.lines import MOST_BYTES
from bot.one_on_ones.calendars.model import CalendarProblem, Choice, Trouble
from bot.one_on_ones.pairs.pairs import Pairs
from bot.slack.acks import Errors
from bot.slack.blocks import Message, View, notice
from bot.slack.downloads import download
from bot.slack.front import Front
from bot.slack.state import unpack
from bot.slack.turn import Turn

AT_ONCE_SECONDS = 1.5
"""Slack waits for three, of which the way there and back takes some."""


class CalendarListeners:
    """From the button "From a calendar" to the meeting that was chosen."""

    def __init__(
        self,
        calendars: Calendars,
        pairs: Pairs,
        deliver: Callable[[datetime], object],
        now: Callable[[], datetime],
        *,
        takes_files: bool,
    ) -> None:
        """`deliver` sends what is due at once; `now` is the bot's clock, in UTC.

        `takes_files` where the app was granted what Slack asks for it.
        """
        self._takes_files = takes_files
        self._deliver = deliver
        self._calendars = calendars
        self._pairs = pairs
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the button and the two forms."""
        front.button(Act.OPEN, self.open)
        front.form(Act.LOOK, self.look, self.after_look)
        front.form(Act.CHOOSE, self.choose, self.after_choice)

    def open(self, turn: Turn) -> None:
        """The button: asks for the address."""
        pair_id = unpack(PairRef, turn.value).pair
        calendar = self._calendars.of(turn.member, pair_id, self._now())
        turn.open(blocks.give(pair_id, calendar, files=self._takes_files))

    def look(self, turn: Turn) -> View | Errors:
        """The address was given; what takes longer than Slack waits comes later."""
        pair_id = unpack(PairRef, turn.state).pair
        look = self._looking(turn, pair_id)
        found = self._calendars.begin(turn.member, pair_id, look, AT_ONCE_SECONDS)
        return self._choice(turn, pair_id, found) if found else blocks.still_reading(pair_id)

    def after_look(self, turn: Turn) -> None:
        """What took longer has arrived, or will not; said in the modal that is open."""
        pair_id = unpack(PairRef, turn.state).pair
        came = self._calendars.awaited(turn.member, pair_id)
        if isinstance(came, CalendarProblem):
            turn.refresh_answered(notice("From a calendar", came.trouble.sentence))
        elif came:
            turn.refresh_answered(self._choice(turn, pair_id, came))

    def choose(self, turn: Turn) -> View | Errors:
        """One of the meetings was chosen."""
        key = turn.answer(Field.SERIES)
        if not key:
            return Errors({Field.SERIES: "Please choose one of them."})
        pair_id = unpack(PairRef, turn.state).pair
        pair = self._calendars.follow(turn.member, pair_id, key, self._now(), turn.deed)
        calendar = self._calendars.find(pair_id)
        return blocks.saved(pair, by_address=bool(calendar and calendar.address))

    def after_choice(self, _turn: Turn) -> None:
        """The other side hears of it at once."""
        self._deliver(self._now())

    def render_unread(self, parcel: Parcel, _now: datetime) -> Message | None:
        """For the post office; None once it can be read again, or is not followed any more."""
        pair, calendar = self._pairs.find(parcel.subject), self._calendars.find(parcel.subject)
        if pair is None or calendar is None or not calendar.failed:
            return None
        return blocks.unread(pair, calendar) if calendar.set_by == parcel.recipient else None

    def render_over(self, parcel: Parcel, _now: datetime) -> Message | None:
        """For the post office; None once there are meetings again, or it is not followed."""
        pair, calendar = self._pairs.find(parcel.subject), self._calendars.find(parcel.subject)
        if pair is None or calendar is None or calendar.problem is not Trouble.SERIES_OVER:
            return None
        return blocks.over(pair, calendar) if calendar.set_by == parcel.recipient else None

    def _looking(self, turn: Turn, pair_id: str) -> Callable[[], Choice]:
        member, now = turn.member, self._now()
        address, files = turn.answer(Field.ADDRESS), turn.files(Field.FILE)
        if files and not address:
            return lambda: self._calendars.look_at_file(
                member, pair_id, download(turn.client, files[0], MOST_BYTES), now
            )
        return lambda: self._calendars.look(member, pair_id, address, now)

    def _choice(self, turn: Turn, pair_id: str, series: Choice) -> View:
        return blocks.choose(pair_id, series, self._calendars.zone_of(turn.member))
