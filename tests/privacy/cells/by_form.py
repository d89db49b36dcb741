"""Every form, sent off by somebody who may never have opened it."""

from __future__ import annotations

from typing import Any

from bot.privacy.policy import Action, Role
from bot.sharing.model import Choice
from playground.local_slack.model import Answer, Json
from tests.privacy.cells import calendars
from tests.privacy.cells.attempt import World
from tests.privacy.cells.by_command import OWN
from tests.privacy.cells.people import OWNER, Actor
from tests.privacy.cells.ways import Act, Entrance, Way, plain, ref, submit
from tests.privacy.cells.world import NOW, Ids

READ, WRITE = (Action.READ_ENTRY,), (Action.WRITE_ENTRY,)
USE = (Action.USE_SHARED_PAGE,)
ANSWER = (Action.ANSWER_ONE_ON_ONE,)


def text(value: str) -> Json:
    return {"value": value}


def option(value: str) -> Json:
    return {"selected_option": {"value": value}}


def person(ids: Ids) -> Json:
    return {"selected_user": ids.engineer}


def example(ids: Ids) -> Json:
    return {"selected_options": [{"value": ids.of("entry")}]}


EXAMPLE = {"competency_id": option("domain-expertise"), "text": text("I wrote a rule.")}
MANAGER = {"selected_user": "ULENA"}
RUNG = option("security-operations/L3")
MEETING = {
    "weeks": option("2"),
    "first": {"selected_date": "2026-12-24"},
    "at": {"selected_time": "09:00"},
}
ASKED: dict[str, Any] = {"what": option("export"), "reason": text("she asked me"), "person": person}


def confirm(world: World, actor: Actor, ids: Ids) -> Answer:
    """The preview confirmed, with the very digest that Ada's preview has."""
    choice = Choice((world.ids["ada"].of("entry"),), "UMIA")
    sharing = world.bench.bot.sharing
    digest = sharing.sketch(world.bench.member(OWNER), choice, NOW).snapshot.digest
    state = ref(included="$entry", reader="UMIA", digest=digest)
    return submit("sharing.confirm", state)(world, actor, ids) or Answer()


def form(name: str, act: Act, does: tuple[Action, ...] = (), **more: Any) -> Way:
    return Way(Entrance.SUBMISSION, name, act, does, **more)


def owner(ids: Ids) -> Json:
    return option(ids.engineer)


ON_PAGE = [
    form(
        "page.save_agenda",
        submit("page.save_agenda", ref(pair="$pair"), text=text("The rota")),
        USE,
        with_ids=True,
    ),
    form(
        "page.save_agenda",
        submit("page.save_agenda", ref(pair="$pair", item="$line"), text=text("The rota")),
        USE,
        with_ids=True,
        by=OWN,
        label="other words",
    ),
    form(
        "page.remove",
        submit("page.remove", ref(pair="$pair", item="$line")),
        USE,
        with_ids=True,
        by=OWN,
    ),
    form(
        "page.save_promise",
        submit("page.save_promise", ref(pair="$pair"), text=text("I write it"), owner=owner),
        USE,
        with_ids=True,
    ),
    form(
        "page.save_promise",
        submit("page.save_promise", ref(pair="$pair", item="$owed"), owner=owner),
        USE,
        with_ids=True,
        label="another owner",
    ),
    form(
        "page.drop",
        submit("page.drop", ref(pair="$pair", item="$owed"), reason=text("It is gone")),
        USE,
        with_ids=True,
    ),
    form(
        "page.save_note",
        submit("page.save_note", ref(pair="$pair"), text=text("Ask about it")),
        (*USE, Action.READ_NOTE),
        with_ids=True,
    ),
    form(
        "page.save_agreed",
        submit("page.save_agreed", ref(pair="$pair", item="$talk"), text=text("We do it")),
        USE,
        with_ids=True,
    ),
]
TAKEN = {"formats": {"selected_options": [{"value": "markdown"}, {"value": "html"}]}}
WITH_NOTE = {"note": {"selected_options": [{"value": "note"}]}}
AROUND_PAGE = [
    form(
        "reminding.save",
        submit("reminding.save", ref(pair="$pair", item="$owed"), reason=text("It is gone")),
        USE,
        with_ids=True,
    ),
    form(
        "history.taken",
        submit("history.taken", ref(pair="$pair"), **TAKEN, **WITH_NOTE),
        (*USE, Action.READ_NOTE, Action.READ_SNAPSHOT),
        with_ids=True,
        page="zoe",
    ),
]
FORMS = [
    *ON_PAGE,
    *AROUND_PAGE,
    form("journal.save", submit("journal.save", **EXAMPLE), WRITE, by=OWN),
    form(
        "journal.save",
        submit("journal.save", ref(written="$draft", nudge="$nudge", entry="$entry"), **EXAMPLE),
        (*WRITE, Action.CHANGE_NUDGES),
        with_ids=True,
        label="a draft and a nudge",
    ),
    form(
        "journal.change",
        submit("journal.change", ref(entry="$entry"), **EXAMPLE),
        WRITE,
        with_ids=True,
    ),
    form(
        "journal.add",
        submit("journal.add", ref(entry="$thin"), more=text("It is faster now.")),
        (*READ, *WRITE),
        with_ids=True,
    ),
    form("journal.search", submit("journal.search", plain('{"v":1}')), READ),
    form(
        "people.save",
        submit("people.save", rung=RUNG, manager=MANAGER),
        (Action.PROPOSE_MANAGER,),
        by=OWN,
    ),
    form(
        "people.proposed",
        submit("people.proposed", engineer=person, proposed={"selected_user": "UCLEO"}),
        (Action.PROPOSE_MANAGER,),
        with_ids=True,
        by=frozenset({Role.MANAGER, Role.PEOPLE_ADMIN}),
    ),
    form(
        "sharing.choose",
        submit("sharing.choose", **{"entries:": example, "reader": option("UMIA")}),
        READ,
        with_ids=True,
    ),
    form("sharing.confirm", confirm, (Action.SHARE,), with_ids=True),
    form("one_on_ones.save", submit("one_on_ones.save", **MEETING), ANSWER, by=OWN),
    form(
        "pairs.save",
        submit("pairs.save", ref(zone="UTC"), **{"with": {"selected_user": "UCLEO"}}, **MEETING),
        (Action.SET_UP_ONE_ON_ONE,),
        by=OWN,
        label="with a colleague",
    ),
    form(
        "pairs.save",
        submit("pairs.save", ref(report="yes"), **{"with": {"selected_user": "UADA"}}, **MEETING),
        (Action.SET_UP_ONE_ON_ONE,),
        by=frozenset({Role.MANAGER}),
        label="with a report",
    ),
    form(
        "pairs.save",
        submit("pairs.save", ref(pair="$pair", zone="UTC"), **MEETING),
        ANSWER,
        with_ids=True,
        label="changed",
    ),
    form(
        "pairs.moved",
        submit("pairs.moved", ref(pair="$pair", slot="2026-12-10"), **MEETING),
        ANSWER,
        with_ids=True,
    ),
    form(
        "pairs.paused",
        submit("pairs.paused", ref(pair="$pair"), until={"selected_date": "2027-03-01"}),
        ANSWER,
        with_ids=True,
    ),
    form("calendars.look", calendars.give, ANSWER, with_ids=True),
    form("calendars.choose", calendars.give_and_choose, ANSWER, with_ids=True, label="one's own"),
    form(
        "calendars.choose",
        calendars.choose,
        ANSWER,
        with_ids=True,
        by=OWN,
        before=calendars.was_given,
        label="in what Ada gave",
    ),
    form(
        "pairs.save",
        submit("pairs.save", ref(pair="$pair", zone="UTC"), **MEETING),
        ANSWER,
        with_ids=True,
        before=calendars.is_followed,
        label="and its calendar is followed no more",
    ),
    form(
        "nudges.save",
        submit("nudges.save", cadence=option("off")),
        (Action.CHANGE_NUDGES,),
        by=OWN,
    ),
    form("own_data.erased", submit("own_data.erased", word=text("ERASE")), (Action.ERASE,), by=OWN),
    form(
        "own_data.asked",
        submit("own_data.asked", **ASKED),
        (Action.ASK_FOR_DATA,),
        with_ids=True,
        by=frozenset({Role.PEOPLE_ADMIN}),
    ),
    form(
        "ladder.look_up",
        submit("ladder.look_up", words=text("security-operations/L4")),
        (Action.READ_LADDER,),
    ),
]
