"""An emoji on a message asks the one who put it there, once, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.slack.manifest import read_manifest as app_manifest
from bot.slack.manifest import with_features
from playground.local_slack import LocalSlack, read_manifest, text_of
from playground.local_slack.model import BOT_USER_ID, Message
from tests.bench import ROOT, Bench

TEXT = "I wrote the runbook, and the night calls ended for all of us in the team since then."
TEACHING = "🌱 Teaching and Mentoring"


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """A workspace whose app was granted reactions:read."""
    made = with_features(app_manifest(), ["reactions"])
    events = frozenset(made["settings"]["event_subscriptions"]["bot_events"])
    scopes = frozenset(made["oauth_config"]["scopes"]["bot"])
    manifest = replace(read_manifest(ROOT / "app.yaml"), events=events, scopes=scopes)
    with LocalSlack(manifest=manifest) as running:
        for user, name in (("UADA", "ada"), ("UMIA", "mia"), ("UBEN", "ben")):
            running.add_user(user, name, f"{name.title()} Someone", f"{name}@example.com")
        running.add_user("UROBOT", "robot", is_bot=True)
        running.add_user("UGUEST", "guest", is_restricted=True)
        people = ["UADA", "UMIA", "UBEN", "UROBOT", "UGUEST", BOT_USER_ID]
        running.add_channel("sec-ops", people)
        yield running
        assert running.refusals == []


@pytest.fixture
def said(slack: LocalSlack) -> Message:
    return slack.say("UBEN", "sec-ops", "the xylophone incident of last night")


def marked(bench: Bench, user: str = "UADA") -> Message:
    bench.hears(user, "Keep it as an example?")
    return bench.slack.dm(user)[-1]


def quiet(bench: Bench, *users: str, most: int = 0) -> bool:
    """Whether nobody of them hears more than so many messages."""
    return not bench.slack.wait_for(
        lambda: any(len(bench.slack.dm(user)) > most for user in users), 0.3
    )


def test_the_one_who_reacts_gets_a_question_and_its_form_is_filled(
    bench: Bench, said: Message
) -> None:
    bench.slack.react("UADA", said, "seedling")
    asked = marked(bench)
    link = f"https://playground.slack.com/archives/{said.channel}/p{said.ts.replace('.', '')}"
    assert "xylophone" not in text_of(asked)
    assert link in str(asked.blocks)
    assert quiet(bench, "UMIA", "UBEN")
    bench.slack.press("UADA", asked, "Log an example")
    form = bench.modal("UADA", "Log an example")
    assert form.state["link"]["write"]["value"] == link
    bench.slack.submit("UADA", {"Competency": TEACHING, "What happened": TEXT})
    bench.modal("UADA", "Saved")
    bench.slack.close_modal("UADA")
    bench.hears("UADA", "Saved.")
    assert "Undo" in text_of(bench.slack.dm("UADA")[-1])
    assert bench.rows("entries")[0]["source"] == "reaction"


def test_reacting_again_and_slacks_repeats_ask_once(bench: Bench, said: Message) -> None:
    bench.slack.react("UADA", said, "seedling")
    marked(bench)
    bench.slack.again()
    bench.slack.unreact("UADA", said, "seedling")
    bench.slack.react("UADA", said, "seedling")
    assert quiet(bench, "UADA", most=1)
    assert "Keep it as an example?" in bench.sees("UADA"), "removing it changes nothing"


def test_two_replicas_ask_once(bench: Bench, replica: Bench, said: Message) -> None:
    for _ in range(3):
        bench.slack.react("UADA", said, "seedling")
        bench.slack.unreact("UADA", said, "seedling")
    marked(bench)
    assert quiet(bench, "UADA", most=1)
    assert len(replica.rows("parcels")) == 1


def test_other_emoji_other_bots_and_guests_are_not_asked(bench: Bench, said: Message) -> None:
    bench.slack.react("UADA", said, "tada")
    bench.slack.react("UROBOT", said, "seedling")
    bench.slack.react("UGUEST", said, "seedling")
    assert quiet(bench, "UADA", "UROBOT", "UGUEST")
    assert bench.rows("parcels") == []


def test_a_skin_tone_is_the_same_emoji(slack: LocalSlack, said: Message, tmp_path: Path) -> None:
    with Bench(slack, f"sqlite:///{tmp_path}/rung.db", tmp_path, reaction="wave") as bench:
        slack.react("UADA", said, "seedling")
        slack.react("UADA", said, "wave::skin-tone-3")
        assert ":wave:" in text_of(marked(bench))
        assert quiet(bench, "UADA", most=1)


def test_not_an_example_ends_it(bench: Bench, said: Message) -> None:
    bench.slack.react("UADA", said, "seedling")
    bench.slack.press("UADA", marked(bench), "Not an example")
    bench.hears("UADA", "Nothing is kept.")


def test_their_words_are_not_at_hand_and_have_to_be_pasted(bench: Bench, said: Message) -> None:
    bench.slack.react("UADA", said, "seedling")
    bench.slack.press("UADA", marked(bench), "Log an example")
    bench.slack.press("UADA", bench.modal("UADA"), "Keep their words as a quote")
    bench.hears("UADA", "Paste their words here")


def test_help_and_home_speak_of_it_only_where_it_is_on(bench: Bench, tmp_path: Path) -> None:
    assert ":seedling:" in bench.say("UADA", "/ladder help")
    assert ":seedling:" in text_of(bench.slack.open_home("UADA"))
    with LocalSlack(manifest=read_manifest(ROOT / "app.yaml")) as plain:
        plain.add_user("UADA", "ada")
        folder = tmp_path / "plain"
        folder.mkdir()
        with Bench(plain, f"sqlite:///{folder}/rung.db", folder) as off:
            assert ":seedling:" not in off.say("UADA", "/ladder help")
            assert off.bot.reaction == ""
