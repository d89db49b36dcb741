"""A small Bolt app that stands in for Rung, so that the playground is tested by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from playground.local_slack import LocalSlack

Json = dict[str, Any]


@dataclass
class Heard:
    """What reached the bot; `on_body` is called as it does, `url` is where it listens."""

    bodies: list[Json] = field(default_factory=list)
    headers: list[dict[str, list[str]]] = field(default_factory=list)
    on_body: Callable[[], object] = bool
    url: str = ""


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


COMPETENCIES = [
    {"text": plain(name), "value": name.split()[1].lower()}
    for name in (
        "🦉 Domain expertise",
        "🌱 Teaching and Mentoring",
        "🧭 Culture and Leadership",
        "🏆 Customer Success",
    )
]


def entry(label: str, block_id: str, element: Json, **more: Any) -> Json:
    element = {**element, "action_id": block_id}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        **more,
    }


def log_form(text: str = "") -> Json:
    what = {"type": "plain_text_input", "multiline": True, "max_length": 2000}
    if text:
        what["initial_value"] = text
    return {
        "type": "modal",
        "callback_id": "log",
        "title": plain("Log an example"),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            {"type": "section", "text": mrkdwn("Only *you* see this until you share it.")},
            entry("Competency", "competency", {"type": "static_select", "options": COMPETENCIES}),
            entry("What happened", "what", what, hint=plain("What changed, and for whom?")),
            entry("Link", "link", {"type": "url_text_input"}, optional=True),
            entry("Date", "date", {"type": "datepicker", "initial_date": "2026-11-20"}),
        ],
    }


def level_answer(text: str) -> list[Json]:
    return [
        {"type": "header", "text": plain("L4 · Technical Lead")},
        {"type": "context", "elements": [mrkdwn(f"Security Operations · you asked for {text}")]},
        {
            "type": "section",
            "fields": [
                mrkdwn("*Planning horizon*\nA quarter"),
                mrkdwn("*Impact radius*\nThe team and its neighbours"),
            ],
        },
        {"type": "divider"},
        {
            "type": "section",
            "text": mrkdwn("*🌱 Teaching*\n• Helps others find the cause.\n• Writes it down."),
            "accessory": {
                "type": "overflow",
                "action_id": "more",
                "options": [
                    {"text": plain("Examples"), "value": "examples"},
                    {"text": plain("Hide"), "value": "hide"},
                ],
            },
        },
        {
            "type": "actions",
            "block_id": "ways",
            "elements": [
                button("Log an example", "log", style="primary"),
                button("What is next", "next"),
                button("Forget it", "forget", style="danger", confirm={
                    "title": plain("Forget this?"),
                    "text": mrkdwn("It is gone for *good*."),
                    "confirm": plain("Forget"),
                    "deny": plain("Keep"),
                }),
                {
                    "type": "static_select",
                    "action_id": "level",
                    "placeholder": plain("Another level"),
                    "options": [
                        {"text": plain("L3 · Senior"), "value": "L3"},
                        {"text": plain("L5 · Principal"), "value": "L5"},
                    ],
                },
            ],
        },
    ]  # fmt: skip


def fake_app(slack: LocalSlack, heard: Heard) -> App:
    """Words of `/ladder`: `log`, `slow` (acks after the limit), `late` (spends its trigger late),
    `bad` (an answer Slack refuses), `twice` (opens two modals), `boom` (raises)."""
    client = WebClient(slack.tokens.bot, base_url=slack.api_url)
    app = App(client=client, signing_secret=slack.signing_secret, process_before_response=True)

    @app.use
    def remember(body: Json, request: Any, next: Any) -> None:
        heard.bodies.append(body)
        heard.headers.append(dict(request.headers))
        heard.on_body()
        next()

    @app.command("/ladder")
    def ladder(ack: Any, command: Json, client: WebClient) -> None:
        word = command["text"].partition(" ")[0]
        trigger = command["trigger_id"]
        if word == "log":
            client.views_open(trigger_id=trigger, view=log_form())
            ack()
        elif word == "twice":
            client.views_open(trigger_id=trigger, view=log_form())
            client.views_open(trigger_id=trigger, view=log_form())
        elif word == "slow":
            time.sleep(slack.ack_timeout_s + 0.3)
            ack("too late")
        elif word == "late":
            time.sleep(slack.trigger_lifetime_s + 0.1)
            client.views_open(trigger_id=trigger, view=log_form())
        elif word == "bad":
            ack(blocks=[{"type": "section", "text": mrkdwn("x" * 3001)}], text="x")
        elif word == "boom":
            raise RuntimeError("boom")
        else:
            ack(text="L4", blocks=level_answer(command["text"]))

    @app.action("log")
    def from_button(ack: Any, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=log_form("from the button"))
        ack()

    @app.action("next")
    def following(ack: Any, respond: Any) -> None:
        ack()
        respond(text="L5 is next.", replace_original=True)

    @app.action("level")
    def level(ack: Any, action: Json, respond: Any) -> None:
        ack()
        respond(text=f"You chose {action['selected_option']['value']}.")

    @app.action("more")
    def more(ack: Any, action: Json, respond: Any) -> None:
        ack()
        respond(text=f"More: {action['selected_option']['value']}.", replace_original=False)

    @app.action("forget")
    def forget(ack: Any, respond: Any) -> None:
        ack()
        respond(delete_original=True)

    @app.shortcut("save_example")
    def save(ack: Any, shortcut: Json, client: WebClient) -> None:
        client.views_open(
            trigger_id=shortcut["trigger_id"], view=log_form(shortcut["message"]["text"])
        )
        ack()

    @app.shortcut("log_example")
    def from_anywhere(ack: Any, shortcut: Json, client: WebClient) -> None:
        client.views_open(trigger_id=shortcut["trigger_id"], view=log_form())
        ack()

    @app.view("log")
    def logged(ack: Any, body: Json, view: Json, client: WebClient) -> None:
        values = view["state"]["values"]
        what = values["what"]["what"]["value"]
        if what == "too short":
            ack(response_action="errors", errors={"what": "Say a little more."})
        elif what == "wrong field":
            ack(response_action="errors", errors={"nowhere": "There is no such field."})
        elif what == "and then":
            ack(response_action="push", view=log_form("second"))
        elif what == "other":
            ack(response_action="update", view=log_form("updated"))
        elif what == "clear":
            ack(response_action="clear")
        else:
            competency = values["competency"]["competency"]["selected_option"]["text"]["text"]
            client.chat_postMessage(
                channel=body["user"]["id"], text=f"Saved under *{competency}*: {what}"
            )
            ack()

    @app.view_closed("log")
    def closed(ack: Any) -> None:
        ack()

    @app.event("app_home_opened")
    def opened(event: Json, client: WebClient) -> None:
        if event["tab"] == "home":
            view = {"type": "home", "blocks": level_answer("Home")}
            client.views_publish(user_id=event["user"], view=view)

    @app.event("message")
    def said(event: Json, client: WebClient) -> None:
        if event["text"] == "fail":
            raise RuntimeError("asked to fail")
        answer, thread = f"You said: {event['text']}", event.get("thread_ts")
        client.chat_postMessage(channel=event["channel"], text=answer, thread_ts=thread)

    @app.event("reaction_added")
    @app.event("reaction_removed")
    def reacted() -> None:
        return

    return app


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        return


@contextmanager
def over_http(slack: LocalSlack) -> Iterator[Heard]:
    heard = Heard()
    handler = SlackRequestHandler(fake_app(slack, heard))
    server = make_server("127.0.0.1", 0, handler, _Server, _Quiet)
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    heard.url = f"http://127.0.0.1:{server.server_port}/slack/events"
    slack.connect_http(heard.url)
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def over_socket(slack: LocalSlack) -> Iterator[Heard]:
    heard = Heard()
    app = fake_app(slack, heard)
    handler = SocketModeHandler(
        app,
        slack.tokens.app,
        web_client=WebClient(slack.tokens.bot, base_url=slack.api_url),
        ping_interval=1,
    )
    handler.connect()
    try:
        slack.wait_for_socket()
        yield heard
    finally:
        # websocket-client sleeps out its ping timeout (10 s) before its close returns
        threading.Thread(target=handler.close, daemon=True).start()
