"""The `keys` verbs of the command line: what they print; what is wrong is a DatabaseError.

Every store has to be imported before, or its tables would be passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from bot.storage.canary import require_own_keys
from bot.storage.crypto import KeyRing, Place, fingerprint, is_mark
from bot.storage.database import Database, DatabaseError
from bot.storage.keys import KeyFile, key_file, load_key_ring
from bot.storage.migrate import require_head
from bot.storage.rotation import census, older, seal_anew

EVERY = 10_000  # texts between two lines of progress
SHOWN = 5
PATIENCE_SECONDS = 60  # a bot that writes much may hold SQLite's lock again and again

ONLY_ONE = (
    "RUNG_KEYS holds only one key, so there is none to change to. Make one with "
    "`openssl rand -base64 32`, put it in front of the present one with a comma between them "
    "(RUNG_KEYS=new,old), start every bot again with that, and run this again. Keep a copy of both."
)
DROP = "`python -m bot keys drop`"
NOT_HERE = "The keys come from RUNG_KEYS, so it is up to you to take old ones out of it."


@dataclass(frozen=True, slots=True)
class Census:
    """How many texts each key opens; `lost` needs keys that are not here, by fingerprint."""

    ring: KeyRing
    counted: Counter[bytes]

    @property
    def lost(self) -> dict[str, int]:
        marks = {mark for mark in self.counted if is_mark(mark)} - set(self.ring.marks)
        return {fingerprint(mark): self.counted[mark] for mark in sorted(marks)}

    @property
    def damaged(self) -> int:
        return sum(number for mark, number in self.counted.items() if not is_mark(mark))

    @property
    def unused(self) -> list[bytes]:
        return [mark for mark in self.ring.marks[1:] if not self.counted[mark]]

    def problems(self) -> list[str]:
        """A sentence for each reason why a text cannot be read."""
        found = [
            f"{texts(number)} cannot be read: the key {name} is not here. Nothing is lost: put "
            "the key file or RUNG_KEYS with that key back from your backup."
            for name, number in self.lost.items()
        ]
        if self.damaged:
            found.append(
                f"{texts(self.damaged)} cannot be read, because something else than Rung wrote "
                "there. Restore the database from a backup."
            )
        return found


def take_census(database: Database, ring: KeyRing) -> Census:
    """At one moment."""
    with database.read() as tx:
        return Census(ring, census(tx))


def status(url: str, configured: Sequence[str], out: TextIO) -> None:
    """Print which key opens how many texts; raises DatabaseError when a text's key is not here."""
    database = _open(url)
    ring = load_key_ring(database, configured, fresh=False)
    found = take_census(database, ring)
    print(f"Keys from {_source(database, configured)}, newest first:", file=out)
    for number, mark in enumerate(ring.marks):
        role = "seals what is written now, and opens" if number == 0 else "opens"
        print(f"  {fingerprint(mark)} {role} {texts(found.counted[mark])}", file=out)
    if left := older(found.counted, ring):
        print(f"{needed_by(left)}. `python -m bot keys rotate` seals them anew.", file=out)
    _refuse(found.problems())


def rotate(url: str, configured: Sequence[str], out: TextIO) -> None:
    """Seal every text with a new key; raises DatabaseError when one cannot be."""
    database = _open(url)
    ring = _ring_to_rotate_to(database, configured, out)
    work = older(take_census(database, ring).counted, ring)
    try:
        stuck = seal_anew(database, ring, _Progress(work, out))
    except KeyboardInterrupt:
        print("Stopped. Nothing is lost: run it again, and it goes on from here.", file=out)
        raise
    found = take_census(database, ring)
    newest = ring.marks[0]
    print(f"Sealed with the key {fingerprint(newest)}: {texts(found.counted[newest])}.", file=out)
    if found.unused:
        print(_no_longer_needed(found.unused, by_hand=bool(configured)), file=out)
    problems = [*_not_opening(stuck), *found.problems()]
    _refuse(problems)


def drop(url: str, configured: Sequence[str], out: TextIO) -> None:
    """Take older keys out of the key file; raises DatabaseError while a text needs one."""
    database = _open(url)
    file = None if configured else key_file(database)
    ring = load_key_ring(database, configured, fresh=False)
    require_own_keys(database, ring)
    if file is None:
        unused = take_census(database, ring).unused
        raise DatabaseError(_no_longer_needed(unused, by_hand=True) if unused else NOT_HERE)
    with database.write() as tx:  # nobody writes a text with an older key meanwhile
        ring = load_key_ring(database, (), fresh=False)
        found = Census(ring, census(tx))
        if left := older(found.counted, ring):
            raise DatabaseError(
                f"{needed_by(left)}, so nothing was dropped. `python -m bot keys rotate` seals "
                "them anew; run this again after it."
            )
        if found.unused:
            file.drop(found.unused)
    print(_dropped(found.unused, file), file=out)


def _open(url: str) -> Database:
    database = Database(url, make=False, wait_seconds=PATIENCE_SECONDS)
    require_head(database)
    return database


def _ring_to_rotate_to(database: Database, configured: Sequence[str], out: TextIO) -> KeyRing:
    """A ring whose newest key is the one to seal with: a new one, unless a rotation was begun."""
    ring = load_key_ring(database, configured, fresh=False)
    file = None if configured else key_file(database)
    require_own_keys(database, ring)
    if file is None:
        if len(ring.marks) == 1:
            raise DatabaseError(ONLY_ONE)
        return ring
    with database.write() as tx:  # two that are started at once make one key
        ring = load_key_ring(database, (), fresh=False)
        if older(census(tx), ring):
            newest = fingerprint(ring.mark)
            print(f"A change to the key {newest} was begun before. It goes on.", file=out)
            return ring
        file.add_new_key()
        ring = load_key_ring(database, (), fresh=False)
    print(
        f"Made the key {fingerprint(ring.mark)} and put it first in {file.path}. "
        "Back that file up now, as it is.",
        file=out,
        flush=True,
    )
    return ring


class _Progress:
    """A line each time that many more texts were done."""

    def __init__(self, work: int, out: TextIO) -> None:
        self._work = work
        self._out = out
        self._told = 0

    def __call__(self, done: int) -> None:
        if done // EVERY > self._told // EVERY:
            self._told = done
            of = max(self._work, done)
            print(f"{done:,} of {of:,} texts sealed anew.", file=self._out, flush=True)


def _no_longer_needed(marks: Collection[bytes], *, by_hand: bool) -> str:
    how = (
        "Take it out of RUNG_KEYS when you like" if by_hand else f"{DROP} takes it out of the file"
    )
    return (
        f"No longer needed for this database: {_names(marks)}. Older backups of it still need "
        f"that key, so keep a copy with them. {how}."
    )


def _not_opening(stuck: Sequence[Place]) -> Iterable[str]:
    if not stuck:
        return
    named = [f"{place.table}.{place.column} of {place.row_id}" for place in stuck[:SHOWN]]
    more = f" and {len(stuck) - SHOWN} more" if len(stuck) > SHOWN else ""
    yield (
        f"{texts(len(stuck))} would not open, moved or changed outside of Rung: "
        f"{', '.join(named)}{more}. Restore the database from a backup, or delete such rows."
    )


def _dropped(marks: Collection[bytes], file: KeyFile) -> str:
    if not marks:
        return f"There is only one key in {file.path}, and it is in use. Nothing was dropped."
    return f"Taken out of {file.path}: {_names(marks)}. Backups from before still need it."


def _names(marks: Collection[bytes]) -> str:
    return ", ".join(map(fingerprint, marks))


def _source(database: Database, configured: Sequence[str]) -> str:
    file = key_file(database)
    return "RUNG_KEYS" if configured or file is None else str(file.path)


def texts(number: int) -> str:
    """As in "1 text" and "12,000 texts"."""
    return f"{number:,} text{'' if number == 1 else 's'}"


def needed_by(number: int) -> str:
    """What is left to be sealed anew."""
    return f"An older key is still needed by {texts(number)}"


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        raise DatabaseError("\n".join(problems))
