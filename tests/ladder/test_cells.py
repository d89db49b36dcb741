"""What one cell of a table says."""

import pytest

from bot.ladder.importers.tables.cells import content_of, one_line, points_elsewhere, says_nothing

CELLS = [
    ("I do one thing.", ["I do one thing."], []),
    ("- one\n- two", ["one", "two"], []),
    ("• one\n• two\n  goes on", ["one", "two goes on"], []),
    ("1. one\n2) two", ["one", "two"], []),
    ("• one • two • three", ["one", "two", "three"], []),
    ("I do one.\nI do two.", ["I do one.", "I do two."], []),
    ("I do one thing\nand go on", ["I do one thing and go on"], []),
    ("I do one\n\nI do two", ["I do one", "I do two"], []),
    ("one<br>- two", ["one", "two"], []),
    ("I do A; I do B; I do C", ["I do A", "I do B", "I do C"], []),
    ("I do A; for example this", ["I do A; for example this"], []),
    ("Plans; ships; learns", ["Plans; ships; learns"], []),
    ("Plan; Ship; Learn", ["Plan; Ship; Learn"], []),
    ("I plan:\nmore than before", ["I plan:", "more than before"], []),
    ("I do A\nExamples:\n- Once\n- Twice", ["I do A"], ["Once", "Twice"]),
    ("I do A\nExample: I did it", ["I do A"], ["I did it"]),
    ("I do A\n**Examples**\nOnce", ["I do A"], ["Once"]),
    ("I do A, e.g. B", ["I do A, e.g. B"], []),
    ("Examples matter to me", ["Examples matter to me"], []),
    ("As L3, plus:\n- more", ["As L3, plus:", "more"], []),
]


@pytest.mark.parametrize(("text", "statements", "examples"), CELLS)
def test_a_cell_is_read_as_people_mean_it(
    text: str, statements: list[str], examples: list[str]
) -> None:
    content = content_of(text)
    assert (content.statements, content.examples) == (statements, examples)


def test_a_value_is_one_line() -> None:
    assert one_line("One\n quarter") == "One quarter"
    assert one_line("- a\n- b") == "a; b"


def test_dashes_and_pointers_are_told_from_text() -> None:
    texts = ("-", "—", "n/a", "N/A", "none", "no", "TBD")
    assert [says_nothing(text) for text in texts] == [True] * 5 + [False] * 2
    assert points_elsewhere("Same as above")
    assert points_elsewhere("Everything in L3, plus: I lead.")
    assert points_elsewhere("as L3 plus:")
    assert not points_elsewhere("As a lead, I plan and write.")
