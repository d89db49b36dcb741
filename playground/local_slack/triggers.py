"""Things Slack hands out that run out: trigger ids (3 s, once) and response URLs (30 min, 5 uses).

Both run on the real clock, as Slack's would.
"""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from dataclasses import dataclass

from .model import Refused

TRIGGER_LIFETIME_S = 3.0
RESPONSE_URL_LIFETIME_S = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    """Leave to open one modal; `in_modal` when it came from within a modal."""

    user: str
    in_modal: bool
    born: float
    spent: bool = False


class Triggers:
    def __init__(self) -> None:
        self.lifetime_s = TRIGGER_LIFETIME_S
        self._given: dict[str, Trigger] = {}
        self._numbers = itertools.count(1)

    def issue(self, user: str, *, in_modal: bool = False) -> str:
        trigger_id = f"{next(self._numbers)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._given[trigger_id] = Trigger(user, in_modal, time.monotonic())
        return trigger_id

    def spend(self, trigger_id: str) -> Trigger:
        trigger = self._given.get(trigger_id)
        if trigger is None:
            reason = "[ERROR] invalid `trigger_id` [json-pointer:/trigger_id]"
            raise Refused("invalid_arguments", [reason])
        if trigger.spent:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - trigger.born > self.lifetime_s:
            raise Refused("expired_trigger_id")
        trigger.spent = True
        return trigger


@dataclass
class ReplyAddress:
    """What a response URL leads to: a person in a channel, and the message that was acted on."""

    user: str
    channel: str
    message_ts: str | None
    born: float
    uses: int = 0


class ReplyAddresses:
    def __init__(self) -> None:
        self.lifetime_s = RESPONSE_URL_LIFETIME_S
        self.most_uses = RESPONSE_URL_USES
        self._given: dict[str, ReplyAddress] = {}
        self._lock = threading.Lock()

    def issue(self, user: str, channel: str, message_ts: str | None = None) -> str:
        """The last part of a new response URL."""
        key = secrets.token_urlsafe(18)
        self._given[key] = ReplyAddress(user, channel, message_ts, time.monotonic())
        return key

    def use(self, key: str) -> ReplyAddress:
        with self._lock:
            address = self._given.get(key)
            if address is None:
                raise Refused("invalid_url")
            if time.monotonic() - address.born > self.lifetime_s:
                raise Refused("expired_url")
            if address.uses >= self.most_uses:
                raise Refused("used_url")
            address.uses += 1
            return address
