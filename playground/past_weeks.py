"""A few weeks of examples, logged by the people themselves through the bot's own form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from .cast import ADA, BEN, CAST
from .local_slack import LocalSlack, View
from .local_slack.limits_checks import options_of

FORM_TIMEOUT_S = 5


@dataclass(frozen=True)
class Past:
    """Something that happened `days_ago`; `competency` is part of a name, `link` may be ""."""

    who: str
    days_ago: int
    competency: str
    what: str
    link: str = ""


PAST = (
    Past(
        ADA,
        24,
        "Domain",
        "Rebuilt the triage queue for mail alerts: the oldest open alert went from nine days to "
        "one, and the night shift stopped keeping a list of its own.",
        "https://example.com/IR-188",
    ),
    Past(
        ADA,
        19,
        "Teaching",
        "Ran the first incident drill for the support team. Two of them led the second one "
        "without me.",
    ),
    Past(
        ADA,
        16,
        "Customer",
        "Wrote the Harbour account a one-page note on the login outage the same evening; their "
        "board asked no further questions.",
        "https://example.com/notes/harbour-login",
    ),
    Past(
        ADA,
        11,
        "Domain",
        "Found that stale service tokens were the way in during IR-203 and closed all 61 with "
        "the platform team.",
        "https://example.com/IR-203",
    ),
    Past(
        ADA,
        6,
        "Teaching",
        "Paired with Ben on the impossible-travel rule: 40 alerts a day became 3, and he wrote "
        "down how to test the next one.",
    ),
    Past(
        ADA,
        3,
        "Domain",
        "Contained the phishing wave in 50 minutes; the timeline was done before the review.",
        "https://example.com/IR-212",
    ),
    Past(
        BEN,
        8,
        "Domain",
        "Moved the alert exporter off cron. It has not missed an hour since.",
    ),
)


class FormMissing(Exception):
    """The bot showed no form to log an example in, or would not take it."""


def live_through(slack: LocalSlack) -> int:
    """Log everything in `PAST`, confirm what is asked, tidy up; the number of examples logged.

    Raises FormMissing with a sentence when the bot did not play along.
    """
    today = datetime.fromtimestamp(slack.workspace.now(), UTC).date()
    for past in PAST:
        _log(slack, past, today - timedelta(days=past.days_ago))
    _confirm_what_is_asked(slack)
    _forget_ephemeral(slack)
    return len(PAST)


def _log(slack: LocalSlack, past: Past, day: date) -> None:
    answer = slack.command(past.who, "/ladder log")
    if answer.trouble:
        raise FormMissing(answer.trouble)
    if not slack.wait_for(lambda: _inputs(slack.modal(past.who)), FORM_TIMEOUT_S):
        raise FormMissing("“/ladder log” opened no form.")
    view = slack.modal(past.who)
    assert view is not None
    done = slack.submit(past.who, _filled_in(view, past, day))
    if done.errors or done.trouble:
        raise FormMissing(done.trouble or "; ".join(f"{k}: {v}" for k, v in done.errors.items()))
    while slack.modal(past.who):
        slack.close_modal(past.who, whole_stack=True)


def _filled_in(view: View, past: Past, day: date) -> dict[str, Any]:
    """The form's fields by what they are, so that the bot may word its labels as it likes."""
    fields: dict[str, Any] = {}
    for block in _inputs(view):
        kind, label = block["element"]["type"], block["label"]["text"]
        if kind in ("static_select", "radio_buttons"):
            fields[block["block_id"]] = _competency(block["element"], past)
        elif kind == "datepicker":
            fields[block["block_id"]] = day
        elif kind == "url_text_input" or "link" in label.casefold():
            fields[block["block_id"]] = past.link or None
        elif kind == "plain_text_input" and past.what not in fields.values():
            fields[block["block_id"]] = past.what
    return fields


def _competency(element: dict[str, Any], past: Past) -> Any:
    """The option that names it, or the first one on a ladder of other competencies."""
    options = options_of(element)
    return next((o for o in options if past.competency in o["text"]["text"]), options[0])


def _inputs(view: View | None) -> list[dict[str, Any]]:
    return [block for block in view.blocks if block["type"] == "input"] if view else []


def _confirm_what_is_asked(slack: LocalSlack) -> None:
    for role in CAST:
        for message in slack.dm(role.id):
            for block in message.blocks:
                for element in block.get("elements", []):
                    if element["type"] == "button" and "Confirm" in element["text"]["text"]:
                        slack.press(role.id, message, element["action_id"])


def _forget_ephemeral(slack: LocalSlack) -> None:
    for message in [m for m in slack.workspace.messages if m.ephemeral]:
        slack.workspace.delete(message)
