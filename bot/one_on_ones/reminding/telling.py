"""What is kept about how somebody is reminded, as a section of an export. Pure."""

from __future__ import annotations

from bot.one_on_ones.reminding.model import Reminder
from bot.privacy.records import Section

COLUMNS = ("next_at", "last_on", "unanswered", "stopped")


def section(reminder: Reminder | None) -> Section:
    """When the person is reminded next, and how the last reminders were taken."""
    kept = reminder and (
        reminder.due_at,
        reminder.last,
        reminder.unanswered,
        reminder.stopped,
    )
    rows = (kept,) if kept else ()
    return Section("promise_reminders", "Reminders of what you promised", COLUMNS, rows)
