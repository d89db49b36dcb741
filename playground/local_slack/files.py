"""Files: announced, uploaded to the address that was given out for them, then shared."""

from __future__ import annotations

import mimetypes
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from .model import BOT_USER_ID, Json, Refused

FILE_TYPES = {"md": "markdown", "htm": "html", "yml": "yaml", "txt": "text", "js": "javascript"}
ABBREVIATED = 4
UPLOAD_LIFETIME_S = 30 * 60.0


@dataclass
class File:
    """`content` is None until the bytes were uploaded; `size` is what was announced, in bytes."""

    id: str
    name: str
    size: int
    created: int
    born: float
    title: str = ""
    alt_txt: str = ""
    content: bytes | None = None
    completed: bool = False

    def payload(self, address: str) -> Json:
        """The file object of messages and of files.completeUploadExternal's answer."""
        ending = PurePath(self.name).suffix.lstrip(".").casefold()
        kind = FILE_TYPES.get(ending, ending or "text")
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": kind,
            "pretty_type": kind.upper() if len(kind) <= ABBREVIATED else kind.capitalize(),
            "user": BOT_USER_ID,
            "size": self.size,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": address,
            "url_private_download": address,
            **({"alt_txt": self.alt_txt} if self.alt_txt else {}),
        }

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "text/plain"


class Shelf:
    """Every file of the workspace; `address` turns a path on the local Slack's port into a URL."""

    def __init__(self, address: Callable[[str], str], now: Callable[[], float]) -> None:
        self._address = address
        self._now = now
        self._files: dict[str, File] = {}
        self._tickets: dict[str, File] = {}

    def announce(self, name: str, size: int, alt_txt: str = "") -> tuple[File, str]:
        """A new file, and the URL that takes its bytes once."""
        file_id = "F0" + secrets.token_hex(5).upper()
        file = File(file_id, name, size, int(self._now()), time.monotonic(), alt_txt=alt_txt)
        ticket = secrets.token_urlsafe(24)
        self._files[file_id] = self._tickets[ticket] = file
        return file, self._address(f"upload/v1/{ticket}")

    def take(self, ticket: str, content: bytes) -> None:
        """Raises Refused for an unknown, used or late address, and for another length."""
        file = self._tickets.pop(ticket, None)
        if file is None or time.monotonic() - file.born > UPLOAD_LIFETIME_S:
            raise Refused("file_not_found")
        if len(content) != file.size:
            raise Refused("invalid_length")
        file.content = content

    def put(self, name: str, content: bytes) -> Json:
        """A file that somebody puts into a form, as its submission describes it."""
        file, address = self.announce(name, len(content))
        self.take(address.rpartition("/")[2], content)
        return self.payload(self.complete(file.id, None))

    def uploaded(self, file_id: str) -> File:
        """A file whose bytes are there and whose upload was not completed yet."""
        file = self._files.get(file_id)
        if file is None or file.content is None or file.completed:
            raise Refused("file_not_found")
        return file

    def complete(self, file_id: str, title: str | None) -> File:
        file = self.uploaded(file_id)
        file.completed = True
        file.title = title or file.name
        return file

    def whole(self, file_id: str) -> File:
        """A file that can be read; raises Refused before its upload was completed."""
        file = self._files.get(file_id)
        if file is None or not file.completed:
            raise Refused("file_not_found")
        return file

    def drop(self, file: File) -> None:
        del self._files[file.id]

    def payload(self, file: File) -> Json:
        return file.payload(self._address(f"files/{file.id}"))
