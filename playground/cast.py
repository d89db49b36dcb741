"""Who lives in the playground, and what they said before you came.

`CAST` is Ada (an engineer), Ben (a colleague), Mia (their manager), Lena (hers), Noor (new, not yet
placed) and Kai (a guest). Rung is in both channels, for it hears of reactions only where it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from .local_slack import BOT_USER_ID, LocalSlack

ADA, BEN, MIA, NOOR = "U0ADA", "U0BEN", "U0MIA", "U0NOOR"
LENA, KAI = "U0LENA", "U0KAI"


@dataclass(frozen=True)
class Role:
    """One of the people; `placed` is a line of the bot's people file, None for a newcomer."""

    id: str
    name: str
    real_name: str
    tz: str
    title: str
    placed: tuple[str, str, str] | None
    guest: bool = False


CAST = (
    Role(
        ADA,
        "ada",
        "Ada Okafor",
        "Europe/Berlin",
        "Security engineer",
        ("security-operations", "L3", MIA),
    ),
    Role(
        BEN,
        "ben",
        "Ben Ruiz",
        "Europe/Madrid",
        "Software engineer",
        ("software-engineering", "L2", MIA),
    ),
    Role(
        MIA,
        "mia",
        "Mia Lindqvist",
        "Europe/Stockholm",
        "Manager of Ada and Ben",
        ("security-operations", "L4", LENA),
    ),
    Role(
        LENA,
        "lena",
        "Lena Brandt",
        "Europe/Berlin",
        "Manager of Mia, people admin",
        ("security-operations", "L5", ""),
    ),
    Role(NOOR, "noor", "Noor Haddad", "Europe/London", "New, not placed yet", None),
    Role(KAI, "kai", "Kai Weber", "Europe/Vienna", "Guest, in #general only", None, guest=True),
)

GENERAL = (
    (MIA, "Welcome Noor, who joins us from Monday. Say hello if you are in the office :wave:"),
    (NOOR, "Thank you Mia. I look forward to working with you all."),
    (
        BEN,
        "The customer on the Harbour account wrote to thank <@U0ADA>: her note on the login "
        "outage was the first one they could forward to their own board as it was. :tada:",
    ),
    (MIA, "That is worth keeping, Ada."),
)

SEC_OPS = (
    (
        ADA,
        "Phishing wave from this morning is contained. 14 mailboxes, two clicked, no session "
        "left open. I wrote the timeline into `IR-212` while it was fresh.",
    ),
    (
        BEN,
        "<@U0ADA> could you look over my rule for impossible travel? It fires 40 times a day "
        "and I cannot see why.",
    ),
    (
        ADA,
        "Sat with Ben on it for half an hour: the VPN exits were missing. *40 alerts a day are "
        "now 3*, and he has written down how to test the next rule.",
    ),
    (
        BEN,
        "Learned more about our proxy logs in that half hour than in my first month. Thanks Ada.",
    ),
    (MIA, "Audit wants the key rotation evidence by the 12th. Who has a free hour this week?"),
    (ADA, "I can take it, and I will show Noor how we collect it."),
)

MINUTES_APART = 17


def furnish(slack: LocalSlack) -> None:
    """Put the people, the channels and some earlier conversation into an empty workspace."""
    for role in CAST:
        email = f"{role.name}@example.com"
        slack.add_user(role.id, role.name, role.real_name, email, role.tz, is_restricted=role.guest)
    slack.add_channel("general", [*(role.id for role in CAST), BOT_USER_ID])
    slack.add_channel("sec-ops", [ADA, BEN, MIA, BOT_USER_ID])
    earlier = [("general", line) for line in GENERAL] + [("sec-ops", line) for line in SEC_OPS]
    start = slack.workspace.now() - (len(earlier) + 2) * MINUTES_APART * 60
    for number, (channel, (author, text)) in enumerate(earlier):
        room = slack.workspace.channel_named(channel)
        ts = f"{start + number * MINUTES_APART * 60:.6f}"
        slack.workspace.post(room, author, text, ts=ts)


def people_file() -> str:
    """The CSV that places everyone but the newcomer and the guest."""
    lines = [",".join([role.id, *role.placed]) for role in CAST if role.placed]
    return "\n".join(["slack_user,track,level,manager", *lines, ""])
