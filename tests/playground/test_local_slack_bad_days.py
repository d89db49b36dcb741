"""The same payload twice, two bots at once, and payloads that no client would send."""

from __future__ import annotations

import threading

import pytest

from playground.local_slack import TEAM_ID, LocalSlack, forging, text_of
from tests.playground.fake_bot import Heard, over_http
from tests.playground.workspace import ADA, MIA


def test_an_event_again_says_that_it_is_a_retry(slack: LocalSlack, bot: Heard) -> None:
    slack.write(ADA, "Hello")
    for attempt in ("1", "2"):
        assert slack.again().ok
        assert bot.headers[-1]["x-slack-retry-num"] == [attempt]
        assert bot.headers[-1]["x-slack-retry-reason"] == ["http_timeout"]
    assert "x-slack-retry-num" not in bot.headers[0]
    assert len({body["event_id"] for body in bot.bodies}) == 1
    assert len(bot.bodies) == 3


def test_a_press_again_has_the_same_trigger(slack: LocalSlack, bot: Heard) -> None:
    slack.press(ADA, slack.command(ADA, "/ladder L4"), "Log an example")
    assert not slack.again().ok, "the trigger is spent, and this bot does not mind it"
    first, second = bot.bodies[-2:]
    assert first == second
    assert first["trigger_id"] and first["actions"][0]["action_ts"]
    assert [refusal.error for refusal in slack.refusals] == ["exchanged_trigger_id"]


def test_a_submission_again_is_of_the_same_view_as_it_was(slack: LocalSlack, bot: Heard) -> None:
    slack.command(ADA, "/ladder log")
    slack.submit(ADA, {"Competency": "Teaching", "What happened": "Once"})
    assert slack.again().ok
    assert bot.bodies[-1] == bot.bodies[-2]
    assert bot.bodies[-1]["view"]["state"]["values"]["what"]["what"]["value"] == "Once"
    assert len(slack.dm(ADA)) == 2, "this bot does not mind that either"


def test_what_is_typed_meanwhile_is_not_in_the_payload(slack: LocalSlack, bot: Heard) -> None:
    slack.command(ADA, "/ladder log")
    slack.submit(ADA, {"Competency": "Teaching", "What happened": "too short"})
    slack.fill(ADA, {"What happened": "Something longer"})
    slack.again()
    assert bot.bodies[-1] == bot.bodies[-2]


def test_what_was_sent_last_can_be_looked_at(slack: LocalSlack, bot: Heard) -> None:
    assert slack.last_sent is None
    with pytest.raises(LookupError):
        slack.again()
    slack.command(ADA, "/ladder L4")
    assert slack.last_sent
    assert (slack.last_sent.kind, slack.last_sent.payload["text"]) == ("slash_commands", "L4")
    assert bot.bodies


def test_two_bots_get_each_payload_at_the_same_moment(slack: LocalSlack) -> None:
    with over_http(slack) as first, over_http(slack) as second:
        replicas = slack.connect_replicas(first.url, second.url)
        meeting = threading.Barrier(2, timeout=3)
        first.on_body = second.on_body = lambda: meeting.wait()
        answer = slack.command(ADA, "/ladder L4")
    assert answer.ok, "neither answered before the other was asked"
    assert first.bodies == second.bodies
    assert [each.status for each in replicas.answers] == [200, 200]


def test_a_forged_press(slack: LocalSlack, bot: Heard) -> None:
    button = forging.button("USTRANGER", "log", "e_17", home="T0ELSEWHERE")
    assert slack.forge("interactive", button).ok
    heard = bot.bodies[-1]
    assert heard["user"]["id"] == "USTRANGER"
    assert (heard["user"]["team_id"], heard["team"]["id"]) == ("T0ELSEWHERE", TEAM_ID)
    assert heard["actions"][0]["value"] == "e_17"
    assert slack.modal("USTRANGER"), "its trigger is a real one"


def test_a_forged_press_in_somebody_elses_modal(slack: LocalSlack, bot: Heard) -> None:
    slack.command(ADA, "/ladder log")
    slack.forge("interactive", forging.button(MIA, "next", where=slack.modal(ADA)))
    heard = bot.bodies[-1]
    assert (heard["user"]["id"], heard["view"]["id"]) == (MIA, slack.modal(ADA).id)  # type: ignore[union-attr]


def test_a_forged_submission(slack: LocalSlack, bot: Heard) -> None:
    slack.command(ADA, "/ladder log")
    slack.fill(ADA, {"Competency": "Teaching", "What happened": "Ada wrote this"})
    forged = forging.submission(
        MIA,
        slack.modal(ADA),
        private_metadata="share:7",
        values={"what": {"what": {"type": "plain_text_input", "value": "Mia wrote this"}}},
    )
    assert slack.forge("interactive", forged).ok
    view = bot.bodies[-1]["view"]
    assert (bot.bodies[-1]["user"]["id"], view["private_metadata"]) == (MIA, "share:7")
    assert "Mia wrote this" in text_of(slack.dm(MIA)[-1])
    assert slack.modal(ADA), "hers stays open"
    elsewhere = forging.submission(ADA, callback_id="log", team="T0OTHER")
    slack.forge("interactive", elsewhere)
    assert bot.bodies[-1]["view"]["app_installed_team_id"] == "T0OTHER"


def test_forged_commands_shortcuts_and_events(slack: LocalSlack, bot: Heard) -> None:
    command = forging.command(ADA, "/ladder", "L4", team="T0OTHER")
    assert "L4" in slack.forge("slash_commands", command).body
    assert bot.bodies[-1]["team_id"] == "T0OTHER"
    message = slack.say(MIA, "general", "Only in general")
    slack.forge("interactive", forging.shortcut(ADA, "save_example", message))
    assert slack.modal(ADA)
    event = {"type": "message", "text": "hi", "user": ADA, "channel": slack.workspace.dm_of(ADA).id}
    slack.forge("events_api", forging.event(event, team="T0OTHER"))
    assert bot.bodies[-1]["team_id"] == "T0OTHER"
    assert slack.forge("interactive", forging.shortcut(ADA, "nobody_knows")).status == 404


def test_a_forged_payload_can_be_answered_by_its_response_url(
    slack: LocalSlack, bot: Heard
) -> None:
    slack.forge("interactive", forging.button(ADA, "level"))
    slack.forge("interactive", forging.button(ADA, "next"))
    assert text_of(slack.dm(ADA)[-1]) == "L5 is next."
    assert bot.bodies
