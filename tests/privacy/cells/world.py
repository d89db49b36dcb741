"""Ada, all that is kept about her, and everybody who might want to see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.journal import store as journal
from bot.journal.drafts import store as drafts
from bot.journal.drafts.model import Written, draft_id
from bot.journal.model import Entry, Pin, Source, Wording
from bot.journal.wordings import store as wordings
from bot.ladder.model import Statement
from bot.nudges import store as nudges
from bot.nudges.model import Answer, Nudge
from bot.one_on_ones.notes import store as notes
from bot.one_on_ones.notes.model import Note
from bot.one_on_ones.page import store as lines
from bot.one_on_ones.page.model import ActionItem, AgendaItem
from bot.one_on_ones.pairs import store as meetings
from bot.one_on_ones.pairs.model import Pair, State
from bot.one_on_ones.pairs.rhythm import Meeting, Rhythm
from bot.one_on_ones.talks import store as talks
from bot.one_on_ones.talks.model import Talk
from bot.own_data import store as requests
from bot.own_data.model import Request, What
from bot.people import store as people
from bot.people.model import Manager, Relation
from bot.privacy.policy import Role
from bot.sharing import store as sharing
from bot.sharing.model import How, Item, Reading, Share, Snapshot, Why
from bot.slack.member import Member
from bot.storage.keys import load_key_ring
from playground.local_slack import LocalSlack
from playground.local_slack.model import TEAM_ID
from tests.bench import TRACK, Bench
from tests.one_on_ones.calendars.texts import calendar, event
from tests.privacy.cells.people import ABROAD, ADMIN, LEAD, OWNER, PEOPLE

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
DRAFT_TS = "1796000000.000100"

PRIVATE = "quokkaentry"
BEFORE = "quokkabefore"
DRAFT = "quokkadraft"
CUE = "quokkacue"
FOREIGN = "quokkaabroad"
LINE = "quokkaline"
NOTE = "quokkanote"
NUMBER_OF_ENTRIES = 3
SERIES = "quokkaseries"
WEEKLY_FROM_DECEMBER = calendar(
    event("DTSTART:20261208T133700Z", "RRULE:FREQ=WEEKLY", uid=SERIES, title=SERIES)
)
PAGES = {
    # page: reader, days ago, how many days ago it ended
    "mia": ("UMIA", 5, None),
    "mia-over": ("UMIA", 6, 2),
    "lena": ("ULENA", 5, None),
    "otto": ("UOTTO", 4, None),
    "otto-before": ("UOTTO", 30, None),
    "cleo": ("UCLEO", 4, None),
    "zoe": (LEAD, 4, None),
    "guest": ("UGUEST", 4, None),
    "gone": ("UGONE", 4, None),
}
MANAGERS = (("UOTTO", 60, 25), ("UGUEST", 25, 22), ("UGONE", 22, 20), ("UMIA", 20, None))
OPENED = {"mia": datetime(2026, 11, 27, 4, 44, tzinfo=UTC)}
OPENED["lena"] = datetime(2026, 11, 28, 5, 55, tzinfo=UTC)


def word_of(page: str) -> str:
    """What stands on that page, and nowhere else."""
    return f"frozen{page.replace('-', '')}page"


class Ids:
    """The ids of Ada's things, or of nothing at all, or of somebody's in another workspace."""

    def __init__(self, kind: str, room: str) -> None:
        """`kind` is ada, nobody or abroad; `room` is Ada's conversation with the bot."""
        self.kind = kind
        self._room = room

    def of(self, name: str) -> str:
        """32 letters and digits, as real ids have."""
        return f"{self.kind}{name}".replace("-", "").ljust(32, "0")[:32]

    @property
    def draft(self) -> str:
        """The draft's id is made from the message's place."""
        if self.kind != "ada":
            return self.of("draft")
        return draft_id(TEAM_ID, self._room, DRAFT_TS)

    @property
    def draft_ts(self) -> str:
        """The message that the draft was written in."""
        return DRAFT_TS if self.kind == "ada" else "1796000000.000200"

    @property
    def engineer(self) -> str:
        """Whose thing it is, where a payload says so."""
        return {"ada": OWNER, "nobody": "UNOBODY", "abroad": "UABROAD"}[self.kind]

    @property
    def all(self) -> list[str]:
        """Every id, for comparing answers that name one."""
        names = ["entry", "thin", "shown", "nudge", "asked", "pair", *PAGES]
        return [self.draft, self.draft_ts, self.engineer, *map(self.of, names)]


def add_people(slack: LocalSlack) -> None:
    """Everybody as an ordinary member; what they are comes later, as it does in life."""
    for user, more in PEOPLE.items():
        kind = more.kind if user in ("USTRANGER", "UBOT") else {}
        slack.add_user(user, user.casefold(), user.title(), f"{user}@example.com", **kind)
    slack.add_channel("shared", [*PEOPLE, "U0RUNG"], shared=True)


def furnish(bench: Bench) -> dict[str, Ids]:
    """Fills the world, and lets Slack say who is no member any more; gives the ids by kind."""
    room = bench.slack.workspace.dm_of(OWNER).id
    known = {kind: Ids(kind, room) for kind in ("ada", "nobody", "abroad")}
    bench.set_clock(NOW.isoformat())
    for user, person in PEOPLE.items():
        if person.placed:
            bench.place(user, "L5" if user == "UMIA" else "L3")
    keys = load_key_ring(bench.bot.database, bench.settings.keys, fresh=False)
    with bench.bot.database.write() as tx:
        _relations(tx, bench.member)
        for ids, owner in (
            (known["ada"], bench.member(OWNER)),
            (known["abroad"], Member(ABROAD, OWNER)),
        ):
            mark = "" if ids.kind == "ada" else FOREIGN
            _examples(tx, keys, ids, owner, mark)
            _pages(tx, keys, ids, owner, mark)
            _nudges(tx, ids, owner, mark)
            meetings.save(tx, pair_of(ids.of("pair"), owner))
            _shared_page(tx, keys, ids, owner, mark)
        asked = Request(
            "adasreq1", bench.member(OWNER), What.EXPORT, "why", bench.member(ADMIN), NOW
        )
        requests.insert(tx, keys, asked)
    for user, person in PEOPLE.items():
        if person.role is Role.OUTSIDER and user in bench.slack.workspace.people:
            bench.slack.change_user(user, **person.kind)
        bench.bot.accounts.actor(bench.member(user))
    return known


def _shared_page(tx: Any, keys: Any, ids: Ids, owner: Member, mark: str) -> None:
    """What Ada and her lead wrote on their page, and what Ada keeps for herself."""
    pair, lead, then = pair_of(ids.of("pair"), owner), owner.colleague(LEAD), NOW - DAY
    text = mark or LINE
    for name, author in (("line", owner), ("leads-line", lead)):
        item = AgendaItem(ids.of(name), pair.id, author, text, then)
        lines.add_agenda(tx, keys, pair, item)
    for name, who in (("owed", owner), ("leads-owed", lead)):
        owed = ActionItem(ids.of(name), pair.id, who, who, text, None, then)
        lines.add_promise(tx, keys, pair, owed)
    talks.add(tx, pair, Talk(ids.of("talk"), pair.id, "2026-11-24", NOW - 7 * DAY))
    notes.write(tx, keys, pair, Note(pair.id, owner, mark or NOTE, then))


def pair_of(pair_id: str, owner: Member, *, confirmed: bool = True) -> Pair:
    """Ada and her lead meet on the 10th; or Ada has asked for that two weeks ago."""
    return Pair(
        id=pair_id,
        engineer=owner,
        partner=owner.colleague(LEAD),
        state=State.CONFIRMED if confirmed else State.PROPOSED,
        proposed_by=owner,
        rhythm=Rhythm(date(2026, 12, 10), time(13, 37)),
        created_at=NOW - 14 * DAY,
        meeting=Meeting("2026-12-10", datetime(2026, 12, 10, 13, 37, tzinfo=UTC)),
        asked_at=NOW - 14 * DAY,
    )


def _relations(tx: Any, member: Any) -> None:
    _manages(tx, member("UMIA"), "ULENA", 90)
    for manager, began, ended in MANAGERS:
        _manages(tx, member(OWNER), manager, began)
        if ended:
            people.end_manager(tx, member(OWNER), NOW - ended * DAY)
    named = Manager("UNORA", Relation.PROPOSED, OWNER)
    people.save_proposal(tx, member(OWNER), named, NOW - DAY)


def _manages(tx: Any, engineer: Member, manager: str, days: int) -> None:
    confirmed = Manager(manager, Relation.CONFIRMED, engineer.user_id)
    people.save_manager(tx, engineer, confirmed, NOW - days * DAY)


def _examples(tx: Any, keys: Any, ids: Ids, owner: Member, mark: str) -> None:
    then = Statement("then", f"{mark or PRIVATE} then")
    wording = Wording("teaching-and-mentoring", "Teaching", TRACK, "L3", (then,))
    wordings.keep(tx, owner.team_id, wording)
    for name, text in (
        ("entry", PRIVATE),
        ("thin", f"{PRIVATE} and I fixed the parser"),
        ("shown", PRIVATE),
    ):
        entry = Entry(
            id=ids.of(name),
            owner=owner,
            competency_id="teaching-and-mentoring",
            text=mark or text,
            link=f"https://example.com/{mark or PRIVATE}",
            happened_on=date(2026, 11, 30),
            source=Source.COMMAND,
            pin=Pin("1", TRACK, "L3", wording.id, "Teaching"),
            created_at=NOW - DAY,
            updated_at=NOW - DAY,
            quote=mark or f"{PRIVATE} quoted",
            asked_at=NOW - DAY if name == "thin" else None,
        )
        journal.insert(tx, keys, entry)
        if name == "entry":
            before = replace(entry, text=mark or BEFORE, updated_at=NOW - 2 * DAY)
            journal.keep_version(tx, keys, before, NOW - DAY)
    drafts.insert(tx, keys, Written(ids.draft, owner, mark or DRAFT, NOW - DAY))


def _pages(tx: Any, keys: Any, ids: Ids, owner: Member, mark: str) -> None:
    for page, (reader, given, ended) in PAGES.items():
        share = Share(ids.of(page), owner, owner.colleague(reader), NOW - given * DAY)
        item = Item("Teaching", mark or word_of(page), "", "2026-11-20", "")
        snapshot = Snapshot(owner, share.reader, (item,))
        sharing.insert(tx, keys, share, snapshot, [ids.of("shown")])
        if ended:
            sharing.end(tx, share, Why.TAKEN_BACK, NOW - ended * DAY)
        if page in OPENED and not mark:
            sharing.log(tx, Reading(share.id, owner, share.reader, How.OPENED, OPENED[page]), "d")


def _nudges(tx: Any, ids: Ids, owner: Member, mark: str) -> None:
    answered = {"nudge": Answer.NONE, "asked": Answer.NOTHING}
    for day, (name, said) in enumerate(answered.items()):
        asked_at = NOW - (5 + day) * DAY
        cue = Statement("teaching-1", mark or CUE) if said else None
        nudge = Nudge(
            ids.of(name), owner, "teaching-and-mentoring", asked_at.date(), asked_at, cue=cue
        )
        nudges.insert_nudge(tx, nudge)
        if said:
            nudges.answer(tx, owner, nudge.id, said, asked_at)


def bench_in(folder: Path, slack: LocalSlack, **more: object) -> Bench:
    """The real bot with one people admin, on SQLite in that folder."""
    url = f"sqlite:///{folder}/rung.db"
    return Bench(slack, url, folder, admins=frozenset({ADMIN}), **more)
