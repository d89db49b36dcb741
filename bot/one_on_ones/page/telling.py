"""What is kept about a person's one-on-one pages, as the sections of an export. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.one_on_ones.notes.model import Note
from bot.one_on_ones.page.model import ActionItem, AgendaItem, Talk
from bot.privacy.records import Section
from bot.slack.member import Member


def sections(
    talks: Sequence[Talk],
    agenda: Sequence[AgendaItem],
    promises: Sequence[ActionItem],
    notes: Sequence[Note],
) -> list[Section]:
    """Talks with what was agreed, agenda, promises of both sides, and the person's own notes."""
    return [
        Section(
            "talks",
            "One-on-ones that took place",
            (
                *("talk", "one_on_one", "starts_at", "held", "agreed", "agreed_by"),
                *("agreed_before", "agreed_before_by"),
            ),
            tuple(
                (
                    *(t.id, t.pair_id, t.starts_at, t.held, t.agreed, _id(t.agreed_by)),
                    *(t.before, _id(t.before_by)),
                )
                for t in talks
            ),
        ),
        Section(
            "agenda",
            "Agenda of my one-on-ones",
            ("one_on_one", "added_by", "text", "added_at", "discussed_at", "talk"),
            tuple(
                (i.pair_id, _id(i.author), i.text, i.added_at, i.discussed_at, i.talk_id)
                for i in agenda
            ),
        ),
        Section(
            "promises",
            "Promises in my one-on-ones",
            (
                *("one_on_one", "owner", "written_by", "text", "due_on", "made_at", "made_in"),
                *("state", "reason", "closed_at", "closed_by", "closed_in"),
            ),
            tuple(
                (
                    *(i.pair_id, _id(i.owner), _id(i.author), i.text, i.due_on, i.made_at),
                    *(i.made_in, i.state.value, i.reason, i.closed_at, _id(i.closed_by)),
                    i.closed_in,
                )
                for i in promises
            ),
        ),
        Section(
            "notes",
            "My private notes about one-on-ones",
            ("one_on_one", "text", "updated_at"),
            tuple((n.pair_id, n.text, n.updated_at) for n in notes),
        ),
    ]


def _id(member: Member | None) -> str | None:
    return member.user_id if member else None
