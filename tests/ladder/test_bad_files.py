"""Files that no ladder should hold: one clear problem with file and line, and nothing written."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import main
from bot.ladder.files.loading import assemble, gather, load
from bot.ladder.files.yaml_reader import MAX_BYTES
from tests.ladder.samples import HEAD, TRACK, ladder_at

DATA = Path(__file__).parents[2] / "ladder_data"
LAUGHS = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
)
GONE = '  - {id: a, was: A., competency: craft, level: L3, until: "1", replaced_by: [b]}\n'
BACK = '  - {id: b, was: B., competency: craft, level: L3, until: "1", replaced_by: [a]}\n'

HEADS = {
    "a tag": ("uses a YAML tag", HEAD.replace("Northwind c", "!!python/object:os.system C"), 3),
    "anchors": ("anchor or alias", HEAD.replace("name: Care", "name: &c Care, emoji: *c"), 12),
    "an alias that looks like bold text": ("begins with *", HEAD.replace("I say", "*I* say"), 17),
    "a merge key": ("merge key", HEAD.replace("{name: Care}", "{<<: {name: Care}}"), 12),
    "a key twice": ("'care' twice", HEAD.replace("  care:", "  care: {name: C}\n  care:"), 13),
    "deep nesting": ("nested too deeply", HEAD + "x: " + "[" * 50_000, 18),
    "10 MB": ("larger than 1 MiB", HEAD + "# " + "x" * 10_000_000, 1),
    "a billion laughs": ("anchor or alias", LAUGHS, 1),
    "a control character": ("control character", HEAD.replace("Knowing", "Know\x07ing"), 11),
    "a tab": ("begins with a tab", HEAD.replace("  care:", "\tcare:"), 12),
    "a quotation mark left open": ("never closed", HEAD.replace("name: Care", 'name: "Care'), 12),
    "several documents": ("several YAML documents", HEAD + "---\n" + HEAD, 18),
    "only comments": ("file is empty", "# nothing\n# here\n", 1),
    "nothing": ("file is empty", "", 1),
    "a list at the top": ("should hold `key: value` lines", "- a\n- b\n", 1),
    "a text at the top": ("should hold `key: value` lines", "Hello.\n", 1),
    "an id that is a number": ("reads 7 as a number", HEAD.replace("id: northwind", "id: 7"), 2),
    "an id that is a yes": ("reads yes as a yes or no", HEAD.replace(": northwind", ": yes"), 2),
    "an id that is a date": ("as a date", HEAD.replace(": northwind", ": 2026-01-01"), 2),
    "an id with a slash": ("cannot be an id", HEAD.replace(": northwind", ": north/wind"), 2),
    "an empty id": ("has no 'id'", HEAD.replace("id: northwind", 'id: ""'), 2),
    "a name that is a list": ("but this is a list", HEAD.replace("Northwind c", "[N]  # "), 3),
    "a name that is nothing": ("has no 'name'", HEAD.replace(" Northwind career ladder", ""), 3),
    "a version without quotes": ("as a number", HEAD.replace('"2026.2"', "2026.2"), 4),
    "a version that goes on": ("as a number", HEAD.replace('"2026.2"', "1" * 500_000), 4),
    "a replaced_by without brackets": ("should be a list", HEAD.replace("shared:", "retired:\n"
     "  - {id: x, was: X, replaced_by: care}\nshared:"), 14),
    "competencies in a list": ("but this is a list", HEAD.replace("  craft:", "  - craft:").replace(
     "  care:", "  - care:"), 11),
    "maturity in a mapping": ("should be a list", HEAD.replace("[Maturing, Performing, Exceeding]",
     "{Good: Well done}"), 9),
    "a maturity word that is a list": ("but this is a list", HEAD.replace("[Maturing", "[[M]"), 9),
    "a competency retired and in use": ("is retired, but is also in use",
     HEAD + "retired: [{id: care, was: Care}]\n", 18),
    "a replaced_by that is nowhere": ("which is nowhere",
     HEAD + "retired: [{id: x, was: X, replaced_by: [y]}]\n", 18),
    "a competency retired twice": ("'x' is retired twice",
     HEAD + "retired: [{id: x, was: X}, {id: x, was: X}]\n", 18),
    "a competency replaced by itself": ("goes round in a circle: x → x",
     HEAD + "retired: [{id: x, was: X, replaced_by: [x]}]\n", 18),
    "a key that is a list": ("but this is a list", HEAD + "? [a, b]\n: c\n", 18),
    "a shared id twice": ("'speaks-up' is already used on line 17",
     HEAD + "  more: {name: More, statements: [{speaks-up: Again.}]}\n", 18),
}  # fmt: skip

TRACKS = {
    "levels in a mapping": ("should be a list", "id: a\nname: A\nlevels: {}\n", 3),
    "levels that are a text": ("should be a list", "id: a\nname: A\nlevels: none\n", 3),
    "levels of texts": ("`key: value` lines", "id: a\nname: A\nlevels: [L1]\n", 3),
    "an empty level": ("no 'id' and no 'title'", "id: a\nname: A\nlevels:\n  -\n", 4),
    "a title that is a number": ("reads 4 as a number", TRACK.replace("title: Lead P", "title: 4 "
     "# "), 18),
    "a title that is a yes": ("as a yes or no", TRACK.replace("title: Lead P", "title: on # "), 18),
    "a rank below zero": ("rank -1 is too low", TRACK.replace("rank: 3", "rank: -1"), 8),
    "a huge rank": ("rank 123456789 is too high", TRACK.replace("rank: 3", "rank: 123456789"), 8),
    "a rank beyond numbers": ("whole number", TRACK.replace("rank: 3", "rank: " + "9" * 9_999), 8),
    "a rank that is a half": ("whole number", TRACK.replace("rank: 3", "rank: 3.5"), 8),
    "a level id with a space": ("cannot be an id", TRACK.replace("id: L4", "id: L 4"), 17),
    "two levels with one id": ("two levels 'l3'", TRACK.replace("id: L4", "id: l3"), 17),
    "a level that inherits itself": ("circle: L4 → L4", TRACK.replace("[L3]", "[L4]"), 17),
    "a circle of next": ("next goes round in a circle", TRACK.replace("rank: 3", "next: [L4]")
     .replace("inherits: [L3]", "next: [L3]"), 17),
    "a level that inherits nothing": ("no such level", TRACK.replace("[L3]", "[L8]"), 19),
    "a circle of replaced_by": ("replaced_by goes round in a circle: a → b → a",
     TRACK + GONE + BACK, 27),
    "an id that is retired twice": ("'a' is retired twice", TRACK + GONE.replace("[b]", "[]") +
     GONE.replace("[b]", "[]"), 27),
    "a statement id used twice": ("already used on line 14", TRACK.replace("        examples:",
     "          - stoppable: Again.\n        examples:", 1), 15),
    "a statement id that is a yes": ("as a yes or no", TRACK.replace("- stoppable:", "- yes:"), 14),
    "a statement that is a list": ("should be one line", TRACK.replace("- stoppable: I", "- [a] # "
     ), 14),
    "an example that is a date": ("as a date", TRACK.replace("I led the", "2026-01-01 #"), 16),
    "a very long line": ("cannot be an id", TRACK.replace("id: L4", "id: " + "L" * 900_000), 17),
    "a very long key": ("is not known", TRACK + "x" * 500 + ": a\n", 26),
    "a bracket too few": ("not valid YAML", TRACK.replace("[L3]", "[L3"), 20),
    "too many entries": ("too many entries", TRACK + "x: [" + "a, " * 60_000 + "]\n", 26),
}  # fmt: skip


def cases() -> list[object]:
    made = [pytest.param("ladder.yaml", *each, id=name) for name, each in HEADS.items()]
    for name, each in TRACKS.items():
        made.append(pytest.param("tracks/platform.yaml", *each, id=name))
    return made


def snapshot(directory: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(directory.rglob("*")) if p.is_file()}


def told_once(directory: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that `ladder check --fix` prints about it; nothing may change."""
    before = snapshot(directory)
    assert main(["ladder", "check", "--fix", "--dir", str(directory)]) == 1
    said = capsys.readouterr()
    assert snapshot(directory) == before
    lines = said.err.splitlines()
    assert lines[0] == "Nothing was fixed: --fix needs a ladder that can be used."
    assert lines[2:] == ["1 problem to solve before this ladder can be used."], said.err
    assert "Traceback" not in said.err
    assert len(lines[1]) < 700
    return lines[1]


@pytest.mark.parametrize(("name", "message", "text", "line"), cases())
def test_a_bad_file_is_one_clear_problem(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    message: str,
    text: str,
    line: int,
) -> None:
    directory = ladder_at(tmp_path)
    (directory / name).write_text(text, encoding="utf-8")
    said = told_once(directory, capsys)
    assert said.startswith(f"{directory}/{name}:{line}: ")
    assert message in said
    assert said.endswith((".", "?"))


BYTES = {
    "UTF-16": ("not in UTF-8", HEAD.encode("utf-16"), 1),
    "UTF-16 without its mark": ("control character", "id: a\n".encode("utf-16-le"), 1),
    "Latin-1": ("not in UTF-8", HEAD.encode() + "# caf\u00e9".encode("latin-1"), 18),
    "NUL": ("control character", HEAD.encode() + b"x: \x00\n", 18),
    "a picture": ("not in UTF-8", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 1),
}  # fmt: skip


@pytest.mark.parametrize(("message", "content", "line"), BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], message: str, content: bytes, line: int
) -> None:
    directory = ladder_at(tmp_path)
    (directory / "ladder.yaml").write_bytes(content)
    said = told_once(directory, capsys)
    assert said.startswith(f"{directory}/ladder.yaml:{line}: ")
    assert message in said


def a_pipe(directory: Path) -> str:
    os.mkfifo(directory / "tracks/zoo.yaml")
    return "tracks/zoo.yaml:1: This cannot be read: it is a pipe or a device"


def a_pipe_for_the_head(directory: Path) -> str:
    (directory / "ladder.yaml").unlink()
    os.mkfifo(directory / "ladder.yaml")
    return "ladder.yaml:1: This cannot be read: it is a pipe or a device"


def a_device(directory: Path) -> str:
    (directory / "tracks/zoo.yaml").symlink_to("/dev/zero")
    return "tracks/zoo.yaml:1: This cannot be read: it is a link that leads out"


def a_directory(directory: Path) -> str:
    (directory / "tracks/zoo.yaml").mkdir()
    return "tracks/zoo.yaml:1: This cannot be read: Is a directory"


def a_link_out(directory: Path) -> str:
    (directory.parent / "secret.yaml").write_text(TRACK)
    (directory / "tracks/zoo.yaml").symlink_to("../../secret.yaml")
    return "tracks/zoo.yaml:1: This cannot be read: it is a link that leads out"


def a_folder_link_out(directory: Path) -> str:
    (directory / "tracks").rename(directory.parent / "elsewhere")
    (directory / "tracks").symlink_to("../elsewhere")
    return "tracks:1: This cannot be read: it is a link that leads out"


def a_link_to_nowhere(directory: Path) -> str:
    (directory / "tracks/zoo.yaml").symlink_to("nowhere.yaml")
    return "tracks/zoo.yaml:1: zoo.yaml is missing."


def a_link_to_itself(directory: Path) -> str:
    (directory / "tracks/zoo.yaml").symlink_to("zoo.yaml")
    return "tracks/zoo.yaml:1: This cannot be read: "


def a_record_that_is_a_link(directory: Path) -> str:
    (directory.parent / "ids.yaml").write_text("")
    (directory / "ids.yaml").symlink_to("../ids.yaml")
    return "ids.yaml:1: This cannot be read: it is a link that leads out"


def tracks_that_are_a_file(directory: Path) -> str:
    (directory / "tracks/platform.yaml").unlink()
    (directory / "tracks").rmdir()
    (directory / "tracks").write_text(TRACK)
    return "tracks:1: This cannot be read: Not a directory"


def a_retired_id_in_another_track(directory: Path) -> str:
    (directory / "tracks/zoo.yaml").write_text(
        "id: zoo\nname: Zoo\nlevels:\n  - id: L1\n    title: One\n    expects:\n"
        "      craft: {statements: [{old-one: I am back.}]}\n"
    )
    return "tracks/zoo.yaml:7: The id 'old-one' is retired ("


def a_record_with_conflict_marks(directory: Path) -> str:
    (directory / "ids.yaml").write_text('schema: 1\n<<<<<<< HEAD\nversion: "1"\n=======\n')
    return "ids.yaml:3: The record of ids is damaged."


def a_record_of_something_else(directory: Path) -> str:
    (directory / "ids.yaml").write_text('schema: 1\nversion: "1"\ntracks: [a, b]\nx: 1\n')
    return "ids.yaml:3: The record of ids is damaged."


ODD: list[Callable[[Path], str]] = [
    a_pipe, a_pipe_for_the_head, a_device, a_directory, a_link_out, a_folder_link_out,
    a_link_to_nowhere, a_link_to_itself, a_record_that_is_a_link, tracks_that_are_a_file,
    a_retired_id_in_another_track, a_record_with_conflict_marks,
    a_record_of_something_else,
]  # fmt: skip


@pytest.mark.parametrize("make", ODD)
def test_what_is_no_plain_file_of_the_ladder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: Callable[[Path], str]
) -> None:
    directory = ladder_at(tmp_path / "ladder")
    message = make(directory)
    assert told_once(directory, capsys).startswith(f"{directory}/{message}")


def test_the_same_statement_may_stand_in_two_tracks(tmp_path: Path) -> None:
    again = TRACK.replace("id: platform", "id: zoo").replace("old-one", "older-one")
    ladder, problems = load(ladder_at(tmp_path, platform=TRACK, zoo=again))
    assert ladder
    assert problems == ()


def inside(directory: Path, contents: dict[str, bytes]) -> None:
    """Loading gives a ladder or problems, each at a line that its file has."""
    reading = assemble(contents, directory.as_posix())
    assert reading.ladder is not None or any(problem.fatal for problem in reading.problems)
    for problem in reading.problems:
        name = Path(problem.file).relative_to(directory).as_posix()
        text = contents[name].decode("utf-8", errors="replace")
        assert 1 <= problem.line <= max(1, len(text.splitlines())), str(problem)


CONTENTS = gather(DATA)[0]
PIECES = [
    b"\n", b"  ", b"\t", b"- ", b": ", b"#", b"'", b'"', b"[", b"{", b"}", b"]", b"&a ", b"*a ",
    b"!x ", b"|\n", b">\n", b"? ", b"---\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r\n", b"\r",
    b"\xc2\x85", b"\xe2\x80\xa8", b"<<: ", b"id: ", b"levels:\n", b"retired:\n", b"%YAML 9\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(CONTENTS)), st.data())
def test_a_file_damaged_in_bytes_is_never_a_crash(name: str, data: st.DataObject) -> None:
    content = CONTENTS[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.sampled_from([0, 1, 2, 40, 4_000]))
        piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        content = content[:start] + piece + content[start + length :]
    inside(DATA, {**CONTENTS, name: content})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(CONTENTS)), st.randoms(use_true_random=False))
def test_a_file_damaged_in_lines_is_never_a_crash(name: str, chance: random.Random) -> None:
    lines = CONTENTS[name].splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[one]
            case 1:
                lines.insert(one, lines[other])
            case 2:
                lines[one], lines[other] = lines[other], lines[one]
            case _:
                lines[one] = b" " * chance.randrange(12) + lines[one].lstrip()
    inside(DATA, {**CONTENTS, name: b"".join(lines)})


BIG = {
    "competencies": "competencies:\n" + "".join(f"  c{n}: {{name: C{n}}}\n" for n in range(11_000)),
    "unknown keys": "".join(f"k{n}: x\n" for n in range(20_000)),
    "attributes": "attributes:\n" + "".join(f"  a{n}: A{n}\n" for n in range(20_000)),
}  # fmt: skip
SPOKEN = "".join(f"      c{n}: {{}}\n" for n in range(11_000))
LEVELS = "id: platform\nname: P\nlevels:\n"
BIG_TRACKS = {
    "levels": LEVELS + "".join(
        f"  - {{id: L{n}, title: T, inherits: [L{n + 1}]}}\n" for n in range(5_000)),
    "expectations": LEVELS + "  - id: L1\n    title: T\n    expects:\n" + SPOKEN,
    "equal bare statements": LEVELS + "  - id: L1\n    title: T\n    expects:\n      c0:\n"
    "        statements:\n" + "          - Same.\n" * 40_000,
}  # fmt: skip


MINIMAL = 'schema: 1\nid: a\nname: A\nversion: "1"\n'


@pytest.mark.parametrize("text", BIG.values(), ids=BIG)
def test_a_head_as_large_as_it_may_be_is_read_to_its_end(text: str) -> None:
    read_to_its_end({"ladder.yaml": MINIMAL + text}, "ladder.yaml")


@pytest.mark.parametrize("text", BIG_TRACKS.values(), ids=BIG_TRACKS)
def test_a_track_as_large_as_it_may_be_is_read_to_its_end(text: str) -> None:
    """Where the work grows with the square of the size, this takes minutes instead of seconds."""
    head = MINIMAL + BIG["competencies"]
    read_to_its_end({"ladder.yaml": head, "tracks/platform.yaml": text}, "tracks/platform.yaml")


def read_to_its_end(texts: dict[str, str], name: str) -> None:
    texts = {**texts, name: texts[name] + "oops: the end\n"}
    reading = assemble({name: text.encode() for name, text in texts.items()}, "x")
    last_line = len(texts[name].splitlines())
    lines = {each.line for each in reading.problems if each.file == f"x/{name}"}
    assert max(lines) == last_line
    assert all(len(text) < MAX_BYTES for text in texts.values())


def test_one_id_for_two_things_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = ladder_at(tmp_path / "ladder")
    other = TRACK.replace("id: platform", "id: zoo").replace("can be stopped", "cannot be stopped")
    (directory / "tracks/zoo.yaml").write_text(other)
    assert main(["ladder", "check", "--dir", str(directory)]) == 0
    assert "zoo.yaml:14: warning: The id 'stoppable' says something else" in capsys.readouterr().out
