"""A caller of the Web API that sees what is on the wire, with no retries and no wrapping."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Caller:
    port: int
    token: str

    def call(self, method: str, timeout_s: float = 10, /, **args: Any) -> http.client.HTTPResponse:
        """The answer before its body was read; raises what the socket raises."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        line.request("POST", f"/api/{method}", urlencode(args), self.headers)
        return line.getresponse()

    def json(self, method: str, /, **args: Any) -> Any:
        return json.loads(self.call(method, **args).read())

    @property
    def headers(self) -> dict[str, str]:
        form = "application/x-www-form-urlencoded"
        return {"Authorization": f"Bearer {self.token}", "Content-Type": form}
