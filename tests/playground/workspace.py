"""Who is there in these tests."""

from __future__ import annotations

from playground.local_slack import BOT_USER_ID, LocalSlack

ADA, MIA = "UADA", "UMIA"


def people(slack: LocalSlack) -> None:
    slack.add_user(ADA, "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
    slack.add_user(MIA, "mia", "Mia Lindqvist", "mia@example.com", "America/New_York")
    slack.add_user("UGONE", "gone", "Gone Person", "gone@example.com", deleted=True)
    slack.add_channel("general", [ADA, MIA])
    slack.add_channel("with-bot", [ADA, BOT_USER_ID])
