"""Settings that are allowed each by itself, and together are not wise."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.model import Finding, note, wrong
from bot.settings import Settings

NAME = "configuration"


def check_patience(settings: Settings) -> Iterator[Finding]:
    """How often the bot looks, and how long it waits for what."""
    if settings.clock_file:
        yield note(NAME, "RUNG_CLOCK_FILE moves the bot's clock: that is for the playground only.")
    beat, lease = settings.heartbeat_seconds, settings.lease_seconds
    if beat > lease:
        yield note(
            NAME,
            f"RUNG_HEARTBEAT_S ({beat:g}) is more than RUNG_LEASE_S ({lease:g}): what a bot left "
            "unfinished waits that long for the next look.",
            "Leave RUNG_HEARTBEAT_S out; the bot then looks every ten seconds.",
        )
    guard, safe = settings.guard_seconds, settings.safe_guard_seconds
    if guard > safe:
        yield note(
            NAME,
            f"RUNG_GUARD_S ({guard:g}) would outlive RUNG_LEASE_S ({lease:g}) together with "
            f"RUNG_HTTP_TIMEOUT_S; the bot gives an attempt up after {safe:g} seconds.",
        )
    settle, timeout = settings.settle_seconds, settings.http_timeout_seconds
    if settle < timeout:
        yield wrong(
            NAME,
            f"RUNG_SETTLE_S ({settle:g}) is less than RUNG_HTTP_TIMEOUT_S ({timeout:g}): a message "
            "that Slack is slow to show is taken for lost, and comes twice.",
            "Leave RUNG_SETTLE_S out; the bot then waits two minutes before it looks.",
        )
