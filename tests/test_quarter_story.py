"""A quarter, lived in a browser by an engineer, her manager, and the manager who comes after."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from playground.cast import ADA, BEN, LENA, MIA
from playground.clock import next_thursday_1130
from tests.quarter.hands import NAMES, TO_THE_WRAP_UP, Hands
from tests.quarter.past import Fate, Promise, Talk, read
from tests.window import picture, typed

pytestmark = pytest.mark.browser

SIX_DAYS_S = 6 * 24 * 60 * 60

NUDGED = "I counted the night calls for a month and removed two causes."
WRITTEN = "I mentored a newer colleague through their first incident, and they led the next."
KEPT_TO_MYSELF = "I wrote the note on the login outage that the customer passed on."
ADA_NOTE, MIA_NOTE = "Would I lead a team one day?", "Ask gently about the nights."

ROTA, AUDIT, LOGIN, HELLO = "The night rota", "The audit", "The new login", "How we work"
EVIDENCE = Promise(NAMES[ADA], "Write down the evidence", Fate.KEPT)
ACCOUNT = Promise(NAMES[ADA], "Ask for a read account", Fate.DROPPED, "The new tool reads it")
STAND_IN = Promise(NAMES[MIA], "Find a stand-in", Fate.KEPT)
BUDGET = Promise(NAMES[MIA], "Ask about the budget", Fate.DROPPED, "It was decided without us")
QUIET = Promise(NAMES[MIA], "Two days without alerts", Fate.KEPT)
PLAN = Promise(NAMES[ADA], "Plan the move to the login")
FOLDER = Promise(NAMES[ADA], "Show the evidence folder", Fate.KEPT)
READING = Promise(NAMES[LENA], "Read up on the rota")

WITH_MIA = [
    Talk("The rota stays as it is.", {ROTA, AUDIT}, {EVIDENCE, ACCOUNT, STAND_IN, BUDGET}),
    Talk("We move in January.", set(), {QUIET, PLAN}, {EVIDENCE, ACCOUNT, STAND_IN, BUDGET}),
    Talk("Ada leads the move.", {LOGIN}, set(), {QUIET}),
]
WITH_LENA = [Talk("We meet as before.", {HELLO}, {FOLDER, READING}, set())]


def test_a_quarter_that_both_sides_agree_on(window: Page, address: str) -> None:
    today = datetime.now(ZoneInfo("Europe/Berlin"))
    hands = Hands(window, address, next_thursday_1130(today).date())
    _set_up(hands)
    _collect(hands)
    _first_talk(hands)
    _second_talk(hands)
    _third_talk(hands)
    _both_read(hands, MIA, WITH_MIA)
    _nothing_private_is_on_the_other_side(hands)
    _change_of_manager(hands)
    _nothing_is_left_with_the_former_manager(hands)
    _fourth_talk(hands)
    _both_read(hands, LENA, WITH_LENA)
    _ada_takes_the_past_along(hands)
    _nobody_was_asked_twice_in_a_week(hands)


def _set_up(hands: Hands) -> None:
    """Every second Friday at 14:00, from the second one on."""
    hands.be(ADA)
    hands.wait("thursday")
    hands.open("/ladder one-on-ones", "You have no one-on-ones here yet")
    hands.press(hands.modal, "Set one up")
    expect(hands.modal).to_contain_text("How often")
    hands.modal.get_by_label("With whom").select_option(label=NAMES[MIA])
    hands.modal.get_by_label("How often").select_option(label="Every second week")
    hands.modal.get_by_label("Next one-on-one").fill(hands.day(8))
    hands.send("is asked to confirm")
    hands.close("quarter-1-set-up")
    _confirms(hands, MIA)


def _confirms(hands: Hands, partner: str) -> None:
    hands.be(partner)
    hands.press(hands.message("asks to meet you for one-on-ones"), "Confirm")
    hands.message("You confirmed your one-on-one")


def _collect(hands: Hands) -> None:
    """Three ways in: a question, a message to the bot, and somebody's message."""
    hands.be(ADA)
    nudge = hands.message("did something come up lately?")
    hands.press(nudge, "Log an example")
    expect(hands.modal).to_contain_text("What happened")
    hands.send("Saved.", What_happened=NUDGED)
    hands.close()
    typed(hands.page, WRITTEN)
    question = hands.message("Keep this as an example?")
    question.get_by_role("button", name=re.compile("^Save under")).first.click()
    hands.message("Saved. Under")
    hands.page.get_by_test_id("channel-general").click()
    thanks = hands.message("forward to their own board")
    thanks.hover()
    thanks.get_by_test_id("message-menu").click()
    hands.page.get_by_test_id("shortcut-save_as_example").click()
    hands.modal.get_by_label("Competency").select_option(label="🏆 Customer Success")
    hands.send("Saved.", What_happened=KEPT_TO_MYSELF)
    hands.close()


def _first_talk(hands: Hands) -> None:
    hands.be(ADA)
    hands.put_on_agenda(ROTA)
    hands.note(ADA_NOTE)
    hands.be(MIA)
    hands.put_on_agenda(AUDIT)
    hands.note(MIA_NOTE)
    hands.be(ADA)
    hands.wait("thursday")
    _share(hands)
    hands.be(MIA)
    given = hands.message("shared these examples with you")
    expect(given).to_contain_text(NUDGED)
    hands.press(given, "Mark as read")
    expect(hands.message("On the agenda")).to_contain_text(ROTA)
    hands.wait(*TO_THE_WRAP_UP)
    hands.talked(1, ROTA)
    hands.talked(1, AUDIT)
    hands.agree(1, WITH_MIA[0].agreed)
    hands.promise(STAND_IN.text, due=hands.day(14))
    hands.promise(BUDGET.text)
    hands.be(ADA)
    hands.wrap_up(1)
    hands.promise(EVIDENCE.text)
    hands.promise(ACCOUNT.text)


def _share(hands: Hands) -> None:
    """From the pre-read, with one example left out that the preview showed."""
    pre_read = hands.message("Worth recognising")
    picture(hands.page, "quarter-2-pre-read")
    hands.press(pre_read, "Share with my manager")
    expect(hands.modal).to_contain_text("This is exactly what")
    expect(hands.modal).to_contain_text(NUDGED)
    out = hands.modal.get_by_label("Leave one out")
    left = out.locator("option").filter(has_text=KEPT_TO_MYSELF[:40]).get_attribute("value")
    out.select_option(value=left)
    expect(hands.modal).not_to_contain_text(KEPT_TO_MYSELF[:40])
    hands.send("Shared:")
    hands.close()


def _second_talk(hands: Hands) -> None:
    """One promise is kept by way of a reminder, one in the wrap-up, and two are dropped."""
    hands.be(ADA)
    hands.put_on_agenda(LOGIN)
    hands.be(MIA)
    hands.wait("thursday")
    reminder = hands.message("Why this? It is due and still open")
    picture(hands.page, "quarter-3-reminder")
    hands.press(reminder, "Done")
    hands.message(f"Done: “{STAND_IN.text}”")
    hands.wait("thursday", *TO_THE_WRAP_UP)
    hands.choose(hands.wrap_up(2), BUDGET.text, "Drop it, with a reason")
    expect(hands.modal).to_contain_text("Both of you can read this")
    hands.modal.get_by_label("Why is it dropped?").fill(BUDGET.why)
    hands.page.get_by_test_id("modal-submit").click()
    expect(hands.wrap_up(2)).to_contain_text("Dropped:")
    hands.promise(QUIET.text)
    hands.be(ADA)
    hands.keep(2, EVIDENCE.text)
    hands.agree(2, WITH_MIA[1].agreed)
    hands.promise(PLAN.text)
    hands.open("/ladder page", ACCOUNT.text)
    hands.choose(hands.modal, ACCOUNT.text, "Drop")
    expect(hands.modal).to_contain_text("Why it is dropped")
    hands.send("Dropped:", Why_it_is_dropped=ACCOUNT.why)
    hands.close("quarter-4-page")


def _third_talk(hands: Hands) -> None:
    """What was not talked about and not closed came along."""
    hands.be(ADA)
    hands.wait("thursday", "thursday")
    expect(hands.message("· tomorrow at 14:00")).to_contain_text(PLAN.text)
    hands.wait(*TO_THE_WRAP_UP)
    hands.talked(3, LOGIN)
    hands.agree(3, WITH_MIA[2].agreed)
    hands.be(MIA)
    hands.keep(3, QUIET.text)
    expect(hands.wrap_up(3)).to_contain_text(PLAN.text)
    picture(hands.page, "quarter-5-wrap-up")


def _both_read(hands: Hands, partner: str, happened: list[Talk]) -> None:
    for viewer in (ADA, partner):
        hands.be(viewer)
        hands.open("/ladder history", "Earlier one-on-ones")
        picture(hands.page, f"quarter-6-history-{viewer}-{partner}")
        assert read(hands.modal.inner_text(), NAMES[viewer]) == happened
        hands.close()


def _nothing_private_is_on_the_other_side(hands: Hands) -> None:
    for other in (MIA, LENA, BEN):
        seen = hands.screen(other)
        assert ADA_NOTE not in seen
        assert KEPT_TO_MYSELF not in seen
    for other in (ADA, LENA, BEN):
        assert MIA_NOTE not in hands.screen(other)


def _change_of_manager(hands: Hands) -> None:
    """Ada names Lena, who says yes; she chooses what to hand over, and with whom to go on."""
    hands.be(ADA)
    hands.open("/ladder settings", "Where you stand")
    hands.press(hands.modal, "Change level or manager")
    hands.modal.get_by_label("Manager").select_option(label=NAMES[LENA])
    hands.send("is asked to confirm that they are your manager")
    hands.close()
    hands.be(LENA)
    hands.press(hands.message("named you as their manager"), "Yes, that is right")
    hands.message("You confirmed that you are the manager of")
    hands.be(ADA)
    hands.press(hands.message("You can hand some of it over"), "Choose what to hand over")
    expect(hands.modal).to_contain_text("Choose, look at it")
    for box in hands.modal.get_by_role("checkbox").all():
        box.set_checked(WRITTEN[:30] in box.locator("..").inner_text())
    hands.send("This is exactly what")
    expect(hands.modal).not_to_contain_text(NUDGED)
    hands.send("Shared: 1 example")
    hands.close()
    hands.press(hands.message("so your one-on-ones ended"), "Set up the next one")
    hands.modal.get_by_label("With whom").select_option(label=NAMES[LENA])
    hands.send("is asked to confirm")
    hands.close()
    _confirms(hands, LENA)


def _nothing_is_left_with_the_former_manager(hands: Hands) -> None:
    hands.be(MIA)
    hands.message("You are no longer")
    hands.open("/ladder history", "There is nothing to look back on yet")
    hands.close()
    hands.open("/ladder page", "You have no one-on-one here yet")
    hands.close()
    for words in (NUDGED, WRITTEN, PLAN.text, EVIDENCE.text, LOGIN):
        expect(hands.page.get_by_text(words)).to_have_count(0)
        assert words not in hands.screen(MIA)


def _fourth_talk(hands: Hands) -> None:
    hands.be(LENA)
    expect(hands.message("shared these examples with you")).to_contain_text(WRITTEN)
    hands.put_on_agenda(HELLO)
    hands.be(ADA)
    hands.wait("thursday", "thursday")
    expect(hands.message("· tomorrow at 14:00")).to_contain_text("Questions worth asking")
    hands.wait(*TO_THE_WRAP_UP)
    hands.talked(4, HELLO)
    hands.agree(4, WITH_LENA[0].agreed)
    hands.promise(FOLDER.text)
    hands.open("/ladder page", FOLDER.text)
    hands.choose(hands.modal, FOLDER.text, "Done")
    expect(hands.modal).to_contain_text(f"Done: {FOLDER.text}")
    hands.close()
    hands.be(LENA)
    hands.promise(READING.text)


def _ada_takes_the_past_along(hands: Hands) -> None:
    """What both agreed on is hers to keep, of the manager who was as well; her note only if
    she says so."""
    hands.be(ADA)
    hands.open("/ladder history", WITH_LENA[0].agreed)
    hands.press(hands.modal.locator(".block-section").filter(has_text=NAMES[MIA]), "Open")
    expect(hands.modal).to_contain_text("They have ended")
    assert read(hands.modal.inner_text(), NAMES[ADA]) == WITH_MIA
    hands.press(hands.modal, "Take it along")
    hands.modal.get_by_label("To edit (Markdown)").check()
    hands.send("on its way")
    hands.close()
    expect(hands.page.get_by_test_id("file")).to_have_count(2)
    for written in hands.files():
        assert all(words in written for talk in WITH_MIA for words in talk.words)
        assert ADA_NOTE not in written
        assert MIA_NOTE not in written
    assert ADA_NOTE not in hands.screen(LENA)


def _nobody_was_asked_twice_in_a_week(hands: Hands) -> None:
    for person in (ADA, MIA, LENA, BEN):
        asked = hands.asked(person)
        assert asked, f"{NAMES[person]} was never asked anything"
        gaps = [after - before for before, after in pairwise(asked)]
        assert all(gap > SIX_DAYS_S for gap in gaps), f"{NAMES[person]}: {gaps}"
