"""What lies on this side: the database, its keys, and the ladder."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.clocks import check_database_clock
from bot.doctor.model import Finding, fine, note, wrong
from bot.doctor.sending import check_sending
from bot.ladder.files.loading import read
from bot.ladder.wording import counted
from bot.one_on_ones.calendars.calendars import count_calendars
from bot.own_data.own_data import number_waiting
from bot.settings import Settings
from bot.storage.canary import require_own_keys
from bot.storage.crypto import fingerprint
from bot.storage.database import Database, DatabaseError, NoDatabase
from bot.storage.keys import load_key_ring
from bot.storage.migrate import HEAD, behind
from bot.storage.rotation import older
from bot.storage.verbs import needed_by, take_census, texts

UNREAD = (
    "Whoever gave one hears of it after a week. If it is all of them, may this machine reach the "
    "internet on port 443?"
)


def check_ladder(settings: Settings) -> Iterator[Finding]:
    """Whether a bot would start with it."""
    reading = read(settings.ladder_dir)
    fatal = [str(problem) for problem in reading.problems if problem.fatal]
    for problem in fatal:
        yield wrong("ladder", problem)
    ladder = reading.ladder
    if ladder is None or not ladder.tracks:
        if not fatal:
            yield wrong("ladder", f"{settings.ladder_dir} has no track with levels.")
        return
    levels = sum(len(track.levels) for track in ladder.tracks)
    tracks = counted(len(ladder.tracks), "track")
    yield fine("ladder", f"{tracks} with {counted(levels, 'level')}, version {ladder.version}.")
    if reading.problems:
        number = counted(len(reading.problems), "warning")
        yield note(
            "ladder", f"{number}; it can be used.", "`python -m bot ladder check` names all."
        )


def check_database(settings: Settings) -> Iterator[Finding]:
    """The database as it is, its schema, and its keys; nothing is made or migrated."""
    try:
        database = Database(settings.database_url, make=False)
    except NoDatabase as absent:
        yield note("database", str(absent))
        return
    except DatabaseError as error:
        yield wrong("database", str(error))
        return
    try:
        yield from _opened(database, settings)
    except DatabaseError as error:
        yield wrong("database", str(error))
    finally:
        database.close()


def _opened(database: Database, settings: Settings) -> Iterator[Finding]:
    found = behind(database)
    if found:
        yield note("database", f"Its schema is {found}; the next start brings it to {HEAD}.")
        return
    yield fine("database", f"It answers, with the schema of this version ({HEAD}).")
    yield from check_database_clock(database)
    if waiting := number_waiting(database):
        number = counted(waiting, "request")
        remedy = "`python -m bot export --requests` lists them."
        yield note("requests", f"Open to export or erase somebody: {number}.", remedy)
    yield from check_calendars(database)
    try:
        yield from check_keys(database, settings)
    except DatabaseError as error:
        yield wrong("keys", str(error))
    yield from check_sending(database, settings)


def check_calendars(database: Database) -> Iterator[Finding]:
    """Numbers only: whose calendars they are, and where, is nobody's business here."""
    failing, number = count_calendars(database)
    if not number:
        return
    if failing:
        said = f"{failing} of {counted(number, 'calendar')} cannot be read at the moment."
        yield note("calendars", said, UNREAD)
    else:
        yield fine("calendars", f"{counted(number, 'calendar')}, and each was read.")


def check_keys(database: Database, settings: Settings) -> Iterator[Finding]:
    """Whether each text has its key; raises DatabaseError where there is no key to look with."""
    ring = load_key_ring(database, settings.keys, fresh=False)
    require_own_keys(database, ring)
    found = take_census(database, ring)
    number = texts(found.counted[ring.mark])
    yield fine("keys", f"{fingerprint(ring.mark)} seals what is written now, and opens {number}.")
    if left := older(found.counted, ring):
        remedy = "`python -m bot keys rotate` seals them anew."
        yield note("keys", f"{needed_by(left)}.", remedy)
    for problem in found.problems():
        yield wrong("keys", problem)
