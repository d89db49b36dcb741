"""The page through the real bot: both sides open it, fill it, and find what the other wrote."""

from __future__ import annotations

import pytest

from bot.one_on_ones.page.blocks import agenda_button
from bot.one_on_ones.page.model import AGENDA_MOST
from bot.slack.blocks import actions, message
from bot.slack.turn import say
from playground.local_slack import View, text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.page.scenes import (
    AFTER_FIRST,
    FIRST,
    add,
    agenda,
    confirmed,
    meet,
    pages,
    past,
    promise,
    promised,
    see,
    week,
    with_pair,
)


def opened(bench: Bench, user: str = "UADA", word: str = "page") -> View:
    if bench.slack.modal(user):
        bench.slack.close_modal(user, whole_stack=True)
    bench.slack.command(user, f"/ladder {word}")
    return bench.modal(user, "Our page")


def until(bench: Bench, user: str, words: str) -> View:
    """The modal on top, once the words stand in it."""

    def there() -> bool:
        return words in text_of(bench.slack.modal(user))

    assert bench.slack.wait_for(there), f"{words!r} not in {text_of(bench.slack.modal(user))}"
    return bench.modal(user)


def press(bench: Bench, user: str, button: str, title: str, index: int | None = None) -> View:
    bench.slack.press(user, bench.modal(user), button, index)
    return bench.modal(user, title)


def choose(bench: Bench, user: str, menu: str, choice: str) -> None:
    bench.slack.select(user, bench.modal(user, "Our page"), menu, choice)


def submit(bench: Bench, user: str, **fields: object) -> None:
    answer = bench.slack.submit(user, {k.replace("_", " "): v for k, v in fields.items()})
    assert answer.ok
    assert not answer.errors, answer.errors


@pytest.mark.parametrize("word", ["page", "agenda"])
@on_sqlite
def test_the_page_opens_by_either_word_for_both_sides(bench: Bench, word: str) -> None:
    with_pair(bench)
    assert "With @UMIA" in text_of(opened(bench, "UADA", word))
    assert "With @UADA" in text_of(opened(bench, "UMIA", word))


@on_sqlite
def test_somebody_without_a_one_on_one_is_led_to_one(bench: Bench) -> None:
    with_pair(bench)
    assert "no one-on-one here yet" in text_of(opened(bench, "UBEN"))


def test_a_line_is_added_edited_ticked_and_put_back(bench: Bench) -> None:
    pair = with_pair(bench)
    opened(bench)
    press(bench, "UADA", "page.add", "Add to agenda")
    submit(bench, "UADA", What_to_talk_about="The rota")
    until(bench, "UADA", "The rota")
    item = see(bench, pair).agenda[0].id
    choose(bench, "UADA", f"page.item:{item}", "Edit")
    bench.modal("UADA", "Edit")
    submit(bench, "UADA", What_to_talk_about="The rota of May")
    until(bench, "UADA", "The rota of May")
    choose(bench, "UADA", f"page.item:{item}", "Discussed")
    until(bench, "UADA", "Discussed: The rota of May")
    assert agenda(bench, pair) == []
    press(bench, "UADA", "Undo", "Our page")
    bench.slack.wait_for(lambda: agenda(bench, pair) == ["The rota of May"])
    assert agenda(bench, pair) == ["The rota of May"]


@on_sqlite
def test_a_line_of_ones_own_is_removed_after_a_question(bench: Bench) -> None:
    pair = with_pair(bench)
    item = add(bench, pair, "The rota")
    opened(bench)
    choose(bench, "UADA", f"page.item:{item}", "Remove")
    bench.modal("UADA", "Remove this?")
    assert agenda(bench, pair) == ["The rota"]
    submit(bench, "UADA")
    until(bench, "UADA", "Nothing yet")
    assert agenda(bench, pair) == []


@on_sqlite
def test_what_the_other_wrote_can_be_ticked_and_not_changed(bench: Bench) -> None:
    pair = with_pair(bench)
    item = add(bench, pair, "The rota", "UMIA")
    view = opened(bench)
    assert "@UMIA" in text_of(view)
    with pytest.raises(LookupError):
        choose(bench, "UADA", f"page.item:{item}", "Edit")
    choose(bench, "UADA", f"page.item:{item}", "Discussed")
    until(bench, "UADA", "Discussed: The rota")


def test_a_promise_of_the_other_side_with_a_date_is_kept(bench: Bench) -> None:
    pair = with_pair(bench)
    opened(bench)
    press(bench, "UADA", "page.add_promise", "Add a promise")
    submit(
        bench,
        "UADA",
        What="Ask about the budget",
        Who="<@UMIA> does it",
        Until_when="2026-12-03",
    )
    until(bench, "UADA", "Ask about the budget")
    item = see(bench, pair).promises[0]
    assert (item.owner, item.author) == (bench.member("UMIA"), bench.member("UADA"))
    bench.set_clock("2026-12-12T09:00:00+01:00")
    shown = text_of(opened(bench, "UMIA"))
    assert "made 12 days ago · was due 3 Dec 2026" in shown
    choose(bench, "UMIA", f"page.promise:{item.id}", "Done")
    until(bench, "UMIA", "Done: Ask about the budget")
    assert promised(bench, pair) == []
    press(bench, "UMIA", "Undo", "Our page")
    bench.slack.wait_for(lambda: promised(bench, pair) != [])
    assert promised(bench, pair) == ["Ask about the budget"]


@on_sqlite
def test_a_promise_is_for_a_day_to_come_and_an_old_one_can_still_be_edited(bench: Bench) -> None:
    pair = with_pair(bench)
    opened(bench)
    press(bench, "UADA", "page.add_promise", "Add a promise")
    fields = {"What": "Write the plan", "Who": "I do it"}
    answer = bench.slack.submit("UADA", fields | {"Until when": "2026-11-29"})
    assert "That day is over" in str(answer.errors)
    assert promised(bench, pair) == []
    submit(bench, "UADA", **fields, Until_when="2026-11-30")
    assert "made today · due today" in text_of(until(bench, "UADA", "Write the plan"))
    bench.set_clock("2026-12-02T09:00:00+01:00")
    opened(bench)
    choose(bench, "UADA", f"page.promise:{see(bench, pair).promises[0].id}", "Edit")
    bench.modal("UADA", "Edit")
    submit(bench, "UADA", **fields | {"What": "Write the whole plan"})
    assert promised(bench, pair) == ["Write the whole plan"]


@on_sqlite
def test_dropping_asks_why(bench: Bench) -> None:
    pair = with_pair(bench)
    item = promise(bench, pair, "Write the runbook")
    opened(bench)
    choose(bench, "UADA", f"page.promise:{item}", "Drop")
    bench.modal("UADA", "Drop a promise")
    submit(bench, "UADA", Why_it_is_dropped="The service is gone")
    until(bench, "UADA", "Dropped: Write the runbook")
    meet(bench)
    assert past(bench, pair, "UMIA")[0].closed[0].reason == "The service is gone"


@on_sqlite
def test_the_date_of_anothers_words_can_be_changed_and_the_words_cannot(bench: Bench) -> None:
    pair = with_pair(bench)
    item = promise(bench, pair, "Write the runbook", user="UMIA")
    opened(bench)
    choose(bench, "UADA", f"page.promise:{item}", "Edit")
    form = bench.modal("UADA", "Edit")
    labels = [block["label"]["text"] for block in form.blocks if block["type"] == "input"]
    assert labels == ["Who", "Until when"]
    submit(bench, "UADA", Until_when="2026-12-24")
    until(bench, "UADA", "due 24 Dec 2026")
    assert promised(bench, pair) == ["Write the runbook"]


@on_sqlite
def test_what_was_agreed_is_written_while_the_talk_is_under_way(bench: Bench) -> None:
    pair = with_pair(bench)
    assert "What we agreed" not in text_of(opened(bench))
    bench.set_clock(FIRST)
    opened(bench, "UMIA")
    press(bench, "UMIA", "What we agreed", "What we agreed")
    submit(bench, "UMIA", What_we_agreed="Ada leads the rota")
    bench.modal("UMIA", "Our page")
    bench.set_clock(AFTER_FIRST)
    meet(bench)
    (talk,) = past(bench, pair)
    assert (talk.talk.agreed, talk.talk.agreed_by) == ("Ada leads the rota", bench.member("UMIA"))
    opened(bench)
    assert "Ada leads the rota" in text_of(press(bench, "UADA", "Earlier", "Earlier one-on-ones"))


def test_neither_side_writes_over_the_other_unseen(bench: Bench) -> None:
    pair = with_pair(bench)
    meet(bench)
    for user in ("UADA", "UMIA"):
        opened(bench, user)
        press(bench, user, "What we agreed", "What we agreed")
    submit(bench, "UMIA", What_we_agreed="Mia asks for the budget")
    bench.slack.submit("UADA", {"What we agreed": "Ada asks for the budget"})
    until(bench, "UADA", "Mia asks for the budget")
    assert past(bench, pair)[0].talk.agreed == "Mia asks for the budget"
    submit(bench, "UADA")
    bench.modal("UADA", "Our page")
    assert past(bench, pair)[0].talk.agreed == "Ada asks for the budget"


@on_sqlite
def test_notes_are_kept_for_their_author_and_deleted_when_emptied(bench: Bench) -> None:
    pair = with_pair(bench)
    opened(bench)
    press(bench, "UADA", "My private notes", "My private notes")
    submit(bench, "UADA", Notes="Ask about the raise")
    bench.modal("UADA", "Our page")
    assert see(bench, pair).note
    assert see(bench, pair, "UMIA").note is None
    form = press(bench, "UADA", "My private notes", "My private notes")
    assert "Ask about the raise" in str(form.blocks)
    submit(bench, "UADA", Notes=None)
    bench.modal("UADA", "Our page")
    assert see(bench, pair).note is None
    assert bench.rows("private_notes") == []


@on_sqlite
def test_of_several_one_on_ones_the_nearest_comes_first_with_a_way_to_the_others(
    bench: Bench,
) -> None:
    with_pair(bench)
    other = confirmed(bench, "UADA", "ULENA")
    view = opened(bench)
    assert "Other one-on-ones" in text_of(view)
    first = next(u for u in ("UMIA", "ULENA") if f"*With @{u}*" in text_of(view))
    press(bench, "UADA", "Open", "Our page")
    second = "ULENA" if first == "UMIA" else "UMIA"
    until(bench, "UADA", f"*With @{second}*")
    assert other.partner == bench.member("ULENA")


@on_sqlite
def test_a_long_list_is_turned(bench: Bench) -> None:
    pair = with_pair(bench)
    for number in range(40):
        bench.set_clock(f"2026-11-30T10:{number:02}:00+01:00")
        add(bench, pair, f"Line {number}")
        promise(bench, pair, f"Promise {number}")
    opened(bench)
    for _ in range(2):
        bench.slack.press("UADA", bench.modal("UADA"), "page.turn:agenda-more")
        bench.slack.wait_for(lambda: "Line 0 ·" not in text_of(bench.slack.modal("UADA")))
    until(bench, "UADA", "Line 39")
    assert "Promise 0\n" in text_of(bench.modal("UADA"))


@on_sqlite
def test_a_full_agenda_says_so_in_the_form(bench: Bench) -> None:
    pair = with_pair(bench)
    for number in range(AGENDA_MOST):
        add(bench, pair, f"Line {number}")
    opened(bench)
    press(bench, "UADA", "page.add", "Add to agenda")
    answer = bench.slack.submit("UADA", {"What to talk about": "One more"})
    assert "holds 50 things" in str(answer.errors)


HOSTILE = "<!channel> *a* <https://evil|x> <@UBEN> &lt; " + "&" * 2900


@on_sqlite
def test_hostile_text_stays_text_on_every_surface(bench: Bench) -> None:
    pair = with_pair(bench)
    item = add(bench, pair, HOSTILE)
    owed = promise(bench, pair, HOSTILE)
    meet(bench)
    talk = past(bench, pair)[0].talk
    mia, now = bench.member("UMIA"), bench.bot.now()
    pages(bench).agree(mia, talk.id, HOSTILE, "", now)
    pages(bench).write_note(mia, pair.id, HOSTILE, "", now)
    shown = [opened(bench, "UMIA")]
    for menu in (f"page.item:{item}", f"page.promise:{owed}"):
        choose(bench, "UMIA", menu, "Read all of it")
        bench.slack.wait_for(lambda: "Add to agenda" not in text_of(bench.slack.modal("UMIA")))
        shown.append(bench.modal("UMIA"))
        bench.slack.close_modal("UMIA")
    shown.append(press(bench, "UMIA", "What we agreed", "What we agreed"))
    bench.slack.close_modal("UMIA")
    shown.append(press(bench, "UMIA", "Earlier", "Earlier one-on-ones"))
    for view in shown:
        for block in view.blocks:
            words = str((block.get("text") or {}).get("text", ""))
            assert "<!channel>" not in words
            assert "<https://evil" not in words
            assert "<@UBEN>" not in words


@on_sqlite
def test_the_page_of_a_pair_that_ended_is_the_engineers_to_read(bench: Bench) -> None:
    pair = with_pair(bench)
    add(bench, pair, "The rota")
    meet(bench)
    bench.bot.pairs.end(bench.member("UADA"), pair.id, bench.bot.now())
    view = opened(bench)
    assert "The rota" in text_of(view)
    assert "Only you can still read its page" in text_of(view)
    with pytest.raises(LookupError):
        bench.slack.press("UADA", view, "page.add")
    assert "no one-on-one here yet" in text_of(opened(bench, "UMIA"))


@on_sqlite
def test_a_form_that_the_manager_left_open_saves_nothing_after_the_end(bench: Bench) -> None:
    pair = with_pair(bench)
    opened(bench, "UMIA")
    press(bench, "UMIA", "page.add", "Add to agenda")
    bench.bot.pairs.end(bench.member("UADA"), pair.id, bench.bot.now())
    answer = bench.slack.submit("UMIA", {"What to talk about": "One more"})
    assert "That is not there, or not any more" in str(answer.errors)
    assert bench.rows("agenda_items") == []


@on_sqlite
def test_from_a_message_the_form_is_filled_and_leads_to_the_page(bench: Bench) -> None:
    pair = with_pair(bench)
    row = actions(agenda_button(pair.id, "quiet", "teaching"))
    say(bench.bot.client, "UADA", message("Worth asking", [row]))
    bench.slack.press("UADA", bench.slack.dm("UADA")[-1], "Put on our agenda")
    bench.modal("UADA", "Add to agenda")
    submit(bench, "UADA", What_to_talk_about="Teaching")
    bench.modal("UADA", "Saved")
    press(bench, "UADA", "Open our page", "Our page")
    bench.slack.close_modal("UADA", whole_stack=True)
    bench.slack.press("UADA", bench.slack.dm("UADA")[-1], "Put on our agenda")
    bench.modal("UADA", "Add to agenda")
    submit(bench, "UADA", What_to_talk_about="Teaching")
    assert agenda(bench, pair) == ["Teaching"], "pressed twice it stands there once"
    pages(bench).discussed(
        bench.member("UMIA"), see(bench, pair).agenda[0].id, bench.set_clock(FIRST)
    )
    add(bench, pair, "Teaching")
    assert agenda(bench, pair) == ["Teaching"], "what was talked about can be put on again"


@on_sqlite
def test_a_second_form_in_the_same_view_is_another_deed(bench: Bench) -> None:
    """On the third floor Slack puts the form into the view of the page, which keeps its id."""
    pair = with_pair(bench)
    meet(bench, week(0))
    opened(bench)
    press(bench, "UADA", "Earlier", "Earlier one-on-ones")
    bench.forge("UADA", bench.modal("UADA"), "page.open", "")
    bench.modal("UADA", "Our page")
    for text in ("First", "Second"):
        bench.slack.press("UADA", bench.modal("UADA"), "page.add")
        bench.modal("UADA", "Add to agenda")
        submit(bench, "UADA", What_to_talk_about=text)
        until(bench, "UADA", text)
    assert sorted(agenda(bench, pair)) == ["First", "Second"]
    assert {each.error for each in bench.slack.refusals} == {"push_limit_reached"}
    bench.slack.refusals.clear()
