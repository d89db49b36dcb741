"""Tells those who run the bot, once for each time that it breaks, that the ladder needs mending."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import PurePath

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.ladder.living import LivingLadder, Trouble
from bot.ladder.model import Problem
from bot.slack.blocks import Message, message, paragraphs
from bot.slack.member import Member
from bot.slack.text import clip, escape, show_instant
from bot.storage.database import Database

KIND = "ladder"
WINDOW = timedelta(days=1)

START = "The career ladder's files have a mistake in them, so I do not use them."
MEND = (
    "Please mend the files. I look at them every second and take them over once they are whole; "
    "nothing has to be restarted. `python -m bot ladder check` shows every problem."
)

_SHOWN = 3
_MOST_CHARS = 600


class Alarm:
    """One direct message to each admin, through the outbox, so that none gets it twice."""

    def __init__(
        self,
        living: LivingLadder,
        database: Database,
        post_office: PostOffice,
        admins: Collection[Member],
    ) -> None:
        """With no admins there is nobody to tell; the log and `/readyz` say it all the same."""
        self._living = living
        self._database = database
        self._post_office = post_office
        self._admins = sorted(admins)
        self._told = ""
        post_office.learn(KIND, self.render)

    def ring(self, now: datetime) -> None:
        """Hands in the messages while the ladder is broken, unless this break was told already."""
        trouble = self._living.trouble
        if trouble is None or trouble.episode == self._told:
            return
        with self._database.write() as tx:
            for admin in self._admins:
                self._post_office.accept(tx, _parcel(admin, trouble, now))
        self._told = trouble.episode

    def render(self, _parcel: Parcel, _now: datetime) -> Message | None:
        """What is wrong at this moment; None when it was mended before the message left."""
        trouble, served = self._living.trouble, self._living.served
        if trouble is None:
            return None
        calm = (
            f"Everybody is still answered from version {escape(served.ladder.version)}, which I "
            f"took over {show_instant(served.since)}."
        )
        said = [f"{START} {calm}", *_lines(self._living, trouble), MEND]
        return message(START, paragraphs(said))


def _parcel(admin: Member, trouble: Trouble, now: datetime) -> Parcel:
    return Parcel(
        recipient=admin,
        kind=KIND,
        key=f"{admin.user_id}|{KIND}|{trouble.episode}",
        subject=trouble.episode,
        not_before=now,
        expires_at=now + WINDOW,
    )


def _lines(living: LivingLadder, trouble: Trouble) -> list[str]:
    more = max(0, len(trouble.problems) - _SHOWN)
    shown = [_line(living, problem) for problem in trouble.problems[:_SHOWN]]
    return [*shown, f"• and {more} more"] if more else shown


def _line(living: LivingLadder, problem: Problem) -> str:
    place = f"{_inside(problem.file, living)}:{problem.line}"
    words = clip(f"{problem.message} {problem.remedy}".rstrip(), _MOST_CHARS)
    return f"• `{escape(place)}` {escape(words)}"


def _inside(file: str, living: LivingLadder) -> str:
    """The file's name from the ladder directory on, as it is known to who edits it."""
    path, root = PurePath(file), PurePath(os.fspath(living.directory))
    return path.relative_to(root).as_posix() if path.is_relative_to(root) and path != root else file
