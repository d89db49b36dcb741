"""Every verb of `python -m bot`, as the one who runs the bot: nobody else gets there."""

from __future__ import annotations

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from bot.cli import main
from bot.privacy.policy import Action, Role
from bot.settings import Settings
from playground.local_slack.model import Answer
from tests.bench import TRACK
from tests.privacy.cells.attempt import World
from tests.privacy.cells.people import ADMIN, OWNER, Actor
from tests.privacy.cells.ways import Act, Entrance, Way
from tests.privacy.cells.world import NOW, Ids

OPERATOR = frozenset({Role.OPERATOR})
PAGE = "# L9 Engineer\n\n## Teaching\n\n- I teach what nobody knew.\n"
ROSTER = f"slack_user,track,level,manager\n{OWNER},{TRACK},L3,UCLEO\n"
BECAUSE = ("--because", "she asked by mail")


def verb(*arguments: str) -> Act:
    """Runs it in an environment that leads to the world; `$dir` is a folder of its own."""

    def act(world: World, _actor: Actor, _ids: Ids) -> Answer:
        folder = world.folder / f"run{len(list(world.folder.glob('run*')))}"
        folder.mkdir()
        (folder / "page.md").write_text(PAGE, encoding="utf-8")
        (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
        said = io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            _lead_to(world, patch, folder)
            given = [each.replace("$ladder", str(world.folder / "ladder")) for each in arguments]
            with redirect_stdout(said), redirect_stderr(said):
                main(given)
        return Answer(200, body=said.getvalue())

    return act


def _lead_to(world: World, patch: pytest.MonkeyPatch, folder: Path) -> None:
    for name in (str(field.alias) for field in Settings.model_fields.values()):
        patch.delenv(name, raising=False)
    patch.chdir(folder)
    settings, slack = world.bench.settings, world.slack
    for name, value in {
        "SLACK_BOT_TOKEN": slack.tokens.bot,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": settings.database_url,
        "LADDER_DIR": str(settings.ladder_dir),
        "RUNG_CLOCK_FILE": str(settings.clock_file),
        "RUNG_ADMINS": ADMIN,
        "RUNG_HOST": "127.0.0.1",
        "PORT": str(slack.port),  # taken, so that `run` says so instead of serving
        "PATH": os.environ["PATH"],
    }.items():
        patch.setenv(name, value)


def line(
    name: str, *more: str, does: tuple[Action, ...] = (), label: str = "", reseals: bool = False
) -> Way:
    act = verb(*name.split(), *more)
    return Way(Entrance.COMMAND_LINE, name, act, does, OPERATOR, label=label, reseals=reseals)


VERBS = [
    line("run"),
    line("tick", "--now", NOW.isoformat()),
    line("ladder check"),
    line("ladder show", "--json", does=(Action.READ_LADDER,)),
    line(
        "ladder import",
        "page.md",
        "--into",
        "$ladder",
        "--track",
        "new",
        does=(Action.PUBLISH_LADDER,),
    ),
    line("people import", "roster.csv", does=(Action.PROPOSE_MANAGER,)),
    line("keys status"),
    line("keys rotate", reseals=True),
    line("keys drop"),
    line("doctor"),
    line("manifest"),
    line("export", OWNER, "--into", "out", *BECAUSE, does=(Action.EXPORT,)),
    line(
        "export", "--request", "adasreq1", "--into", "out", does=(Action.EXPORT,), label="asked for"
    ),
    line("export", OWNER, "--readings", *BECAUSE, does=(Action.READ_READINGS,), label="readings"),
    line("export", "--requests", label="what is asked for"),
    line("erase", OWNER, "--yes", *BECAUSE, does=(Action.ERASE,)),
    line("erase", OWNER, "--yes", label="without a reason"),
]
