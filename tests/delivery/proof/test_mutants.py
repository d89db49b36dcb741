"""The proof can fail: each protection that is taken away costs a message or sends one twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.delivery.proof.mutants import AT_ONCE, NAMED, Play, play, plays
from tests.delivery.proof.scenarios import Toll
from tests.delivery.proof.tally import MUTANT, summary
from tests.postgres import Postgres

TRIES = 3
PLAYS = plays(NAMED)
WHOLE = [one for one in PLAYS if not one.mutant]
SPOILT = [one for one in PLAYS if one.mutant]


@pytest.fixture(scope="module")
def tolls(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Play, Future[Toll]]]:
    """What each play costs: several are on at once, since they mostly wait."""
    folder = tmp_path_factory.mktemp("plays")

    def fresh(name: str, engine: str) -> str:
        return postgres.new_database() if engine == "postgresql" else f"sqlite:///{folder}/{name}"

    urls = {
        one: [fresh(f"{n}-{again}.db", one.engine) for again in range(TRIES if one.mutant else 1)]
        for n, one in enumerate(PLAYS)
    }
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {one: pool.submit(until_noticed, one, urls[one]) for one in PLAYS}
        pool.shutdown(cancel_futures=True)


def until_noticed(one: Play, urls: list[str]) -> Toll:
    """What it costs; a mutant that a machine's pause let through is played again."""
    tolls = (play(one, url) for url in urls)
    return next((toll for toll in tolls if any(toll)), Toll())


@pytest.mark.parametrize("whole", WHOLE, ids=lambda one: one.name)
def test_the_bot_as_it_is_gets_through_the_story(
    tolls: dict[Play, Future[Toll]], whole: Play
) -> None:
    assert tolls[whole].result() == Toll()


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda one: one.name)
def test_the_story_shows_what_the_mutant_lacks(
    tolls: dict[Play, Future[Toll]],
    spoilt: Play,
    record_property: Callable[[str, object], None],
) -> None:
    assert spoilt.mutant
    cost = tolls[spoilt].result()
    record_property(MUTANT, [spoilt.mutant.name, spoilt.scenario, any(cost)])
    assert any(cost), f"{spoilt.name} was not noticed"


def test_a_mutant_that_survives_on_one_engine_is_not_counted_as_killed() -> None:
    tried = [("no fence", "a story", True), ("no fence", "a story", False)]
    assert summary([*tried, ("no guard", "another", True)]) == (
        "mutants of delivery: 1/2 killed: no fence SURVIVED 'a story', no guard by 'another'."
    )
