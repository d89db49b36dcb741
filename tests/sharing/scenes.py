"""What people say and do around a shared page, in one line each."""

from __future__ import annotations

import json
from typing import Any

from bot.journal.model import Draft, Intake, Source
from bot.people import store as people_store
from bot.people.model import Manager, Relation
from playground.local_slack import View, text_of
from tests.bench import Bench

TUESDAY = "2026-12-01T10:00:00+01:00"
TEACHING, CRAFT = "teaching-and-mentoring", "domain-expertise"
MENTION = "It saved my week."


def with_examples(bench: Bench) -> Bench:
    bench.slack.add_user("ULENA", "lena", "Lena Moreau", "lena@example.com", "Europe/Paris")
    bench.set_clock(TUESDAY)
    for engineer, manager in (("UMIA", "ULENA"), ("UADA", "UMIA")):
        bench.place(engineer, "L5" if engineer == "UMIA" else "L3")
        was_always(bench, engineer, manager)
    bench.set_clock("2026-12-01T10:01:00+01:00")
    add(bench, "e1", "I taught the rota.")
    add(bench, "e2", "I wrote the runbook.", CRAFT, link="https://example.com/runbook")
    return bench


def was_always(bench: Bench, engineer: str, manager: str) -> None:
    """Somebody is confirmed as manager, without a word to anybody."""
    confirmed = Manager(manager, Relation.CONFIRMED, engineer)
    with bench.bot.database.write() as tx:
        people_store.save_manager(tx, bench.member(engineer), confirmed, bench.bot.now())


def confirm(bench: Bench, engineer: str, manager: str) -> None:
    """The engineer names somebody as their manager, who says yes."""
    people, now = bench.bot.people, bench.bot.now()
    person = people.get(bench.member(engineer))
    people.place_myself(person.member, person.track_id, person.level_id, manager, now)
    people.managers.answer(bench.member(manager), person.member, yes=True, now=now)


def add(
    bench: Bench,
    entry_id: str,
    text: str,
    competency: str = TEACHING,
    user: str = "UADA",
    **more: str,
) -> str:
    """An example that is there already."""
    owner, now = bench.member(user), bench.bot.now()
    draft = Draft(competency, text, more.get("link", ""), now.date(), more.get("quote", ""))
    person = bench.bot.people.find(owner)
    intake = Intake(entry_id, owner, draft, Source.COMMAND)
    return bench.bot.journal.log(intake, person, now=now).id


def form(bench: Bench, user: str = "UADA") -> View:
    bench.slack.command(user, "/ladder share")
    return bench.modal(user, "Share your examples")


def preview(bench: Bench, *entry_ids: str, reader: str = "UMIA", quotes: bool = False) -> View:
    form(bench)
    fields: dict[str, Any] = {"Examples": list(entry_ids or ("e1", "e2")), "With whom": reader}
    answer = bench.slack.submit("UADA", fields | ({"Quotes": ["with"]} if quotes else {}))
    assert not answer.errors, answer.errors
    assert bench.slack.wait_for(lambda: "exactly what" in text_of(bench.slack.modal("UADA")))
    return bench.modal("UADA")


def share(bench: Bench, *entry_ids: str, reader: str = "UMIA", quotes: bool = False) -> str:
    """Ada shares, all the way to the reader's messages; gives the id of the share."""
    known = {row["id"] for row in bench.rows("shares")}
    preview(bench, *entry_ids, reader=reader, quotes=quotes)
    assert bench.slack.submit("UADA").ok
    bench.modal("UADA", "Shared")
    (new,) = {row["id"] for row in bench.rows("shares")} - known
    assert bench.slack.wait_for(lambda: delivered(bench, str(new)))
    bench.slack.close_modal("UADA", whole_stack=True)
    return str(new)


def delivered(bench: Bench, share_id: str) -> bool:
    """Whether nothing of the page is on its way any more."""
    mine = [r["state"] for r in bench.rows("parcels") if r["subject"].startswith(share_id)]
    return set(mine) == {"sent"}


def lists(bench: Bench, user: str) -> View:
    if bench.slack.modal(user):
        bench.slack.close_modal(user, whole_stack=True)
    bench.slack.command(user, "/ladder shared")
    return bench.modal(user, "Shared")


def take_back(bench: Bench, index: int | None = None) -> str:
    """Ada takes a page back; gives what she is told."""
    bench.slack.press("UADA", lists(bench, "UADA"), "Take it back", index)
    return text_of(bench.modal("UADA", "Taken back"))


def page(view: View) -> list[Any]:
    """What stands between the two lines of the preview."""
    first, last = (n for n, block in enumerate(view.blocks) if block["type"] == "divider")
    return words(view.blocks[first + 1 : last])


def words(blocks: list[dict[str, Any]]) -> list[Any]:
    """The blocks as a person reads them: a button by its label."""
    return [
        block.get("text")
        or [element.get("label") or element.get("text") for element in block["elements"]]
        for block in blocks
    ]


def arrived(bench: Bench, reader: str = "UMIA") -> list[Any]:
    return [word for message in bench.slack.dm(reader) for word in words(message.blocks)]


def ended(bench: Bench, state: str = "closed") -> bool:
    """Waits until the post office is done with the latest page."""
    return bench.slack.wait_for(lambda: bench.rows("parcels")[-1]["state"] == state)


def ref(share_id: str) -> str:
    return json.dumps({"v": 1, "share": share_id})


def log_of(bench: Bench) -> list[tuple[str, str]]:
    """Who, and what happened, oldest first."""
    rows = sorted(bench.rows("readings"), key=lambda row: (row["at"], row["id"]))
    return [(row["reader_id"], row["how"]) for row in rows]
