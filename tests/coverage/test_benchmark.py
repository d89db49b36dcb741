"""The benchmark draws what it says; how fast anything is, no test says."""

from __future__ import annotations

import pytest

from benchmarks.coverage import RUNG, child, examples, main


def test_a_benchmark_measures_real_pictures() -> None:
    shown = examples(6)
    assert len({row.competency.id for row in shown.rows}) == 6
    assert shown.total
    found = child(RUNG, rows=6, nexts=1)
    assert found["first"] > 0
    assert found["kb"] > 5


def test_it_prints_a_table_with_the_peer_or_says_that_there_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--rows", "2", "--rounds", "1", "--nexts", "1", "--cold"])
    said = capsys.readouterr().out
    assert "| Rung | " in said
    assert "files from the disk" in said
    assert ("| matplotlib | " in said) != ("matplotlib is not installed" in said)
