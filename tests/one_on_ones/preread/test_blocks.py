"""The message itself: inside Slack's limits whatever people wrote, and readable as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.journal.model import Mark
from bot.one_on_ones.preread.blocks import HEADINGS, START, pre_read
from bot.one_on_ones.preread.checking import Reader, sound
from bot.one_on_ones.preread.model import Facts, Part, Promise, Summary
from bot.one_on_ones.preread.sentences import sentences
from bot.people.model import Manager, Relation
from bot.people.standing import expected_of
from bot.slack.blocks import button
from tests.one_on_ones.preread.facts import ADA, MIA, TODAY, entry, facts, some_facts
from tests.slack.hostile import NOW, entries, ladders, people, refused, texts


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_it_stays_inside_slacks_limits_whatever_people_write(data: st.DataObject) -> None:
    ladder = data.draw(ladders())
    found, written = data.draw(entries(ladder)), data.draw(texts(3000, 1).filter(str.strip))
    marks = tuple(Mark(e.id, e.competency_id, e.happened_on, e.created_at) for e in found)
    person = data.draw(people(ladder))
    known = Facts(
        person, ladder, NOW.date(), NOW - timedelta(days=30), NOW.date() - timedelta(days=30),
        meeting=NOW, partner=MIA, expected=expected_of(person, ladder), fresh=marks, marks=marks,
        recent=tuple(found), earlier=tuple(found[:2]),
        promises=tuple(Promise(f"p{n}", (ADA, MIA)[n % 2], written, TODAY) for n in range(50)),
    )  # fmt: skip
    message = pre_read(Summary(known, sentences(known)), [button("One more", "x:1")], written[:99])
    assert refused(message) == []


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_facts())
def test_whoever_reads_the_message_finds_every_line_supported(known: Facts) -> None:
    """The text as it is drawn, read from the top with no help from what drew it."""
    blocks = pre_read(Summary(known, sentences(known)))["blocks"]
    text = [b["text"]["text"] for b in blocks if b["type"] == "section"]
    reader, part = Reader(known), Part.OPENING
    headings = {words: each for each, words in HEADINGS.items()}
    for line in "\n".join(text).split("\n"):
        if line.startswith("*Since "):
            part = Part.EXAMPLES
        if line in headings:
            part = headings[line]
        elif line != START:
            assert reader.refusal(part, line) is None, line


def test_it_can_be_shared_only_with_the_manager_of_that_one_on_one() -> None:
    def offers(known: Facts) -> bool:
        return "Share with my manager" in str(pre_read(Summary(known, sentences(known))))

    known = facts([entry(1, 1)])
    mine = Manager(MIA.user_id, Relation.CONFIRMED, "UADA")
    assert not offers(known), "nobody is the manager"
    managed = replace(known, person=replace(known.person, manager=mine))
    assert offers(managed)
    assert offers(replace(managed, partner=None))
    assert not offers(replace(managed, partner=ADA.colleague("UBEN")))
    assert not offers(replace(managed, recent=()))


def test_every_sentence_that_is_refused_leaves_the_others_as_they_are() -> None:
    known = facts([entry(1, 1), entry(2, 2, "c1", "Another.")])
    lies = replace(known, fresh=known.fresh[:1])
    wrong = [(each, why) for each, why in sound(sentences(known), lies) if why]
    assert [each.text for each, _ in wrong] == [
        "*Since 19 Nov: 2 examples*",
        "*🌱 Craft &amp; care*",
        "• Another. _(1 Dec)_",
    ]
