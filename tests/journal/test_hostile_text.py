"""Whatever people write comes back as they wrote it, and nothing in it comes alive."""

from __future__ import annotations

from typing import Any

import pytest

from playground.local_slack import texts_in
from tests.bench import Bench

HOSTILE = {
    "mentions": "hello <!channel> <!here> <@UBEN> <#C123|sec-ops> <!subteam^S1>",
    "a disguised link": "<https://evil.example|my payslip> and &lt;!channel&gt;",
    "html": "a < b && b > c; <script>alert(1)</script>",
    "backticks and stars": "```rm -rf``` `x` *bold* _it_ ~no~ > quote",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 :tada: e\u0301",
    "right to left": "שלום \u202egnirts\u202c العربية",
    "3,000 characters": "&<>" * 1000,
    "3,000 without a space": "x" * 3000,
    "many lines": "\n".join(f"line {n}" for n in range(300)),
}
ALIVE = ("<!", "<@UBEN", "<#C", "<https://evil", "<script")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_kept_to_the_letter_and_escaped_everywhere(
    sqlite_bench: Bench, text: str
) -> None:
    bench, slack = sqlite_bench, sqlite_bench.slack
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place("UADA", manager="UMIA")
    bench.log("UADA", text)
    slack.command("UADA", "/ladder examples")
    listing = bench.modal("UADA", "My examples")
    slack.press("UADA", listing, "Edit")
    assert bench.modal("UADA", "Change an example").state["text"]["write"]["value"] == text
    slack.close_modal("UADA", whole_stack=True)
    slack.press("UADA", slack.command("UADA", "/ladder 1on1"), "Share with my manager")
    preview = bench.modal("UADA", "Share with your manager")
    slack.submit("UADA")
    assert slack.wait_for(lambda: squeezed(text) in squeezed(bench.sees("UMIA")))
    for where in (listing, preview, *slack.dm("UADA"), *slack.dm("UMIA")):
        assert_harmless(where.blocks)


def squeezed(text: str) -> str:
    """Without white space, since a long text is cut where a line may end."""
    return "".join(text.split())


def assert_harmless(blocks: list[dict[str, Any]]) -> None:
    for block in blocks:
        for text in mrkdwn_in(block):
            assert not any(alive in text for alive in ALIVE), text


def mrkdwn_in(thing: Any) -> list[str]:
    if isinstance(thing, list):
        return [text for item in thing for text in mrkdwn_in(item)]
    if not isinstance(thing, dict):
        return []
    own = [thing["text"]] if thing.get("type") == "mrkdwn" else []
    return own + [text for value in thing.values() for text in mrkdwn_in(value)]


def test_notification_texts_of_messages_are_escaped_too(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place("UADA", manager="UMIA")
    bench.log("UADA", "<!channel>")
    answer = bench.slack.command("UADA", "/ladder 1on1")
    bench.slack.press("UADA", answer, "Share with my manager")
    bench.modal("UADA", "Share with your manager")
    bench.slack.submit("UADA")
    bench.dm("UMIA", 1)
    assert "<!channel>" not in str(list(texts_in(bench.slack.called("chat.postMessage"))))


@pytest.mark.parametrize(
    "link", ["https://example.com/?a=1&b=2", "https://example.com/a|b", "http://x.example/%3E"]
)
def test_links_are_kept_to_the_letter_and_cannot_break_out_of_their_brackets(
    sqlite_bench: Bench, link: str
) -> None:
    bench = sqlite_bench
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.log("UADA", "see there", Link=link)
    bench.slack.command("UADA", "/ladder examples")
    listing = bench.modal("UADA", "My examples")
    address = link.replace("&", "&amp;").replace("|", "%7C")
    assert f"<{address}|" in str(listing.blocks)
    bench.slack.press("UADA", listing, "Edit")
    assert bench.modal("UADA", "Change an example").state["link"]["write"]["value"] == link
