"""The threads in which calendars are read: a few, and for each person one reading at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bot.one_on_ones.calendars.model import CalendarProblem, Trouble
from bot.slack.member import Member

AT_ONCE = 4

T = TypeVar("T")


class Readers:
    """Slow addresses hold up whoever gave them; four for whoever waits, four for the schedule."""

    def __init__(self) -> None:
        """Nobody waits for anything yet."""
        self._asked = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="calendars")
        self._due = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="calendars due")
        self._busy: set[Member] = set()
        self._lock = threading.Lock()

    def ask(self, member: Member, read: Callable[[], T]) -> Future[T]:
        """Begins what somebody waits for; raises CalendarProblem while another is read for them."""
        if not self._take(member):
            raise CalendarProblem(Trouble.STILL_READING)
        return self._asked.submit(self._freeing(member, read))

    def schedule(self, member: Member, read: Callable[[], T]) -> Future[T] | None:
        """Begins what is due; None while another is read for them: it is due the next time too."""
        if not self._take(member):
            return None
        return self._due.submit(self._freeing(member, read))

    def _take(self, member: Member) -> bool:
        with self._lock:
            free = member not in self._busy
            self._busy.add(member)
            return free

    def _freeing(self, member: Member, read: Callable[[], T]) -> Callable[[], T]:
        def run() -> T:
            try:
                return read()
            finally:
                with self._lock:
                    self._busy.discard(member)

        return run
