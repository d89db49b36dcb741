"""What somebody tries who knows the system: forged forms, clocks put back, roles lost and had."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.people import store
from bot.people.model import Manager, Relation
from bot.sharing.model import ShareNotFound
from bot.slack.turn import Turn
from playground.local_slack import text_of
from playground.local_slack.model import Message
from tests.bench import Bench
from tests.sharing.scenes import confirm, lists, preview, ref, share, take_back, with_examples

EVE = "UBEN"
TAUGHT = "I mentored a newer colleague through their first incident, and they led the next one."


@pytest.fixture
def ada(sqlite_bench: Bench) -> Bench:
    """Ada has examples, and managers above her; Eve is a colleague."""
    return with_examples(sqlite_bench)


def forged_form(bench: Bench, user: str, **state: str) -> None:
    """Logs an example with a form that remembers what its user wants it to remember."""
    bench.slack.command(user, "/ladder log")
    view = bench.modal(user, "Log an example")
    known = json.loads(view.body["private_metadata"])
    view.body = view.body | {"private_metadata": json.dumps(known | state)}
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": "I own this now."}
    assert not bench.slack.submit(user, fields).errors


def the_question(bench: Bench, user: str) -> Message:
    bench.slack.write(user, TAUGHT)
    bench.hears(user, "Keep this as an example?")
    return bench.slack.dm(user)[-1]


def test_a_form_cannot_rewrite_what_the_bot_said_to_somebody_else(ada: Bench) -> None:
    theirs = the_question(ada, "UADA")
    before = text_of(theirs)
    forged_form(ada, EVE, channel=theirs.channel, ts=theirs.ts)
    own = the_question(ada, EVE)
    forged_form(ada, EVE, channel=own.channel, ts=own.ts)
    assert "Saved" in ada.hears(EVE, "Saved")
    assert ada.slack.wait_for(lambda: "Saved" in text_of(ada.slack.dm(EVE)[-1]))
    assert text_of(next(m for m in ada.slack.dm("UADA") if m.ts == theirs.ts)) == before


def test_what_was_taken_back_stays_so_when_the_clock_is_put_back(ada: Bench) -> None:
    share_id = share(ada)
    ada.set_clock("2026-12-01T12:00:00+01:00")
    take_back(ada)
    sharing, reader = ada.bot.sharing, ada.member("UMIA")
    now = ada.set_clock("2026-12-01T11:00:00+01:00")
    assert sharing.with_me(reader, 0, 10, now) == ([], 0)
    assert sharing.deliverable(reader.team_id, share_id, now) is None
    with pytest.raises(ShareNotFound):
        sharing.open(reader, share_id, "again", now)
    ada.forge("UMIA", lists(ada, "UMIA"), "sharing.open", ref(share_id))
    assert "rota" not in text_of(ada.modal("UMIA"))


def test_somebody_who_comes_back_into_a_role_does_not_get_old_pages_back(ada: Bench) -> None:
    """Lena read as the manager of Ada's manager; then that one was erased, and another came."""
    share_id = share(ada, reader="ULENA")
    now = ada.set_clock("2026-12-02T10:00:00+01:00")
    ada.bot.own_data.erase_me(ada.member("UMIA"), "", now)
    ada.place(EVE, "L5")
    confirm(ada, EVE, "ULENA")
    confirm(ada, "UADA", EVE)
    now = ada.set_clock("2026-12-03T10:00:00+01:00")
    with pytest.raises(ShareNotFound):
        ada.bot.sharing.open(ada.member("ULENA"), share_id, "again", now)


def test_sharing_confirms_nobody_whom_the_preview_did_not_name(ada: Bench) -> None:
    """While the preview for the manager's manager is open, an import names them as manager."""
    preview(ada, reader="ULENA")
    with ada.bot.database.write() as tx:
        store.end_manager(tx, ada.member("UADA"), ada.bot.now())
        asked = Manager("ULENA", Relation.PROPOSED, "import")
        store.save_proposal(tx, ada.member("UADA"), asked, ada.bot.now())
    ada.slack.submit("UADA")
    assert ada.slack.wait_for(lambda: "also confirm" in text_of(ada.slack.modal("UADA")))
    assert ada.rows("shares") == []
    person = ada.bot.people.get(ada.member("UADA"))
    assert person.confirmed_manager is None


def test_a_message_never_repeats_what_was_written_in_a_form(ada: Bench) -> None:
    ada.bot.advice.prepare()
    ada.log(EVE, "quokkasaurus " + TAUGHT)
    ada.slack.write(EVE, "Zebrafish " + TAUGHT)
    seen = ada.hears(EVE, "Keep this as an example?")
    assert "quokkasaurus" not in seen
    assert "like an earlier example of yours" in seen


@pytest.mark.parametrize(
    "body",
    [
        {"type": "view_submission", "view": {"id": "V1", "callback_id": "x"}},
        {"actions": [{"action_id": "x", "action_ts": "1.2"}]},
        {"trigger_id": "1.2.3"},
    ],
)
def test_nobody_does_a_deed_in_the_place_of_another(body: dict[str, Any]) -> None:
    client = WebClient()
    deeds = {Turn(body | {"user": {"id": user}}, client).deed for user in ("UADA", EVE)}
    assert len(deeds) == 2
