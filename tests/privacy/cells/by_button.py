"""Every button and menu, pressed with Ada's ids by whoever wants to try."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.one_on_ones.pairs import store as meetings
from bot.one_on_ones.pairs.model import State
from bot.people import store as people
from bot.people.model import Manager, Relation
from bot.privacy.policy import Action, Role
from playground.local_slack import forging
from playground.local_slack.model import Answer
from tests.privacy.cells import calendars
from tests.privacy.cells.attempt import World
from tests.privacy.cells.by_command import EVERYTHING, OWN, PRE_READ
from tests.privacy.cells.people import OWNER, Actor
from tests.privacy.cells.ways import MEMBERS, Act, Entrance, Way, plain, press, ref
from tests.privacy.cells.world import (
    DAY,
    DRAFT_TS,
    NOW,
    PAGES,
    PRIVATE,
    Ids,
    pair_of,
)

READ, WRITE = (Action.READ_ENTRY,), (Action.WRITE_ENTRY,)
USE = (Action.USE_SHARED_PAGE,)
ANSWER = (Action.ANSWER_ONE_ON_ONE,)
TEACHING = "teaching-and-mentoring"
STAMP = (NOW - DAY).isoformat()
MODAL: dict[str, Any] = {"callback_id": "rung.some"}
LIST: dict[str, Any] = {"callback_id": "journal.search", "private_metadata": '{"v":1}'}
PREVIEW = MODAL | {"private_metadata": ref(included="$entry", left_out="$thin", reader="UMIA")}
ABOUT_MESSAGE = MODAL | {"private_metadata": '{"v":1,"about":"C1/1796000000.000900"}'}


def way(name: str, act: Act, does: tuple[Action, ...] = (), **more: Any) -> Way:
    return Way(Entrance.BUTTON, name, act, does, **more)


def with_ids(name: str, does: tuple[Action, ...], value: Any, **more: Any) -> Way:
    """One that names a thing of Ada's."""
    view = more.pop("view", None)
    act = press(more.pop("action_id", name), value, view)
    return way(name, act, does, with_ids=True, **more)


def somebody_proposes(world: World) -> None:
    """Her manager's manager has named another manager for Ada."""
    bench = world.bench
    named = Manager("UCLEO", Relation.PROPOSED, "ULENA")
    with bench.bot.database.write() as tx:
        people.save_proposal(tx, bench.member(OWNER), named, NOW)


def not_confirmed(world: World) -> None:
    """Ada's lead has not said yes yet."""
    bench = world.bench
    asked = pair_of(world.ids["ada"].of("pair"), bench.member(OWNER), confirmed=False)
    with bench.bot.database.write() as tx:
        meetings.save(tx, asked)


def ended(world: World) -> None:
    """Ada and her lead do not meet any more."""
    bench = world.bench
    pair = pair_of(world.ids["ada"].of("pair"), bench.member(OWNER))
    over = replace(pair, state=State.ENDED, meeting=None, ended_at=NOW - DAY)
    with bench.bot.database.write() as tx:
        meetings.save(tx, over)


def ada_overhears(world: World) -> None:
    """Ada has begun to make an example of somebody's message."""
    said = world.slack.say("UCLEO", "shared", f"{PRIVATE} said")
    said.ts, said.channel = "1796000000.000900", "C1"
    world.slack.forge("interactive", forging.shortcut(OWNER, "save_as_example", said))
    world.settle()


def without_the_draft(world: World) -> None:
    """Nothing is kept of the message that the draft was made of."""
    bench = world.bench
    bench.bot.drafts.drop(bench.member(OWNER), world.ids["ada"].draft)


def keep_after_all(world: World, actor: Actor, ids: Ids) -> Answer:
    """The words are in Slack, in Ada's own conversation with the bot."""
    room = world.slack.workspace.dm_of(OWNER)
    if ids.kind == "ada":
        world.slack.workspace.post(room, OWNER, "I taught the rota.", ts=DRAFT_TS)
    value = f'{{"v":1,"channel":"{room.id}","ts":"{ids.draft_ts}"}}'
    return press("journal.keep_after_all", plain(value))(world, actor, ids) or Answer()


def chosen(value: str) -> dict[str, Any]:
    return {"selected_option": {"value": value}}


JOURNAL = [
    way("journal.log", press("journal.log"), label="empty"),
    with_ids("journal.log", READ, ref(written="$draft"), label="a draft"),
    with_ids("journal.log", (), ref(nudge="$nudge"), label="a nudge"),
    with_ids("journal.open", READ, ref(entry="$entry")),
    with_ids("journal.edit", READ, ref(entry="$entry")),
    with_ids("journal.then", READ, ref(entry="$entry")),
    with_ids("journal.versions", READ, ref(entry="$entry")),
    with_ids("journal.ask_delete", (), ref(entry="$shown")),
    with_ids("journal.answer", READ, ref(entry="$thin")),
    with_ids("journal.delete", WRITE, ref(entry="$entry")),
    with_ids(
        "journal.delete",
        (*WRITE, Action.SHARE),
        ref(entry="$shown"),
        action_id="journal.delete:back",
        view=MODAL,
        label="and take back",
    ),
    with_ids("journal.undo", WRITE, ref(entry="$entry", stamp=STAMP)),
    with_ids(
        "journal.bring_back",
        (*READ, *WRITE),
        lambda ids: ref(entry="$entry", version=f"{ids.of('entry')}-1")(ids),
        view=MODAL,
    ),
    way("coverage.text", press("coverage.text"), READ),
    way("coverage.picture", press("coverage.picture"), READ),
    way("journal.list", press("journal.list"), READ),
    way("journal.look", press("journal.look", plain(""), LIST), READ),
    way("journal.filter", press("journal.filter:shared", plain(""), LIST, **chosen("no")), READ),
    way(
        "journal.quote",
        press("journal.quote", plain(""), ABOUT_MESSAGE),
        READ,
        before=ada_overhears,
    ),
    way(
        "journal.my_words",
        press("journal.my_words", plain(""), ABOUT_MESSAGE),
        READ,
        before=ada_overhears,
    ),
    with_ids("journal.keep", WRITE, ref(written="$draft", competency="domain-expertise")),
    way(
        "journal.keep_under",
        press(
            lambda ids: f"journal.keep_under:{ids.draft}", plain(""), **chosen("domain-expertise")
        ),
        WRITE,
        with_ids=True,
    ),
    way(
        "journal.keep_after_all",
        keep_after_all,
        WRITE,
        with_ids=True,
        before=without_the_draft,
    ),
    with_ids("journal.drop", WRITE, ref(written="$draft")),
]
PEOPLE = [
    way("people.place", press("people.place")),
    way("people.propose", press("people.propose")),
    with_ids("people.yes", (Action.ACCEPT_REPORT,), ref(engineer="$engineer")),
    with_ids("people.no", (Action.ACCEPT_REPORT,), ref(engineer="$engineer")),
    *(
        way(
            name,
            press(name, ref(manager="UCLEO")),
            (Action.CONFIRM_MANAGER,),
            before=somebody_proposes,
        )
        for name in ("people.my_yes", "people.my_no")
    ),
]
SHARING = [
    with_ids("sharing.start", READ, ref(entry="$entry")),
    way("sharing.hand_over", press("sharing.hand_over", ref(manager="UOTTO")), READ),
    way("sharing.filter", press("sharing.filter", plain(""), MODAL, **chosen("*")), READ),
    *(
        with_ids(name, READ, value, view=PREVIEW)
        for name, value in (
            ("sharing.leave_out", lambda ids: ids.of("thin")),
            ("sharing.put_back", plain("")),
            ("sharing.again", plain("")),
        )
    ),
    way("sharing.list", press("sharing.list"), (Action.READ_READINGS,)),
    *(
        with_ids(
            "sharing.open", (Action.READ_SNAPSHOT,), ref(share=f"${page}"), page=page, label=page
        )
        for page in PAGES
    ),
    *(
        with_ids(
            "sharing.mark",
            (Action.READ_SNAPSHOT,),
            ref(share=f"${page}"),
            page=page,
            label=page,
            by=MEMBERS - {Role.OWNER},
        )
        for page in PAGES
    ),
    with_ids(
        "sharing.take_back", (Action.SHARE, Action.READ_READINGS), ref(share="$mia"), view=MODAL
    ),
]
DATA = [
    way("own_data.open", press("own_data.open")),
    way("own_data.export", press("own_data.export"), EVERYTHING),
    way("own_data.drop_files", press("own_data.drop_files", ref(files="F0001"))),
    way("own_data.erase", press("own_data.erase")),
    way("own_data.ask", press("own_data.ask")),
]
REGULAR = [
    way("one_on_ones.open", press("one_on_ones.open"), PRE_READ, by=OWN),
    way("one_on_ones.other", press("one_on_ones.other", ref(pair="p")), PRE_READ, by=OWN),
    way(
        "one_on_ones.share",
        press("one_on_ones.share", ref(since="2026-11-01T00:00:00+00:00")),
        READ,
    ),
    with_ids("calendars.open", ANSWER, ref(pair="$pair")),
    with_ids(
        "calendars.open",
        ANSWER,
        ref(pair="$pair"),
        before=calendars.is_followed,
        label="of one that is followed",
    ),
    way("one_on_ones.set_up", press("one_on_ones.set_up")),
    way("one_on_ones.end", press("one_on_ones.end", plain(""), MODAL), ANSWER, by=OWN),
    *(way(f"pairs.{name}", press(f"pairs.{name}")) for name in ("list", "set_up", "new_report")),
    *(
        way(f"pairs.{name}", press(f"pairs.{name}", ref(pair="$pair")))
        for name in ("new", "change", "move")
    ),
    way("pairs.pause", press("pairs.pause", ref(pair="$pair"), MODAL)),
    with_ids("pairs.skip", ANSWER, ref(pair="$pair", slot="2026-12-10"), view=MODAL),
    with_ids("pairs.end", ANSWER, ref(pair="$pair"), view=MODAL),
    with_ids(
        "pairs.end",
        ANSWER,
        ref(pair="$pair"),
        view=MODAL,
        before=calendars.is_followed,
        label="with its calendar",
    ),
    *(
        with_ids(
            f"pairs.{name}", ANSWER, ref(pair="$pair"), view=view, before=not_confirmed, by=who
        )
        for name, view, who in (
            ("yes", None, frozenset({Role.LEAD})),
            ("no", None, frozenset({Role.LEAD})),
            ("ask_again", MODAL, OWN),
        )
    ),
    with_ids("nudges.nothing", (Action.CHANGE_NUDGES,), ref(nudge="$nudge")),
    with_ids("nudges.later", (Action.CHANGE_NUDGES,), ref(nudge="$nudge")),
    with_ids("nudges.other", (Action.CHANGE_NUDGES,), ref(nudge="$nudge", competency=TEACHING)),
    with_ids(
        "nudges.not_relevant", (Action.CHANGE_NUDGES,), ref(nudge="$nudge", competency=TEACHING)
    ),
    with_ids(
        "nudges.prefer",
        (Action.CHANGE_NUDGES,),
        ref(nudge="$nudge"),
        action_id="nudges.prefer:monthly",
    ),
    way(
        "nudges.bring_back",
        press("nudges.bring_back:0", ref(competency=TEACHING)),
        (Action.CHANGE_NUDGES,),
    ),
    way("nudges.skip", press("nudges.skip", ref(day="2026-12-03")), (Action.CHANGE_NUDGES,)),
    way("nudges.settings", press("nudges.settings")),
    way("nudges.stop", press("nudges.stop"), (Action.CHANGE_NUDGES,)),
    way("home.settings", press("home.settings")),
    way("home.help", press("home.help")),
    way("home.turn", press("home.turn", ref()), (*READ, *USE)),
]
OF_ONESELF = ("later", "stop", "again")
OUR_PAGE = MODAL | {"private_metadata": ref(pair="$pair")}
PAGE = [
    *(
        with_ids(name, USE, ref(pair="$pair"))
        for name in ("page.open", "page.add", "page.add_promise", "history.open")
    ),
    with_ids("history.take", (), ref(pair="$pair")),
    with_ids("history.note", (Action.READ_NOTE,), ref(pair="$pair"), before=ended),
    with_ids("history.note", (), ref(pair="$pair"), label="while they meet"),
    with_ids("page.turn", USE, ref(pair="$pair"), view=OUR_PAGE),
    with_ids("page.put_on", USE, ref(pair="$pair", kind="quiet", about=TEACHING)),
    with_ids("page.note", (*USE, Action.READ_NOTE), ref(pair="$pair")),
    with_ids("page.agreed", USE, ref(talk="$talk")),
    with_ids("page.item", USE, ref(item="$line", do="discussed"), view=OUR_PAGE),
    with_ids("page.item", USE, ref(item="$line", do="edit"), label="edit"),
    with_ids("page.item", USE, ref(item="$line", do="remove"), label="remove"),
    with_ids("page.item", USE, ref(item="$line", do="read"), label="read"),
    with_ids("page.untick", USE, ref(item="$line"), view=OUR_PAGE),
    with_ids("page.promise", USE, ref(item="$owed", do="done"), view=OUR_PAGE),
    with_ids("page.promise", USE, ref(item="$owed", do="edit"), label="edit"),
    with_ids("page.promise", USE, ref(item="$owed", do="drop"), label="drop"),
    with_ids("page.promise", USE, ref(item="$owed", do="read"), label="read"),
    with_ids("page.reopen", USE, ref(item="$owed"), view=OUR_PAGE),
]
REMINDING = [
    *(
        with_ids(f"reminding.{name}", USE, ref(pair="$pair", item="$owed", **more), label=label)
        for name, more, label in (
            ("item", {"do": "done"}, "done"),
            ("item", {"do": "drop"}, "drop"),
            ("done", {}, ""),
            ("drop", {}, ""),
        )
    ),
    with_ids("reminding.done", USE, ref(talk="$talk", item="$owed"), label="after a talk"),
    with_ids("reminding.discussed", USE, ref(talk="$talk", item="$line")),
    with_ids("reminding.not_met", USE, ref(talk="$talk")),
    *(way(f"reminding.{name}", press(f"reminding.{name}", ref(pair="p"))) for name in OF_ONESELF),
]
LADDER = [
    way(
        "ladder.ask",
        press("ladder.ask", ref(words="security operations L4")),
        (Action.READ_LADDER,),
    ),
    way(
        "ladder.pick",
        press("ladder.pick", plain(""), **chosen("security-operations/L4")),
        (Action.READ_LADDER,),
    ),
    way("ladder.form", press("ladder.form")),
    way(
        "ladder.share",
        press("ladder.share", ref(words="security operations L4")),
        (Action.READ_LADDER,),
    ),
    way(
        "ladder.post",
        press("ladder.post", ref(words="security operations L4")),
        (Action.READ_LADDER,),
    ),
]
WORDS = [
    way("front.word", press(f"front.word:{word}"), does, label=word)
    for word, does in (
        ("examples", READ),
        ("export", EVERYTHING),
        ("shared$", (Action.READ_READINGS,)),
    )
]
BUTTONS = [*JOURNAL, *PEOPLE, *SHARING, *DATA, *REGULAR, *PAGE, *REMINDING, *LADDER, *WORDS]
assert OWN <= MEMBERS
