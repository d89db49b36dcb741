"""The one way out to the bot: every payload passes here, and the last one can go out again."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .model import Json
from .transports import Delivery, Kind, Retry, Transport, Unconnected

ACK_TIMEOUT_S = 3.0


@dataclass
class Sent:
    """A payload as it went out; `attempts` counts how often it did."""

    kind: Kind
    payload: Json
    attempts: int = 1


class Outbox:
    """`last` is None before anything was sent."""

    def __init__(self) -> None:
        self.transport: Transport = Unconnected()
        self.ack_timeout_s = ACK_TIMEOUT_S
        self.last: Sent | None = None

    def send(self, kind: Kind, payload: Json, retry: Retry | None = None) -> Delivery:
        if retry is None:
            self.last = Sent(kind, copy.deepcopy(payload))
        return self.transport.deliver(kind, payload, self.ack_timeout_s, retry)

    def again(self) -> Delivery:
        """The last payload once more, word for word; an event says that it is a retry."""
        if self.last is None:
            raise LookupError("Nothing was sent to the bot yet.")
        sent = self.last
        retry = Retry(sent.attempts, "http_timeout") if sent.kind == "events_api" else None
        sent.attempts += 1
        return self.transport.deliver(sent.kind, sent.payload, self.ack_timeout_s, retry)


class Replicas:
    """Several bots behind one app: each payload goes to all of them at the same moment.

    What the first of them answers is what Slack goes by; `answers` are those of all, in order.
    """

    def __init__(self, *bots: Transport) -> None:
        self._bots = bots
        self.answers: list[Delivery] = []

    def deliver(
        self, kind: Kind, payload: Json, timeout_s: float, retry: Retry | None = None
    ) -> Delivery:
        with ThreadPoolExecutor(len(self._bots)) as pool:
            waiting = [
                pool.submit(bot.deliver, kind, payload, timeout_s, retry) for bot in self._bots
            ]
        self.answers = [each.result() for each in waiting]
        return self.answers[0]
