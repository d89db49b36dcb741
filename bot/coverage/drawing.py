"""The picture as a file for Slack; Pillow is loaded with the first one, and not at start."""

from __future__ import annotations

from bot.coverage.blocks import TITLE, picture_words
from bot.coverage.model import Coverage
from bot.coverage.wording import alt_text
from bot.slack.upload import Upload


def drawn(coverage: Coverage) -> tuple[Upload, str]:
    """The file with its alt text, and the escaped words that go with it."""
    from bot.coverage.picture import draw

    picture = draw(coverage)
    name = f"examples-{coverage.today.isoformat()}.png"
    file = Upload(name, picture.png, title=TITLE, alt_text=alt_text(coverage))
    return file, picture_words(coverage, picture.instead)
