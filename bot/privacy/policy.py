"""The table of who may do what, and the one function that reads it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.slack.member import Member


class Account(StrEnum):
    """What kind of Slack account somebody has; only a member's opens anything of one's own."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"
    BOT = "bot"
    DEACTIVATED = "deactivated"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """How somebody stands to the person whom a thing belongs to; the columns of the table."""

    OWNER = "owner"
    MANAGER = "manager"
    FORMER_MANAGER = "former manager"
    SKIP_LEVEL = "skip-level manager"
    PEOPLE_ADMIN = "people admin"
    OPERATOR = "operator"
    COLLEAGUE = "colleague"
    OUTSIDER = "outsider"
    NAMED = "named as manager"
    LEAD = "lead"


class Action(StrEnum):
    """A row of the table: what is done, to what."""

    READ_LADDER = "read the published ladder"
    PUBLISH_LADDER = "import or publish a ladder"
    WRITE_ENTRY = "create, change or delete an example"
    READ_ENTRY = "read, list or count private examples"
    READ_SNAPSHOT = "read a shared page"
    SHARE = "share, and take back"
    READ_PRE_READ = "read a pre-read"
    USE_SHARED_PAGE = "read and fill the page of a one-on-one"
    SET_UP_ONE_ON_ONE = "propose a one-on-one"
    ANSWER_ONE_ON_ONE = "answer whoever proposes a one-on-one"
    READ_NOTE = "read a private note"
    CHANGE_NUDGES = "change nudge settings"
    READ_NUDGES = "see which nudges were answered"
    PROPOSE_MANAGER = "propose a manager"
    CONFIRM_MANAGER = "confirm a proposed manager"
    ACCEPT_REPORT = "accept to be the manager who was named"
    READ_READINGS = "see who read what, and when"
    EXPORT = "export everything"
    ERASE = "erase everything"
    ASK_FOR_DATA = "ask the operator to export or erase"


class Cell(StrEnum):
    """What the table says of one role and one action."""

    ALLOW = "A"
    DENY = "-"
    GRANT = "G"
    OWN_READS = "O"
    SETTING = "S"
    PAIR = "P"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `member` is None at the operator's command line."""

    member: Member | None
    account: Account = Account.MEMBER
    is_people_admin: bool = False

    @property
    def is_operator(self) -> bool:
        """True at the command line, which only whoever runs the bot can reach."""
        return self.member is None


OPERATOR = Actor(None)


@dataclass(frozen=True, slots=True)
class Ties:
    """The managers around an owner at one moment; `former` says when each stopped, in UTC.

    `named` was proposed by the owner and has not answered yet. `leads` are whom else the owner
    meets for one-on-ones, confirmed by both.
    """

    manager: Member | None = None
    skip_level: Member | None = None
    named: Member | None = None
    former: Mapping[Member, datetime] = field(default_factory=dict)
    leads: frozenset[Member] = frozenset()


@dataclass(frozen=True, slots=True)
class Grant:
    """A snapshot was opened for one named person, from then until it ended. Instants in UTC.

    What has ended stays so, whatever a clock says: one that was put back opens nothing again.
    """

    reader: Member
    given_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is done to: whose it is, and what bears on it.

    `owner` is the author of a note, the engineer of a one-on-one, and None for the ladder.
    `reader` is whose reading a line of the log tells of, `partner` whom the engineer meets, or who
    is asked to be met.
    """

    owner: Member | None = None
    ties: Ties = Ties()
    grant: Grant | None = None
    reader: Member | None = None
    open_to_guests: bool = False
    partner: Member | None = None


COLUMNS = (
    Role.OWNER,
    Role.MANAGER,
    Role.FORMER_MANAGER,
    Role.SKIP_LEVEL,
    Role.PEOPLE_ADMIN,
    Role.OPERATOR,
    Role.COLLEAGUE,
    Role.OUTSIDER,
    Role.NAMED,
    Role.LEAD,
)


def _row(cells: str) -> dict[Role, Cell]:
    return dict(zip(COLUMNS, map(Cell, cells.split()), strict=True))


TABLE: Mapping[Action, Mapping[Role, Cell]] = {
    # owner, manager, former, skip-level, people admin, operator, colleague, outsider, named, lead
    Action.READ_LADDER: _row("A A A A A A A S A A"),
    Action.PUBLISH_LADDER: _row("- - - - A A - - - -"),
    Action.WRITE_ENTRY: _row("A - - - - - - - - -"),
    Action.READ_ENTRY: _row("A - - - - - - - - -"),
    Action.READ_SNAPSHOT: _row("A G G G - - - - - G"),
    Action.SHARE: _row("A - - - - - - - - -"),
    Action.READ_PRE_READ: _row("A - - - - - - - - -"),
    Action.USE_SHARED_PAGE: _row("A P - - - - - - - P"),
    Action.SET_UP_ONE_ON_ONE: _row("A A - - - - - - - A"),
    Action.ANSWER_ONE_ON_ONE: _row("A P P P P - P - P P"),
    Action.READ_NOTE: _row("A - - - - - - - - -"),
    Action.CHANGE_NUDGES: _row("A - - - - - - - - -"),
    Action.READ_NUDGES: _row("A - - - - - - - - -"),
    Action.PROPOSE_MANAGER: _row("A A - - A A - - - -"),
    Action.CONFIRM_MANAGER: _row("A - - - - - - - - -"),
    Action.ACCEPT_REPORT: _row("- - - - - - - - A -"),
    Action.READ_READINGS: _row("A O - - - A - - - -"),
    Action.EXPORT: _row("A - - - - A - - - -"),
    Action.ERASE: _row("A - - - - A - - - -"),
    Action.ASK_FOR_DATA: _row("A - - - A - - - - -"),
}


def can(actor: Actor, action: Action, subject: Subject, now: datetime) -> bool:
    """Whether the actor may do it at that moment; what the table does not allow is denied."""
    return any(
        _holds(TABLE[action][role], actor, subject, now) for role in roles_of(actor, subject)
    )


def roles_of(actor: Actor, subject: Subject) -> frozenset[Role]:
    """Every part that the actor plays towards the owner; an outsider plays no other."""
    if actor.is_operator:
        return frozenset({Role.OPERATOR})
    if actor.account is not Account.MEMBER or not _same_workspace(actor, subject):
        return frozenset({Role.OUTSIDER})
    return frozenset({Role.COLLEAGUE, *_special(actor, subject)})


def _special(actor: Actor, subject: Subject) -> list[Role]:
    me, ties = actor.member, subject.ties
    plays = {
        Role.OWNER: me == subject.owner,
        Role.MANAGER: me == ties.manager,
        Role.SKIP_LEVEL: me == ties.skip_level,
        Role.FORMER_MANAGER: me in ties.former and me != ties.manager,
        Role.NAMED: me == ties.named,
        Role.LEAD: me in ties.leads and me != ties.manager,
        Role.PEOPLE_ADMIN: actor.is_people_admin,
    }
    return [role for role, is_so in plays.items() if is_so]


def _same_workspace(actor: Actor, subject: Subject) -> bool:
    owner = subject.owner
    return owner is None or (actor.member is not None and actor.member.team_id == owner.team_id)


def _holds(cell: Cell, actor: Actor, subject: Subject, now: datetime) -> bool:
    return {
        Cell.ALLOW: True,
        Cell.DENY: False,
        Cell.GRANT: _granted(actor, subject, now),
        Cell.PAIR: subject.partner is not None and subject.partner == actor.member,
        Cell.OWN_READS: subject.reader is not None and subject.reader == actor.member,
        Cell.SETTING: subject.open_to_guests and actor.account is Account.GUEST,
    }[cell]


def _granted(actor: Actor, subject: Subject, now: datetime) -> bool:
    """A live grant to this very person; one from before they stopped being manager is over."""
    grant, me = subject.grant, actor.member
    if grant is None or me is None or grant.reader != me or now < grant.given_at:
        return False
    stopped = None if me == subject.ties.manager else subject.ties.former.get(me)
    return grant.ended_at is None and (stopped is None or grant.given_at >= stopped)
