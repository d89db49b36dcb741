"""Slack's limits, each at its edge: the last value taken and the first one refused."""

from __future__ import annotations

from typing import Any

import pytest

from playground.local_slack import problems, view_problems
from tests.playground.fake_bot import button, entry, level_answer, log_form, mrkdwn, plain

Json = dict[str, Any]


def section(text: Any = None, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text or "x"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(text: str = "x", value: str = "v") -> Json:
    return {"text": plain(text), "value": value}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option()], **more}


def numbered(count: int) -> list[Json]:
    return [option(str(n), str(n)) for n in range(count)]


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("T"), "blocks": list(blocks), **more}


TEXT_INPUT = {"type": "plain_text_input"}

EDGES = [
    # name, block of a size, most
    ("section text", lambda n: section("x" * n), 3000),
    ("section field", lambda n: {"type": "section", "fields": [mrkdwn("x" * n)]}, 2000),
    ("section fields", lambda n: {"type": "section", "fields": [mrkdwn("x")] * n}, 10),
    ("header", lambda n: {"type": "header", "text": plain("x" * n)}, 150),
    ("context elements", lambda n: {"type": "context", "elements": [mrkdwn("x")] * n}, 10),
    ("actions", lambda n: actions(*(button("b", f"a{i}") for i in range(n))), 25),
    ("button text", lambda n: actions(button("x" * n, "a")), 75),
    ("button value", lambda n: actions(button("x", "a", value="x" * n)), 2000),
    ("button url", lambda n: actions(button("x", "a", url="x" * n)), 3000),
    ("action id", lambda n: actions(button("x", "a" * n)), 255),
    ("block id", lambda n: section(block_id="x" * n), 255),
    ("option text", lambda n: actions(select(options=[option("x" * n)])), 75),
    ("option value", lambda n: actions(select(options=[option("x", "v" * n)])), 150),
    ("select options", lambda n: actions(select(options=numbered(n))), 100),
    ("placeholder", lambda n: actions(select(placeholder=plain("x" * n))), 150),
    ("radio options", lambda n: actions({"type": "radio_buttons", "options": numbered(n)}), 10),
    ("overflow options", lambda n: actions({"type": "overflow", "options": numbered(n)}), 5),
    (
        "confirm title",
        lambda n: actions(button("x", "a", confirm={
            "title": plain("x" * n), "text": mrkdwn("x"), "confirm": plain("y"), "deny": plain("n"),
        })),
        100,
    ),
    (
        "image alt text",
        lambda n: {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "x" * n},
        2000,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "of_size", "most"), EDGES, ids=[edge[0] for edge in EDGES])
def test_the_last_size_is_taken_and_the_next_refused(name: str, of_size: Any, most: int) -> None:
    assert problems([of_size(most)]) == []
    assert len(problems([of_size(most + 1)])) == 1, name


VIEW_EDGES = [
    ("title", lambda n: modal(title=plain("x" * n)), 24),
    ("submit", lambda n: modal(submit=plain("x" * n)), 24),
    ("close", lambda n: modal(close=plain("x" * n)), 24),
    ("private_metadata", lambda n: modal(private_metadata="x" * n), 3000),
    ("callback_id", lambda n: modal(callback_id="x" * n), 255),
    ("external_id", lambda n: modal(external_id="x" * n), 255),
    ("blocks", lambda n: modal(*[section()] * n), 100),
]


@pytest.mark.parametrize(("name", "of_size", "most"), VIEW_EDGES, ids=[e[0] for e in VIEW_EDGES])
def test_view_sizes(name: str, of_size: Any, most: int) -> None:
    assert view_problems(of_size(most)) == []
    assert len(view_problems(of_size(most + 1))) == 1, name


REFUSED = [
    ("fifty-first block", [section()] * 51, "no more than 50 items"),
    ("same block id", [section(block_id="a"), section(block_id="a")], "`block_id` already exists"),
    ("same action id", [actions(button("a", "x"), button("b", "x"))], "`action_id` already"),
    ("empty text", [{"type": "section", "text": mrkdwn("")}], "must be more than 0 characters"),
    ("nothing in a section", [{"type": "section"}], "at least one of"),
    ("mrkdwn header", [{"type": "header", "text": mrkdwn("x")}], "must be one of: plain_text"),
    ("no alt text", [{"type": "image", "image_url": "https://x.y/z"}], "field: alt_text"),
    ("unknown block", [{"type": "marquee"}], "unsupported type: marquee"),
    ("unknown property", [section(colour="red")], "invalid additional property: colour"),
    ("modal-only block", [{"type": "alert", "text": "x"}], "on this surface (message)"),
    ("input in actions", [actions(TEXT_INPUT)], "unsupported type: plain_text_input"),
    ("style", [actions(button("x", "a", style="loud"))], "must be one of: primary, danger"),
    ("no options", [actions(select(options=[]))], "no fewer than 1"),
    ("stranger chosen", [actions(select(initial_option=option("y", "y")))], "one of the options"),
    ("bad date", [actions({"type": "datepicker", "initial_date": "1.12.2026"})], "2026-11-30"),
    ("empty context", [{"type": "context", "elements": []}], "no fewer than 1"),
    ("number as text", [{"type": "section", "text": mrkdwn(5)}], "must be a string"),  # type: ignore[arg-type]
    ("much markdown", [{"type": "markdown", "text": "x" * 6001}] * 2, "less than 12001"),
    ("no list", {"type": "section"}, "must be a valid list"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "blocks", "said"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refused_blocks(name: str, blocks: Any, said: str) -> None:
    found = problems(blocks)
    assert len(found) == 1, (name, found)
    assert said in found[0]


def test_a_refusal_points_at_the_place() -> None:
    assert problems([section(), section("x" * 3001)]) == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    ]


def test_a_modal_with_inputs_needs_a_submit_button() -> None:
    field = entry("Name", "n", TEXT_INPUT)
    assert "submit" in view_problems(modal(field))[0]
    assert view_problems(modal(field, submit=plain("Save"))) == []


def test_a_modal_needs_a_title_and_takes_no_message_block() -> None:
    assert "title" in view_problems({"type": "modal", "blocks": []})[0]
    assert "on this surface (modal)" in view_problems(modal({"type": "markdown", "text": "x"}))[0]


def test_a_home_view_has_no_title() -> None:
    assert view_problems({"type": "home", "blocks": [section()]}) == []
    wrong = view_problems({"type": "home", "blocks": [], "title": plain("x")})
    assert "invalid additional property: title" in wrong[0]


def test_what_the_fake_bot_sends_is_fine() -> None:
    assert problems(level_answer("L4")) == []
    assert view_problems(log_form()) == []
