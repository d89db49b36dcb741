"""A stand-in until the folder reader lands."""

from pathlib import Path

from bot.ladder.importers.report import Harvest
from bot.ladder.model import Problem


def harvest_folder(folder: Path, track_id: str | None, track_name: str | None) -> Harvest:  # noqa: ARG001
    """Nothing yet."""
    return Harvest(problems=(Problem(str(folder), 1, "This is a folder.", "Give one page."),))
