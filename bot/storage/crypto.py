"""What people wrote, sealed: AES-256-GCM, bound to the exact place where the row keeps it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
FINGERPRINT_BYTES = 4


class SealError(Exception):
    """A text cannot be opened: its key is not on the ring, or it was moved or changed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed text lives; a text that is moved to another place does not open."""

    team_id: str
    table: str
    column: str
    row_id: str

    def as_bytes(self) -> bytes:
        """Unambiguous: each part is preceded by its length in four bytes."""
        parts = (self.team_id, self.table, self.column, self.row_id)
        return b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in parts)


class KeyRing:
    """Keys by fingerprint: the first one seals, every one opens."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        """`keys` are 32 raw bytes each, newest first; at least one."""
        self._keys = {_fingerprint(key): AESGCM(key) for key in keys}
        self._newest = next(iter(self._keys))

    def seal(self, text: str, place: Place) -> bytes:
        """Format byte, key fingerprint (4), nonce (12), then ciphertext with its tag."""
        nonce = os.urandom(NONCE_BYTES)
        body = self._keys[self._newest].encrypt(nonce, text.encode(), place.as_bytes())
        return FORMAT + self._newest + nonce + body

    def open(self, sealed: bytes, place: Place) -> str:
        """The text as it was; raises SealError when the key is missing or the place differs."""
        start = len(FORMAT) + FINGERPRINT_BYTES
        key = self._keys.get(bytes(sealed[len(FORMAT) : start]))
        if sealed[:1] != FORMAT or key is None:
            raise SealError("The key that sealed this text is not on the key ring.")
        nonce, body = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
        try:
            return key.decrypt(nonce, body, place.as_bytes()).decode()
        except (InvalidTag, ValueError):
            raise SealError("A sealed text was changed or moved, so it does not open.") from None


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


def _fingerprint(key: bytes) -> bytes:
    return hashlib.sha256(b"rung key " + key).digest()[:FINGERPRINT_BYTES]
