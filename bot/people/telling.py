"""What is kept about a place on the ladder and about managers, as an export says it. Pure."""

from __future__ import annotations

from bot.privacy.records import Section, Value

BY = ("proposed_by", "changed_at")
HEADINGS = {
    "place": (
        "Place on the ladder",
        ("track", "level", "time_zone", "placed_by", "placed_at", "account_open"),
    ),
    "manager": ("Manager", ("manager", *BY)),
    "proposed_manager": ("Who was proposed as manager", ("manager", "relation", *BY)),
    "former_managers": ("Former managers", ("manager", "from", "until")),
    "manager_of": ("Manager of", ("person", *BY)),
    "proposed_manager_of": ("Proposed as manager of", ("person", "relation", *BY)),
    "former_manager_of": ("Former manager of", ("person", "from", "until")),
    "account": ("Kind of Slack account", ("kind", "seen_at", "time_zone")),
}


def section(name: str, rows: tuple[tuple[Value, ...], ...]) -> Section:
    """The rows under their heading."""
    title, columns = HEADINGS[name]
    return Section(name, title, columns, rows)
