"""Puts other words in the place of messages that were taken back."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.delivery import store
from bot.delivery.desk import Desk
from bot.delivery.model import Posted, State
from bot.delivery.wire import put_instead
from bot.logs import happened

log = logging.getLogger(__name__)

BATCH = 50


class Closing:
    """Follows what was taken back until Slack shows it no longer, as often as it takes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def close_all(self, now: datetime) -> None:
        """One try for each, as long as Slack lets us."""
        while self._desk.may_ask():
            with self._desk.database.read() as tx:
                batch = store.closing(tx, self._desk.team_id, BATCH)
            if not sum(self._close_alone(posted, now) for posted in batch):
                return

    def _close_alone(self, posted: Posted, now: datetime) -> bool:
        with self._desk.alone(posted.parcel):
            return self._close(posted, now)
        return False

    def _close(self, posted: Posted, now: datetime) -> bool:
        instead = self._desk.kind(posted.parcel).instead
        if not instead or not self._desk.may_ask():
            return False
        outcome = put_instead(self._desk.client, posted, instead(posted.parcel))
        if outcome.trouble:
            self._desk.pause(outcome.trouble)
        if outcome.state is State.CLOSING:
            log.warning(happened("not_taken_back_yet", reason=outcome.reason))
            return False
        with self._desk.database.write() as tx:
            ended_here = store.close(tx, posted.parcel, outcome.state, outcome.reason)
        if ended_here:
            self._desk.report(posted.parcel, outcome, now)
        return True
