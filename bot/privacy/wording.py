"""The table of who may do what, in words that people read: every "who" is made from its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.privacy.policy import COLUMNS, TABLE, Action, Cell, Role

Row = Mapping[Role, Cell]
Table = Mapping[Action, Row]

THINGS: Mapping[Action, str] = {
    Action.WRITE_ENTRY: "Log, change or delete your examples",
    Action.READ_ENTRY: "Read or count the examples you did not share",
    Action.SHARE: "Share a page of examples, and take it back",
    Action.READ_SNAPSHOT: "Read a page you shared",
    Action.READ_READINGS: "See who read what you shared, and when",
    Action.READ_PRE_READ: "Read your pre-read before a one-on-one",
    Action.USE_SHARED_PAGE: "Read and fill a shared page of your one-on-one",
    Action.SET_UP_ONE_ON_ONE: "Propose a one-on-one with you",
    Action.ANSWER_ONE_ON_ONE: "Confirm, change, move or end a one-on-one",
    Action.READ_NOTE: "Read a private note of yours",
    Action.CHANGE_NUDGES: "Change when you are asked",
    Action.READ_NUDGES: "See which questions you answered or ignored",
    Action.PROPOSE_MANAGER: "Propose who your manager is",
    Action.CONFIRM_MANAGER: "Confirm a manager that somebody else proposed",
    Action.ACCEPT_REPORT: "Agree to be the manager you named",
    Action.EXPORT: "Export everything about you",
    Action.ERASE: "Erase everything about you",
    Action.ASK_FOR_DATA: "Ask whoever runs Rung to export or erase it",
    Action.READ_LADDER: "Read the published ladder",
    Action.PUBLISH_LADDER: "Bring in or publish a ladder",
}

GROUPS: Mapping[str, tuple[Action, ...]] = {
    "Your examples": (
        Action.READ_ENTRY,
        Action.WRITE_ENTRY,
        Action.SHARE,
        Action.READ_SNAPSHOT,
        Action.READ_READINGS,
    ),
    "Your one-on-one": (
        Action.READ_PRE_READ,
        Action.USE_SHARED_PAGE,
        Action.SET_UP_ONE_ON_ONE,
        Action.ANSWER_ONE_ON_ONE,
        Action.READ_NOTE,
    ),
    "The weekly question": (Action.CHANGE_NUDGES, Action.READ_NUDGES),
    "Your manager": (Action.PROPOSE_MANAGER, Action.CONFIRM_MANAGER, Action.ACCEPT_REPORT),
    "All of your data": (Action.EXPORT, Action.ERASE, Action.ASK_FOR_DATA),
    "The career ladder": (Action.READ_LADDER, Action.PUBLISH_LADDER),
}

WHO: Mapping[Role, str] = {
    Role.OWNER: "you",
    Role.MANAGER: "your confirmed manager",
    Role.FORMER_MANAGER: "a former manager",
    Role.SKIP_LEVEL: "your manager's manager",
    Role.PEOPLE_ADMIN: "people admins",
    Role.OPERATOR: "whoever runs Rung",
    Role.COLLEAGUE: "any colleague",
    Role.OUTSIDER: "guests, bots and people of other companies",
    Role.NAMED: "whoever you named as your manager",
    Role.LEAD: "a lead whom you meet for one-on-ones",
}

HEADINGS: Mapping[Role, str] = {
    **WHO,
    Role.MANAGER: "your manager (confirmed, current)",
    Role.OPERATOR: "whoever runs Rung (command line)",
    Role.COLLEAGUE: "colleagues",
    Role.OUTSIDER: "guests, bots, other companies, closed accounts",
    Role.NAMED: "named as your manager, not confirmed",
    Role.LEAD: "a lead (one-on-ones confirmed by both)",
}

MARKS: Mapping[Cell, str] = {
    Cell.ALLOW: "yes",
    Cell.DENY: "–",
    Cell.GRANT: "what you share with them by name",
    Cell.OWN_READS: "their own reads",
    Cell.SETTING: "guests, if the workspace says so",
    Cell.PAIR: "their own with you",
}

OUTSIDE = (Role.OPERATOR, Role.OUTSIDER)
MEMBERS = tuple(role for role in COLUMNS if role not in OUTSIDE)
CLOSES = (
    "What a manager or a lead could read closes when they stop being that, unless you share it "
    "with them again."
)


def who(action: Action, table: Table = TABLE) -> str:
    """Who may do it, as a list in words; "nobody" where no cell allows it to anybody."""
    row = table[action]
    allowed = _joined(_allowed(row))
    more = [
        _holding(row, Cell.GRANT, "as long as you share it with them by name"),
        _holding(row, Cell.PAIR, "for the one-on-one that they have with you"),
        _holding(row, Cell.OWN_READS, "for their own reads only"),
        _holding(row, Cell.SETTING, "guests only, where that is switched on"),
    ]
    said = [part for part in (allowed, *more) if part]
    if said == [WHO[Role.OWNER]]:
        return f"only {said[0]}"
    return "; ".join(said) if said else "nobody"


def lines(actions: Iterable[Action], table: Table = TABLE) -> list[str]:
    """A sentence for each thing that can be done."""
    said = [f"{THINGS[action]}: {who(action, table)}." for action in actions]
    return [*said, *([CLOSES] if _closes(actions, table) else [])]


def groups(table: Table = TABLE) -> dict[str, list[str]]:
    """The whole table in sentences, by what a person would look for."""
    return {title: lines(actions, table) for title, actions in GROUPS.items()}


def as_markdown(table: Table = TABLE) -> str:
    """The whole table as a Markdown table, a row for each thing, a column for each role."""
    head = ["", *(HEADINGS[role] for role in COLUMNS)]
    rows = [
        [THINGS[action], *(MARKS[table[action][role]] for role in COLUMNS)]
        for actions in GROUPS.values()
        for action in actions
    ]
    drawn = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in drawn)


def _allowed(row: Row) -> list[str]:
    outside = [WHO[role] for role in OUTSIDE if row[role] is Cell.ALLOW]
    if all(row[role] is Cell.ALLOW for role in MEMBERS):
        return ["everybody in the workspace", *outside]
    return [*(WHO[role] for role in MEMBERS if row[role] is Cell.ALLOW), *outside]


def _holding(row: Row, cell: Cell, condition: str) -> str:
    them = [WHO[role] for role in COLUMNS if row[role] is cell]
    return f"{_joined(them)} ({condition})" if them else ""


def _joined(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _closes(actions: Iterable[Action], table: Table) -> bool:
    return Action.READ_SNAPSHOT in actions and Cell.GRANT in {
        table[Action.READ_SNAPSHOT][role] for role in (Role.MANAGER, Role.FORMER_MANAGER, Role.LEAD)
    }
