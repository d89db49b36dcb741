"""What a capability hangs into the post office may break: that stays with its own parcel."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.delivery.model import Parcel, State
from bot.slack.blocks import Message, message
from bot.storage.database import Transaction
from tests.delivery.conftest import KIND, Depot

BAD = "bad"


def broken(parcel: Parcel) -> None:
    if parcel.subject == BAD:
        raise RuntimeError("the words of a private example")


def arrived(_tx: Transaction, parcel: Parcel, _now: datetime) -> None:
    broken(parcel)


def lost(parcel: Parcel, _state: State) -> None:
    broken(parcel)


def instead(parcel: Parcel) -> Message:
    broken(parcel)
    return message("taken back")


def polite(depot: Depot) -> None:
    depot.office.learn(KIND, depot.desk.kinds[KIND].render, lost, polite=True)


def test_one_whose_arrival_cannot_be_noted_is_sent_once_and_blocks_nobody(
    sqlite_depot: Depot, caplog: pytest.LogCaptureFixture
) -> None:
    depot = sqlite_depot
    render = depot.desk.kinds[KIND].render
    depot.office.learn(KIND, render, arrived=arrived)
    depot.hand_in(BAD, not_before=depot.now - timedelta(minutes=1))
    depot.hand_in("good")
    assert depot.send()[State.SENT] == 1
    for _ in range(5):
        depot.later(minutes=3)
        depot.send()
    assert depot.got() == [BAD, "good"]
    assert "private example" not in caplog.text
    depot.office.learn(KIND, render)  # mended
    for _ in range(3):
        depot.later(minutes=3)
        depot.send()
    assert depot.states() == {BAD: "sent", "good": "sent"}
    assert depot.got() == [BAD, "good"]


def test_one_that_cannot_be_mourned_blocks_nobody(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    polite(depot)
    depot.slack.set_dnd("UADA", depot.now - timedelta(hours=1), depot.now + timedelta(hours=9))
    depot.hand_in(BAD, not_before=depot.now - timedelta(minutes=1))
    depot.hand_in("good", "UBEN")
    assert depot.send() == {State.EXPIRED: 1, State.SENT: 1}
    assert depot.got("UBEN") == ["good"]


def test_an_observer_that_breaks_keeps_nobody_from_hearing_the_rest(sqlite_depot: Depot) -> None:
    heard = []

    def breaks(parcel: Parcel, _state: State, _late: float) -> None:
        broken(parcel)

    sqlite_depot.office.watch(breaks)
    sqlite_depot.office.watch(lambda parcel, *_: heard.append(parcel.subject))
    sqlite_depot.hand_in(BAD, not_before=sqlite_depot.now - timedelta(minutes=1))
    sqlite_depot.hand_in("good")
    assert sqlite_depot.send()[State.SENT] == 2
    assert heard == [BAD, "good"]


def test_one_that_cannot_be_replaced_keeps_no_other_in_slack(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    depot.office.learn(KIND, depot.desk.kinds[KIND].render, instead=instead)
    given = [
        depot.hand_in(BAD, not_before=depot.now - timedelta(minutes=1)),
        depot.hand_in("good"),
    ]
    depot.send()
    with depot.database.write() as tx:
        depot.office.take_back(tx, given[0].recipient.team_id, [parcel.key for parcel in given])
    depot.send()
    assert depot.got() == [BAD, "taken back"]
    assert depot.states() == {BAD: "closing", "good": "closed"}
