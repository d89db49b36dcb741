"""An open Home follows what its person does and what reaches them, and nobody else's."""

from __future__ import annotations

import pytest

from bot.home.watching import A_MINUTE, MOST_A_MINUTE, Budget, Watchers
from bot.people import store as people_store
from bot.people.model import Manager, Relation
from bot.slack.turn import Turn
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.home.scenes import home, meet, promise, propose, shows
from tests.sharing.scenes import add, confirm, share, with_examples

TEACHING = "🌱 Teaching and Mentoring"


@pytest.fixture
def ada(bench: Bench) -> Bench:
    """Ada and her manager Mia, neither of whom has opened their Home."""
    return with_examples(bench)


def published(bench: Bench, user: str) -> int:
    return len([call for call in bench.slack.called("views.publish") if call["user_id"] == user])


def follow(bench: Bench, user: str) -> None:
    """As if they had just pressed a button."""
    body = {"user_id": user, "team_id": bench.member(user).team_id}
    for hook in bench.bot.front._after_deeds:  # type: ignore[attr-defined]
        hook(Turn(body, bench.bot.client))


def forget_watchers(bench: Bench) -> None:
    """As if the bot had been started anew."""
    for hook in bench.bot.front._after_deeds:  # type: ignore[attr-defined]
        if publisher := getattr(hook.__self__, "_publisher", None):  # type: ignore[attr-defined]
            publisher._watchers.leave(bench.member("UADA"))


def settled(bench: Bench, user: str) -> int:
    """How often a Home was published, once nothing is on its way any more."""
    numbers = [published(bench, user)]
    while bench.slack.wait_for(lambda: published(bench, user) > numbers[-1], 0.5):
        numbers.append(published(bench, user))
    return numbers[-1]


def test_it_follows_a_form(ada: Bench) -> None:
    home(ada)
    ada.log("UADA", "I found the leak.")
    shows(ada, "UADA", "I found the leak.")


@on_sqlite
def test_it_follows_a_button_in_a_message(ada: Bench) -> None:
    home(ada)
    ada.slack.write("UADA", "I taught the new colleagues how the alerts are tuned.")
    ada.hears("UADA", "Save under")
    asked = ada.slack.dm("UADA")[-1]
    suggested = f"[Save under {TEACHING}]" in text_of(asked)
    if suggested:
        ada.slack.press("UADA", asked, f"Save under {TEACHING}")
    else:
        ada.slack.select("UADA", asked, "Save under …", TEACHING)
    shows(ada, "UADA", "I taught the new colleagues")


@on_sqlite
def test_it_follows_a_shortcut_that_saves(ada: Bench) -> None:
    home(ada)
    said = ada.slack.say("UBEN", "sec-ops", "Thanks, Ada!")
    ada.slack.people.message_shortcut("UADA", "save_as_example", said)
    ada.modal("UADA")
    fields = {"Competency": TEACHING, "What happened": "Ben was stuck."}
    assert not ada.slack.submit("UADA", fields).errors
    shows(ada, "UADA", "Ben was stuck.")


@on_sqlite
def test_it_follows_a_word(ada: Bench) -> None:
    home(ada)
    ada.slack.command("UADA", "/ladder nudges off")
    shows(ada, "UADA", "Nudges are off")


@on_sqlite
def test_it_follows_a_question_that_arrives(ada: Bench) -> None:
    assert "Thu, 2026-12-03 10:30 UTC" in home(ada)
    ada.tick("2026-12-03T11:31:00+01:00")
    shows(ada, "UADA", lambda text: "2026-12-03 10:30" not in text)


def test_it_follows_the_other_side_of_a_one_on_one(ada: Bench) -> None:
    assert "asks to meet" not in home(ada, "UMIA")
    pair = propose(ada, "UADA", "UMIA")
    ada.bot.post_office.send_due(ada.bot.now())
    shows(ada, "UMIA", "@UADA asks to meet")
    home(ada)
    ada.bot.pairs.answer(ada.member("UMIA"), pair.id, yes=True, now=ada.bot.now())
    ada.bot.post_office.send_due(ada.bot.now())
    shows(ada, "UADA", "[Our page]")


@on_sqlite
def test_it_follows_a_promise_that_is_done(ada: Bench) -> None:
    pair = meet(ada, "UADA", "UMIA")
    item = promise(ada, pair, "UADA", "I write the runbook.")
    assert "I write the runbook." in home(ada)
    ada.bot.pages.done(ada.member("UADA"), item, ada.bot.now())
    ada.slack.command("UADA", "/ladder settings")
    shows(ada, "UADA", lambda text: "runbook." not in text.split("*Your last examples*")[0])


@on_sqlite
def test_it_follows_what_is_shared_and_taken_back(ada: Bench) -> None:
    assert "shared with you" not in home(ada, "UMIA")
    share_id = share(ada, "e1")
    shows(ada, "UMIA", "1 page shared with you")
    ada.bot.sharing.unshare(ada.member("UADA"), share_id, ada.bot.now())
    ada.bot.post_office.send_due(ada.bot.now())
    shows(ada, "UMIA", lambda text: "shared with you" not in text)


@on_sqlite
def test_it_follows_a_change_of_manager(ada: Bench) -> None:
    share(ada, "e1")
    assert "1 page shared" in home(ada, "UMIA")
    assert "Your manager is @UMIA" in home(ada)
    confirm(ada, "UADA", "UBEN")
    ada.bot.post_office.send_due(ada.bot.now())
    shows(ada, "UMIA", lambda text: "UADA" not in text)
    shows(ada, "UADA", "Your manager is @UBEN")


@on_sqlite
def test_a_home_of_which_a_process_knows_nothing_is_followed_from_its_first_button(
    ada: Bench,
) -> None:
    """Another replica answered when it was opened, or this one was started since."""
    view = ada.slack.open_home("UADA")
    forget_watchers(ada)
    ada.slack.press("UADA", view, "Settings")
    add(ada, "e9", "Logged elsewhere.")
    ada.slack.command("UADA", "/ladder settings")
    shows(ada, "UADA", "Logged elsewhere.")


@on_sqlite
def test_what_changes_nothing_publishes_nothing(ada: Bench) -> None:
    home(ada)
    number = settled(ada, "UADA")
    for button in ("Settings", "Help", "Privacy"):
        ada.slack.press("UADA", ada.slack.home("UADA"), button)
    assert settled(ada, "UADA") == number


@on_sqlite
def test_many_deeds_in_a_row_are_shown_a_few_times_and_end_right(ada: Bench) -> None:
    home(ada)
    before = settled(ada, "UADA")
    for number in range(20):
        add(ada, f"n{number}", f"Deed number {number}.")
        follow(ada, "UADA")
    shows(ada, "UADA", "Deed number 19.")
    assert settled(ada, "UADA") - before <= 20


@on_sqlite
def test_nobody_is_published_to_who_did_not_open_it(ada: Bench) -> None:
    ada.log("UADA", "I wrote the runbook.")
    share(ada, "e1")
    assert ada.slack.called("views.publish") == []


@pytest.mark.parametrize("change", [{"deleted": True}, {"is_restricted": True}])
@on_sqlite
def test_who_may_not_come_in_any_more_is_not_published_to(
    ada: Bench, change: dict[str, bool]
) -> None:
    home(ada, "UMIA")
    number = settled(ada, "UMIA")
    add(ada, "m1", "Mia did something.", user="UMIA")
    ada.slack.change_user("UMIA", **change)
    assert ada.slack.wait_for(lambda: not ada.bot.is_member(ada.member("UMIA")))
    follow(ada, "UMIA")
    assert settled(ada, "UMIA") == number


@pytest.mark.parametrize("error", ["ratelimited", "hash_conflict", "internal_error"])
@on_sqlite
def test_what_slack_refuses_is_told_to_nobody_and_made_up_for(ada: Bench, error: str) -> None:
    home(ada)
    messages = len(ada.slack.dm("UADA"))
    ada.slack.fail_next("views.publish", error=error, retry_after=1)
    ada.log("UADA", "I found the leak.")
    ada.slack.command("UADA", "/ladder nudges off")
    shows(ada, "UADA", lambda text: "I found the leak." in text and "Nudges are off" in text)
    assert len(ada.slack.dm("UADA")) == messages + 1


def test_the_budget_leaves_room_for_those_who_open_their_home() -> None:
    budget, elapsed = Budget(most_a_minute=3), 100.0
    waited = [budget.wait(elapsed) for _ in range(5)]
    assert waited == [0, 0, 0, A_MINUTE, A_MINUTE]
    budget.pause(elapsed + 300, 7)
    assert budget.wait(elapsed + 300) == 7
    assert MOST_A_MINUTE < 100


@on_sqlite
def test_only_the_latest_watchers_are_remembered(bench: Bench) -> None:
    watchers = Watchers(most=2)
    first, second, third = (bench.member(user) for user in ("U1", "U2", "U3"))
    for member in (first, second, first, third):
        watchers.join(member)
    assert watchers.find(first) and watchers.find(third)
    assert watchers.find(second) is None


@on_sqlite
def test_a_proposed_manager_is_answered_from_home(ada: Bench) -> None:
    proposed = Manager("UBEN", Relation.PROPOSED, "ULENA")
    with ada.bot.database.write() as tx:
        people_store.save_proposal(tx, ada.member("UADA"), proposed, ada.bot.now())
    assert "named @UBEN as your manager" in home(ada)
    ada.slack.press("UADA", ada.slack.home("UADA"), "Yes, they are my manager")
    shows(ada, "UADA", "Your manager is @UBEN")


def test_what_is_erased_leaves_the_home_that_slack_holds(ada: Bench) -> None:
    """Also after a restart, when nobody knows who has their Home open."""
    assert "I taught the rota." in home(ada)
    forget_watchers(ada)
    ada.slack.command("UADA", "/ladder privacy")
    ada.slack.press("UADA", ada.modal("UADA", "Privacy"), "Erase everything about me")
    ada.modal("UADA", "Erase everything")
    assert ada.slack.submit("UADA", {"word": "ERASE"}).ok
    shows(ada, "UADA", "Welcome to Rung")
    assert "rota" not in str(ada.slack.home("UADA").blocks)
