"""What is kept about pictures, as an export says it. Pure."""

from __future__ import annotations

from bot.coverage.model import Drawn
from bot.privacy.records import Section


def sections(drawn: Drawn | None) -> list[Section]:
    """The latest picture, by Slack's id of the file; its content is in Slack alone."""
    rows = ((drawn.file_id, drawn.made_at),) if drawn else ()
    return [Section("pictures", "Pictures of my examples", ("slack_file", "made_at"), rows)]
