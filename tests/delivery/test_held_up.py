"""Who sleeps in the middle of a round sends nothing by the clock of before."""

from __future__ import annotations

from bot.delivery.model import State
from bot.delivery.steps import Step
from tests.delivery.conftest import Depot


def test_who_slept_over_the_lease_before_it_began_sends_nothing(depot: Depot) -> None:
    depot.hand_in("hello")

    def sleep(step: Step) -> None:
        if step is Step.RENDERED:
            depot.desk.at_step = lambda _: None
            depot.later(hours=2)

    depot.desk.at_step = sleep
    assert depot.send() == {State.EXPIRED: 1}, "its window closed meanwhile"
    assert not depot.send()
    assert depot.got() == []
