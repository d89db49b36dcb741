"""The arguments of one Web API call, whether they came as a form, as JSON or in the address."""

from __future__ import annotations

import json
from typing import Any

from ..limits_checks import fault
from ..model import Json, Refused


class Arguments(Json):
    """What was sent, with readers that refuse the way Slack does."""

    def required(self, name: str) -> str:
        value = self.get(name)
        if value in (None, ""):
            raise Refused("invalid_arguments", [fault(f"missing required field: {name}", "")])
        return str(value)

    def optional(self, name: str) -> str | None:
        value = self.get(name)
        return None if value in (None, "") else str(value)

    def flag(self, name: str) -> bool:
        return str(self.get(name, "")).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.get(name) or default)
        except ValueError:
            raise Refused("invalid_arguments", [fault("must be an integer", f"/{name}")]) from None

    def parsed(self, name: str, on_error: str = "invalid_arguments") -> Any:
        """A value that may have come as a JSON string inside a form."""
        value = self.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(on_error, [fault("must be valid JSON", f"/{name}")]) from None
