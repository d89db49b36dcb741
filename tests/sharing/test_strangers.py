"""Everybody to whom a page was not given, trying everything.

What they are told is, letter by letter, what they are told about a page that never was.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.privacy.policy import Account
from bot.sharing.model import Choice, NoReader, ShareNotFound
from bot.slack.member import Member
from playground.local_slack import Message, text_of
from tests.bench import Bench
from tests.sharing.scenes import confirm, lists, log_of, ref, share

NEVER = "0" * 32
WAYS = ("sharing.open", "sharing.mark", "sharing.take_back")


@pytest.fixture
def given(ada: Bench) -> Bench:
    """Beside Ada and her managers, a guest and a colleague."""
    ada.slack.add_user(
        "UGUEST", "gus", "Gus", "gus@example.com", "Europe/Berlin", is_restricted=True
    )
    ada.slack.add_user("UCOL", "cleo", "Cleo", "cleo@example.com", "Europe/Berlin")
    return ada


def answer_to(bench: Bench, user: str, act: str, share_id: str) -> str:
    """All that appears on somebody's screen after a forged press."""
    home = bench.slack.open_home(user)
    before = len(bench.slack.dm(user))
    bench.forge(user, home, act, ref(share_id))
    assert bench.slack.wait_for(
        lambda: bench.slack.modal(user) is not None or len(bench.slack.dm(user)) > before
    )
    seen = bench.slack.modal(user)
    said = text_of(seen) if seen else text_of(bench.slack.dm(user)[-1])
    if seen:
        bench.slack.close_modal(user, whole_stack=True)
    return said


@pytest.mark.parametrize("act", WAYS)
@pytest.mark.parametrize("user", ["UCOL", "ULENA", "UBEN", "UGUEST"])
def test_a_page_of_somebody_else_is_as_one_that_never_was(
    given: Bench, user: str, act: str
) -> None:
    share_id = share(given)
    before = (given.rows("shares"), log_of(given))
    said = answer_to(given, user, act, share_id)
    assert said == answer_to(given, user, act, NEVER)
    assert "rota" not in said
    assert (given.rows("shares"), log_of(given)) == before


@pytest.mark.parametrize("act", WAYS)
def test_a_former_manager_finds_nothing_of_what_they_once_had(given: Bench, act: str) -> None:
    share_id = share(given)
    given.set_clock("2026-12-02T10:00:00+01:00")
    confirm(given, "UADA", "UBEN")
    given.tick("2026-12-02T10:00:10+01:00")
    before = (given.rows("shares"), log_of(given))
    assert answer_to(given, "UMIA", act, share_id) == answer_to(given, "UMIA", act, NEVER)
    assert (given.rows("shares"), log_of(given)) == before


def test_the_reader_cannot_take_it_back(given: Bench) -> None:
    share_id = share(given)
    said = answer_to(given, "UMIA", "sharing.take_back", share_id)
    assert said == answer_to(given, "UMIA", "sharing.take_back", NEVER)
    assert given.rows("shares")[0]["ended_at"] is None


@pytest.mark.parametrize("act", WAYS)
def test_the_same_id_in_another_workspace_opens_nothing(given: Bench, act: str) -> None:
    share_id = share(given)
    before = (given.rows("shares"), log_of(given))
    said = [elsewhere(given, act, each) for each in (share_id, NEVER)]
    assert said[0] == said[1]
    assert (given.rows("shares"), log_of(given)) == before


def elsewhere(bench: Bench, act: str, share_id: str) -> str:
    """What Mia's id in another workspace is told; what the front door says is enough."""
    stranger, now, sharing = Member("TOTHER", "UMIA"), bench.bot.now(), bench.bot.sharing
    tries: dict[str, Any] = {
        "sharing.open": lambda: sharing.open(stranger, share_id, "d", now),
        "sharing.mark": lambda: sharing.mark(stranger, share_id, now),
        "sharing.take_back": lambda: sharing.unshare(stranger, share_id, now),
    }
    with pytest.raises(ShareNotFound) as refused:
        tries[act]()
    return str(refused.value)


def test_the_name_of_somebody_elses_form_tells_nothing_of_what_they_shared(given: Bench) -> None:
    sharing, now = given.bot.sharing, given.bot.now()
    ada, cleo = given.member("UADA"), given.member("UCOL")
    choice = Choice(("e1",), "UMIA")
    digest = sharing.sketch(ada, choice, now).snapshot.digest
    sharing.share("form V1", ada, choice, digest, now)
    with pytest.raises(NoReader):
        sharing.share("form V1", cleo, choice, digest, now)


def test_a_form_sent_again_is_the_same_page_when_its_example_is_gone(given: Bench) -> None:
    sharing, ada, now = given.bot.sharing, given.member("UADA"), given.bot.now()
    choice = Choice(("e1",), "UMIA")
    digest = sharing.sketch(ada, choice, now).snapshot.digest
    first = sharing.share("form V1", ada, choice, digest, now)
    given.bot.journal.delete(ada, "e1")
    assert sharing.share("form V1", ada, choice, digest, now) == first
    told = [sharing.first_to_tell(first[0], "dropped", now) for _ in range(2)]
    assert told == [True, False], "however many messages a page is made of"


def test_who_is_no_member_any_more_can_name_nobody(given: Bench) -> None:
    ada = given.member("UADA")
    assert given.bot.sharing.readers(ada, given.bot.now())
    given.slack.change_user("UADA", is_restricted=True)
    given.slack.wait_for(lambda: given.bot.accounts.account(ada) is Account.GUEST)
    assert given.bot.sharing.readers(ada, given.bot.now()) == []


def test_what_was_shared_with_somebody_is_in_nobody_elses_list(given: Bench) -> None:
    share(given)
    for user in ("UCOL", "ULENA", "UBEN"):
        assert "Shared with me" not in text_of(lists(given, user))
        assert "UADA" not in text_of(lists(given, user))


def test_a_closed_page_answers_its_old_button_like_one_that_never_was(given: Bench) -> None:
    share_id = share(given)
    old: Message = given.slack.dm("UMIA")[-1]
    given.bot.sharing.unshare(given.member("UADA"), share_id, given.bot.now())
    given.forge("UMIA", old, "sharing.mark", ref(share_id))
    given.hears("UMIA", "That page is not there, or not any more.")
    assert "marked as read" not in [how for _, how in log_of(given)]


def test_a_handover_cannot_name_somebody_who_was_never_shown_anything(given: Bench) -> None:
    share(given)
    home = given.slack.open_home("UCOL")
    given.forge("UCOL", home, "sharing.hand_over", '{"manager":"UMIA","v":1}')
    seen = text_of(given.modal("UCOL"))
    assert "rota" not in seen
    assert "nobody yet with whom you can share" in seen
