"""`python -m bot doctor`: every check in turn, none of which changes anything."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterator
from typing import TextIO

import bot.wiring  # noqa: F401  every store makes its tables known
from bot.doctor.clocks import check_time_zones
from bot.doctor.configuration import check_patience
from bot.doctor.data import check_database, check_ladder
from bot.doctor.disk import check_disk
from bot.doctor.model import Finding, Verdict, fine, wrong
from bot.doctor.slack import check_slack
from bot.settings import Settings, SettingsError

CHECKS = (
    check_patience,
    check_ladder,
    check_time_zones,
    check_disk,
    check_database,
    check_slack,
)


def examine(load: Callable[[], Settings], out: TextIO) -> int:
    """Prints a line for each finding, as it is found; 0 when nothing is wrong."""
    zoneinfo.reset_tzpath(())  # as the bot does
    amiss = 0
    for finding in findings(load):
        print(finding, file=out, flush=True)
        amiss += finding.verdict is Verdict.WRONG
    print(_summary(amiss), file=out)
    return 1 if amiss else 0


def findings(load: Callable[[], Settings]) -> Iterator[Finding]:
    """All of them, in the order in which an operator would mend them."""
    try:
        settings = load()
    except SettingsError as error:
        yield from (wrong("configuration", problem) for problem in error.problems)
        return
    missing = settings.slack_problems(to_serve=True)
    yield from (wrong("configuration", problem) for problem in missing)
    if not missing:
        mode = "Socket Mode" if settings.socket_mode else "HTTP"
        yield fine("configuration", f"{mode}, with port {settings.port} for health.")
    for check in CHECKS:
        if check is not check_slack or settings.bot_token:
            yield from check(settings)


def _summary(amiss: int) -> str:
    if not amiss:
        return "All is well."
    return f"{amiss} thing{' is' if amiss == 1 else 's are'} wrong."
