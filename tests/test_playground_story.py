"""The story of the README, lived in a real browser against the whole playground and bot."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.window import picture, typed

pytestmark = pytest.mark.browser


@pytest.fixture
def page(window: Page) -> Page:
    """The window, by the name that it has here."""
    return window


def test_a_week_of_the_product(page: Page) -> None:
    typed(page, "/ladder L4")
    answer = _last(page, "ephemeral")
    expect(answer).to_contain_text("L4: Technical Lead")
    expect(answer).to_contain_text("Takes brand new ideas from inception to production")
    alone = answer.get_by_role("button", name="Share in this channel")
    expect(alone, "in one's own messages with the bot nobody else is there").to_have_count(0)
    picture(page, "1-ladder")

    typed(page, "/ladder log")
    _fill_example(page, "Ben runs the phishing drill alone now, after we prepared it together.")
    picture(page, "2-saved")
    _close(page)

    page.get_by_test_id("clock-forward-thursday").click()
    nudge = page.get_by_test_id("message").filter(has_text="Why this?").last
    expect(nudge).to_contain_text("did something come up lately?")
    picture(page, "3-nudge")
    nudge.get_by_role("button", name="Log an example").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_label("What happened").fill("I wrote the runbook that ended the night calls.")
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Saved.")
    _close(page)
    expect(page.get_by_test_id("message").last).to_contain_text("Logged, thank you.")

    typed(page, "/ladder 1on1")
    _last(page, "ephemeral").get_by_role("button", name="Share with my manager").click()
    expect(modal).to_contain_text("This is exactly what")
    expect(modal).to_contain_text("ended the night calls")
    picture(page, "4-preview")
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Shared:")
    _close(page)

    page.get_by_test_id("person-U0MIA").click()
    page.get_by_test_id("dm-rung").click()
    shared = page.get_by_test_id("message").filter(has_text="ended the night calls")
    expect(shared.last).to_contain_text("shared these examples with you")
    picture(page, "5-manager")


def test_a_nudge_is_answered_in_words_in_its_thread(page: Page) -> None:
    page.get_by_test_id("person-U0BEN").click()
    page.get_by_test_id("dm-rung").click()
    page.get_by_test_id("clock-forward-thursday").click()
    nudge = page.get_by_test_id("message").filter(has_text="Why this?").last
    nudge.hover()
    nudge.get_by_test_id("message-menu").click()
    page.get_by_test_id("reply-in-thread").click()
    words = "I paired with Noor on the importer, and she shipped the next change alone."
    page.get_by_test_id("thread-composer").fill(words)
    page.get_by_test_id("thread-send").click()
    replies = page.get_by_test_id("reply")
    expect(replies).to_contain_text([words, "Saved."])
    _expect_ways_back(replies.last)
    answered = page.get_by_test_id("message").filter(has_text="Logged, thank you.").last
    expect(answered.get_by_test_id("thread")).to_have_text("2 replies")
    picture(page, "14-thread")
    replies.last.get_by_role("button", name="Undo").click()
    page.get_by_test_id("confirm-yes").click()
    expect(replies.last).to_contain_text("Undone")


def test_somebody_new_is_shown_the_first_step_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 740})
    page.get_by_label("People and conversations").and_(page.get_by_role("button")).click()
    page.get_by_test_id("person-U0NOOR").click()
    page.get_by_test_id("dm-rung").click()
    typed(page, "/ladder")
    answer = _last(page, "ephemeral")
    expect(answer).to_contain_text("Tell me where you stand")
    for menu in answer.locator("select").all():
        box = menu.bounding_box()
        assert box and box["x"] + box["width"] <= 375, "a menu reaches over the edge of the phone"
    answer.get_by_role("button", name="Choose my track and level").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_label("Track and level").select_option(
        label="Software Engineering L2: Software Engineer"
    )
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("You are on Software Engineering L2")
    picture(page, "6-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_simply_writing_to_the_bot_keeps_an_example(page: Page) -> None:
    typed(page, "I mentored a newer colleague through their first incident, and they led the next.")
    question = page.get_by_test_id("message").filter(has_text="Keep this as an example?").last
    expect(question).to_contain_text("Suggested, like")
    picture(page, "7-written")
    question.get_by_role("button", name="Save under 🌱 Teaching and Mentoring").click()
    _expect_ways_back(page.get_by_test_id("message").filter(has_text="Saved.").last)


def test_a_message_is_kept_by_its_menu_with_a_quote_that_was_asked_for(page: Page) -> None:
    _on_the_thanks(page, "shortcut-save_as_example")
    modal = page.get_by_test_id("modal")
    expect(modal).not_to_contain_text("forward to their own board")
    modal.get_by_role("button", name="Keep their words as a quote").click()
    expect(modal.get_by_label("Quote")).to_have_value(re.compile("forward to their own board"))
    _fill_example(page, "I wrote the note on the login outage the same evening.")
    expect(modal.locator("blockquote")).to_contain_text("forward to their own board")
    _expect_ways_back(modal)
    picture(page, "8-quoted")


def test_a_seedling_on_a_message_asks_its_reactor_alone(page: Page) -> None:
    _on_the_thanks(page, "react-seedling")
    page.get_by_test_id("dm-rung").click()
    marked = page.get_by_test_id("message").filter(has_text="You marked this message").last
    picture(page, "9-reaction")
    marked.get_by_role("button", name="Log an example").click()
    _fill_example(page, "My note on the outage was the first one that a customer passed on.")
    _close(page)
    _expect_ways_back(page.get_by_test_id("message").filter(has_text="Saved.").last)
    page.get_by_test_id("person-U0BEN").click()
    page.get_by_test_id("dm-rung").click()
    expect(page.get_by_test_id("message").filter(has_text="You marked")).to_have_count(0)


def test_words_that_tell_no_competency_ask_to_choose_one(page: Page) -> None:
    page.get_by_test_id("shortcuts").click()
    page.get_by_test_id("shortcut-log_example").click()
    modal = page.get_by_test_id("modal")
    expect(modal).to_contain_text("Leave it empty, and I suggest one")
    modal.get_by_label("What happened").fill("Zzyzx qwrtp.")
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Choose one: I cannot tell it from your words.")
    _fill_example(page, "Zzyzx qwrtp.")


def test_one_example_is_shared_read_by_the_manager_and_taken_back(page: Page) -> None:
    page.get_by_test_id("person-U0BEN").click()
    page.get_by_test_id("dm-rung").click()
    typed(page, "/ladder log I wrote the test for the next rule, and Ada merged it unchanged.")
    _fill_example(page, "I wrote the test for the next rule, and Ada merged it unchanged.")
    _close(page)
    typed(page, "/ladder share")
    modal = page.get_by_test_id("modal")
    modal.get_by_label(re.compile("wrote the test for the next rule")).check()
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("This is exactly what")
    picture(page, "10-share")
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Shared: 1 example")
    _close(page)

    page.get_by_test_id("person-U0MIA").click()
    page.get_by_test_id("dm-rung").click()
    given = page.get_by_test_id("message").filter(has_text="Ada merged it unchanged").last
    given.get_by_role("button", name="Mark as read").click()
    expect(given).to_contain_text("You marked this as read")
    picture(page, "11-read")

    page.get_by_test_id("person-U0BEN").click()
    typed(page, "/ladder shared")
    expect(modal).to_contain_text("Marked as read")
    modal.get_by_role("button", name="Take it back").click()
    page.get_by_test_id("confirm-yes").click()
    expect(modal).to_contain_text("cannot open it any more")
    picture(page, "12-taken-back")
    _close(page)

    page.get_by_test_id("person-U0MIA").click()
    expect(page.get_by_text("took this page back")).to_be_visible()
    expect(page.get_by_text("Ada merged it unchanged")).to_have_count(0)


def test_privacy_fits_a_phone_and_offers_the_export_first(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 740})
    typed(page, "/ladder privacy")
    export = page.get_by_test_id("modal").get_by_role("button", name="Export everything")
    expect(export).to_be_in_viewport()
    picture(page, "13-privacy")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def _on_the_thanks(page: Page, choice: str) -> None:
    """Chooses in the menu of the message in which Ben passes on thanks."""
    page.get_by_test_id("channel-general").click()
    message = page.get_by_test_id("message").filter(has_text="forward to their own board")
    message.hover()
    message.get_by_test_id("message-menu").click()
    page.get_by_test_id(choice).click()


def _expect_ways_back(confirmation: Locator) -> None:
    expect(confirmation.get_by_role("button", name="Edit")).to_be_visible()
    expect(confirmation.get_by_role("button", name="Undo")).to_be_visible()


def _close(page: Page) -> None:
    page.get_by_test_id("modal-close").click()
    expect(page.get_by_test_id("modal")).not_to_be_attached()


def _last(page: Page, kind: str) -> Locator:
    return page.get_by_test_id(kind).last


def _fill_example(page: Page, text: str) -> None:
    modal = page.get_by_test_id("modal")
    modal.get_by_label("Competency").select_option(label="🌱 Teaching and Mentoring")
    modal.get_by_label("What happened").fill(text)
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Saved.")
