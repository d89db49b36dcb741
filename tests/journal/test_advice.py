"""What is proposed follows the ladder in service."""

from __future__ import annotations

from bot.journal.advice import Advice
from bot.ladder.model import Statement
from tests.bench import Bench
from tests.journal.test_suggesting import small


def test_another_ladder_in_service_is_noticed(sqlite_bench: Bench) -> None:
    serving = [small(Statement("s2", "I visit neighbours every winter."))]
    advice = Advice(sqlite_bench.bot.journal, lambda: serving[0])
    ada, asked = sqlite_bench.member("UADA"), "visited neighbours in winter"
    assert advice.on(ada, asked) is None, "nobody waits while it learns"
    advice.prepare()
    assert advice.on(ada, asked)
    serving[0] = small()
    advice.prepare()
    assert advice.on(ada, asked) is None
