"""Who may use Rung at all: every kind of account, at every way in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from bot.people.door import NOT_TOLD, OUTSIDER
from bot.privacy.policy import Account
from playground.local_slack import LocalSlack, forging, text_of
from playground.local_slack.model import TEAM_ID, Answer, Json
from tests.bench import Bench

ABROAD = "T0ABROAD"
USER = "UEVE"
KINDS: dict[str, Json] = {
    "guest": {"is_restricted": True},
    "guest of one channel": {"is_restricted": True, "is_ultra_restricted": True},
    "stranger": {"team_id": ABROAD},
    "bot": {"is_bot": True},
    "deactivated": {"deleted": True},
}
EXAMPLE = {
    "competency": {"c": {"selected_option": {"value": "teaching-and-mentoring"}}},
    "text": {"t": {"value": "I taught the rota."}},
}


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    sqlite_bench.set_clock("2026-12-01T10:00:00+01:00")
    sqlite_bench.slack.add_channel("shared", ["UADA", USER, "U0RUNG"], shared=True)
    return sqlite_bench


def come(bench: Bench, user: str = USER, **kind: object) -> None:
    bench.slack.add_user(user, user.casefold(), "Eve Adeyemi", **kind)


def typed(words: str) -> Callable[[Bench, str], Answer]:
    def act(bench: Bench, team: str) -> Answer:
        command = forging.command(USER, "/ladder", words, team=team)
        return bench.slack.forge("slash_commands", command)

    return act


def pressed(action: str, value: str = "") -> Callable[[Bench, str], Answer]:
    def act(bench: Bench, team: str) -> Answer:
        home = bench.slack.people.workspace.person(USER).team_id
        press = forging.button(USER, action, value, team=team, home=home)
        return bench.slack.forge("interactive", press)

    return act


def submitted(callback: str, values: Json) -> Callable[[Bench, str], Answer]:
    def act(bench: Bench, team: str) -> Answer:
        home = bench.slack.people.workspace.person(USER).team_id
        form = forging.submission(USER, callback_id=callback, values=values, team=team, home=home)
        return bench.slack.forge("interactive", form)

    return act


def shortcut(bench: Bench, team: str) -> Answer:
    said = bench.slack.say("UADA", "sec-ops", "We shipped it.")
    home = bench.slack.people.workspace.person(USER).team_id
    used = forging.shortcut(USER, "save_as_example", said, team=team, home=home)
    return bench.slack.forge("interactive", used)


def told(kind: str, **more: object) -> Callable[[Bench, str], Answer]:
    def act(bench: Bench, team: str) -> Answer:
        room = bench.slack.people.workspace.dm_of(USER).id
        body = {"type": kind, "user": USER, "channel": room, "event_ts": "1.1", **more}
        return bench.slack.forge("events_api", forging.event(body, team=team))

    return act


WAYS: dict[str, Callable[[Bench, str], Answer]] = {
    "the ladder's words": typed("L4"),
    "a word answered later": typed("log I taught the rota."),
    "a word answered at once": typed("1on1"),
    "a word that opens a list": typed("examples"),
    "a button": pressed("journal.log"),
    "a button of the ladder": pressed("ladder.ask", '{"v":1,"words":"L4"}'),
    "a retired button": pressed("no.such.button"),
    "a form": submitted("journal.save", EXAMPLE),
    "a form of the ladder": submitted("ladder.look_up", {"words": {"w": {"value": "L4"}}}),
    "a retired form": submitted("no.such.form", {}),
    "a shortcut": shortcut,
    "a message to the bot": told("message", channel_type="im", text="Hello", ts="1.1"),
    "the Home tab": told("app_home_opened", tab="home"),
}
HOME = "the Home tab"
EVENTS = ("a message to the bot", HOME)


def seen(bench: Bench) -> str:
    """All that reached the person: messages, their Home tab, and an open modal."""
    home = bench.slack.people.workspace.homes.get(USER)
    return bench.sees(USER) + (text_of(home) if home else "")


def assert_only_told(bench: Bench, answer: Answer, sentence: str) -> None:
    """One sentence in the one place where it belongs, and nothing of Rung's behind it."""
    assert answer.status == 200

    def once() -> bool:
        return (answer.body + seen(bench)).count(sentence) == 1

    assert bench.slack.wait_for(once), (answer.body, seen(bench))
    assert bench.slack.called("views.open") == bench.slack.called("views.push") == []
    for table in ("entries", "people", "managers", "pairs"):
        assert bench.rows(table) == []
    bench.slack.refusals.clear()


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        (kind, way)
        for kind, way in product(KINDS, WAYS)
        if kind != "bot" and not (kind == "deactivated" and way in EVENTS)  # Slack sends none
    ],
)
def test_whoever_is_no_member_gets_one_sentence_at_every_way_in(
    bench: Bench, kind: str, way: str
) -> None:
    come(bench, **KINDS[kind])
    assert_only_told(bench, WAYS[way](bench, TEAM_ID), OUTSIDER)


@pytest.mark.parametrize("way", WAYS)
def test_a_member_of_another_workspace_gets_the_same_whatever_the_ids(
    bench: Bench, way: str
) -> None:
    come(bench)
    bench.place("UADA")
    answer = WAYS[way](bench, ABROAD)
    with bench.bot.database.write() as tx:
        tx.exec_driver_sql("DELETE FROM people")
    assert_only_told(bench, answer, OUTSIDER)


@pytest.mark.parametrize("way", WAYS)
def test_a_bot_gets_no_answer(bench: Bench, way: str) -> None:
    come(bench, is_bot=True)
    answer = WAYS[way](bench, TEAM_ID)
    assert answer.status == 200
    assert "workspace" not in answer.body
    assert not bench.slack.wait_for(lambda: seen(bench).strip(), 0.2)
    assert bench.rows("entries") == bench.rows("people") == []


@pytest.mark.parametrize("way", WAYS)
def test_whom_slack_tells_nothing_about_is_asked_to_wait(bench: Bench, way: str) -> None:
    come(bench)
    bench.slack.fail_next("users.info", error="internal_error", times=3)
    assert_only_told(bench, WAYS[way](bench, TEAM_ID), NOT_TOLD)
    assert bench.rows("accounts") == []


@pytest.mark.parametrize("way", ["the ladder's words", "a button of the ladder"])
def test_a_member_is_let_in_and_slack_asked_once(bench: Bench, way: str) -> None:
    come(bench)
    for _ in range(3):
        answer = WAYS[way](bench, TEAM_ID)
        assert bench.slack.wait_for(lambda found=answer: "Lead" in found.body + seen(bench))
    assert len(bench.slack.called("users.info")) == 1
    (row,) = bench.rows("accounts")
    assert (row["user_id"], row["kind"]) == (USER, Account.MEMBER)


def test_slack_is_asked_anew_after_a_day_and_what_it_said_counts_everywhere(bench: Bench) -> None:
    come(bench)
    bench.say(USER, "/ladder L4")
    bench.slack.people.workspace.person(USER).is_restricted = True  # no event reached us
    bench.set_clock("2026-12-02T09:00:00+01:00")
    assert "Lead" in bench.say(USER, "/ladder L4")
    bench.set_clock("2026-12-02T10:01:00+01:00")
    assert bench.say(USER, "/ladder L4") == OUTSIDER
    assert len(bench.slack.called("users.info")) == 2


def test_somebody_placed_who_became_a_guest_unnoticed_leaves_with_their_next_other_word(
    bench: Bench,
) -> None:
    come(bench)
    bench.place(USER)
    bench.slack.people.workspace.person(USER).is_restricted = True
    assert "Lead" in bench.say(USER, "/ladder L4"), "from memory"
    assert bench.say(USER, "/ladder 1on1") == OUTSIDER
    assert bench.say(USER, "/ladder L4") == OUTSIDER
    assert not bench.bot.people.get(bench.member(USER)).active


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_that_slack_tells_of_counts_at_once(bench: Bench, kind: str) -> None:
    come(bench)
    bench.place(USER)
    assert "Lead" in bench.say(USER, "/ladder L4")
    bench.slack.change_user(USER, **KINDS[kind])
    member = bench.member(USER)
    assert bench.slack.wait_for(lambda: bench.bot.standings.stands(member) is None)
    said = bench.say(USER, "/ladder L4")
    assert said == ("" if kind == "bot" else OUTSIDER)
    assert bench.slack.called("users.info") == [], "the event said it all"


@pytest.mark.parametrize("kind", ["guest", "deactivated"])
def test_a_form_that_was_open_meanwhile_is_not_taken(bench: Bench, kind: str) -> None:
    come(bench)
    bench.slack.command(USER, "/ladder log")
    bench.modal(USER, "Log an example")
    bench.slack.change_user(USER, **KINDS[kind])
    record = {"user_id": USER, "kind": kind}
    assert bench.slack.wait_for(lambda: record.items() <= bench.rows("accounts")[0].items())
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": "I taught."}
    assert OUTSIDER in bench.slack.submit(USER, fields).body
    assert bench.rows("entries") == []


def test_an_id_that_slack_does_not_know_is_nobodys(bench: Bench) -> None:
    nobody = bench.member("UNOBODY")
    assert bench.bot.accounts.account(nobody) is Account.STRANGER
    bench.slack.refusals.clear()


def test_slack_is_asked_again_at_once_when_it_said_nothing(bench: Bench) -> None:
    come(bench)
    bench.slack.fail_next("users.info", error="internal_error")
    kinds = [bench.bot.accounts.account(bench.member(USER)) for _ in range(2)]
    assert kinds == [Account.UNKNOWN, Account.MEMBER]


def test_of_somebody_who_never_came_nothing_is_kept(bench: Bench) -> None:
    come(bench)
    bench.slack.change_user(USER, tz="Asia/Tokyo")
    bench.slack.change_user("UADA", tz="Asia/Tokyo")
    assert bench.rows("accounts") == bench.rows("people") == []


def test_what_a_guest_does_among_others_is_met_with_silence(bench: Bench) -> None:
    come(bench, is_restricted=True)
    for kind in ("message", "app_home_opened"):
        more = {"channel_type": "channel"} if kind == "message" else {"tab": "messages"}
        assert told(kind, **more)(bench, TEAM_ID).status == 200
    assert not bench.slack.wait_for(lambda: seen(bench).strip(), 0.3)


def test_who_was_placed_here_is_somebody_else_with_another_home(bench: Bench) -> None:
    come(bench)
    bench.place(USER)
    press = forging.button(USER, "ladder.ask", '{"v":1,"words":"L4"}', home=ABROAD)
    bench.slack.forge("interactive", press)
    assert "Lead" not in bench.hears(USER, OUTSIDER)


class TestGuestsWhoMayRead:
    """RUNG_GUESTS=ladder: the ladder, and nothing else."""

    @pytest.fixture
    def bench(self, slack: LocalSlack, tmp_path: Path) -> Iterator[Bench]:
        slack.add_channel("shared", ["UADA", USER, "U0RUNG"], shared=True)
        with Bench(slack, f"sqlite:///{tmp_path}/rung.db", tmp_path, guests="ladder") as running:
            yield running

    @pytest.mark.parametrize("way", [way for way in WAYS if "ladder" in way])
    def test_a_guest_reads_the_ladder(self, bench: Bench, way: str) -> None:
        come(bench, is_restricted=True)
        answer = WAYS[way](bench, TEAM_ID)
        assert bench.slack.wait_for(lambda: "Lead" in answer.body + seen(bench))
        assert "where you stand" not in answer.body + seen(bench), "no step that leads nowhere"

    def test_what_a_guest_is_shown_is_not_what_a_member_gets(self, bench: Bench) -> None:
        come(bench, is_restricted=True)
        assert "Choose my track and level" in bench.say("UADA", "/ladder L4")
        assert "Choose my track and level" not in bench.say(USER, "/ladder L4")

    @pytest.mark.parametrize("way", [way for way in WAYS if "ladder" not in way and way != HOME])
    def test_and_nothing_else(self, bench: Bench, way: str) -> None:
        come(bench, is_restricted=True)
        assert_only_told(bench, WAYS[way](bench, TEAM_ID), OUTSIDER)

    @pytest.mark.parametrize("kind", ["stranger", "deactivated"])
    @pytest.mark.parametrize("way", [way for way in WAYS if "ladder" in way])
    def test_nobody_but_guests(self, bench: Bench, kind: str, way: str) -> None:
        come(bench, **KINDS[kind])
        assert_only_told(bench, WAYS[way](bench, TEAM_ID), OUTSIDER)
