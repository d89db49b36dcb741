"""A manager who changes: who may propose, who answers, what ends, and who hears of it."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from bot.people.managers import QUESTION
from bot.people.model import ProposalGone
from bot.people.roster import Placement
from bot.privacy.policy import Account, Ties
from bot.slack.member import Member
from playground.local_slack import View, forging, text_of
from tests.bench import TRACK, Bench

L3 = "Security Operations L3"
ENDED = "no longer @UADA's manager in Rung; what they shared with you is closed"
FIRST, SECOND = "2026-12-01T10:00:00+01:00", "2026-12-02T10:00:00+01:00"
Change = tuple[str, str | None, str | None]


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    """Ada stands on the ladder, and Mia is confirmed as her manager."""
    bench = sqlite_bench
    bench.set_clock(FIRST)
    manage(bench)
    return bench


@pytest.fixture
def changes(bench: Bench) -> list[Change]:
    """What the hook of a change is called with, from now on."""
    seen: list[Change] = []

    def hook(_: object, who: Member, old: Member | None, new: Member | None, __: datetime) -> None:
        seen.append((who.user_id, old and old.user_id, new and new.user_id))

    bench.bot.people.when_manager_changed(hook)
    return seen


def manage(bench: Bench) -> None:
    bench.place("UADA", manager="UMIA")
    bench.bot.people.confirm_my_manager(bench.member("UADA"), bench.bot.now())


def roster(bench: Bench, manager: str) -> None:
    """An import, and the heartbeat after it."""
    rows = [Placement("UADA", TRACK, "L3", manager, "Europe/Berlin")]
    bench.bot.people.place_many(bench.bot.identity.team_id, rows, bench.bot.now())
    bench.bot.tick(bench.bot.now())


def name_mine(bench: Bench, manager: str | None) -> None:
    bench.slack.command("UADA", "/ladder start")
    bench.modal("UADA", "Where you stand")
    assert bench.slack.submit("UADA", {"Track and level": L3, "Manager": manager}).ok
    bench.slack.close_modal("UADA")


def open_proposal(bench: Bench, user: str) -> View:
    bench.slack.command(user, "/ladder settings")
    bench.slack.press(user, bench.modal(user, "Settings"), "Propose somebody's manager")
    return bench.modal(user, "Propose a manager")


def propose(bench: Bench, user: str, engineer: str, manager: str) -> dict[str, str]:
    open_proposal(bench, user)
    fields = {"Whose manager?": engineer, "Manager": manager}
    return dict(bench.slack.submit(user, fields).errors)


def ties(bench: Bench, user: str = "UADA") -> Ties:
    return bench.bot.people.ties(bench.member(user))


def manager(bench: Bench) -> str:
    found = ties(bench).manager
    return found.user_id if found else ""


def in_place_of(bench: Bench, user: str, words: str, button: str) -> None:
    """Presses a button of the last message that says the words."""
    bench.hears(user, words)
    question = [m for m in bench.slack.dm(user) if words in text_of(m)][-1]
    bench.slack.press(user, question, button)


def admin(bench: Bench, user: str) -> None:
    bench.bot._admins.add(bench.member(user))


class TestTheFirst:
    def test_naming_does_not_make_a_manager(self, sqlite_bench: Bench) -> None:
        sqlite_bench.set_clock(FIRST)
        name_mine(sqlite_bench, "UMIA")
        assert ties(sqlite_bench) == Ties(named=sqlite_bench.member("UMIA"))

    def test_their_own_yes_does(self, sqlite_bench: Bench) -> None:
        bench = sqlite_bench
        bench.set_clock(FIRST)
        name_mine(bench, "UMIA")
        in_place_of(bench, "UMIA", "named you as their manager", "Yes, that is right")
        assert "You see nothing until they share it" in bench.hears("UMIA", "You confirmed")
        said = bench.hears("UADA", "confirmed that they are your manager")
        assert "hand over" not in said
        for user, step in (("UADA", "Set up my one-on-one"), ("UMIA", "Set up a one-on-one")):
            bench.slack.press(user, bench.slack.dm(user)[-1], step)
            assert "With whom" in text_of(bench.modal(user, "My one-on-one"))
        assert ties(bench) == Ties(manager=bench.member("UMIA"))

    def test_an_import_writes_to_nobody_and_the_settings_ask(self, sqlite_bench: Bench) -> None:
        bench = sqlite_bench
        bench.set_clock(FIRST)
        roster(bench, "UMIA")
        assert bench.slack.called("chat.postMessage") == []
        bench.slack.command("UADA", "/ladder settings")
        view = bench.modal("UADA", "Settings")
        assert (
            "Whoever runs Rung here named @UMIA as your manager; sharing with them confirms it"
            in text_of(view)
        )
        bench.slack.press("UADA", view, "Yes, they are my manager")
        bench.hears("UADA", "@UMIA is your manager now")
        assert manager(bench) == "UMIA"
        assert "You see nothing until they share it" in bench.dm("UMIA", 1)

    def test_no_to_an_import_is_kept_and_importing_again_does_not_ask_again(
        self, sqlite_bench: Bench
    ) -> None:
        bench = sqlite_bench
        bench.set_clock(FIRST)
        roster(bench, "UMIA")
        bench.slack.command("UADA", "/ladder settings")
        bench.slack.press("UADA", bench.modal("UADA", "Settings"), "No")
        bench.hears("UADA", "You said that @UMIA is not your manager")
        roster(bench, "UMIA")
        person = bench.bot.people.get(bench.member("UADA"))
        assert (person.manager, person.question, manager(bench)) == (None, None, "")


class TestTheNext:
    def test_who_is_named_again_is_not_asked_again(self, bench: Bench) -> None:
        name_mine(bench, "UBEN")
        bench.hears("UBEN", "named you as their manager")
        bench.set_clock(SECOND)
        name_mine(bench, "UBEN")
        assert [row["kind"] for row in bench.rows("parcels")] == [QUESTION]

    def test_until_the_new_one_says_yes_the_old_one_stays(
        self, bench: Bench, changes: list[Change]
    ) -> None:
        name_mine(bench, "UBEN")
        assert ties(bench) == Ties(bench.member("UMIA"), named=bench.member("UBEN"))
        bench.slack.command("UADA", "/ladder settings")
        said = text_of(bench.modal("UADA", "Settings"))
        assert "Your manager is @UMIA. @UBEN is asked to confirm" in said
        assert changes == []

    def test_the_new_ones_yes_ends_the_old_one_and_all_three_are_told(
        self, bench: Bench, changes: list[Change]
    ) -> None:
        name_mine(bench, "UBEN")
        bench.hears("UBEN", "named you as their manager")
        moment = bench.set_clock(SECOND)
        in_place_of(bench, "UBEN", "named you as their manager", "Yes, that is right")
        said = bench.hears("UADA", "@UBEN confirmed that they are your manager")
        assert "What you shared with @UMIA is closed" in said
        assert "[Choose what to hand over]" in said
        bench.hears("UMIA", ENDED)
        bench.hears("UBEN", "You see nothing until they share it")
        found = ties(bench)
        assert found.manager == bench.member("UBEN")
        ended = found.former[bench.member("UMIA")]
        assert abs((ended - moment).total_seconds()) < 60
        assert changes == [("UADA", "UMIA", "UBEN")]

    def test_the_offer_to_hand_over_names_the_old_manager(self, bench: Bench) -> None:
        name_mine(bench, "UBEN")
        in_place_of(bench, "UBEN", "named you as their manager", "Yes, that is right")
        bench.hears("UADA", "hand over")
        (offer,) = [
            element
            for message in bench.slack.dm("UADA")
            for block in message.blocks
            for element in block.get("elements", [])
            if element.get("action_id") == "sharing.hand_over"
        ]
        assert json.loads(offer["value"]) == {"v": 1, "manager": "UMIA"}

    def test_the_new_ones_no_changes_nothing(self, bench: Bench, changes: list[Change]) -> None:
        name_mine(bench, "UBEN")
        in_place_of(bench, "UBEN", "named you as their manager", "No")
        bench.hears("UADA", "@UBEN says that they are not your manager")
        assert (manager(bench), changes) == ("UMIA", [])

    def test_naming_the_manager_again_takes_the_proposal_back(self, bench: Bench) -> None:
        name_mine(bench, "UBEN")
        bench.hears("UBEN", "named you as their manager")
        name_mine(bench, "UMIA")
        in_place_of(bench, "UBEN", "named you as their manager", "Yes, that is right")
        bench.hears("UBEN", "settled already")
        assert manager(bench) == "UMIA"

    def test_a_newer_proposal_replaces_the_one_before(self, bench: Bench) -> None:
        name_mine(bench, "UBEN")
        bench.hears("UBEN", "named you as their manager")
        roster(bench, "UBEN")  # the same again asks nobody
        bench.slack.add_user("UZOE", "zoe", "Zoe")
        roster(bench, "UZOE")
        in_place_of(bench, "UBEN", "named you as their manager", "Yes, that is right")
        bench.hears("UBEN", "settled already")
        in_place_of(bench, "UADA", "named @UZOE as your manager", "Yes, they are my manager")
        bench.hears("UADA", "@UZOE is your manager now")
        assert manager(bench) == "UZOE"

    def test_without_a_successor_the_field_is_emptied(
        self, bench: Bench, changes: list[Change]
    ) -> None:
        name_mine(bench, None)
        bench.hears("UMIA", ENDED)
        assert changes == [("UADA", "UMIA", None)]
        found = ties(bench)
        assert (found.manager, list(found.former)) == (None, [bench.member("UMIA")])
        assert len(bench.slack.dm("UADA")) == 0, "they did it themselves"

    def test_an_import_without_a_manager_leaves_the_one_who_is(
        self, bench: Bench, changes: list[Change]
    ) -> None:
        roster(bench, "")
        assert (manager(bench), changes) == ("UMIA", [])

    def test_an_import_of_another_asks_the_engineer_and_nobody_else(
        self, bench: Bench, changes: list[Change]
    ) -> None:
        for _ in range(2):
            roster(bench, "UBEN")
        said = bench.dm("UADA", 1)
        assert "Whoever runs Rung here named @UBEN as your manager. Is that right?" in said
        assert "stay your manager until you confirm another" in said
        assert len(bench.slack.dm("UADA")) == 1
        assert bench.slack.dm("UBEN") == bench.slack.dm("UMIA") == []
        in_place_of(bench, "UADA", "named @UBEN", "Yes, they are my manager")
        assert "[Choose what to hand over]" in bench.hears("UADA", "@UBEN is your manager now")
        bench.hears("UBEN", "@UADA confirmed that you are their manager")
        bench.hears("UMIA", ENDED)
        assert changes == [("UADA", "UMIA", "UBEN")]

    def test_sharing_with_the_manager_confirms_no_successor(self, bench: Bench) -> None:
        roster(bench, "UBEN")
        with pytest.raises(ProposalGone):
            bench.bot.people.confirm_my_manager(bench.member("UADA"), bench.bot.now())
        assert manager(bench) == "UMIA"

    def test_somebody_who_comes_back_is_manager_again_and_the_last_end_counts(
        self, bench: Bench
    ) -> None:
        mia, ada = bench.member("UMIA"), bench.member("UADA")
        name_mine(bench, None)
        bench.set_clock(SECOND)
        manage(bench)
        last = bench.set_clock("2026-12-03T10:00:00+01:00")
        name_mine(bench, None)
        assert len(bench.rows("former_managers")) == 2
        assert abs((ties(bench).former[mia] - last).total_seconds()) < 60
        manage(bench)
        assert bench.bot.people.ties(ada).manager == mia


class TestProposing:
    def test_the_manager_proposes_who_follows_and_the_engineer_answers(
        self, bench: Bench, changes: list[Change]
    ) -> None:
        assert propose(bench, "UMIA", "UADA", "UBEN") == {}
        bench.hears("UMIA", "@UADA is asked whether @UBEN is their manager")
        assert changes == []
        in_place_of(bench, "UADA", "@UMIA named @UBEN as your manager", "Yes, they are my manager")
        bench.hears("UBEN", "@UADA confirmed that you are their manager")
        bench.hears("UMIA", ENDED)
        assert changes == [("UADA", "UMIA", "UBEN")]
        assert "confirmed that @UBEN" not in bench.sees("UMIA"), "one message says it all"

    @pytest.mark.parametrize(
        ("button", "told", "after"),
        [
            ("Yes, they are my manager", "@UADA confirmed that @UBEN is their manager", "UBEN"),
            ("No", "@UADA says that @UBEN is not their manager", "UMIA"),
        ],
    )
    def test_a_people_admin_proposes_and_hears_the_answer(
        self, bench: Bench, button: str, told: str, after: str
    ) -> None:
        bench.slack.add_user("UHR", "hr", "Hana Rao")
        admin(bench, "UHR")
        assert propose(bench, "UHR", "UADA", "UBEN") == {}
        in_place_of(bench, "UADA", "@UHR named @UBEN as your manager", button)
        bench.hears("UHR", told)
        assert manager(bench) == after

    def test_it_is_offered_to_nobody_else(self, bench: Bench) -> None:
        bench.slack.command("UADA", "/ladder settings")
        assert "Propose" not in text_of(bench.modal("UADA", "Settings"))
        for user in ("UADA", "UBEN"):
            somewhere = bench.slack.command(user, "/ladder help").message
            assert somewhere
            bench.forge(user, somewhere, "people.propose")
            bench.hears(user, "belongs to an older version of Rung")
        forged = {
            "engineer": {"choose": {"selected_user": "UADA"}},
            "proposed": {"choose": {"selected_user": "UBEN"}},
        }
        sent = forging.submission("UBEN", callback_id="people.proposed", values=forged)
        answer = bench.slack.forge("interactive", sent)
        assert "belongs to an older version of Rung" in answer.body
        assert bench.rows("manager_proposals") == []

    def test_a_manager_proposes_for_their_own_people_alone(self, bench: Bench) -> None:
        bench.place("UBEN")
        bench.slack.add_user("UZOE", "zoe", "Zoe")
        for engineer in ("UBEN", "UZOE"):  # one is placed, one is not: it reads the same
            errors = propose(bench, "UMIA", engineer, "UADA")
            assert errors == {"Whose manager?": "You can do this for those whose manager you are."}
            bench.slack.close_modal("UMIA", whole_stack=True)
        assert bench.rows("manager_proposals") == []

    @pytest.mark.parametrize(
        ("engineer", "named", "field", "sentence"),
        [
            ("UADA", "UMIA", "Manager", "That is their manager already."),
            ("UADA", "UADA", "Manager", "Nobody is their own manager."),
            ("UADA", "UGUEST", "Manager", "is a guest in this workspace"),
            ("UADA", "UFAR", "Manager", "belongs to another company"),
            ("UADA", "U0RUNG", "Manager", "That is a bot."),
            ("UBEN", "UMIA", "Whose manager?", "have not said where they stand yet"),
        ],
    )
    def test_who_cannot_be_proposed_is_refused_with_a_sentence(
        self, bench: Bench, engineer: str, named: str, field: str, sentence: str
    ) -> None:
        bench.slack.add_user("UGUEST", "guest", "Guest", is_restricted=True)
        bench.slack.add_user("UFAR", "far", "Far", team_id="T0FAR")
        admin(bench, "UMIA")
        assert sentence in propose(bench, "UMIA", engineer, named)[field]
        assert bench.rows("manager_proposals") == []
        bench.slack.refusals.clear()

    def test_a_role_lost_while_the_form_is_open_is_noticed(self, bench: Bench) -> None:
        open_proposal(bench, "UMIA")
        name_mine(bench, None)
        answer = bench.slack.submit("UMIA", {"Whose manager?": "UADA", "Manager": "UBEN"})
        assert "belongs to an older version of Rung" in str(answer.errors)
        assert bench.rows("manager_proposals") == []

    def test_a_double_click_asks_once(self, bench: Bench) -> None:
        propose(bench, "UMIA", "UADA", "UBEN")
        bench.slack.again()
        bench.dm("UADA", 1)
        assert len(bench.rows("manager_proposals")) == 1
        bench.bot.tick(bench.bot.now())
        assert len(bench.slack.dm("UADA")) == 1


@pytest.mark.parametrize("user", ["UMIA", "UBEN"])
def test_nobody_else_answers_what_the_engineer_is_asked(bench: Bench, user: str) -> None:
    roster(bench, "UBEN")
    for action in ("people.my_yes", "people.my_no", "people.yes"):
        value = (
            '{"v":1,"engineer":"UADA"}' if action == "people.yes" else '{"v":1,"manager":"UBEN"}'
        )
        bench.slack.forge("interactive", forging.button(user, action, value))
        bench.hears(user, "settled already")
        for message in bench.slack.dm(user):
            bench.slack.people.workspace.messages.remove(message)
    assert manager(bench) == "UMIA"
    assert bench.bot.people.get(bench.member("UADA")).question


def test_who_became_a_guest_confirms_nobody(bench: Bench) -> None:
    admin(bench, "UMIA")
    bench.bot.people.propose_manager(
        bench.member("UMIA"), bench.member("UADA"), "UBEN", bench.bot.now()
    )
    bench.slack.change_user("UADA", is_restricted=True)
    ada = bench.member("UADA")
    assert bench.slack.wait_for(lambda: bench.bot.accounts.account(ada) is Account.GUEST)
    with pytest.raises(ProposalGone):
        bench.bot.people.managers.decide(ada, "UBEN", yes=True, now=bench.bot.now())
    assert manager(bench) == "UMIA"


def test_an_old_question_answers_no_newer_one(bench: Bench) -> None:
    bench.slack.add_user("UZOE", "zoe", "Zoe")
    roster(bench, "UZOE")
    bench.dm("UADA", 1)
    roster(bench, "UBEN")
    bench.dm("UADA", 2)
    bench.slack.press("UADA", bench.slack.dm("UADA")[0], "Yes, they are my manager")
    bench.hears("UADA", "settled already")
    assert manager(bench) == "UMIA"


def test_a_question_that_was_settled_before_it_was_sent_is_not_sent(bench: Bench) -> None:
    bench.slack.fail_next("chat.postMessage", error="ratelimited")
    roster(bench, "UBEN")
    bench.bot.people.managers.decide(bench.member("UADA"), "UBEN", yes=False, now=bench.bot.now())
    bench.end_pause()
    bench.bot.tick(bench.bot.now())
    assert bench.slack.dm("UADA") == []


def test_the_managers_manager_is_skip_level(bench: Bench) -> None:
    bench.place("UMIA", manager="UBEN")
    assert ties(bench).skip_level is None
    bench.bot.people.confirm_my_manager(bench.member("UMIA"), bench.bot.now())
    assert ties(bench) == Ties(bench.member("UMIA"), skip_level=bench.member("UBEN"))
