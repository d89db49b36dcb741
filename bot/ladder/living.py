"""The ladder in service: it follows its files while the bot runs, and a broken one never serves.

A directory's own time misses edits in place, so the stamp of each file counts. Editors and
copying tools write in steps, so nothing is read before two looks in a row saw the same stamps.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.ladder.asking.lookup import prepare
from bot.ladder.files.loading import TRACKS, Reading, read
from bot.ladder.model import Ladder, Problem
from bot.logs import happened

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
_COARSE_SECONDS = 2  # the clock of some file systems ticks no finer
_MOST_TOLD = 20

Stamp = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps the files from being served; `episode` is the same until they are mended."""

    problems: tuple[Problem, ...]
    episode: str


@dataclass(frozen=True, slots=True)
class Served:
    """The ladder that answers, and since when (UTC)."""

    ladder: Ladder
    since: datetime


class LivingLadder:
    """Holds the last good ladder; `look` takes over what changed, and belongs on a timer."""

    def __init__(
        self,
        directory: Path,
        reading: Reading,
        now: Callable[[], datetime],
        read_files: Callable[[Path, Reading], Reading] = read,
    ) -> None:
        """`reading` holds the ladder to begin with.

        `read_files(directory, before)` reads the files anew; an id that `before` used must not
        have vanished from them.
        """
        assert reading.ladder is not None
        prepare(reading.ladder)
        self.directory = directory
        self.served = Served(reading.ladder, now())
        self._good = reading
        self._read_files = read_files
        self.trouble: Trouble | None = None
        self._now = now
        self._looking = threading.Lock()
        self._last_look: tuple[Stamp, ...] | None = None
        self._judged: tuple[Stamp, ...] | None = None

    @property
    def ladder(self) -> Ladder:
        """The ladder in service; a new object whenever its content is another, never changed."""
        return self.served.ladder

    def note(self) -> str:
        """For the operator: what is wrong with the files and what serves meanwhile, or nothing."""
        trouble, served = self.trouble, self.served
        if trouble is None:
            return ""
        more = len(trouble.problems) - 1
        return (
            f"{trouble.problems[0]}{f' (and {more} more)' if more else ''}; the ladder of "
            f"version {served.ladder.version} from {served.since:%Y-%m-%d %H:%M} UTC is still "
            "in service"
        )

    def look(self) -> None:
        """Looks at the files once, and takes over what has changed and come to rest."""
        with self._looking:
            stamps = tuple(_stamps(self.directory))
            if stamps == self._judged:
                return
            if stamps == self._last_look:
                self._judge(stamps)
            self._last_look = stamps

    def _judge(self, stamps: tuple[Stamp, ...]) -> None:
        reading, problems = self._read()
        if tuple(_stamps(self.directory)) != stamps:
            return  # somebody wrote meanwhile, so this may be half of it
        # a file written a moment ago may be written again with the very same stamp
        self._judged = None if _young(stamps) else stamps
        if problems:
            self._keep(problems, stamps)
        else:
            self._serve(reading)

    def _read(self) -> tuple[Reading, tuple[Problem, ...]]:
        """What the files hold now, and what keeps it from being served."""
        try:
            reading = self._read_files(self.directory, self._good)
        except Exception as error:  # a folder without permission, a circle of links: never serve it
            reason = getattr(error, "strerror", None) or type(error).__name__
            remedy = "Check its permissions and links."
            said = f"The ladder cannot be read: {reason}."
            reading = Reading(None, (Problem(str(self.directory), 1, said, remedy),))
        return reading, tuple(problem for problem in reading.problems if problem.fatal)

    def _keep(self, problems: tuple[Problem, ...], stamps: tuple[Stamp, ...]) -> None:
        """The last good ladder goes on serving; each problem is logged once."""
        before = self.trouble
        if before and before.problems == problems:
            return
        episode = before.episode if before else _episode(self.directory, problems, stamps)
        self.trouble = Trouble(problems, episode)
        for problem in problems[:_MOST_TOLD]:
            log.error(happened("problem", text=str(problem)))
        more = max(0, len(problems) - _MOST_TOLD)
        log.error(happened("broken", problems_more=more, still_serves=self.ladder.version))

    def _serve(self, reading: Reading) -> None:
        assert reading.ladder is not None
        was, self.trouble = self.trouble, None
        self._good = reading
        if reading.ladder == self.ladder:
            if was:
                log.info(happened("mended", serves=self.ladder.version, changed=False))
            return
        prepare(reading.ladder)
        self.served = Served(reading.ladder, self._now())
        for problem in reading.problems:
            log.warning(happened("problem", text=str(problem)))
        how = "mended" if was else "read_anew"
        log.info(happened(how, serves=reading.ladder.version, changed=True))


def _stamps(directory: Path) -> Iterator[Stamp]:
    """One stamp for each file that counts, links followed; zeros where there is nothing to see."""
    found = sorted({*directory.glob("*.y*ml"), *(directory / TRACKS).glob("*.y*ml")})
    for path in found or [directory]:
        try:
            seen = path.stat()
        except OSError:
            yield str(path), 0, 0, 0, 0
        else:
            # the time of the last change also tells of permissions, and of a kept older time
            yield str(path), seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino


def _young(stamps: tuple[Stamp, ...]) -> bool:
    newest = max(max(modified, changed) for _, modified, changed, _, _ in stamps)
    return abs(time.time() - newest / 1e9) < _COARSE_SECONDS


def _episode(directory: Path, problems: tuple[Problem, ...], stamps: tuple[Stamp, ...]) -> str:
    """The same for every process that sees this break of these files, and only for this break."""
    there = directory if directory.exists() else directory.parent
    changed = there.stat().st_ctime_ns if there.exists() else 0
    told = "\n".join(str(problem) for problem in problems)
    return hashlib.sha256(f"{told}\n{stamps}\n{changed}".encode()).hexdigest()[:32]
