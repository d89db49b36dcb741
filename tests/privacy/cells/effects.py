"""What a try amounts to: the rows of the table that happened to Ada, by what was seen and changed.

Whatever an outsider keeps of their own counts too: for them the table says no to everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.people.model import Relation
from bot.privacy.policy import Action, Role
from bot.sharing.model import How, Why
from playground.local_slack.model import TEAM_ID
from tests.privacy.cells.attempt import Outcome, Tables, World
from tests.privacy.cells.people import OWNER, Actor
from tests.privacy.cells.world import (
    BEFORE,
    CUE,
    DRAFT,
    FOREIGN,
    LINE,
    NOTE,
    NUMBER_OF_ENTRIES,
    OPENED,
    PAGES,
    PRIVATE,
    Ids,
    word_of,
)

Effects = frozenset[Action]
People = dict[tuple[str, str], list[dict[str, Any]]]

OWN_TEXT = {
    "entries": Action.WRITE_ENTRY,
    "entry_versions": Action.WRITE_ENTRY,
    "drafts": Action.WRITE_ENTRY,
    "calendars": Action.ANSWER_ONE_ON_ONE,
    "calendar_offers": Action.ANSWER_ONE_ON_ONE,
    "nudge_schedules": Action.CHANGE_NUDGES,
    "nudges": Action.CHANGE_NUDGES,
    "nudge_wishes": Action.CHANGE_NUDGES,
    "agenda_items": Action.USE_SHARED_PAGE,
    "action_items": Action.USE_SHARED_PAGE,
    "talks": Action.USE_SHARED_PAGE,
    "private_notes": Action.READ_NOTE,
}
ON_THE_PAGE = {"agenda_items", "action_items", "talks"}
FORMS_OF_THE_PAGE = {
    "Add to agenda",
    "Add a promise",
    "My private notes",
    "What we agreed",
    "Earlier one-on-ones",
}
"""The titles of what opens for the two of the page alone, even where nothing is written yet."""

CALENDAR_FORMS = {"From a calendar", "Choose the meeting"}
"""What opens for the two alone, and says whether and how their one-on-one goes by a calendar."""

WAYS_TO_THE_PAGE = {*FORMS_OF_THE_PAGE, "Open our page", "Earlier"}
"""Buttons that lead there: the two have them in many places, and nobody else sees any of them."""

LABEL = re.compile(r'"text":\s*"([^"]*)"')
TITLE = re.compile(r'"title":\s*{"type":\s*"plain_text",\s*"text":\s*"([^"]*)"')
RELATIONS = {"managers", "manager_proposals"}
FOLLOWS = {"calendar_meetings", "share_entries", "former_managers", "pair_moves"}
FOLLOWS |= {"promise_reminders"}
"""Tables whose rows come and go with those of another."""

DUES = {"pre_read_due_at", "pre_read_slot", "over_due_at"}
"""When the bot writes of a one-on-one: it plans that anew, and nobody has answered anything."""

BOOKKEEPING = {
    "accounts",
    "alembic_version",
    "deeds",
    "delivery_offices",
    "key_canary",
    "parcels",
    "revisions",
    "wordings",
}
KNOWN = {*OWN_TEXT, *RELATIONS, *FOLLOWS, "people", "shares", "readings", "data_requests", "pairs"}
KNOWN |= {"coverage_pictures"}
WHOSE = ("engineer_id", "owner_id", "about_id", "user_id", "set_by")
COUNT = (
    f"{NUMBER_OF_ENTRIES} so far",
    f"{NUMBER_OF_ENTRIES} examples",
    f"{NUMBER_OF_ENTRIES} in all",
)
PRE_READ = "Before your one-on-one"
EXPORTED = f"rung-{OWNER}-"


def effects(world: World, actor: Actor, outcome: Outcome, statement: str) -> Effects:
    """Everything of the table that happened; `statement` stands on the ladder and nowhere else."""
    assert FOREIGN not in outcome.seen, "somebody's text from another workspace"
    return frozenset({*_seen(actor, outcome.seen, statement), *_changed(world, actor, outcome)})


def _seen(actor: Actor, seen: str, statement: str) -> Iterator[Action]:
    if any(each in seen for each in (PRIVATE, BEFORE, DRAFT, *COUNT)):
        yield Action.READ_ENTRY
    if PRE_READ in seen and PRIVATE in seen:
        yield Action.READ_PRE_READ
    if any(word_of(page) in seen for page in PAGES):
        yield Action.READ_SNAPSHOT
    if not CALENDAR_FORMS.isdisjoint(TITLE.findall(seen)):
        yield Action.ANSWER_ONE_ON_ONE
    if LINE in seen or _page_is_open(actor, seen):
        yield Action.USE_SHARED_PAGE
    if NOTE in seen:
        yield Action.READ_NOTE
    if CUE in seen:
        yield Action.READ_NUDGES
    if EXPORTED in seen:
        yield Action.EXPORT
    if statement in seen:
        yield Action.READ_LADDER
    if any(_told_of_reading(actor, page, seen) for page in OPENED):
        yield Action.READ_READINGS


def _told_of_reading(actor: Actor, page: str, seen: str) -> bool:
    """When a page was opened; that somebody finds their own reads in their own export is theirs."""
    own = PAGES[page][0] == actor.user and actor.role is not Role.MANAGER
    return not own and bool(re.search(f"{OPENED[page]:%Y-%m-%d.%H:%M}", seen))


def _page_is_open(actor: Actor, seen: str) -> bool:
    """Whether one of its forms is; for everybody else, a way to it is as bad."""
    if actor.role in (Role.OWNER, Role.LEAD):
        return not FORMS_OF_THE_PAGE.isdisjoint(TITLE.findall(seen))
    named = any(Ids("ada", "").of(name) in seen for name in ("pair", "talk"))
    return named and not WAYS_TO_THE_PAGE.isdisjoint(LABEL.findall(seen))


def pages_in(text: str) -> set[str]:
    """The pages whose words somebody got to see."""
    return {page for page in PAGES if word_of(page) in text}


def _changed(world: World, actor: Actor, outcome: Outcome) -> Iterator[Action]:
    gone, new = _by_person(world, outcome.gone), _by_person(world, outcome.new)
    if outcome.published:
        yield Action.PUBLISH_LADDER
    if _left(actor.user, gone, new) and actor.user != OWNER:
        theirs_too = OWN_TEXT.keys() - ON_THE_PAGE  # what they wrote on her page goes with them
        yield from (OWN_TEXT[table] for table, who in gone if who == OWNER and table in theirs_too)
        return
    others = {who for _, who in (*gone, *new)} - {OWNER, actor.user}
    assert not others, f"{actor.label} changed what belongs to {others}"
    mine = {OWNER, actor.user} if actor.role is Role.OUTSIDER else {OWNER}
    touched = {table for table, who in (*gone, *new) if who in mine}
    if _left(OWNER, gone, new):
        yield Action.ERASE
        return
    if "people" in touched:
        assert actor.role in (Role.OWNER, Role.OPERATOR), f"{actor.label} moved {mine}"
    yield from (OWN_TEXT[table] for table in touched if table in OWN_TEXT)
    if {("calendars", actor.user), ("calendar_offers", actor.user)} & new.keys():
        yield Action.ANSWER_ONE_ON_ONE  # given for a one-on-one of Ada's
    if ("private_notes", actor.user) in new:
        yield Action.USE_SHARED_PAGE  # a note is written on a page
    yield from _relation(gone, new)
    yield from _meets(gone.get(("pairs", OWNER), []), new.get(("pairs", OWNER), []))
    for row in new.get(("shares", OWNER), []):
        if row["why"] not in (Why.MANAGER_CHANGED, Why.NO_MORE_ONE_ON_ONES):
            yield Action.SHARE
    for row in new.get(("readings", OWNER), []):
        if row["how"] in (How.OPENED, How.MARKED) and row["reader_id"] == actor.user:
            yield Action.READ_SNAPSHOT
    if actor.role is not Role.OPERATOR and ("data_requests", OWNER) in new:
        yield Action.ASK_FOR_DATA


def _left(user: str, gone: People, new: People) -> bool:
    """Whether somebody has been erased."""
    return ("people", user) in gone and ("people", user) not in new


def _by_person(world: World, tables: Tables) -> People:
    """Rows by table and by the person whose they are."""
    found: People = {}
    for table in KNOWN - FOLLOWS:
        for values in tables[table]:
            row = dict(zip(world.columns[table], values, strict=True))
            assert row["team_id"] == TEAM_ID, f"something changed in {row['team_id']}"
            names = ("author_id",) if table == "private_notes" else WHOSE
            whose = next(row[name] for name in names if name in row)
            if whose is not None:  # what is left of an erasure names nobody
                found.setdefault((table, str(whose)), []).append(row)
    return found


def _meets(gone: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Action]:
    """A one-on-one is proposed; or one that was there is answered, moved or ended."""
    were = {row["id"]: row for row in gone}
    for row in new:
        if row["id"] not in were:
            yield Action.SET_UP_ONE_ON_ONE
        elif any(row[name] != were[row["id"]][name] for name in row.keys() - DUES):
            yield Action.ANSWER_ONE_ON_ONE


def _relation(gone: People, new: People) -> Iterator[Action]:
    """A proposal is made or dropped; or whoever was asked has answered."""
    asked, answered = new.get(("manager_proposals", OWNER), []), new.get(("managers", OWNER), [])
    for row in (*asked, *answered):
        if row.get("relation") == Relation.PROPOSED:
            yield Action.PROPOSE_MANAGER
        else:
            by_owner = row["proposed_by"] == OWNER
            yield Action.ACCEPT_REPORT if by_owner else Action.CONFIRM_MANAGER
    if not (asked or answered) and any((table, OWNER) in gone for table in RELATIONS):
        yield Action.PROPOSE_MANAGER
