"""What people wrote, sealed: AES-256-GCM, bound to the exact place where the row keeps it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.logs import happened

log = logging.getLogger(__name__)

FORMAT = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
FINGERPRINT_BYTES = 4
MARK_BYTES = len(FORMAT) + FINGERPRINT_BYTES

Look = Callable[[], Sequence[bytes]]
"""All keys, newest first, when they changed since the last look; nothing when they did not."""


class SealError(Exception):
    """A text does not open: it was moved to another place, or changed outside of the bot."""


class KeyMissing(SealError):
    """The key of a text is not on the ring; `fingerprint` tells the operator which one it is."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__(f"The key {fingerprint} that sealed this text is not on the key ring.")
        self.fingerprint = fingerprint


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed text lives, and whose it is; moved or given to another it does not open.

    `people` are the ids of those whom the row names as its owner, and as its reader. Texts that
    were sealed before people were bound in are bound to the rest; sealing them anew binds them.
    """

    team_id: str
    table: str
    column: str
    row_id: str
    people: tuple[str, ...] = ()

    def as_bytes(self) -> bytes:
        """Unambiguous: each part is preceded by its length in four bytes."""
        parts = (self.team_id, self.table, self.column, self.row_id, *self.people)
        return b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in parts)

    def of_nobody(self) -> Place:
        """The place alone, as texts were bound to it at first."""
        return replace(self, people=())


class KeyRing:
    """Keys by fingerprint: the first one seals, every one opens."""

    def __init__(self, keys: Iterable[bytes], look: Look | None = None) -> None:
        """`keys` are 32 raw bytes each, newest first; at least one.

        `look` is asked before each sealing, and when a key is missing: so a process that runs
        takes over what `keys rotate` put into the key file.
        """
        self._keys = _by_mark(keys)
        self._look = look
        self._looking = Lock()

    @property
    def mark(self) -> bytes:
        """How each text begins that the newest key sealed: format byte and fingerprint."""
        return next(iter(self._keys))

    @property
    def marks(self) -> tuple[bytes, ...]:
        """The beginnings of all texts that this ring opens, the newest key's first."""
        return tuple(self._keys)

    def seal(self, text: str, place: Place) -> bytes:
        """Format byte, key fingerprint (4), nonce (12), then ciphertext with its tag.

        To be called inside the transaction that writes it: `keys drop` relies on that.
        """
        self._catch_up()
        mark, key = next(iter(self._keys.items()))
        nonce = os.urandom(NONCE_BYTES)
        return mark + nonce + key.encrypt(nonce, text.encode(), place.as_bytes())

    def open(self, sealed: bytes, place: Place) -> str:
        """The text as it was; raises KeyMissing, or SealError when it was moved or changed."""
        mark = bytes(sealed[:MARK_BYTES])
        nonce, body = sealed[MARK_BYTES:][:NONCE_BYTES], sealed[MARK_BYTES + NONCE_BYTES :]
        try:
            if not is_mark(mark):
                raise ValueError("not one of our texts")
            key = self._keys.get(mark) or self._found_meanwhile(mark, place)
            return _decrypted(key, nonce, body, place).decode()
        except (InvalidTag, ValueError):
            log.error(happened("text_changed", column=f"{place.table}.{place.column}"))
            raise SealError("A sealed text was changed or moved, so it does not open.") from None

    def _found_meanwhile(self, mark: bytes, place: Place) -> AESGCM:
        self._catch_up()
        key = self._keys.get(mark)
        if key is None:
            missing = KeyMissing(fingerprint(mark))
            log.error(
                happened("text_locked", column=f"{place.table}.{place.column}", text=str(missing))
            )
            raise missing
        return key

    def _catch_up(self) -> None:
        if self._look is None:
            return
        with self._looking:  # or another thread would seal with what this one is replacing
            if keys := self._look():
                self._keys = _by_mark(keys)


def _decrypted(key: AESGCM, nonce: bytes, body: bytes, place: Place) -> bytes:
    """A text bound to people opens for them alone: bound to nobody it was sealed otherwise."""
    try:
        return key.decrypt(nonce, body, place.as_bytes())
    except InvalidTag:
        if not place.people:
            raise
        return key.decrypt(nonce, body, place.of_nobody().as_bytes())


def is_mark(mark: bytes) -> bool:
    """Whether it can be the beginning of a text that a key of ours sealed."""
    return len(mark) == MARK_BYTES and mark.startswith(FORMAT)


def fingerprint(mark: bytes) -> str:
    """The key that a sealed text names at its beginning, as people read it: eight digits."""
    return mark[len(FORMAT) : MARK_BYTES].hex()


def new_key() -> str:
    """A fresh random key in the form that a key file and RUNG_KEYS hold: base64."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def parse_key(text: str) -> bytes:
    """The raw 32 bytes of a base64 key; raises ValueError without repeating the key."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("is not base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"holds {len(key)} bytes instead of {KEY_BYTES}")
    return key


def _by_mark(keys: Iterable[bytes]) -> dict[bytes, AESGCM]:
    return {mark_of(key): AESGCM(key) for key in keys}


def mark_of(key: bytes) -> bytes:
    """How each text begins that this key sealed."""
    return FORMAT + hashlib.sha256(b"rung key " + key).digest()[:FINGERPRINT_BYTES]
