"""Every message, modal and Home tab stays inside Slack's limits, whatever the words in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.hearing import _below, _once_placed
from bot.journal import blocks as journal
from bot.journal.grouping import grouped
from bot.journal.model import PAGE, Page, Pin, Wording
from bot.ladder.asking.answers import Standing
from bot.ladder.asking.lookup import answer
from bot.ladder.blocks import Ask, Scene, as_modal, render
from bot.nudges import blocks as nudges
from bot.nudges.model import Coming, Nudge, Schedule, Wishes
from bot.nudges.topics import cue
from bot.nudges.when.manners import Outlook, Slot
from bot.one_on_ones.pairs import blocks as meetings
from bot.one_on_ones.pairs.model import News, Pair, State
from bot.one_on_ones.pairs.rhythm import Rhythm
from bot.own_data import blocks as own_data
from bot.own_data.model import Request, What
from bot.people import blocks as people_blocks
from bot.people.standing import rung_of
from bot.privacy.policy import Ties
from bot.sharing import blocks as sharing
from bot.sharing.model import (
    MOST,
    Choice,
    How,
    Part,
    Reader,
    Reading,
    Share,
    Sketch,
    Snapshot,
    TakenBack,
    Told,
    Why,
    as_items,
    candidates,
)
from bot.slack import blocks as slack
from bot.slack.state import unpack
from tests.slack.hostile import (
    ADA,
    NOW,
    entries,
    ladders,
    links,
    people,
    refused,
    texts,
    view_refused,
)

WORDS = ("", "L1", "L2 c0", "next", "compare L1 L2", "compare L1 L120", "nonsense", "L1 c0", "l")
some = settings(max_examples=25, deadline=None)


@some
@given(st.data())
def test_every_page_of_every_answer_of_the_ladder(data: st.DataObject) -> None:
    ladder = data.draw(ladders())
    standing = data.draw(st.sampled_from([None, Standing(ladder.tracks[0].id, "L1")]))
    typed = data.draw(st.sampled_from(WORDS) | texts(400))
    for examples in (0, 1):
        for page in (0, 1, 2, 10_000):
            scene = Scene(ladder, standing, Ask(typed, page, examples), shareable=True)
            found = answer(ladder, standing, typed)
            page = render(found, scene, _below(standing is not None, True))
            assert refused(page) == []
            assert view_refused(as_modal(page)) == []


@some
@given(st.data())
def test_the_placement_form_and_the_question_to_a_manager(data: st.DataObject) -> None:
    ladder = data.draw(ladders())
    person = data.draw(people(ladder))
    for known in (person, None):
        assert view_refused(people_blocks.placement(ladder, known)) == []
    assert view_refused(people_blocks.placed(person, ladder, _once_placed())) == []
    rung = rung_of(person, ladder)
    assert refused(people_blocks.question_to_manager(ADA, rung)) == []


@some
@given(st.data())
def test_the_forms_the_confirmation_and_the_list_of_examples(data: st.DataObject) -> None:
    ladder = data.draw(ladders())
    some_entries = data.draw(entries(ladder))[:PAGE]
    entry, competency = some_entries[0], ladder.competencies[0]
    filled = journal.Filled(date(2026, 12, 3), competency.id, data.draw(texts(4000)), entry.link)
    for state in (journal.FormState(), journal.FormState(entry=entry.id, nudge="n" * 32)):
        assert view_refused(journal.form(ladder.competencies, filled, state)) == []
    said = ladder.tracks[0].levels[0].expects[0].statements * data.draw(st.sampled_from([1, 30]))
    wording = Wording(competency.id, competency.name, "gone", "L9", said)
    pin = Pin("1", "gone", "L9", wording.id, wording.competency, wording.statements[0])
    pinned = tuple(replace(each, pin=pin) for each in some_entries)
    for page in (Page(tuple(some_entries), 1, 25), Page(pinned, 1, 25, {wording.id: wording})):
        assert view_refused(journal.listing(page, ladder)) == []
        assert view_refused(journal.saved(page.entries[0], ladder)) == []
    assert view_refused(journal.expected_then(pinned[0], wording, ladder)) == []


@some
@given(st.data())
def test_nudges_and_what_is_left_of_them(data: st.DataObject) -> None:
    ladder = data.draw(ladders())
    person = data.draw(people(ladder))
    expectation = data.draw(st.sampled_from(ladder.tracks[0].levels[0].expects))
    nudge = Nudge("n" * 32, ADA, expectation.competency.id, NOW.date(), NOW, first=True)
    rung = rung_of(person, ladder)
    for said in (cue(expectation, NOW.date()), None):
        asked = replace(nudge, cue=said)
        assert refused(nudges.question(asked, person, expectation.competency, rung)) == []
    assert refused(nudges.answered(expectation.competency, "Later, then.")) == []
    day, known = NOW.date(), ladder.competencies
    aside = dict.fromkeys((each.id for each in known), day)
    coming = Coming(
        Schedule(ADA),
        Outlook(Slot(day, NOW, NOW)),
        expectation.competency.name,
        "you have none",
        wishes=Wishes(frozenset(aside), aside),
    )
    for expected in (known, ()):
        around = nudges.Surroundings(person.zone, day, expected, known)
        assert view_refused(nudges.settings(coming, around)) == []
    assert refused(nudges.told("Saved.", coming)) == []
    assert refused(nudges.set_aside(expectation.competency, "c", day, "Next.")) == []
    assert refused(nudges.preferences(replace(nudge, competency_id=""), Schedule(ADA))) == []


@some
@given(st.data())
def test_a_page_its_preview_and_the_form_before_it(data: st.DataObject) -> None:
    ladder, quote = data.draw(ladders()), data.draw(texts(3000))
    found = [replace(each, quote=quote) for each in data.draw(entries(ladder))]
    groups, _ = grouped(ladder, found, ladder.competencies)
    reader = Reader(ADA.colleague("UMIA"), data.draw(st.sampled_from(Part)), NOW)
    snapshot = Snapshot(ADA, reader.member, as_items(groups, quotes=data.draw(st.booleans())))
    share = Share("s" * 32, ADA, reader.member, NOW)
    for message in (*sharing.shared_messages(snapshot, share.id), sharing.closed(share)):
        assert refused(message) == []
    assert refused(sharing.marked_message(snapshot, NOW)) == []
    if sharing.fits(snapshot):
        left_out = ["f" * 32] * (MOST - len(found))
        sketch = Sketch(snapshot, reader, tuple(found), 3)
        choice = Choice(tuple(e.id for e in found), "U" * 20, quotes=True)
        assert view_refused(sharing.preview(sketch, choice, left_out)) == []
        for viewer in (ADA, reader.member):
            assert view_refused(sharing.opened(share, snapshot, viewer)) == []
    former = {ADA.colleague(f"U{n}"): NOW for n in range(15)}
    readers = candidates(ADA, Ties(reader.member, former=former), None)
    offer = sharing.Offer(found * 4, readers, ladder.competencies, chosen=[found[0].id])
    assert view_refused(sharing.form(offer)) == []


@pytest.mark.parametrize("why", Why)
def test_the_lists_of_what_was_shared(why: Why) -> None:
    reader = ADA.colleague("U" * 20)
    share = Share("s" * 32, ADA, reader, NOW, NOW, why)
    log = tuple(Reading(share.id, ADA, reader, how, NOW) for how in How for _ in range(3))
    told = Told(share, 50, log, False)
    page = sharing.Lists(
        sharing.ListRef(3, 3), [told] * sharing.PAGE, 999, [told] * sharing.PAGE, 999
    )
    assert view_refused(sharing.lists(page)) == []
    for unsent in (True, False):
        assert view_refused(sharing.taken_back(TakenBack(told, unsent, not unsent))) == []


@pytest.mark.parametrize("number", [0, 1, 40, 41, 300])
def test_the_list_of_one_on_ones_and_what_is_asked_and_told(number: int) -> None:
    rhythm, mia = Rhythm(date(2026, 12, 7), time(14)), ADA.colleague("UMIA")
    one = Pair("p" * 32, ADA, mia, State.PROPOSED, ADA, rhythm, NOW)
    for member in (ADA, mia):
        assert view_refused(meetings.listed([one] * number, member, NOW, manages=True)) == []
        assert refused(meetings.question(one, member)) == []
        for kind in News:
            assert refused(meetings.news(kind, one, member, (NOW, NOW))) == []
    ref = meetings.FormRef("p" * 32, "yes", "America/Argentina/ComodRivadavia", "yes")
    assert view_refused(meetings.form(meetings.Beginning(ref, NOW.date(), rhythm, "UMIA"))) == []


@some
@given(texts(1000, 1))
def test_what_is_said_about_ones_data(reason: str) -> None:
    admin = ADA.colleague("UMIA")
    asked = [Request("r", ADA, what, reason, admin, NOW, NOW) for what in What] * 3
    assert view_refused(own_data.privacy(asked, [], may_ask=True)) == []
    assert view_refused(own_data.privacy([], [], may_ask=False)) == []
    assert view_refused(own_data.erase([(f"Title {number}", number) for number in range(40)])) == []
    for view in (own_data.ask(), own_data.was_asked("<@UADA>", What.ERASE), own_data.erasing()):
        assert view_refused(view) == []
    for message in (own_data.news(asked[0]), own_data.files_sent(["F0123456789"] * 4)):
        assert refused(message) == []
    for message in (own_data.erased(), own_data.on_the_way(), own_data.files_dropped(1)):
        assert refused(message) == []


@given(texts(5000), st.text(max_size=10))
def test_the_small_builders_clip_what_may_be_clipped(text: str, tail: str) -> None:
    asking = slack.confirmed(slack.button(text, "b"), text, text, text)
    built = [
        slack.header(text),
        slack.context(text or tail or "-"),
        slack.actions(slack.button(text, "id"), asking),
        slack.field("f", text, slack.text_input("t", text, placeholder=text), hint=text),
        slack.field("g", text, slack.select("s", [slack.option(text, "v")], placeholder=text)),
        *slack.paragraphs([text] if text.strip() else []),
    ]
    assert view_refused(slack.modal(text, built, submit=text or "s", callback_id="c")) == []


@pytest.mark.parametrize("number", [0, 101])
def test_what_would_have_to_be_split_is_refused_before_slack_does(number: int) -> None:
    with pytest.raises(slack.LimitError):
        slack.select("s", [slack.option("o", str(n)) for n in range(number)])
    with pytest.raises(slack.LimitError):
        slack.modal("t", [slack.divider()] * number)
    with pytest.raises(slack.LimitError):
        slack.section("x" * (number and 3001))
    with pytest.raises(slack.LimitError):
        slack.actions(*[slack.button("b", str(n)) for n in range(number and 26)])


@given(st.integers(0, 300), texts(3000, 1), links())
def test_pages_lose_no_block_and_each_fits_a_message(number: int, text: str, _link: str) -> None:
    blocks = [slack.context(f"{n} {text}") for n in range(number)]
    runs = slack.pages(blocks)
    assert [block for run in runs for block in run] == blocks
    assert all(len(run) <= 45 and slack.weight(run) <= slack.MESSAGE_CHARS for run in runs)


@given(st.integers(0, 300), st.booleans())
def test_a_menu_of_many_groups_stays_a_menu(number: int, chosen: bool) -> None:
    groups = [
        (f"g{g}", [slack.option(f"{g} {n}", f"{g}/{n}") for n in range(number // 3 + 1)])
        for g in range(3)
    ]
    menu = slack.grouped_select("m", groups, chosen="2/0" if chosen else "")
    assert view_refused(slack.modal("t", [slack.field("f", "l", menu)], submit="s")) == []
    assert ("initial_option" in menu) is chosen


def test_what_was_chosen_beyond_the_hundredth_of_its_group_is_left_out() -> None:
    many = [slack.option(str(n), str(n)) for n in range(120)]
    menu = slack.grouped_select("m", [("g", many)], chosen="119")
    assert view_refused(slack.modal("t", [slack.field("f", "l", menu)], submit="s")) == []


def test_an_ask_comes_back_from_its_button_as_it_was() -> None:
    from bot.ladder.blocks import ask_button

    ask = Ask("compare a/L1 b/L2", page=3, examples=1)
    assert unpack(Ask, ask_button("x", ask, name="n")["value"]) == ask
