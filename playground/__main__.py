"""`python -m playground`: the bot in a workspace of its own, to try in the browser."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from .app import playground_manifest
from .bot_process import PROJECT, BotFailed, BotProcess
from .browser import Page
from .cast import furnish, people_file
from .clock import Clock
from .local_slack import LocalSlack
from .past_weeks import FormMissing, live_through

DEFAULT_PORT = 8765
PORTS_TO_TRY = 50


def main() -> int:
    options = _options()
    page = Page()
    try:
        slack = _open(options.port, page)
    except OSError:
        print(f"Port {options.port} is in use. Choose another with --port.", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        with slack, tempfile.TemporaryDirectory(prefix="rung-playground-") as folder:
            return _run(slack, page, Path(folder), options)
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--port", type=int, help=f"default {DEFAULT_PORT}, or the next free one")
    parser.add_argument(
        "--socket-mode", action="store_true", help="connect the bot over Socket Mode, not HTTP"
    )
    parser.add_argument("--empty", action="store_true", help="nobody placed, nothing logged yet")
    return parser.parse_args()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _open(port: int | None, page: Page) -> LocalSlack:
    """The local Slack on the wanted port, or on the first free one from the default on."""
    manifest = playground_manifest(PROJECT / "app.yaml")
    if port is not None:
        return LocalSlack(port, manifest=manifest, pages=page.routes)
    for candidate in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TO_TRY):
        try:
            return LocalSlack(candidate, manifest=manifest, pages=page.routes)
        except OSError:
            continue
    return LocalSlack(0, manifest=manifest, pages=page.routes)


def _run(slack: LocalSlack, page: Page, folder: Path, options: argparse.Namespace) -> int:
    furnish(slack)
    bot = BotProcess(slack, folder, socket_mode=options.socket_mode)
    page.clock = Clock(slack, bot.clock_file)
    try:
        _set_up(slack, page, bot, folder, options)
        return _watch(bot)
    except BotFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    finally:
        bot.stop()


def _set_up(
    slack: LocalSlack, page: Page, bot: BotProcess, folder: Path, options: argparse.Namespace
) -> None:
    placed = not options.empty and _place(page, bot, folder)
    page.say("Starting the bot …")
    bot.start()
    bot.wait_until_ready()
    if options.socket_mode:
        slack.wait_for_socket()
    else:
        slack.connect_http(f"http://127.0.0.1:{bot.port}/slack/events")
    if placed:
        _give_a_past(slack, page)
    page.ready()
    print(f"The bot's log: {bot.log}")
    print(f"The ladder, to edit while it runs: {bot.ladder}")
    print("Open this in your browser; Ctrl-C ends it:")
    print(slack.url, flush=True)


def _place(page: Page, bot: BotProcess, folder: Path) -> bool:
    """Places people before the bot starts; False where the ladder lacks their levels."""
    page.say("Placing people on the ladder …")
    people = folder / "people.csv"
    people.write_text(people_file(), encoding="utf-8")
    try:
        bot.call("people", "import", str(people))
    except BotFailed:
        page.say("This ladder has other tracks than ours, so nobody is placed yet: try /ladder.")
        return False
    return True


def _give_a_past(slack: LocalSlack, page: Page) -> None:
    page.say("Living through the last few weeks …")
    try:
        number = live_through(slack)
    except FormMissing as missing:
        print(f"No examples were logged in advance: {missing}", file=sys.stderr)
    else:
        page.say(f"{number} examples logged.")


def _watch(bot: BotProcess) -> int:
    while bot.exit_code is None:
        time.sleep(0.3)
    print(f"The bot stopped by itself (exit code {bot.exit_code}).", file=sys.stderr)
    print(bot.last_words(), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
