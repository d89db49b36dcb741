"""Whatever can be pressed, submitted or typed has somebody who answers, and only one."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, time
from typing import Any

import pytest

from bot.coverage import blocks as coverage
from bot.coverage.model import coverage_of
from bot.home import blocks as home
from bot.journal import blocks as journal
from bot.journal.drafts.model import Written
from bot.journal.grouping import grouped
from bot.journal.model import Entry, Opened, Page, Pin, SharedWith, Version, Wording
from bot.ladder.asking.answers import (
    ChooseTrack,
    NotFound,
    NotPlaced,
    SearchAnswer,
    Standing,
)
from bot.ladder.asking.lookup import answer
from bot.ladder.blocks import Ask, Scene, as_modal, draw, look_up_form, render
from bot.ladder.model import Ladder, Statement
from bot.ladder.showing.sharing import Share, cannot, posted, preview, public_page
from bot.nudges import blocks as nudges
from bot.nudges.model import Coming, Nudge, Schedule, Wishes
from bot.nudges.when.manners import Outlook, Slot
from bot.one_on_ones.calendars import blocks as calendars
from bot.one_on_ones.calendars.model import Followed, Series, Trouble
from bot.one_on_ones.history import blocks as history
from bot.one_on_ones.notes.model import Note
from bot.one_on_ones.page import blocks as shared_page
from bot.one_on_ones.page.model import ActionItem, AgendaItem, Past, Talk
from bot.one_on_ones.page.model import Page as OurPage
from bot.one_on_ones.pairs import blocks as meetings
from bot.one_on_ones.pairs.model import News, Pair, State
from bot.one_on_ones.pairs.rhythm import Meeting, Rhythm
from bot.one_on_ones.preread import blocks as pre_reads
from bot.one_on_ones.preread.model import Facts, Summary
from bot.own_data import blocks as own_data
from bot.own_data.model import Request, What
from bot.people import blocks as people
from bot.people.model import IMPORTED, Manager, Person, Relation
from bot.sharing import blocks as sharing
from bot.sharing.model import (
    Choice,
    Part,
    Reader,
    Sketch,
    Snapshot,
    TakenBack,
    Told,
    as_items,
)
from bot.sharing.model import Share as SharedPage
from bot.slack.blocks import actions, message
from bot.wiring import Rung
from playground.local_slack import text_of
from tests.bench import TRACK, Bench
from tests.home.drawn import surfaces as home_surfaces
from tests.one_on_ones.reminding.surfaces import surfaces as around_meetings
from tests.slack.hostile import ADA, NOW, example

CAPABILITIES = (
    "ladder",
    "people",
    "journal",
    "nudges",
    "one_on_ones.preread",
    "one_on_ones.calendars",
    "one_on_ones.pairs",
    "one_on_ones.page",
    "one_on_ones.history",
    "one_on_ones.reminding",
    "sharing",
    "coverage",
    "own_data",
    "home",
)

OLD = {str(act) for act in meetings.OldAct}
"""What only an earlier version of the bot drew, and which is answered still."""


def acts() -> set[str]:
    """Every id that blocks and listeners share."""
    modules = [importlib.import_module(f"bot.{name}.blocks") for name in CAPABILITIES]
    return {str(act) for module in modules for act in module.Act}


def test_every_shared_id_is_answered_once_and_nothing_else_is(
    registered: dict[str, list[str]],
) -> None:
    answered = Counter(registered["button"] + registered["form"] + registered["shortcut"])
    assert set(answered) == acts() | OLD
    assert max(answered.values()) == 1


def test_no_button_answers_for_another(registered: dict[str, list[str]]) -> None:
    buttons = registered["button"]
    assert not [(a, b) for a in buttons for b in buttons if a != b and b.startswith(f"{a}:")]


def test_everything_that_is_drawn_is_answered(
    registered: dict[str, list[str]], sqlite_bench: Bench
) -> None:
    drawn = list(surfaces(sqlite_bench.bot))
    pressed = {i.partition(":")[0] for surface in drawn for i in pressable(surface)}
    submitted = {surface["callback_id"] for surface in drawn if surface.get("submit")}
    assert pressed == set(registered["button"]) - OLD
    assert submitted == set(registered["form"]) - OLD


def test_every_word_of_the_help_is_answered_by_its_owner(
    registered: dict[str, list[str]], sqlite_bench: Bench
) -> None:
    told = [*home.reading(sqlite_bench.bot.ladder), *home.GROWING]
    first = {words.split()[1] for words, _ in told if " " in words}
    owned = first & set(registered["word"])
    assert owned == {
        "log",
        "examples",
        "coverage",
        "history",
        "page",
        "1on1",
        "one-on-ones",
        "nudges",
        "settings",
        "share",
        "shared",
        "privacy",
    }


def test_every_phrase_of_the_help_finds_something(sqlite_bench: Bench) -> None:
    sqlite_bench.place("UADA")
    ladder = sqlite_bench.bot.ladder
    standing = sqlite_bench.bot.standings.stands(sqlite_bench.member("UADA"))
    phrases = home.reading(ladder)
    assert len(phrases) > 5
    for phrase, meaning in phrases:
        found = answer(ladder, standing, phrase.removeprefix("/ladder").strip())
        assert not isinstance(found, NotFound | NotPlaced | ChooseTrack), meaning
        assert not isinstance(found, SearchAnswer) or found.hits
        assert sqlite_bench.say("UADA", phrase)


@pytest.mark.parametrize("word", ["log", "LOG", " log  "])
def test_words_are_owned_whatever_their_capitals(sqlite_bench: Bench, word: str) -> None:
    sqlite_bench.slack.command("UADA", f"/ladder {word}")
    assert sqlite_bench.modal("UADA").title == "Log an example"


def test_two_owners_of_one_word_are_a_mistake(sqlite_bench: Bench) -> None:
    with pytest.raises(ValueError, match="two owners"):
        sqlite_bench.bot.front.words(["log"])


def pressable(surface: dict[str, Any]) -> list[str]:
    """Ids of buttons and menus; inputs answer only when they are submitted, or when they say so."""
    rows = [b for b in surface.get("blocks", []) if b["type"] == "actions"]
    rows += [{"elements": [b["accessory"]]} for b in surface.get("blocks", []) if "accessory" in b]
    heard = [b["element"] for b in surface.get("blocks", []) if b.get("dispatch_action")]
    return [each["action_id"] for each in (*(e for row in rows for e in row["elements"]), *heard)]


def surfaces(bot: Rung) -> Iterable[dict[str, Any]]:
    """Every message and view that the bot can draw, on its own ladder."""
    ladder = bot.ladder
    asks = ("", "L4", "L4 teaching", "next L3", "compare L3 L4", "l9", "security-operations/L5")
    for standing in (None, Standing(TRACK, "L3")):
        for words in asks:
            found = answer(ladder, standing, words)
            scene = Scene(ladder, standing, Ask(words, examples=1), shareable=True)
            yield render(found, scene, [])
            yield as_modal(render(found, scene, []))
            drawing = draw(found, scene)
            if drawing.public:
                page = public_page(drawing, scene.ask, ADA)
                yield from (page, preview(page, Share(words)))
    yield from (look_up_form(ladder), posted(Share("L4")), cannot())
    person = Person(ADA, TRACK, "L3", "Europe/Berlin", IMPORTED, NOW)
    proposed = Manager("UMIA", Relation.PROPOSED, IMPORTED)
    managed = Person(ADA, TRACK, "L3", "Europe/Berlin", IMPORTED, NOW, manager=proposed)
    yield from (people.placement(ladder, person), people.question_to_manager(ADA, "L3"))
    yield from (people.question_to_engineer(managed), people.proposal())
    entry = example(1, "teaching-and-mentoring", "text")
    yield journal.form(ladder.competencies, journal.Filled(entry.happened_on), journal.FormState())
    yield journal.form(
        ladder.competencies, journal.Filled(entry.happened_on), journal.FormState(entry="e")
    )
    wording = Wording("teaching-and-mentoring", "Teaching", TRACK, "L3", (Statement("a", "b"),))
    pinned = replace(entry, pin=Pin("1", TRACK, "L3", wording.id, "Teaching"))
    page = Page((pinned,), 1, 25, {wording.id: wording})
    yield from (journal.saved(entry, ladder), journal.listing(page, ladder))
    yield journal.listing(replace(page, kept=25), ladder, journal.PageRef(span="30"))
    yield journal.expected_then(pinned, wording, ladder)
    readers = (SharedWith(ADA.colleague("UMIA"), NOW),)
    yield journal.opened(Opened(pinned, wording, 1, ()), ladder, [])
    yield journal.opened(Opened(pinned, wording, 1, readers), ladder, [])
    yield journal.ask_delete(pinned, readers, journal.Place())
    earlier = [Version("v", replace(pinned, text="then"), NOW)]
    yield journal.versions(pinned, earlier, ladder, journal.Place())
    expectation = ladder.tracks[0].levels[0].expects[0]
    nudge = Nudge("n", ADA, expectation.competency.id, NOW.date(), NOW, first=True)
    yield nudges.question(nudge, person, expectation.competency, "L3")
    yield from nudge_surfaces(ladder)
    known = Facts(managed, ladder, NOW.date(), NOW, NOW.date(), recent=(entry,))
    for each in (person, managed):
        yield pre_reads.pre_read(Summary(replace(known, person=each)))
    yield from shared_surfaces(ladder, entry)
    one = Pair("p1", ADA, None, State.CONFIRMED, ADA, Rhythm(date(2026, 12, 7), time(14)), NOW)
    yield from page_surfaces()
    yield message("Another one", [actions(*pre_reads.other_menu([one], person))])
    yield from calendar_surfaces(one, person)
    yield from pair_surfaces(one)
    yield from home_surfaces(ladder, managed, [entry])
    covered = coverage_of(ladder, ladder.competencies, [], NOW.date())
    yield from (coverage.text_message(covered), coverage.text_view(covered))
    yield home.help_message(ladder, "seedling")
    asked = Request("r", ADA, What.EXPORT, "why", ADA.colleague("UMIA"), NOW)
    yield from (own_data.privacy([asked], [], may_ask=True), own_data.files_sent(["F1"]))
    yield from (own_data.erase([("Examples", 3)]), own_data.ask(), own_data.news(asked))
    yield from ways_in(ladder, entry)


def calendar_surfaces(one: Pair, person: Person) -> Iterable[dict[str, Any]]:
    """From the address of a calendar to the meeting that was chosen."""
    series = Series("uid", "*Ada* <&> Mia " * 9, "every second week", NOW)
    for problem in (None, Trouble.TOO_LARGE, Trouble.SERIES_OVER):
        calendar = Followed("p1", ADA, "https://…", "uid", NOW, NOW, problem=problem)
        yield from (calendars.give("p1", calendar, files=True), calendars.unread(one, calendar))
        yield calendars.over(one, calendar)
    yield calendars.give("p1", None, files=False)
    yield calendars.choose("p1", (series,) * 120, person.tz)
    yield from (calendars.still_reading("p1"), calendars.saved(one, by_address=True))


def page_surfaces() -> Iterable[dict[str, Any]]:
    """The page of a one-on-one, its forms and what is earlier."""
    mia, day, long = ADA.colleague("UMIA"), NOW.date(), "&" * 3000
    pair = Pair("p", ADA, mia, State.CONFIRMED, ADA, Rhythm(day, time(14)), NOW)
    lines = tuple(AgendaItem(f"a{n}", "p", ADA, long, NOW) for n in range(50))
    ticked = (replace(lines[0], id="t", discussed_at=NOW, talk_id="t"),) * 50
    owed = tuple(ActionItem(f"i{n}", "p", mia, ADA, long, day, NOW) for n in range(50))
    talk = Talk("t", "p", "2026-12-01", NOW, agreed=long, agreed_by=mia, agreed_at=NOW)
    note = Note("p", ADA, long, NOW)
    whole = OurPage(pair, lines, ticked, owed, talk, note)
    undo = shared_page.ticked_row(ticked[0])
    earlier = history.history_button("p")
    ref = shared_page.PageRef("p", 1, 1)
    scene = shared_page.Scene(ADA, day, UTC, ref, earlier, (pair,) * 9, undo)
    yield shared_page.page(whole, scene)
    yield shared_page.page(whole, replace(scene, undo=shared_page.closed_row(owed[0])))
    state = shared_page.FormState("p", "i" * 32, "V" * 20, 1, 1, NOW.isoformat(), "1.2")
    yield from (
        shared_page.agenda_form(pair, state, long),
        shared_page.remove_form(lines[0], state),
    )
    yield shared_page.promise_form(pair, ADA, state)
    yield shared_page.drop_form(pair, owed[0], state)
    yield from (shared_page.promise_form(pair, mia, state, owed[0]), shared_page.whole(owed[0]))
    yield from (shared_page.note_form(note, state), shared_page.note_to_read(note))
    yield shared_page.agreed_form(pair, talk, state, long, long)
    yield shared_page.saved("Saved.", "p")
    past = Past(talk, ticked, owed, tuple(replace(o, reason=long[:300]) for o in owed))
    over = replace(pair, state=State.ENDED, ended_at=NOW)
    noted = history.OwnNotes(ADA, [over] * 30, history.HistoryRef("p", 1, 1), UTC)
    for number, pairs in ((1, (pair, over)), (0, (pair,) * 30)):
        yield history.history(history.Shown(ADA, pair, [past] * 5, number, 99, pairs, UTC), noted)
    yield from (history.nothing_yet(noted), history.note(over, note, UTC))
    yield from (history.take_along("p"), history.on_the_way())
    yield history.gone()
    yield message("Ask", [actions(shared_page.agenda_button("p", "quiet", "teaching"))])
    yield message("Page", [actions(shared_page.page_button("p"))])


def pair_surfaces(alone: Pair) -> Iterable[dict[str, Any]]:
    """Every message and view that either side of a one-on-one sees."""
    mia = ADA.colleague("UMIA")
    asked = replace(alone, partner=mia, state=State.PROPOSED, meeting=Meeting("2026-12-07", NOW))
    both = replace(asked, state=State.CONFIRMED)
    for member in (ADA, mia):
        yield meetings.listed([asked, both], member, NOW, manages=True)
        yield from (meetings.question(asked, member), meetings.answered(both, member))
        for kind in News:
            yield meetings.news(kind, both, member, (NOW, NOW))
    yield from around_meetings(both, mia, NOW)
    yield meetings.move_form(both, ADA, "UTC", NOW, "", ())
    yield meetings.pause_form(meetings.MeetingRef("p"), NOW.date())
    ref = meetings.FormRef(zone="UTC")
    yield meetings.form(meetings.Beginning(ref, NOW.date(), person=""))
    yield from (meetings.saved(both, ADA, NOW), meetings.moved(both, ADA, "Moved", NOW))


def nudge_surfaces(ladder: Ladder) -> Iterable[dict[str, Any]]:
    """What stands around a question."""
    day, known = NOW.date(), ladder.competencies
    slot = Slot(day, NOW, NOW)
    coming = Coming(Schedule(ADA), Outlook(slot), wishes=Wishes(aside={known[0].id: day}))
    yield nudges.settings(coming, nudges.Surroundings("Europe/Berlin", day, known, known))
    yield nudges.preferences(Nudge("n", ADA, "", day, NOW), Schedule(ADA))
    yield from (nudges.told("Saved.", coming), nudges.misheard("What?"))
    yield nudges.set_aside(known[0], known[0].id, day, "Next.")


def shared_surfaces(ladder: Ladder, entry: Entry) -> Iterable[dict[str, Any]]:
    """Every message and view around a shared page."""
    groups, _ = grouped(ladder, [entry, entry], ())
    reader = Reader(ADA.colleague("UMIA"), Part.MANAGER)
    snapshot = Snapshot(ADA, reader.member, as_items(groups, quotes=False))
    sketch, choice = Sketch(snapshot, reader, (entry, entry)), Choice(("e",))
    yield sharing.preview(sketch, choice, ["left out"])
    yield sharing.form(sharing.Offer([entry], [reader], ladder.competencies))
    yield from (sharing.nobody_to_share_with(None), sharing.nothing_to_choose())
    share = SharedPage("s", ADA, reader.member, NOW)
    yield from (sharing.opened(share, snapshot, reader.member), sharing.shared(share, 1))
    yield from sharing.shared_messages(snapshot, "s")
    told = Told(share, 1, (), True)
    yield sharing.lists(sharing.Lists(sharing.ListRef(1, 1), [told], 99, [told], 99))
    yield sharing.taken_back(TakenBack(told, unsent=True, unsure=False))
    yield message("Your manager changed", [actions(sharing.hand_over_button("UMIA"))])


def ways_in(ladder: Ladder, entry: Entry) -> Iterable[dict[str, Any]]:
    """What stands around an example that comes in."""
    thin = replace(entry, asked_at=entry.created_at, text="fixed the bug")
    state, day = journal.FormState(about="C1/1.2", channel="D1", ts="1.2"), entry.happened_on
    filled = journal.Filled(day, entry.competency_id, like="As the ladder has it.")
    for each in (state, replace(state, own=1), replace(state, quoting=1, drawn=1)):
        yield journal.form(ladder.competencies, filled, each)
    yield from (journal.saved(thin, ladder, state), journal.follow_up_form(thin, state))
    yield from (journal.saved_message(thin, ladder), journal.saved_message(entry, ladder))
    for undone in (None, entry):
        yield from (journal.undone(undone, ladder), journal.undone_message(undone))
    draft = Written("d" * 32, ADA, "I wrote a runbook.", NOW)
    known = ladder.competencies
    yield journal.keep_question(draft, known, known[0], "Like this.", first=True)
    yield journal.keep_question(draft, known, None, "", first=False)
    yield journal.marked_question("https://x.slack.com/a", "C1/1.2", "seedling", own=False)
    yield from (journal.nothing_kept(), journal.too_long(3001), journal.only_files())
    yield journal.welcome()
    yield {"blocks": [journal.keep_after_all(journal.PlaceRef("D1", "1.2"))]}


def test_a_button_of_another_time_gets_a_plain_answer(sqlite_bench: Bench) -> None:
    message = sqlite_bench.slack.command("UADA", "/ladder help").message
    assert message
    sqlite_bench.forge("UADA", message, "retired.button", "whatever")
    sqlite_bench.hears("UADA", "belongs to an older message")


def test_an_unknown_button_on_the_home_tab_gets_a_plain_answer(sqlite_bench: Bench) -> None:
    view = sqlite_bench.slack.open_home("UADA")
    sqlite_bench.forge("UADA", view, "retired.button", "whatever")
    sqlite_bench.hears("UADA", "belongs to an older message")


def test_a_known_button_that_carries_nonsense_gets_a_plain_answer(sqlite_bench: Bench) -> None:
    message = sqlite_bench.slack.command("UADA", "/ladder help").message
    assert message
    for action, value in (("journal.edit", '{"v":99}'), ("nudges.later", "[]")):
        sqlite_bench.forge("UADA", message, action, value)
        sqlite_bench.hears("UADA", "belongs to an older version of Rung")


def test_a_form_of_another_time_says_so(sqlite_bench: Bench) -> None:
    sqlite_bench.slack.command("UADA", "/ladder log")
    view = sqlite_bench.modal("UADA")
    view.body = view.body | {"callback_id": "retired.form"}
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": "x"}
    assert sqlite_bench.slack.submit("UADA", fields).ok
    sqlite_bench.hears("UADA", "older version of Rung")


def test_a_shortcut_of_another_time_gets_a_plain_answer(sqlite_bench: Bench) -> None:
    said = sqlite_bench.slack.say("UBEN", "sec-ops", "hello")
    sqlite_bench.slack.people.message_shortcut("UADA", "retired_shortcut", said)
    channel = sqlite_bench.slack.channel
    shown = sqlite_bench.slack.wait_for(
        lambda: any("older" in text_of(m) for m in channel("sec-ops", "UADA"))
    )
    assert shown
    assert len(channel("sec-ops", "UBEN")) == 1, "nobody else sees it"


def test_an_unknown_word_leads_to_what_works(sqlite_bench: Bench) -> None:
    assert "`/ladder help` shows what works" in sqlite_bench.say("UADA", "/ladder xyzzy <!here>")
    assert "<!here>" not in str(sqlite_bench.slack.dm("UADA")[-1].blocks)
