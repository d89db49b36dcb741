"""A file that somebody put into a form, fetched from Slack with the bot's token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient

SLACKS_OWN = "files.slack.com"


class _NoRedirect(HTTPRedirectHandler):
    """The token goes to the address that was checked, and to no other."""

    def redirect_request(self, *_: Any) -> None:
        """Never."""


def download(client: WebClient, file: Mapping[str, Any], most: int) -> bytes:
    """At most one byte more than `most`; raises OSError. Needs the scope `files:read`."""
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    if not _is_slacks(address, client):
        raise OSError("not a file of Slack's")
    request = Request(address, headers={"Authorization": f"Bearer {client.token}"})
    try:
        with build_opener(_NoRedirect).open(request, timeout=client.timeout) as answer:
            content: bytes = answer.read(most + 1)
            return content
    except HTTPError as error:
        error.close()
        raise OSError("Slack does not give the file") from None


def _is_slacks(address: str, client: WebClient) -> bool:
    """Slack's own place for files, or, for a Slack of our own, where its API is."""
    there, api = urlsplit(address), urlsplit(client.base_url)
    own = (there.scheme, there.netloc) == (api.scheme, api.netloc)
    return own or (there.scheme, there.netloc) == ("https", SLACKS_OWN)
