"""When each person is asked, about what, and how patient the bot has to be with them."""

from datetime import date

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Instant

revision = "0011"
down_revision = "0010"

ANCHOR = date(2024, 1, 1)
OPENS, CLOSES, LAST = "09:00", "17:30", "23:59"

SCHEDULE = (
    ("anchor", sa.Date(), ANCHOR),
    ("days", sa.String(7), "01234"),
    ("opens", sa.String(5), OPENS),
    ("closes", sa.String(5), CLOSES),
    ("away", sa.Text(), ""),
)


def upgrade() -> None:
    """Whoever chose a day or an hour of their own is taken to work at that time."""
    schedules = sa.table("nudge_schedules", *(sa.column(name) for name, _, _ in SCHEDULE))
    with op.batch_alter_table("nudge_schedules") as table:
        for name, kind, _ in SCHEDULE:
            table.add_column(sa.Column(name, kind, nullable=True))
        table.add_column(sa.Column("month_day", sa.Integer, nullable=True))
        table.add_column(sa.Column("country", sa.String(16), nullable=True))
        table.add_column(sa.Column("paused_until", sa.Date, nullable=True))
        table.add_column(sa.Column("skipped", sa.Date, nullable=True))
        table.add_column(sa.Column("last_asked", sa.Date, nullable=True))
        table.add_column(sa.Column("heard_at", Instant, nullable=True))
    op.execute(schedules.update().values({name: value for name, _, value in SCHEDULE}))
    _give_days_that_hold_the_weekday()
    _give_hours_that_hold_the_time()
    with op.batch_alter_table("nudge_schedules") as table:
        for name, kind, _ in SCHEDULE:
            table.alter_column(name, existing_type=kind, nullable=False)
    op.add_column("nudges", sa.Column("focused", sa.Boolean, nullable=True))
    op.add_column("nudges", sa.Column("passed", sa.Text, nullable=True))
    op.add_column("nudges", sa.Column("sent_at", Instant, nullable=True))
    op.create_table(
        "nudge_wishes",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("competency_id", sa.String(100), nullable=False),
        sa.Column("aside_until", sa.Date, nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", "competency_id", name="pk_nudge_wishes"),
    )


def _give_days_that_hold_the_weekday() -> None:
    schedules = sa.table("nudge_schedules", *map(sa.column, ("weekday", "days")))
    for weekday in (5, 6):
        chosen = schedules.c.weekday == weekday
        op.execute(schedules.update().where(chosen).values(days=f"01234{weekday}"))


def _give_hours_that_hold_the_time() -> None:
    """At least half an hour is left after it, and never more than the day has."""
    schedules = sa.table("nudge_schedules", *map(sa.column, ("at", "opens", "closes")))
    tx = op.get_bind()
    for (at,) in tx.execute(sa.select(schedules.c.at).distinct()).all():
        values = {"opens": min(OPENS, at), "closes": max(CLOSES, _half_an_hour_after(at))}
        tx.execute(schedules.update().where(schedules.c.at == at).values(values))


def _half_an_hour_after(at: str) -> str:
    hours, minutes = map(int, at.split(":"))
    later = hours * 60 + minutes + 30
    return min(f"{later // 60:02}:{later % 60:02}", LAST)
