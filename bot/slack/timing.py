"""How long Slack waits for each answer: every request passes here, in both modes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

COMMAND = "command"
OTHER = "other"
BY_TYPE = {
    "block_actions": "button",
    "view_submission": "form",
    "view_closed": "form",
    "shortcut": "shortcut",
    "message_action": "shortcut",
    "event_callback": "event",
}
REQUESTS = frozenset({COMMAND, OTHER, *BY_TYPE.values()})

Answered = Callable[[str, float], None]


class TimedApp(App):
    """Tells of each request that was let in: one of REQUESTS, and the seconds it took."""

    def __init__(self, answered: Answered, **options: Any) -> None:
        """`options` are Bolt's own."""
        self._answered = answered
        super().__init__(**options)

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Bolt's, with a watch in its hand."""
        begun = perf_counter()
        response = super().dispatch(req)
        if response.status == 200:
            self._answered(_kind(req.body), perf_counter() - begun)
        return response


def untimed(_request: str, _seconds: float) -> None:
    """Nobody counts."""


def _kind(body: Mapping[str, Any]) -> str:
    return COMMAND if "command" in body else BY_TYPE.get(str(body.get("type")), OTHER)
