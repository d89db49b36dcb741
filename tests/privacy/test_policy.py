"""The table as the design has it, and the facts that decide which of its cells applies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.privacy.policy import (
    OPERATOR,
    TABLE,
    Account,
    Action,
    Actor,
    Cell,
    Grant,
    Role,
    Subject,
    Ties,
    can,
    roles_of,
)
from bot.slack.member import Member

NOW = datetime(2026, 12, 3, 11, tzinfo=UTC)
DAY = timedelta(days=1)
ADA, MIA, LENA, OLD, BEN, NEW, ZOE = (Member("T1", f"U{name}") for name in "AMLOBNZ")
TIES = Ties(MIA, LENA, NEW, {OLD: NOW - 10 * DAY}, frozenset({MIA, ZOE}))
ADAS = Subject(ADA, TIES)


def given(reader: Member, days_ago: int, ended: int | None = None) -> Subject:
    """A page of Ada's, granted that many days ago, and ended that many days ago."""
    over = None if ended is None else NOW - ended * DAY
    return replace(ADAS, grant=Grant(reader, NOW - days_ago * DAY, over))


@pytest.mark.parametrize(
    ("actor", "role"),
    [
        (Actor(ADA), Role.OWNER),
        (Actor(MIA), Role.MANAGER),
        (Actor(OLD), Role.FORMER_MANAGER),
        (Actor(LENA), Role.SKIP_LEVEL),
        (Actor(BEN, is_people_admin=True), Role.PEOPLE_ADMIN),
        (Actor(BEN), Role.COLLEAGUE),
        (Actor(NEW), Role.NAMED),
        (Actor(ZOE), Role.LEAD),
        (OPERATOR, Role.OPERATOR),
    ],
)
def test_everybody_plays_the_part_that_the_ties_give_them(actor: Actor, role: Role) -> None:
    assert role in roles_of(actor, ADAS)


@pytest.mark.parametrize("account", [kind for kind in Account if kind is not Account.MEMBER])
@pytest.mark.parametrize("action", Action)
def test_an_outsider_is_one_whatever_else_they_are(account: Account, action: Action) -> None:
    outsider = Actor(ADA, account, is_people_admin=True)
    assert roles_of(outsider, ADAS) == {Role.OUTSIDER}
    assert not can(outsider, action, ADAS, NOW)


def test_the_same_id_in_another_workspace_is_an_outsider() -> None:
    assert not can(Actor(Member("T2", "UA")), Action.READ_ENTRY, ADAS, NOW)
    their_admin = Actor(Member("T2", "UB"), is_people_admin=True)
    assert not can(their_admin, Action.ASK_FOR_DATA, ADAS, NOW)


def test_a_guest_reads_the_ladder_only_where_that_is_set() -> None:
    guest = Actor(BEN, Account.GUEST)
    assert can(guest, Action.READ_LADDER, Subject(open_to_guests=True), NOW)
    assert not can(guest, Action.READ_LADDER, Subject(), NOW)
    stranger = Actor(BEN, Account.STRANGER)
    assert not can(stranger, Action.READ_LADDER, Subject(open_to_guests=True), NOW)


@pytest.mark.parametrize("reader", [MIA, LENA, ZOE])
def test_a_grant_opens_a_page_to_its_reader_until_it_ends(reader: Member) -> None:
    read = Action.READ_SNAPSHOT
    assert can(Actor(reader), read, given(reader, 3), NOW)
    assert not can(Actor(reader), read, given(reader, -1), NOW)
    assert not can(Actor(reader), read, given(reader, 3, ended=1), NOW)
    assert not can(Actor(reader), read, ADAS, NOW)


def test_a_grant_to_one_is_none_to_another() -> None:
    assert not can(Actor(MIA), Action.READ_SNAPSHOT, given(LENA, 3), NOW)


def test_a_former_manager_reads_only_what_was_granted_anew() -> None:
    assert not can(Actor(OLD), Action.READ_SNAPSHOT, given(OLD, 11), NOW)
    assert can(Actor(OLD), Action.READ_SNAPSHOT, given(OLD, 10), NOW), "from then on"
    assert can(Actor(OLD), Action.READ_SNAPSHOT, given(OLD, 9), NOW)


def test_a_colleague_reads_nothing_even_with_a_grant() -> None:
    assert not can(Actor(BEN), Action.READ_SNAPSHOT, given(BEN, 3), NOW)


def test_a_manager_sees_only_their_own_reads() -> None:
    assert can(Actor(MIA), Action.READ_READINGS, replace(ADAS, reader=MIA), NOW)
    assert not can(Actor(MIA), Action.READ_READINGS, replace(ADAS, reader=LENA), NOW)


def test_nobody_but_the_owner_touches_what_is_private() -> None:
    for action in (Action.READ_ENTRY, Action.WRITE_ENTRY, Action.READ_PRE_READ, Action.SHARE):
        for actor in (
            *map(Actor, (MIA, LENA, OLD, BEN, NEW, ZOE)),
            OPERATOR,
            Actor(BEN, is_people_admin=True),
        ):
            assert not can(actor, action, ADAS, NOW)
        assert can(Actor(ADA), action, ADAS, NOW)


def test_everything_else_is_for_those_few_and_nobody_else() -> None:
    everybody = set(Role) - {Role.OUTSIDER}
    allowed = {
        Action.READ_LADDER: everybody,
        Action.PUBLISH_LADDER: {Role.PEOPLE_ADMIN, Role.OPERATOR},
        Action.SET_UP_ONE_ON_ONE: {Role.OWNER, Role.MANAGER, Role.LEAD},
        Action.PROPOSE_MANAGER: {Role.OWNER, Role.MANAGER, Role.PEOPLE_ADMIN, Role.OPERATOR},
        Action.ACCEPT_REPORT: {Role.NAMED},
        Action.READ_READINGS: {Role.OWNER, Role.OPERATOR},
        Action.EXPORT: {Role.OWNER, Role.OPERATOR},
        Action.ERASE: {Role.OWNER, Role.OPERATOR},
        Action.ASK_FOR_DATA: {Role.OWNER, Role.PEOPLE_ADMIN},
    }
    for action, row in TABLE.items():
        always = {role for role, cell in row.items() if cell is Cell.ALLOW}
        assert always == allowed.get(action, {Role.OWNER}), action
    conditional = {
        (action, role): cell
        for action, row in TABLE.items()
        for role, cell in row.items()
        if cell not in (Cell.ALLOW, Cell.DENY)
    }
    managers = (Role.MANAGER, Role.FORMER_MANAGER, Role.SKIP_LEVEL)
    never = (Role.OWNER, Role.OPERATOR, Role.OUTSIDER)
    colleagues = [role for role in Role if role not in never]
    page, answer = Action.USE_SHARED_PAGE, Action.ANSWER_ONE_ON_ONE
    assert conditional == {
        **{(Action.READ_SNAPSHOT, role): Cell.GRANT for role in (*managers, Role.LEAD)},
        **{(page, role): Cell.PAIR for role in (Role.MANAGER, Role.LEAD)},
        **{(answer, role): Cell.PAIR for role in colleagues},
        (Action.READ_READINGS, Role.MANAGER): Cell.OWN_READS,
        (Action.READ_LADDER, Role.OUTSIDER): Cell.SETTING,
    }


def test_a_page_is_for_the_two_who_fill_it() -> None:
    theirs = replace(ADAS, partner=ZOE)
    for actor, may in ((ADA, True), (ZOE, True), (MIA, False), (BEN, False)):
        assert can(Actor(actor), Action.USE_SHARED_PAGE, theirs, NOW) is may
        assert can(Actor(actor), Action.ANSWER_ONE_ON_ONE, theirs, NOW) is may
    assert not can(Actor(ZOE), Action.USE_SHARED_PAGE, ADAS, NOW)
    no_lead = replace(theirs, ties=replace(TIES, leads=frozenset({MIA})))
    assert not can(Actor(ZOE), Action.USE_SHARED_PAGE, no_lead, NOW)


def test_a_note_is_its_authors_whatever_they_are_to_the_engineer_now() -> None:
    for author in (ADA, MIA, OLD, ZOE):
        note = Subject(author, TIES if author == ADA else Ties())
        for reader in (ADA, MIA, LENA, OLD, BEN, NEW, ZOE):
            assert can(Actor(reader), Action.READ_NOTE, note, NOW) is (reader == author)
        assert not can(Actor(author, Account.DEACTIVATED), Action.READ_NOTE, note, NOW)


def test_whoever_is_asked_may_answer_whatever_else_they_are() -> None:
    for asked in (MIA, LENA, OLD, BEN, NEW):
        assert can(Actor(asked), Action.ANSWER_ONE_ON_ONE, replace(ADAS, partner=asked), NOW)


def test_the_table_has_a_row_for_each_action_and_a_cell_for_each_role() -> None:
    assert set(TABLE) == set(Action)
    assert all(set(row) == set(Role) for row in TABLE.values())
