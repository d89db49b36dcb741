"""The page in a real browser, at the size of a desk and of a phone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from slack_sdk import WebClient

from playground import browser as pages
from playground.cast import ADA, BEN, KAI, MIA, furnish
from playground.clock import Clock
from playground.local_slack import BOT_USER_ID, Command, LocalSlack, Manifest, Message, Shortcut
from tests.playground.fake_bot import level_answer, over_http

pytestmark = pytest.mark.browser
MANIFEST = Manifest(
    commands=(Command("/ladder"),),
    shortcuts=(
        Shortcut("Save as example", "save_example", "message"),
        Shortcut("Log an example", "log_example", "global"),
    ),
)


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[LocalSlack]:
    page = pages.Page()
    with LocalSlack(manifest=MANIFEST, pages=page.routes) as local, over_http(local):
        furnish(local)
        page.clock = Clock(local, tmp_path / "clock")
        page.ready()
        yield local


@pytest.fixture(params=[(1280, 800), (375, 740)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, chromium: Browser, slack: LocalSlack) -> Iterator[Page]:
    """A fresh window, watched for errors and for anything asked of another host."""
    width, height = request.param
    window = chromium.new_page(viewport={"width": width, "height": height})
    wrong: list[str] = []
    window.on("pageerror", lambda error: wrong.append(str(error)))
    window.on("console", lambda said: said.type == "error" and wrong.append(said.text))
    window.on("request", lambda r: r.url.startswith(slack.url) or wrong.append(r.url))
    window.set_default_timeout(5000)
    window.goto(slack.url)
    window.get_by_test_id("composer").wait_for()
    yield window
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    window.close()
    assert wrong == []


def type_in(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def turn_to(page: Page, handle: str) -> None:
    """Press something in the sidebar, opening its drawer where it is one."""
    drawer = page.get_by_label("People and conversations").and_(page.get_by_role("button"))
    if drawer.is_visible() and drawer.get_attribute("aria-expanded") == "false":
        drawer.click()
    page.get_by_test_id(handle).click()


def test_a_command_and_a_form_with_a_mistake(page: Page, slack: LocalSlack) -> None:
    type_in(page, "/ladder L4")
    answer = page.get_by_test_id("ephemeral")
    expect(answer).to_contain_text("L4 · Technical Lead")
    expect(answer).to_contain_text("Only visible to you")
    answer.get_by_role("button", name="Log an example").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_label("Competency").select_option(label="🌱 Teaching and Mentoring")
    modal.get_by_label("What happened").fill("too short")
    page.get_by_test_id("modal-submit").click()
    expect(modal.get_by_text("Say a little more.")).to_be_visible()
    expect(modal.get_by_label("Competency")).to_have_value("teaching")
    modal.get_by_label("What happened").fill("Ben leads <b>drills</b> now")
    page.get_by_test_id("modal-submit").click()
    expect(modal).not_to_be_attached()
    expect(page.get_by_test_id("message").last).to_contain_text("Saved under")
    assert not slack.refusals


def test_hostile_text_stays_text(page: Page, slack: LocalSlack) -> None:
    type_in(page, "<img src=x onerror=alert(1)> *bold* & <https://example.com|link>")
    said = page.get_by_test_id("message").first
    expect(said).to_contain_text("<img src=x onerror=alert(1)> bold & ")
    assert said.locator("img:not(.avatar)").count() == 0
    slack.say(ADA, "general", "<javascript:alert(1)|press me>")
    turn_to(page, "channel-general")
    expect(page.get_by_test_id("message").last).to_contain_text("press me")
    assert page.get_by_test_id("message").last.locator("a").count() == 0


def test_keyboard_alone(page: Page) -> None:
    composer = page.get_by_test_id("composer")
    composer.fill("/ladder lo")
    composer.press("Tab")
    expect(composer).to_have_value("/ladder log")
    composer.press("Enter")
    expect(page.get_by_test_id("modal")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || "
            "document.querySelector('dialog').contains(document.activeElement)"
        )
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("modal")).not_to_be_attached()


def test_shortcut_home_person_and_clock(page: Page, slack: LocalSlack) -> None:
    turn_to(page, "channel-sec-ops")
    message = page.get_by_test_id("message").first
    message.hover()
    message.get_by_test_id("message-menu").click()
    page.get_by_test_id("shortcut-save_example").click()
    expect(page.get_by_label("What happened")).to_have_value(slack.channel("sec-ops")[0].text)
    page.get_by_test_id("modal-close").click()
    turn_to(page, "home-rung")
    expect(page.get_by_test_id("home")).to_contain_text("L4 · Technical Lead")
    turn_to(page, f"person-{MIA}")
    expect(page.get_by_test_id(f"person-{MIA}")).to_have_attribute("aria-pressed", "true")
    turn_to(page, "clock-forward-thursday")
    expect(page.get_by_test_id("clock")).to_contain_text("11:30")


def test_reacting_to_a_message(page: Page, slack: LocalSlack) -> None:
    turn_to(page, "channel-sec-ops")
    said = slack.channel("sec-ops")[0]
    slack.react(BEN, said, "tada")
    message = page.get_by_test_id("message").first
    expect(message.get_by_test_id("reaction-tada")).to_be_visible()
    message.hover()
    message.get_by_test_id("message-menu").click()
    page.get_by_role("menuitem", name="React with seedling").click()
    mine = message.get_by_role("button", name="seedling, 1: Ada Okafor")
    expect(mine).to_have_attribute("aria-pressed", "true")
    expect(message.get_by_test_id("message-menu"), "the keyboard stays there").to_be_focused()
    assert said.reactions == {"tada": [BEN], "seedling": [ADA]}
    message.get_by_test_id("reaction-tada").click()
    both = message.get_by_role("button", name="tada, 2: Ben Ruiz, Ada Okafor")
    expect(both).to_be_focused()
    mine.click()
    expect(message.get_by_test_id("reaction-seedling")).to_have_count(0)
    assert said.reactions == {"tada": [BEN, ADA]}


def ask(slack: LocalSlack, text: str) -> Message:
    """Rung asks Ada something, and says something else after it."""
    dm = slack.workspace.dm_of(ADA)
    root = slack.workspace.post(dm, BOT_USER_ID, text)
    slack.workspace.post(dm, BOT_USER_ID, "By the way.")
    return root


def test_a_message_is_answered_in_its_thread_with_the_keyboard(
    page: Page, slack: LocalSlack
) -> None:
    root = ask(slack, "Did something come up?")
    message = page.get_by_test_id("message").first
    message.get_by_test_id("message-menu").press("Enter")
    page.get_by_test_id("reply-in-thread").press("Enter")
    field = page.get_by_test_id("thread-composer")
    expect(field).to_be_focused()
    field.press_sequentially("Yes, <b>a drill</b>")
    field.press("Enter")
    replies = page.get_by_test_id("reply")
    expect(replies).to_contain_text(["Yes, <b>a drill</b>", "You said: Yes, <b>a drill</b>"])
    expect(field, "one can go on writing").to_be_focused()
    expect(field).to_have_value("")
    expect(page.get_by_test_id("message")).to_contain_text(["Did something", "By the way."])
    assert [said.thread_ts for said in slack.dm(ADA)] == [None, None, root.ts, root.ts]
    field.press("Escape")
    expect(replies).to_have_count(0)
    expect(message.get_by_test_id("message-menu")).to_be_focused()
    expect(message.get_by_test_id("thread")).to_have_text("2 replies")


def test_a_thread_tells_of_a_new_reply_and_its_buttons_work(page: Page, slack: LocalSlack) -> None:
    root = ask(slack, "Did something come up?")
    dm, line = slack.workspace.dm_of(ADA), page.get_by_test_id("thread")
    slack.workspace.post(dm, BOT_USER_ID, "Saved.", level_answer("a reply"), thread_ts=root.ts)
    expect(line.get_by_label("New reply")).to_be_visible()
    line.click()
    expect(line).to_be_focused()
    expect(line.get_by_label("New reply")).to_have_count(0)
    page.get_by_test_id("reply").get_by_role("button", name="What is next").click()
    expect(page.get_by_test_id("reply")).to_contain_text("L5 is next.")
    slack.workspace.edit(root, "Logged, thank you.", None)
    expect(page.get_by_test_id("message").first).to_contain_text("Logged, thank you.")
    expect(line).to_have_text("1 reply")
    expect(page.get_by_test_id("reply")).to_have_count(1)
    line.click()
    expect(page.get_by_test_id("reply")).to_have_count(0)
    expect(line.get_by_label("New reply")).to_have_count(0)


def test_what_is_being_written_in_a_thread_outlives_what_comes_in(
    page: Page, slack: LocalSlack
) -> None:
    root = ask(slack, "Did something come up?")
    slack.write(ADA, "Wait", thread_ts=root.ts)
    page.get_by_test_id("thread").click()
    field = page.get_by_test_id("thread-composer")
    field.fill("/ladder and a half-written")
    for number in range(30):
        slack.workspace.post(slack.workspace.dm_of(ADA), BOT_USER_ID, f"Message {number}")
    expect(page.get_by_test_id("message").last).to_contain_text("Message 29")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport(ratio=1)
    field.press("Enter")
    expect(page.get_by_text("Commands do not work in threads.")).to_be_visible()
    expect(field).to_have_value("/ladder and a half-written")


def test_a_link_to_a_reply_opens_its_thread(page: Page, slack: LocalSlack) -> None:
    root = slack.channel("general")[0]
    reply = slack.write(BEN, "Found it.", "general", root.ts).message
    assert reply
    link = slack.workspace.permalink(reply.channel, reply.ts)
    slack.workspace.post(slack.workspace.dm_of(ADA), BOT_USER_ID, f"<{link}|What Ben found>")
    page.get_by_role("link", name="What Ben found").click()
    expect(page.get_by_test_id("reply").filter(has_text="Found it.").first).to_be_focused()


def test_the_replies_to_a_message_that_is_gone_stay(page: Page, slack: LocalSlack) -> None:
    root = ask(slack, "Did something come up?")
    slack.write(ADA, "Yes", thread_ts=root.ts)
    expect(page.get_by_test_id("thread")).to_have_text("2 replies")
    slack.workspace.delete(root)
    expect(page.get_by_test_id("message")).to_contain_text(["By the way.", "Yes", "You said: Yes"])


def test_do_not_disturb_for_an_hour(page: Page, slack: LocalSlack) -> None:
    turn_to(page, "quiet")
    quiet = page.get_by_test_id("quiet")
    expect(quiet).to_contain_text("Do not disturb until")
    assert slack.workspace.person(ADA).do_not_disturb
    page.get_by_test_id("clock-forward-day").click()
    expect(quiet).to_have_attribute("aria-pressed", "false")
    quiet.click()
    expect(quiet).to_have_attribute("aria-pressed", "true")
    quiet.click()
    expect(quiet).to_have_text("Do not disturb for 1 hour")
    assert slack.workspace.person(ADA).do_not_disturb is None


def test_a_week_is_walked_step_by_step_until_it_is_stopped(page: Page, slack: LocalSlack) -> None:
    began = slack.workspace.now()
    walk = page.get_by_test_id("clock-walk-week")
    turn_to(page, "clock-walk-week")
    expect(page.get_by_test_id("clock")).to_contain_text("12:0", timeout=15_000)
    turn_to(page, "clock-walk-week")
    expect(walk).to_have_text("A week, step by step")
    assert 0 < slack.workspace.now() - began < 5 * 86_400


def test_a_shortcut_from_anywhere(page: Page) -> None:
    turn_to(page, "channel-general")
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_role("menuitem", name="Log an example").press("Enter")
    expect(page.get_by_test_id("modal")).to_contain_text("Log an example")


def test_a_file_of_the_bot_can_be_saved(page: Page, slack: LocalSlack) -> None:
    words = "# What Ada logged\n<script>alert(1)</script>\n"
    client = WebClient(slack.tokens.bot, base_url=slack.api_url)
    client.files_upload_v2(
        filename="journal & notes.md",
        content=words,
        title="Your journal",
        initial_comment="All of it.",
        channel=slack.workspace.dm_of(ADA).id,
    )
    file = page.get_by_role("link", name="Download Your journal (journal & notes.md, 44 bytes)")
    with page.expect_download() as saving:
        file.click()
    assert saving.value.suggested_filename == "journal & notes.md"
    assert saving.value.path().read_text() == words
    expect(page.get_by_test_id("message").last).to_contain_text("All of it.")


def test_a_picture_of_the_bot_is_shown_with_its_description(page: Page, slack: LocalSlack) -> None:
    """In the messages as a file, and on Home as a block that names the file."""
    client = WebClient(slack.tokens.bot, base_url=slack.api_url)
    written = io.BytesIO()
    Image.new("RGB", (720, 300), "#2e71b0").save(written, "PNG")
    file = client.files_upload_v2(
        filename="examples.png",
        content=written.getvalue(),
        title="My examples",
        alt_txt="Examples of six months.",
        channel=slack.workspace.dm_of(ADA).id,
    )["file"]
    picture = page.get_by_role("img", name="Examples of six months.")
    picture.wait_for()
    assert picture.evaluate("each => each.decode().then(() => each.naturalWidth)") == 720
    turn_to(page, "home-rung")
    expect(page.get_by_test_id("home")).to_contain_text("L4 · Technical Lead")
    shown = {"type": "image", "alt_text": "On Home.", "slack_file": {"id": file["id"]}}
    client.views_publish(user_id=ADA, view={"type": "home", "blocks": [shown]})
    at_home = page.get_by_role("img", name="On Home.")
    assert at_home.evaluate("each => each.decode().then(() => each.naturalWidth)") == 720


def test_a_guest_sees_the_rooms_of_a_guest(page: Page) -> None:
    turn_to(page, f"person-{KAI}")
    turn_to(page, "channel-general")
    expect(page.get_by_test_id("channel-sec-ops")).to_have_count(0)
    expect(page.get_by_test_id("message").first).to_contain_text("Welcome Noor")


def test_a_button_that_asks_first(page: Page, slack: LocalSlack) -> None:
    type_in(page, "/ladder L4")
    forget = page.get_by_role("button", name="Forget it")
    forget.click()
    page.get_by_test_id("confirm-no").click()
    assert len(slack.dm(ADA)) == 1
    forget.click()
    page.get_by_test_id("confirm-yes").click()
    expect(page.get_by_test_id("ephemeral")).to_have_count(0)


def test_a_message_of_the_bot_shows_without_asking(page: Page, slack: LocalSlack) -> None:
    slack.workspace.post(slack.workspace.dm_of(ADA), "U0RUNG", "A nudge")
    expect(page.get_by_test_id("message").last).to_contain_text("A nudge")
    slack.workspace.post(slack.workspace.dm_of(MIA), "U0RUNG", "For Mia")
    news = page.get_by_test_id(f"person-{MIA}").get_by_label("New message")
    expect(news).to_have_count(1)
