"""What the page may read and do, and who may ask."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from playground.browser import Page
from playground.clock import Clock
from playground.local_slack import LocalSlack
from tests.playground.fake_bot import over_http
from tests.playground.workspace import ADA, MIA, people

STATIC = Path(__file__).parents[2] / "playground" / "browser" / "static"


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[LocalSlack]:
    page = Page()
    with LocalSlack(pages=page.routes) as local, over_http(local):
        people(local)
        page.clock = Clock(local, tmp_path / "clock")
        page.ready()
        yield local


def ask(slack: LocalSlack, method: str, path: str, body: Any = None, **headers: str) -> Any:
    line = http.client.HTTPConnection("127.0.0.1", slack.port, timeout=60)
    sent = json.dumps(body) if body is not None else None
    line.request(method, path, sent, {"Content-Type": "application/json", **headers})
    answer = line.getresponse()
    answer.content = answer.read()  # type: ignore[attr-defined]
    line.close()
    return answer


def do(slack: LocalSlack, name: str, **body: Any) -> Any:
    origin = slack.url.rstrip("/")
    answer = ask(slack, "POST", f"/act/{name}", {"me": ADA, **body}, Origin=origin)
    return answer.status, json.loads(answer.content)


def state(slack: LocalSlack, me: str = ADA) -> Any:
    return json.loads(ask(slack, "GET", f"/state?me={me}").content)


def test_the_page_allows_nothing_from_elsewhere(slack: LocalSlack) -> None:
    answer = ask(slack, "GET", "/")
    assert answer.status == 200
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert b'<script type="module" src="/static/' in answer.content
    assert b"style=" not in answer.content and b"onclick" not in answer.content


def test_static_files_name_no_other_host_and_write_no_markup() -> None:
    for file in STATIC.rglob("*.*"):
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        text = text.replace(r"https:\/\/playground\.slack\.com", "").replace("https?://", "")
        assert "http://" not in text and "https://" not in text, file
        assert "innerHTML" not in text and "insertAdjacentHTML" not in text, file


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_only_its_own_page_can_do_things(slack: LocalSlack, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = ask(slack, "POST", "/act/say", {"me": ADA, "text": "x", "channel": "y"}, **headers)
    assert answer.status == 403
    assert slack.dm(ADA) == []


def test_another_name_for_this_machine_is_not_served(slack: LocalSlack) -> None:
    assert ask(slack, "GET", "/state", Host="rebound.example").status == 400


def test_a_person_sees_their_own_rooms_and_messages(slack: LocalSlack) -> None:
    slack.command(ADA, "/ladder L4")
    mine, theirs = state(slack, ADA), state(slack, MIA)
    assert {room["name"] for room in mine["channels"]} == {"general", "with-bot", ADA}
    assert {room["name"] for room in theirs["channels"]} == {"general", MIA}
    dm = next(room for room in mine["channels"] if room["isDm"])
    assert dm["messages"][0]["ephemeral"] is True
    assert state(slack, "UNOBODY")["me"] == ADA
    assert "UGONE" not in {person["id"] for person in mine["people"]}


def test_a_form_through_the_page(slack: LocalSlack) -> None:
    assert do(slack, "say", channel=state(slack)["dm"], text="/ladder log")[0] == 200
    view = state(slack)["modals"][-1]
    options = view["blocks"][1]["element"]["options"]
    fields = {
        "competency": {"competency": options[1]},
        "what": {"what": ""},
        "link": {"link": None},
        "date": {"date": "2026-11-09"},
    }
    status, answer = do(slack, "submit", view=view["id"], fields=fields)
    assert (status, list(answer["errors"])) == (200, ["What happened"])
    fields["what"]["what"] = "A < B"
    assert do(slack, "submit", view=view["id"], fields=fields)[1]["errors"] == {}
    assert state(slack)["modals"] == []
    assert "Teaching" in slack.dm(ADA)[-1].text


def test_buttons_through_the_page(slack: LocalSlack) -> None:
    slack.command(ADA, "/ladder L4")
    message = slack.dm(ADA)[0]
    where = {"channel": message.channel, "ts": message.ts, "block": "ways"}
    assert do(slack, "use", **where, action="next")[0] == 200
    assert message.text == "L5 is next."
    status, answer = do(slack, "use", **where, action="next")
    assert (status, answer["trouble"]) == (400, "That is not there any more.")


def test_reactions_through_the_page(slack: LocalSlack) -> None:
    message = slack.say(ADA, "with-bot", "The drill went well.")
    where = {"channel": message.channel, "ts": message.ts, "emoji": "seedling"}
    assert do(slack, "react", **where)[0] == 200
    room = next(room for room in state(slack)["channels"] if room["id"] == message.channel)
    assert room["messages"][0]["reactions"] == [{"name": "seedling", "users": [ADA]}]
    do(slack, "react", **where)
    assert message.reactions == {}
    status, answer = do(slack, "react", **where | {"me": MIA})
    assert (status, answer["trouble"]) == (400, "That did not work: message not found.")


def test_a_reply_through_the_page_goes_to_the_root(slack: LocalSlack) -> None:
    root = slack.say(ADA, "with-bot", "How was the drill?")
    where = {"channel": root.channel, "text": "Well."}
    for message in (root, slack.write(MIA, "?", "with-bot", root.ts).message):
        assert message
        assert do(slack, "say", **where, thread=message.ts)[0] == 200
    room = next(room for room in state(slack)["channels"] if room["id"] == root.channel)
    assert [said["thread"] for said in room["messages"]] == [None] + [root.ts] * 3
    assert do(slack, "say", **where, thread="1.000000")[0] == 400
    _, answer = do(slack, "say", **where | {"text": "/ladder"}, thread=root.ts)
    assert answer["trouble"].startswith("Commands do not work in threads.")


def test_do_not_disturb_through_the_page(slack: LocalSlack) -> None:
    assert do(slack, "quiet", on=True)[0] == 200
    ada = next(person for person in state(slack)["people"] if person["id"] == ADA)
    assert 3590 < ada["quietUntil"] - slack.workspace.now() <= 3600
    assert do(slack, "quiet", on=False)[0] == 200
    assert slack.workspace.person(ADA).do_not_disturb is None


def test_a_file_is_saved_and_never_shown_as_a_page(slack: LocalSlack) -> None:
    client = WebClient(slack.tokens.bot, base_url=slack.api_url)
    dm = slack.workspace.dm_of(ADA).id
    client.files_upload_v2(filename="a.html", content="<script>alert(1)</script>", channel=dm)
    room = next(room for room in state(slack)["channels"] if room["id"] == dm)
    shown = room["messages"][0]["files"][0]
    assert (shown["name"], shown["bytes"]) == ("a.html", 25)
    answer = ask(slack, "GET", shown["href"])
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert ask(slack, "GET", "/files/F0NOSUCH").status == 404


def test_nobody_acts_in_somebody_elses_modal(slack: LocalSlack) -> None:
    slack.command(MIA, "/ladder log")
    view = slack.modal(MIA)
    assert view
    assert do(slack, "close", view=view.id)[0] == 400
    assert slack.modal(MIA)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("say", {"text": "x"}),
        ("say", {"text": "", "channel": "C"}),
        ("say", {"text": "x", "channel": "C404"}),
        ("look", {"tab": "roof"}),
        ("clock", {"move": "never"}),
        ("shortcut", {"callback": "x", "channel": "C", "ts": "1.0"}),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    slack: LocalSlack, name: str, body: dict[str, Any]
) -> None:
    status, answer = do(slack, name, **body)
    assert status == 400
    assert answer["trouble"]


def test_the_clock_button(slack: LocalSlack) -> None:
    before = slack.workspace.now()
    assert do(slack, "clock", move="day")[0] == 200
    assert 86_000 < slack.workspace.now() - before < 90_100


def test_changes_are_told_as_they_happen(slack: LocalSlack) -> None:
    line = http.client.HTTPConnection("127.0.0.1", slack.port, timeout=60)
    line.request("GET", "/changes")
    stream = line.getresponse()
    first = stream.readline()
    stream.readline()
    slack.say(ADA, "general", "news")
    assert first.startswith(b"data: ")
    assert int(stream.readline()[6:]) > int(first[6:])
    line.close()
