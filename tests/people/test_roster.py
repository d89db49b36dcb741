"""A roster in CSV: what is good is read, what is bad is named by its line, nothing is half done."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from bot.people.model import Relation
from bot.people.roster import BadLine, Placement, read_roster
from tests.bench import TRACK, Bench

HEADER = "slack_user,track,level,manager"
GOOD = f"UADA,{TRACK},L3,UMIA"


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    """Beside Ada, Mia and Ben: a bot, a guest, somebody of another company, and Zoe who left."""
    slack = sqlite_bench.slack
    slack.add_user("UZOE", "zoe", "Zoe", "zoe@example.com", deleted=True)
    slack.add_user("UGUS", "gus", "Gus", "gus@example.com", is_restricted=True)
    slack.add_user("UFAR", "far", "Far", "far@example.com", team_id="T0FAR")
    slack.add_user("UAPP", "app", "Some app", "app@example.com", is_bot=True)
    return sqlite_bench


def read(bench: Bench, raw: bytes | str) -> tuple[list[Placement], list[str]]:
    path: Path = bench.clock_file.with_name("people.csv")
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    good, bad = read_roster(path, bench.bot.ladder, bench.bot.profiles)
    bench.slack.refusals.clear()  # looking for somebody who is not there is refused by Slack
    return good, [str(line) for line in bad]


def lines(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def test_people_and_managers_are_found_by_id_and_by_address(bench: Bench) -> None:
    good, bad = read(bench, lines(GOOD, f"ben@example.com,{TRACK},L4,mia@example.com"))
    assert bad == []
    assert good == [
        Placement("UADA", TRACK, "L3", "UMIA", "Europe/Berlin"),
        Placement("UBEN", TRACK, "L4", "UMIA", "America/New_York"),
    ]


@pytest.mark.parametrize(
    "user", ["UADA", "<@UADA>", "@UADA", "<@UADA|ada>", " UADA ", "ADA@example.com"]
)
def test_a_person_can_be_written_in_every_way_that_slack_copies(bench: Bench, user: str) -> None:
    good, bad = read(bench, lines(f"{user},{TRACK},L3,"))
    assert (bad, [row.user_id for row in good]) == ([], ["UADA"])


def test_the_manager_may_be_empty(bench: Bench) -> None:
    assert read(bench, lines(f"UADA,{TRACK},L3,"))[0][0].manager_id == ""


@pytest.mark.parametrize(
    "raw",
    [
        "\ufeff" + lines(GOOD),
        lines(GOOD).replace("\n", "\r\n"),
        lines(GOOD).rstrip("\n"),
        lines("", GOOD, "", " , , ,"),
        lines(f'"UADA","{TRACK}","L3","UMIA"'),
        lines(f"UMIA,UADA,L3,{TRACK}", header="Manager, Slack_User ,LEVEL,Track"),
        lines(f"UADA,{TRACK.upper()},l3,UMIA"),
        lines(f'UADA,"{TRACK}\n",L3,UMIA'),
    ],
    ids=[
        "BOM",
        "CRLF",
        "no last newline",
        "blank lines",
        "quoted",
        "other order",
        "capitals",
        "quoted newline",
    ],
)
def test_what_spreadsheets_do_to_a_file_does_no_harm(bench: Bench, raw: str) -> None:
    good, bad = read(bench, raw)
    assert (bad, len(good)) == ([], 1)
    assert good[0] == Placement("UADA", TRACK, "L3", "UMIA", "Europe/Berlin")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (f"UNOBODY,{TRACK},L3,", "slack_user UNOBODY is nobody"),
        (f"nobody@example.com,{TRACK},L3,", "nobody@example.com is nobody"),
        (f"ada,{TRACK},L3,", "neither a Slack user id nor an e-mail"),
        (f",{TRACK},L3,", "slack_user is empty"),
        (f"UADA,{TRACK},L3,UNOBODY", "manager UNOBODY is nobody"),
        (f"UADA,{TRACK},L3,UADA", "cannot be their own manager"),
        (f"UADA,{TRACK},L3,ada@example.com", "cannot be their own manager"),
        (f"UADA,{TRACK},L9,", "has no level L9. Known: L1, L2"),
        (f"UADA,{TRACK},,", "has no level (empty)"),
        ("UADA,gardening,L3,", "no track gardening. Known: "),
        ("UADA,,L3,", "no track (empty)"),
        (f"UZOE,{TRACK},L3,", "UZOE is deactivated"),
        (f"UADA,{TRACK},L3,UZOE", "manager UZOE is deactivated"),
        (f"UAPP,{TRACK},L3,", "UAPP is a bot"),
        (f"UADA,{TRACK},L3,UAPP", "manager UAPP is a bot"),
        (f"UGUS,{TRACK},L3,", "UGUS is a guest in Slack, and not a member"),
        (f"UADA,{TRACK},L3,UGUS", "manager UGUS is a guest"),
        (f"UFAR,{TRACK},L3,", "UFAR is of another company, and not a member"),
        (f"UADA,{TRACK},L3,UFAR", "manager UFAR is of another company"),
        (f"UADA,{TRACK},L3", "3 columns instead of 4"),
        (f"UADA,{TRACK},L3,,x", "5 columns instead of 4"),
    ],
)
def test_each_bad_line_is_named_by_its_number(bench: Bench, row: str, problem: str) -> None:
    _, bad = read(bench, lines(f"UBEN,{TRACK},L3,", "", row))
    assert len(bad) == 1
    assert bad[0].startswith("line 4: ")
    assert problem in bad[0]


def test_numbers_are_those_of_the_file_also_after_a_cell_of_several_lines(bench: Bench) -> None:
    _, bad = read(bench, lines(f'UBEN,"{TRACK}\n\n",L3,', f"UADA,{TRACK},L9,"))
    assert [line.partition(":")[0] for line in bad] == ["line 5"]


def test_every_bad_line_is_named_and_every_problem_of_it(bench: Bench) -> None:
    _, bad = read(bench, lines("UNOBODY,gardening,L3,UZOE", GOOD, f"UBEN,{TRACK},L9,"))
    assert [line.partition(":")[0] for line in bad] == ["line 2", "line 2", "line 2", "line 4"]


@pytest.mark.parametrize("again", ["UADA", "<@UADA>", "ada@example.com"])
def test_somebody_who_is_there_twice_is_named(bench: Bench, again: str) -> None:
    _, bad = read(bench, lines(GOOD, f"{again},{TRACK},L4,"))
    assert bad == ["line 3: UADA is on line 2 already."]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "line 1: the first line has to be slack_user,track,level,manager"),
        (lines(GOOD, header="user,track,level,manager"), "line 1: the first line"),
        (lines(GOOD, header="slack_user,track,level"), "line 1: the first line"),
        (lines(GOOD, header=HEADER + ",team"), "line 1: the first line"),
        (lines(GOOD).replace(",", ";"), "separated by commas"),
        (lines(GOOD).replace(",", "\t"), "separated by commas"),
        (HEADER + "\n", "nobody is listed"),
        (lines(GOOD).encode("utf-16"), "not UTF-8"),
        (lines(GOOD).encode() + "Müller".encode("latin-1"), "line 3: this is not UTF-8"),
        (lines(GOOD, 'UBEN,"never closed,L3,'), "not CSV"),
        (lines("UADA\x00," + TRACK + ",L3,"), "neither a Slack user id"),
        (HEADER + "\n" + "x" * 5_000_001, "larger than 5 MB"),
    ],
    ids=[
        "empty", "header", "short header", "long header", "semicolons", "tabs", "header only",
        "UTF-16", "Latin-1", "open quote", "NUL", "huge",
    ],
)  # fmt: skip
def test_a_file_that_is_no_roster_says_why(bench: Bench, raw: bytes | str, problem: str) -> None:
    good, bad = read(bench, raw)
    assert good == []
    assert problem in "\n".join(bad)


def test_a_file_that_is_not_there_is_named(bench: Bench, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.csv"
    good, bad = read_roster(nowhere, bench.bot.ladder, bench.bot.profiles)
    assert good == []
    assert str(nowhere) in str(bad[0])
    assert "line 0" not in str(bad[0])


def test_somebody_who_manages_many_is_looked_up_once(bench: Bench) -> None:
    read(bench, lines(GOOD, f"UBEN,{TRACK},L3,UMIA"))
    assert [call["user"] for call in bench.slack.called("users.info")].count("UMIA") == 1


def test_a_bad_line_prints_its_number() -> None:
    assert str(BadLine(7, "is odd.")) == "line 7: is odd."


class TestImporting:
    """`python -m bot people import`, the whole way."""

    @pytest.fixture
    def roster(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Path:
        settings = bench.settings
        for name, value in {
            "SLACK_BOT_TOKEN": settings.bot_token,
            "SLACK_API_URL": settings.api_url,
            "DATABASE_URL": settings.database_url,
        }.items():
            monkeypatch.setenv(name, value)
        return bench.clock_file.with_name("people.csv")

    def test_everybody_is_placed_and_nobody_is_greeted(
        self, bench: Bench, roster: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        roster.write_text(lines(GOOD, f"UBEN,{TRACK},L4,"), encoding="utf-8")
        assert main(["people", "import", str(roster)]) == 0
        assert capsys.readouterr().out.startswith("2 placed.")
        person = bench.bot.people.get(bench.member("UADA"))
        assert (person.level_id, person.placed_by) == ("L3", "import")
        assert person.manager
        assert person.manager.relation is Relation.PROPOSED
        assert bench.slack.called("chat.postMessage") == []

    def test_with_one_bad_line_nobody_is_placed(
        self, bench: Bench, roster: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        roster.write_text(lines(GOOD, f"UBEN,{TRACK},L9,"), encoding="utf-8")
        assert main(["people", "import", str(roster)]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("line 3: ")
        assert "Nobody was placed" in said.err
        assert bench.rows("people") == []

    def test_when_slack_refuses_to_look_people_up_it_is_one_sentence(
        self, bench: Bench, roster: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        roster.write_text(lines(GOOD), encoding="utf-8")
        bench.slack.fail_next("users.info", error="missing_scope")
        assert main(["people", "import", str(roster)]) == 1
        said = capsys.readouterr().err
        assert "missing_scope" in said
        assert "Traceback" not in said
        assert bench.rows("people") == []

    def test_importing_again_changes_levels_and_keeps_a_confirmed_manager(
        self, bench: Bench, roster: Path
    ) -> None:
        ada = bench.member("UADA")
        bench.place("UADA", "L3", manager="UMIA")
        bench.bot.people.confirm_my_manager(ada, bench.bot.now())
        roster.write_text(lines(f"UADA,{TRACK},L4,UMIA"), encoding="utf-8")
        main(["people", "import", str(roster)])
        person = bench.bot.people.get(ada)
        assert person.level_id == "L4"
        assert person.confirmed_manager == bench.member("UMIA")

    def test_another_manager_is_only_proposed(self, bench: Bench, roster: Path) -> None:
        ada = bench.member("UADA")
        bench.place("UADA", manager="UMIA")
        bench.bot.people.confirm_my_manager(ada, bench.bot.now())
        roster.write_text(lines(f"UADA,{TRACK},L3,UBEN"), encoding="utf-8")
        main(["people", "import", str(roster)])
        person = bench.bot.people.get(ada)
        assert person.confirmed_manager == bench.member("UMIA"), "until Ada confirms Ben"
        assert person.successor
        assert person.successor.user_id == "UBEN"

    def test_an_empty_manager_ends_the_relation(self, bench: Bench, roster: Path) -> None:
        bench.place("UADA", manager="UMIA")
        roster.write_text(lines(f"UADA,{TRACK},L3,"), encoding="utf-8")
        main(["people", "import", str(roster)])
        assert bench.bot.people.get(bench.member("UADA")).manager is None
        assert bench.rows("managers") == []
