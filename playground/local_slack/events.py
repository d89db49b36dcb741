"""Events to the bot, with Slack's retries: at once, after a minute, after five."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from . import payloads
from .manifest import Manifest
from .model import Json
from .transports import Delivery, Retry

RETRY_AFTER_S = (0.0, 60.0, 300.0)


class EventSender:
    """Only events that the app's manifest lets it hear are told."""

    def __init__(self, send: Callable[..., Delivery], manifest: Manifest) -> None:
        self.retry_after_s: tuple[float, ...] = RETRY_AFTER_S
        self._send = send
        self._manifest = manifest
        self._stopped = threading.Event()

    def tell(self, name: str, body: Json, **envelope: Any) -> Delivery:
        """Send one event and wait for its ack; retries go on in the background.

        `envelope` as for `payloads.event`.
        """
        if not self._manifest.hears(name):
            return Delivery(200, 0.0)
        payload = payloads.event(body, **envelope)
        delivery = self._send("events_api", payload)
        if _wants_retry(delivery):
            threading.Thread(
                target=self._retry, args=(payload, delivery), name="event-retries", daemon=True
            ).start()
        return delivery

    def stop(self) -> None:
        self._stopped.set()

    def _retry(self, payload: Json, delivery: Delivery) -> None:
        for attempt, wait_s in enumerate(self.retry_after_s, start=1):
            if not _wants_retry(delivery) or self._stopped.wait(wait_s):
                return
            delivery = self._send("events_api", payload, retry=Retry(attempt, _reason(delivery)))


def _wants_retry(delivery: Delivery) -> bool:
    return delivery.status != 200 and delivery.headers.get("x-slack-no-retry") != "1"


def _reason(delivery: Delivery) -> str:
    if delivery.failure == "timeout":
        return "http_timeout"
    return "connection_failed" if delivery.failure else "http_error"
