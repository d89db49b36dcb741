"""Every word after `/ladder`."""

from __future__ import annotations

from bot.privacy.policy import Action, Role
from tests.privacy.cells.ways import MEMBERS, Entrance, Way, typed

OWN = frozenset({Role.OWNER})
EVERYTHING = (
    Action.EXPORT,
    Action.READ_ENTRY,
    Action.READ_SNAPSHOT,
    Action.READ_READINGS,
    Action.READ_NUDGES,
    Action.USE_SHARED_PAGE,
    Action.READ_NOTE,
)
PRE_READ = (Action.READ_PRE_READ, Action.READ_ENTRY, Action.USE_SHARED_PAGE)
"""What the owner alone gets: their examples, and their own promises."""

DOES: dict[tuple[str, ...], tuple[Action, ...]] = {
    ("log", "add", "place", "start", "help", "?"): (),
    ("privacy", "data", "settings", "setting", "preferences", "nudges", "nudge"): (),
    ("one-on-ones", "1on1s", "meetings"): (),
    ("examples", "mine", "list", "share", "coverage", "trend"): (Action.READ_ENTRY,),
    ("shared",): (Action.READ_READINGS,),
    ("1on1", "1:1", "one-on-one", "1-on-1"): PRE_READ,
    ("page", "agenda", "history", "past"): (Action.USE_SHARED_PAGE,),
    ("export",): EVERYTHING,
}
COMMANDS = [
    *(
        Way(Entrance.COMMAND, word, typed(word), does, by=OWN if does is PRE_READ else MEMBERS)
        for words, does in DOES.items()
        for word in words
    ),
    Way(
        Entrance.COMMAND,
        "",
        typed("security-operations/L4"),
        (Action.READ_LADDER,),
        label="the ladder",
    ),
    Way(
        Entrance.COMMAND,
        "nudges",
        typed("nudges off"),
        (Action.CHANGE_NUDGES,),
        by=OWN,
        label="in words",
    ),
    Way(Entrance.COMMAND, "", typed("<@UADA>"), label="somebody's name"),
]
