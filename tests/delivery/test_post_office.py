"""What happens on good days: due parcels go out once, the rest stays or ends with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.delivery.model import State
from tests.delivery.conftest import NOON, Depot


def test_a_due_parcel_is_sent_once_however_often_the_heart_beats(depot: Depot) -> None:
    depot.hand_in("hello")
    assert depot.send()[State.SENT] == 1
    depot.later(minutes=5)
    assert depot.send()[State.SENT] == 0
    assert depot.got() == ["hello"]


def test_an_occurrence_handed_in_twice_is_one_parcel(depot: Depot) -> None:
    first = depot.hand_in("hello")
    with depot.database.write() as tx:
        assert depot.office.accept(tx, first) is False
    depot.send()
    with depot.database.write() as tx:
        assert depot.office.accept(tx, first) is False, "also after it was sent"
    depot.send()
    assert depot.got() == ["hello"]


def test_the_id_follows_from_the_occurrence_so_a_restored_backup_resends_nothing(
    sqlite_depot: Depot,
) -> None:
    first = sqlite_depot.hand_in("hello")
    sqlite_depot.later(hours=1)
    assert sqlite_depot.hand_in("hello").id == first.id
    assert sqlite_depot.hand_in("hello", "UBEN").id != first.id


def test_a_parcel_waits_for_its_time(depot: Depot) -> None:
    later = NOON + timedelta(minutes=10)
    depot.hand_in("later", not_before=later)
    assert not depot.send()
    depot.later(minutes=10)
    assert depot.send()[State.SENT] == 1


def test_a_parcel_whose_window_closed_is_not_sent(depot: Depot) -> None:
    depot.hand_in("too late")
    depot.later(hours=1)
    assert depot.send() == {State.EXPIRED: 1}
    assert depot.got() == []
    assert [row["reason"] for row in depot.rows()] == ["its window closed"]


def test_a_parcel_with_nothing_to_say_is_suppressed(sqlite_depot: Depot) -> None:
    sqlite_depot.hand_in("nothing")
    assert sqlite_depot.send() == {State.SUPPRESSED: 1}
    assert sqlite_depot.got() == []


def test_one_parcel_that_cannot_be_rendered_does_not_block_the_others(
    depot: Depot, caplog: pytest.LogCaptureFixture
) -> None:
    depot.hand_in("poison", not_before=NOON - timedelta(minutes=1))
    depot.hand_in("hello")
    assert depot.send() == {State.FAILED: 1, State.SENT: 1}
    assert depot.got() == ["hello"]
    assert "private example" not in caplog.text
    assert "private example" not in str(depot.rows())


def test_more_parcels_than_a_batch_all_go_out_in_one_round(depot: Depot) -> None:
    for number in range(60):
        depot.hand_in(f"message {number}")
    assert depot.send()[State.SENT] == 60
    assert len(set(depot.got())) == len(depot.got()) == 60


def test_the_message_carries_nothing_but_an_opaque_id_for_other_apps(sqlite_depot: Depot) -> None:
    parcel = sqlite_depot.hand_in("hello")
    sqlite_depot.send()
    metadata = sqlite_depot.slack.dm("UADA")[0].metadata
    assert metadata == {"event_type": "rung_parcel", "event_payload": {"id": parcel.id}}


def test_the_row_remembers_where_the_message_stands(depot: Depot) -> None:
    depot.hand_in("hello")
    depot.send()
    sent = depot.slack.dm("UADA")[0]
    (row,) = depot.rows()
    assert (row["channel_id"], row["message_ts"]) == (sent.channel, sent.ts)
