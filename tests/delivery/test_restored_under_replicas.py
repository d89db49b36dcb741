"""A backup that is restored under replicas which go on: whoever notices tells the others."""

from __future__ import annotations

from dataclasses import replace

from bot.delivery.desk import Desk
from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from tests.delivery.conftest import Depot


def another(depot: Depot) -> PostOffice:
    """A second replica on the same database."""
    desk: Desk = replace(depot.desk, observers=[])
    office = PostOffice(desk)
    office.send_due(depot.now)
    return office


def run(depot: Depot, *statements: str) -> None:
    with depot.database.write() as tx:
        for statement in statements:
            tx.exec_driver_sql(statement)


def test_the_replica_that_did_not_notice_it_looks_into_history_too(depot: Depot) -> None:
    second = another(depot)
    run(depot, "CREATE TABLE kept AS SELECT * FROM delivery_offices")
    depot.later(days=1)
    depot.hand_in("hello")
    depot.send()
    second.send_due(depot.now)
    depot.later(minutes=1)
    run(
        depot,
        "DELETE FROM parcels",
        "DELETE FROM delivery_offices",
        "INSERT INTO delivery_offices SELECT * FROM kept",
    )
    depot.send()  # it notices, while there is nothing to do
    depot.later(seconds=1)
    depot.hand_in("hello", not_before=depot.now.replace(minute=0, second=0))
    second.send_due(depot.now)
    assert depot.states() == {"hello": "sent"}
    assert depot.got() == ["hello"]


def test_a_process_notices_it_in_the_middle_of_a_round(depot: Depot) -> None:
    run(depot, "CREATE TABLE kept AS SELECT * FROM delivery_offices")
    depot.later(days=1)
    for number in range(11):
        depot.hand_in(f"message {number}")
    depot.send()
    restored = [
        "UPDATE parcels SET state = 'ready'",
        "DELETE FROM delivery_offices",
        "INSERT INTO delivery_offices SELECT * FROM kept",
    ]
    depot.later(seconds=1)
    depot.hand_in("last", not_before=depot.now)
    to_come = [restored]

    def once(parcel: Parcel, *_: object) -> None:
        if parcel.subject == "last" and to_come:
            run(depot, *to_come.pop())

    depot.office.watch(once)
    depot.send()
    assert len(depot.got()) == 12
