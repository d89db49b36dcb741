"""What people do, what reaches a real Bolt app, and what comes of it."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from playground.local_slack import LocalSlack, signature, text_of
from tests.playground.fake_bot import Heard
from tests.playground.workspace import ADA, MIA

WHAT = "What happened"


def log(slack: LocalSlack, what: str) -> Any:
    if not slack.modal(ADA):
        slack.command(ADA, "/ladder log")
    return slack.submit(ADA, {"Competency": "Teaching", WHAT: what})


def test_a_command_is_answered_to_one_person(slack: LocalSlack, bot: Heard) -> None:
    answer = slack.command(ADA, "/ladder L4 <b> & @mia #general", channel="general")
    assert answer.ok and answer.elapsed_s < 1
    sent = bot.bodies[-1]
    room = slack.workspace.channel_named("general").id
    assert sent["text"] == f"L4 &lt;b&gt; &amp; <@UMIA|mia> <#{room}|general>"
    assert (sent["user_id"], sent["channel_name"]) == (ADA, "general")
    assert "[Log an example] [What is next]" in text_of(answer.message)
    assert slack.channel("general", seen_by=ADA) == [answer.message]
    assert slack.channel("general", seen_by=MIA) == []


def test_a_late_ack_shows_as_a_timeout(slack: LocalSlack, bot: Heard) -> None:
    slack.ack_timeout_s = 0.2
    answer = slack.command(ADA, "/ladder slow")
    assert answer.status is None
    assert answer.trouble == '/ladder failed with the error "operation_timeout"'
    assert text_of(slack.dm(ADA)[-1]) == answer.trouble
    assert bot.bodies


def test_a_bot_that_raises_or_is_away_shows_as_a_failed_dispatch(
    slack: LocalSlack, bot: Heard
) -> None:
    assert "dispatch_failed" in str(slack.command(ADA, "/ladder boom").trouble)
    assert len(bot.bodies) == 1
    slack.connect_http("http://127.0.0.1:9/slack/events")
    assert "dispatch_failed" in str(slack.command(ADA, "/ladder L4").trouble)


@pytest.mark.usefixtures("bot")
def test_an_answer_slack_cannot_take(slack: LocalSlack) -> None:
    answer = slack.command(ADA, "/ladder bad")
    assert "invalid_command_response" in str(answer.trouble)
    assert [(r.where, r.error) for r in slack.refusals] == [("ack", "invalid_blocks")]


@pytest.mark.usefixtures("bot")
def test_a_trigger_runs_out_and_opens_one_modal_only(slack: LocalSlack) -> None:
    slack.trigger_lifetime_s = 0.1
    slack.command(ADA, "/ladder late")
    slack.trigger_lifetime_s = 3
    slack.command(ADA, "/ladder twice")
    assert [r.error for r in slack.refusals] == ["expired_trigger_id", "exchanged_trigger_id"]


def test_filling_in_a_form(slack: LocalSlack, bot: Heard) -> None:
    slack.command(ADA, "/ladder log")
    fields = {"Competency": "🌱 Teaching and Mentoring", WHAT: "a < b", "Date": date(2026, 11, 9)}
    assert slack.submit(ADA, fields).ok
    values = bot.bodies[-1]["view"]["state"]["values"]
    assert values["what"]["what"] == {"type": "plain_text_input", "value": "a < b"}
    assert values["date"]["date"]["selected_date"] == "2026-11-09"
    assert values["link"]["link"]["value"] is None
    assert slack.modal(ADA) is None
    assert "Saved under *🌱 Teaching and Mentoring*" in text_of(slack.dm(ADA)[-1])


def test_required_fields_never_reach_the_bot_empty(slack: LocalSlack, bot: Heard) -> None:
    slack.command(ADA, "/ladder log")
    heard = len(bot.bodies)
    answer = slack.submit(ADA, {"Competency": "Teaching", WHAT: "  "})
    assert answer.errors == {WHAT: "Please complete this required field."}
    assert len(bot.bodies) == heard


@pytest.mark.usefixtures("bot")
def test_what_a_submission_can_be_answered_with(slack: LocalSlack) -> None:
    assert log(slack, "too short").errors == {WHAT: "Say a little more."}
    log(slack, "other")
    log(slack, "and then")
    log(slack, "and then")
    assert len(slack.workspace.modals[ADA]) == 3
    assert log(slack, "and then").trouble
    assert slack.refusals[-1].error == "push_limit_reached"
    slack.close_modal(ADA)
    assert len(slack.workspace.modals[ADA]) == 2
    log(slack, "clear")
    assert slack.modal(ADA) is None


@pytest.mark.usefixtures("bot")
def test_an_error_on_a_field_that_is_not_there(slack: LocalSlack) -> None:
    answer = log(slack, "wrong field")
    assert answer.trouble == "We had some trouble connecting. Try again?"
    assert slack.refusals[-1].where == "ack"
    assert slack.modal(ADA)


def test_buttons_and_menus_of_an_ephemeral_message(slack: LocalSlack, bot: Heard) -> None:
    answer = slack.command(ADA, "/ladder L4")
    assert slack.select(ADA, answer, "Another level", "L5").ok
    action = bot.bodies[-1]["actions"][0]
    assert action["selected_option"]["value"] == "L5"
    assert bot.bodies[-1]["container"]["is_ephemeral"] is True
    assert bot.bodies[-1]["state"]["values"]["ways"]["level"]["selected_option"]
    slack.select(ADA, answer, "more", "Examples")
    assert [text_of(m) for m in slack.dm(ADA)[1:]] == ["You chose L5.", "More: examples."]
    slack.press(ADA, answer, "What is next")
    assert text_of(answer.message) == "L5 is next."


@pytest.mark.usefixtures("bot")
def test_a_message_can_be_taken_away(slack: LocalSlack) -> None:
    answer = slack.command(ADA, "/ladder L4")
    slack.press(ADA, answer, "Forget it")
    assert slack.dm(ADA) == []


@pytest.mark.usefixtures("bot")
def test_what_is_not_there_cannot_be_pressed(slack: LocalSlack) -> None:
    answer = slack.command(ADA, "/ladder L4")
    with pytest.raises(LookupError, match="Log an example"):
        slack.press(ADA, answer, "Fly")
    with pytest.raises(LookupError, match="no modal open"):
        slack.submit(ADA)


def test_a_message_shortcut(slack: LocalSlack, bot: Heard) -> None:
    message = slack.say(MIA, "general", "Ada fixed it")
    slack.shortcut(ADA, "save_example", message)
    assert bot.bodies[-1]["message"]["text"] == "Ada fixed it"
    assert bot.bodies[-1]["channel"]["name"] == "general"
    view = slack.modal(ADA)
    assert view and view.state["what"]["what"]["value"] == "Ada fixed it"


def test_a_global_shortcut_has_no_place(slack: LocalSlack, bot: Heard) -> None:
    assert slack.shortcut(ADA, "log_example").ok
    sent = bot.bodies[-1]
    assert (sent["type"], sent["callback_id"]) == ("shortcut", "log_example")
    assert sent["user"]["id"] == ADA and sent["trigger_id"] and sent["action_ts"]
    assert not {"channel", "response_url", "message"} & sent.keys()
    assert slack.modal(ADA)


def test_a_shortcut_is_only_where_the_manifest_puts_it(slack: LocalSlack) -> None:
    message = slack.say(MIA, "general", "Ada fixed it")
    with pytest.raises(LookupError, match="no global shortcut 'save_example'"):
        slack.shortcut(ADA, "save_example")
    with pytest.raises(LookupError, match="no message shortcut 'log_example'"):
        slack.shortcut(ADA, "log_example", message)


def test_a_closed_modal_is_told_when_asked_for(slack: LocalSlack, bot: Heard) -> None:
    slack.command(ADA, "/ladder log")
    slack.close_modal(ADA)
    assert bot.bodies[-1]["type"] == "view_closed"


def test_home_and_writing_to_the_bot(slack: LocalSlack, bot: Heard) -> None:
    assert "L4 · Technical Lead" in text_of(slack.open_home(ADA))
    slack.write(ADA, "hello <there>")
    event = bot.bodies[-1]["event"]
    assert (event["channel_type"], event["text"]) == ("im", "hello &lt;there&gt;")
    assert text_of(slack.dm(ADA)[-1]) == "You said: hello <there>"
    slack.press(ADA, slack.home(ADA), "Log an example")
    assert slack.modal(ADA)


def test_a_failed_event_is_sent_again_with_its_reason(slack: LocalSlack, bot: Heard) -> None:
    slack.event_retry_after_s = (0.0, 0.05)
    slack.write(ADA, "fail")
    assert slack.wait_for(lambda: len(bot.bodies) == 3)
    numbers = [headers.get("x-slack-retry-num") for headers in bot.headers]
    assert numbers == [None, ["1"], ["2"]]
    assert bot.headers[1]["x-slack-retry-reason"] == ["http_error"]
    assert len({body["event_id"] for body in bot.bodies}) == 1


def test_a_response_url_has_five_uses(slack: LocalSlack, bot: Heard) -> None:
    slack.command(ADA, "/ladder L4")
    url = bot.bodies[-1]["response_url"]

    def use(body: dict[str, Any]) -> int:
        request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urlopen(request) as answer:
            return int(answer.status)

    for number in range(5):
        assert use({"text": f"{number}"}) == 200
    with pytest.raises(OSError, match="404"):
        use({"text": "one too many"})
    assert slack.refusals[-1].error == "used_url"
    slack.reply_addresses.lifetime_s = 0
    slack.reply_addresses.most_uses = 9
    with pytest.raises(OSError, match="404"):
        use({"text": "too late"})
    assert slack.refusals[-1].error == "expired_url"


@pytest.mark.usefixtures("bot")
def test_requests_are_signed_as_slack_signs_them(slack: LocalSlack) -> None:
    body = b"command=%2Fladder&text=&user_id=UADA&team_id=T1&trigger_id=1"
    transport = slack.connect_http(slack.people.outbox.transport._url.geturl())  # type: ignore[attr-defined]

    def post(secret: str, age_s: int = 0) -> int | None:
        stamp = str(int(time.time()) - age_s)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(secret, stamp, body),
        }
        return transport.post(body, headers, 3).status

    assert post(slack.signing_secret) == 200
    assert post("another secret") == 401
    assert post(slack.signing_secret, age_s=400) == 401


def test_a_changed_person_is_told_to_a_bot_that_listens(slack: LocalSlack, bot: Heard) -> None:
    slack.change_user(ADA, tz="Asia/Tokyo")
    assert not bot.bodies
    assert slack.workspace.person(ADA).tz == "Asia/Tokyo"


@pytest.mark.usefixtures("bot")
def test_the_clock_moves_what_is_said_later(slack: LocalSlack) -> None:
    before = slack.say(ADA, "general", "now")
    slack.advance(86_400)
    after = slack.say(ADA, "general", "tomorrow")
    assert 86_399 < float(after.ts) - float(before.ts) < 86_460
    assert slack.command(ADA, "/ladder L4").ok


@pytest.mark.usefixtures("bot")
def test_what_was_typed_stays_when_a_form_is_updated(slack: LocalSlack) -> None:
    log(slack, "other")
    view = slack.modal(ADA)
    assert view and view.state["what"]["what"]["value"] == "other"


@pytest.mark.usefixtures("bot")
def test_ephemeral_messages_are_no_part_of_the_history(slack: LocalSlack) -> None:
    slack.command(ADA, "/ladder L4")
    client = WebClient(slack.tokens.bot, base_url=slack.api_url)
    room = slack.dm(ADA)[0].channel
    assert client.conversations_history(channel=room)["messages"] == []
