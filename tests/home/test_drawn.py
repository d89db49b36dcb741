"""What is drawn of Home stays within Slack's limits, and short, whatever people wrote."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.home import blocks
from bot.home.model import PEOPLE, Counterpart, page_of
from bot.one_on_ones.pairs.model import State
from playground.local_slack import text_of
from playground.local_slack.model import View
from tests.home.drawn import choices, glance
from tests.slack.hostile import ADA, entries, ladders, people, refused, texts, view_refused

some = settings(max_examples=15, deadline=None)
MOST_BLOCKS = 60


@some
@given(st.data())
def test_home_and_settings_stay_within_slacks_limits(data: st.DataObject) -> None:
    ladder = data.draw(ladders())
    person = data.draw(st.sampled_from([None, data.draw(people(ladder))]))
    latest = data.draw(entries(ladder))[:3]
    text, many = data.draw(texts(3000, 1)), data.draw(st.sampled_from([0, 1, 60]))
    shown = glance(ladder, person, latest, text, page=data.draw(st.integers(0, 99)), many=many)
    for with_picture in (True, False):
        view = blocks.home(shown, "seedling", with_picture=with_picture)
        assert view_refused(view) == []
        assert len(view["blocks"]) <= MOST_BLOCKS
    assert view_refused(blocks.settings(choices(ladder, person, many))) == []
    assert view_refused(blocks.help_view(ladder, "seedling")) == []
    assert view_refused(blocks.ladder_alone(ladder)) == []
    assert refused(blocks.help_message(ladder, "seedling")) == []


@some
@given(st.data())
def test_settings_say_how_many_one_on_ones_they_do_not_show(data: st.DataObject) -> None:
    ladder = data.draw(ladders())
    person = data.draw(people(ladder))
    many = data.draw(st.integers(0, 30))
    chosen = choices(ladder, person, many)
    said = text_of(View("V", "UADA", blocks.settings(chosen), ""))
    shown = said.count("[Change]")
    beyond = len(chosen.pairs) - shown
    assert (f"… and {beyond} more." in said) is (beyond > 0)


@given(st.integers(0, 40), st.integers(-3, 20))
def test_every_person_is_on_one_page_and_a_page_that_is_gone_gives_the_last(
    many: int, wanted: int
) -> None:
    known = [Counterpart(ADA.colleague(f"U{number}"), None) for number in range(many)]
    last = max(0, (many - 1) // PEOPLE)
    seen = [each for number in range(last + 1) for each in page_of(known, number).people]
    assert seen == known
    circle = page_of(known, wanted)
    assert circle.number == max(0, min(wanted, last))
    assert circle.has_later is (circle.number < last)


@some
@given(st.data())
def test_a_talk_that_is_over_or_ended_is_not_what_is_next(data: st.DataObject) -> None:
    shown = glance(data.draw(ladders()), None, many=1)
    ended = replace(shown.pairs[0], state=State.ENDED)
    assert replace(shown, pairs=(ended,)).next_pair is None
    over = shown.pairs[0]
    assert over.meeting
    late = over.meeting.starts_at.replace(year=2027)
    assert replace(shown, pairs=(over,), now=late).next_pair is None
    assert replace(shown, pairs=(over,)).next_pair == over
