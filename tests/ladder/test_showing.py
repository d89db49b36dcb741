"""What people see of each kind of answer, and that every button leads where it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import pytest

from bot.ladder.asking.answers import (
    AcrossLevels,
    Answer,
    Choice,
    ChooseTrack,
    CompareAnswer,
    CompetencyAnswer,
    Found,
    Hit,
    LevelAnswer,
    MaturityAnswer,
    NotFound,
    NotPlaced,
    SameRung,
    SearchAnswer,
    SharedAnswer,
    Standing,
    TopRung,
)
from bot.ladder.asking.lookup import answer
from bot.ladder.blocks import _DRAWN, Act, Ask, Scene, draw, render
from bot.ladder.files.loading import load
from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Maturity,
    Statement,
    Track,
)
from bot.slack.state import unpack
from playground.local_slack import text_of
from playground.local_slack.elements import interactive
from playground.local_slack.limits_checks import options_of
from tests.bench import Bench
from tests.ladder.samples import HEAD, TRACK, ladder_at

OTHER = """\
id: coaching
name: Coaching
levels:
  - {id: C3, title: Coach, rank: 4, summary: I help others find their way.}
"""
OWN = Standing("platform", "L3")


@pytest.fixture
def ladder(tmp_path: Path) -> Ladder:
    found, problems = load(ladder_at(tmp_path, HEAD, platform=TRACK, coaching=OTHER))
    assert found, problems
    return found


def track(ladder: Ladder) -> Track:
    found = ladder.track("platform")
    assert found
    return found


def shown(
    ladder: Ladder, found: Answer, standing: Standing | None = None, **ask: Any
) -> dict[str, Any]:
    return render(found, Scene(ladder, standing, Ask(**ask)), [])


def said(ladder: Ladder, found: Answer, standing: Standing | None = None, **ask: Any) -> str:
    return text_of(shown(ladder, found, standing, **ask))


def asks(message: dict[str, Any]) -> dict[str, str]:
    """What each button and each option asks, by its label."""
    found = {}
    for _, element in interactive(message["blocks"]):
        if element["action_id"].startswith(f"{Act.ASK}:"):
            found[element["text"]["text"]] = unpack(Ask, element["value"]).words
        found |= {each["text"]["text"]: each["value"] for each in options_of(element)}
    return found


def test_every_kind_of_answer_can_be_drawn() -> None:
    assert set(_DRAWN) == set(get_args(Answer))


# A level


def test_what_is_inherited_is_one_line_with_a_button_and_never_repeated(ladder: Ladder) -> None:
    here = track(ladder)
    message = shown(ladder, LevelAnswer(here, here.levels[1]))
    text = text_of(message)
    assert "Everything at *L3: Senior Platform Engineer* counts here too." in text
    assert "I plan a migration" not in text
    assert asks(message)["Read L3"] == "platform/L3"
    twice = replace(here.levels[1], inherits=("L3", "platform/L3"))
    named_twice = replace(here, levels=(here.levels[0], twice))
    again = replace(ladder, tracks=(ladder.tracks[0], named_twice))
    assert said(again, LevelAnswer(named_twice, twice)).count("Everything at") == 1


def test_an_inherited_level_that_inherits_too_is_named_with_it(ladder: Ladder) -> None:
    third = Level("L5", "Sage", 5, inherits=("L4",))
    longer = replace(track(ladder), levels=(*track(ladder).levels, third))
    more = replace(ladder, tracks=(longer, *ladder.tracks[1:]))
    text = said(more, LevelAnswer(longer, third))
    assert "Everything at *L4: Lead Platform Engineer* counts here too, and with it L3." in text


def test_shared_statements_are_one_line_with_a_button(ladder: Ladder) -> None:
    here = track(ladder)
    message = shown(ladder, LevelAnswer(here, here.levels[0]))
    assert "*Everyone*: 1 more statement counts here too." in text_of(message)
    assert "I say early when I am stuck." not in text_of(message)
    assert asks(message)["Read them"] == "shared everyone"


def test_examples_of_a_level_are_behind_a_button(ladder: Ladder) -> None:
    here = track(ladder)
    found = LevelAnswer(here, here.levels[0])
    assert "I led the move" not in said(ladder, found)
    assert "[Show 1 example]" in said(ladder, found)
    opened = said(ladder, found, examples=1)
    assert "I led the move to the new build servers." in opened
    assert opened.index("I plan a migration") < opened.index("I led the move")
    assert "[Hide examples]" in opened
    buttons = [element for _, element in interactive(shown(ladder, found, examples=1)["blocks"])]
    hide = [each for each in buttons if each.get("text", {}).get("text") == "Hide examples"]
    assert [unpack(Ask, each["value"]).examples for each in hide] == [0]


def test_the_ways_on_from_a_level(ladder: Ladder) -> None:
    here = track(ladder)
    ways = asks(shown(ladder, LevelAnswer(here, here.levels[0])))
    assert ways["Next: L4"] == "platform/L4"
    assert ways["Compare with L4"] == "compare platform/L3 platform/L4"
    assert ways["🦉 Craft"] == "platform/L3 craft"
    assert ways["C3: Coach"] == "compare platform/L3 coaching/C3"
    assert ways["What Maturing, Performing and Exceeding mean"] == "maturity"
    assert "Same rung on other tracks" not in ways
    assert "compare platform/L3 platform/L3" not in ways.values()
    silent = replace(ladder, maturity=())
    assert "maturity" not in asks(shown(silent, LevelAnswer(here, here.levels[0]))).values()
    mine = asks(shown(ladder, LevelAnswer(here, here.levels[1]), OWN))
    assert mine["Compare with L3"] == "compare platform/L3 platform/L4"
    assert mine["Same rung on other tracks"] == "same platform/L4"


def test_every_next_level_has_its_button_where_the_ladder_branches(ladder: Ladder) -> None:
    here = track(ladder)
    branching = replace(here.levels[1], next=("L3", "coaching/C3"))
    here = replace(here, levels=(here.levels[0], branching))
    more = replace(ladder, tracks=(ladder.tracks[0], here))
    ways = asks(shown(more, LevelAnswer(here, branching)))
    assert ways["Next: L3"] == "platform/L3"
    assert ways["Next: Coaching C3: Coach"] == "coaching/C3"
    wider = replace(branching, next=("L3", "coaching/C3", "L4"))
    here = replace(here, levels=(here.levels[0], wider))
    ways = asks(shown(replace(more, tracks=(ladder.tracks[0], here)), LevelAnswer(here, wider)))
    assert ways["What comes next"] == "next platform/L4"


def test_a_level_is_the_askers_own_only_for_them(ladder: Ladder) -> None:
    here = track(ladder)
    found = LevelAnswer(here, here.levels[0])
    assert "where you stand" in said(ladder, found, OWN)
    assert "where you stand" not in said(ladder, found)
    later = LevelAnswer(here, here.levels[1], here.levels[0])
    assert "comes after L3" in said(ladder, later, OWN)


def test_a_page_has_at_most_two_rows_of_ways_on(ladder: Ladder) -> None:
    here = track(ladder)
    silent = SameRung(here, here.levels[1], ((ladder.tracks[0], ladder.tracks[0].levels[0]),))
    for found in (
        LevelAnswer(here, here.levels[1]),
        CompetencyAnswer(here, here.levels[0], here.levels[0].expects[0]),
        CompareAnswer(here, here.levels[0], here, here.levels[1]),
        silent,
    ):
        scene = Scene(ladder, OWN, Ask(), shareable=True)
        rows = [b for b in render(found, scene, [])["blocks"] if b["type"] == "actions"]
        assert 1 <= len(rows) <= 2
        assert "Share in this channel" in text_of({"blocks": rows[:1]})


def test_pages_lead_to_each_other_and_say_what_they_go_on_with(
    ladder: Ladder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ladder.showing.paging.PAGE_CHARS", 300)
    here = track(ladder)
    many = tuple(Statement(f"s{n}", f"I plan part {n}, {'and ' * 200}") for n in range(9))
    expects = tuple(Expectation(each, many) for each in ladder.competencies)
    level = replace(here.levels[0], title="R&D", expects=expects)
    here = replace(here, levels=(level, here.levels[1]))
    found = LevelAnswer(here, level)
    more = replace(ladder, tracks=(ladder.tracks[0], here))
    first, last = shown(more, found, OWN), shown(more, found, OWN, page=99)
    assert ("Read on" in asks(first), "Back" in asks(first)) == (True, False)
    assert ("Read on" in asks(last), "Back" in asks(last)) == (False, True)
    assert "where you stand" in text_of(first)
    assert "where you stand" not in text_of(last)
    assert "L3: R&amp;D" in str(last["blocks"])
    pages = [said(more, found, OWN, page=number) for number in range(12)]
    assert [page for page in pages if "L3: R&D · Care, continued" in page]
    begins = [page for page in pages if "*Care*" in page]
    assert begins
    assert not [page for page in begins if "Care, continued" in page]
    assert "🦉 Craft" in said(more, found, OWN, pick="competency", page=99)


# One competency


def test_a_competency_says_how_much_the_inherited_levels_add(ladder: Ladder) -> None:
    here = track(ladder)
    message = shown(ladder, CompetencyAnswer(here, here.levels[1], here.levels[1].expects[0]))
    assert "1 more statement counts here too, from L3 (1)." in text_of(message)
    assert "I plan a migration" not in text_of(message)
    assert asks(message)["Read L3"] == "platform/L3 craft"


def test_examples_of_a_competency_are_behind_a_button(ladder: Ladder) -> None:
    here = track(ladder)
    found = CompetencyAnswer(here, here.levels[0], here.levels[0].expects[0])
    assert "I led the move" not in said(ladder, found)
    assert "[Show 1 example]" in said(ladder, found)
    assert "• I led the move to the new build servers." in said(ladder, found, examples=1)


def test_the_ways_on_from_a_competency(ladder: Ladder) -> None:
    here = track(ladder)
    ways = asks(shown(ladder, CompetencyAnswer(here, here.levels[0], here.levels[0].expects[0])))
    assert ways["Over all levels"] == "all craft platform"
    assert ways["At L4"] == "platform/L4 craft"
    assert ways["All of L3"] == "platform/L3"


def test_over_all_levels_each_level_keeps_its_own_name_for_it(ladder: Ladder) -> None:
    here = track(ladder)
    levels = tuple((each, each.expectation("craft")) for each in here.levels)
    silent = (Level("L5", "Sage", 5), None)
    found = AcrossLevels(here, ladder.competencies[0], (*levels, silent))
    text = said(ladder, found)
    assert "over all levels" in text
    assert "*L4: Lead Platform Engineer* · Deep craft" in text
    assert text.index("I plan a migration") < text.index("I name the risk")
    assert "*L5: Sage*\n_Nothing is said here._" in text
    assert asks(shown(ladder, found))["L3: Senior Platform Engineer"] == "platform/L3 craft"


def test_over_all_levels_the_next_competency_is_one_step_away(ladder: Ladder) -> None:
    here, other = track(ladder), Competency("people", "People", "🌱")
    more = replace(here.levels[1], expects=(*here.levels[1].expects, Expectation(other)))
    longer = replace(here, levels=(here.levels[0], more))
    found = AcrossLevels(longer, ladder.competencies[0], ((more, more.expects[0]),))
    assert asks(shown(ladder, found))["🌱 People"] == "all people platform"


# Two levels


def test_comparing_shows_what_changes_then_both_sides(ladder: Ladder) -> None:
    here = track(ladder)
    text = said(ladder, CompareAnswer(here, here.levels[0], here, here.levels[1]))
    assert "*Planning horizon*: This quarter  →  –" in text
    assert "Platform Engineer · L3: Senior Platform Engineer  →  L4: Lead Platform Engineer" in text
    assert "\n🦉 Craft\n*L3*\n• I plan a migration that can be stopped half way." in text
    assert "*L4* · Deep craft\n• I name the risk before I take it." in text
    assert "Everything at *L3* counts at L4 too." in text


def test_levels_of_one_name_on_two_tracks_are_told_apart_from_the_title_on(ladder: Ladder) -> None:
    here, other = track(ladder), replace(track(ladder), id="data", name="Data")
    text = said(ladder, CompareAnswer(here, here.levels[0], other, other.levels[0]))
    assert text.startswith("Platform Engineer L3 compared with Data L3\n")


def test_a_competency_named_longer_than_slacks_large_lines_is_kept_whole(ladder: Ladder) -> None:
    here, name = track(ladder), "Craft " * 30
    known = replace(here.levels[0].expects[0].competency, name=name)
    long = replace(
        here.levels[0], expects=(Expectation(known, here.levels[0].expects[0].statements),)
    )
    renamed = replace(ladder, competencies=(known,))
    text = said(renamed, CompareAnswer(here, long, here, here.levels[1]))
    assert f"*🦉 {name.strip()}" in text
    assert "*L3*\n• I plan a migration" in text


def test_comparing_leaves_out_what_is_the_same_and_what_nobody_asked_about(
    ladder: Ladder,
) -> None:
    here, care = track(ladder), Expectation(ladder.competencies[1], (Statement("c", "I care."),))
    lower = replace(here.levels[0], expects=(care, *here.levels[0].expects))
    facts = {"Planning horizon": "A & B", "Impact radius": "My team"}
    higher = replace(here.levels[1], attributes=MappingProxyType(facts))
    found = CompareAnswer(here, lower, here, higher)
    text = said(ladder, found)
    assert "*Planning horizon*: This quarter  →  A &amp; B" in str(shown(ladder, found)["blocks"])
    assert "Impact radius" not in text
    assert text.index("🦉 Craft\n") < text.index("Care\n"), "in the ladder's order"
    only = said(ladder, replace(found, competency_id="craft"))
    assert "I name the risk" in only
    assert "I care." not in only


def test_levels_of_one_id_are_told_apart_by_their_tracks(ladder: Ladder) -> None:
    here, coach = track(ladder), ladder.tracks[0]
    same = replace(coach.levels[0], id="L3")
    text = said(ladder, CompareAnswer(here, here.levels[0], coach, same, "craft"))
    assert "*Platform Engineer L3*\n" in text
    assert "*Coaching L3*\n" in text


def test_the_ways_on_from_a_comparison(ladder: Ladder) -> None:
    here, coach = track(ladder), ladder.tracks[0]
    found = CompareAnswer(here, here.levels[0], coach, coach.levels[0])
    ways = asks(shown(ladder, found))
    assert ways["All of L3"] == "platform/L3"
    assert ways["All of C3"] == "coaching/C3"
    assert ways["Swap sides"] == "compare coaching/C3 platform/L3"
    assert ways["🦉 Craft"] == "compare platform/L3 coaching/C3 craft"
    only = asks(shown(ladder, replace(found, competency_id="craft")))
    assert only["All competencies"] == "compare platform/L3 coaching/C3"
    assert only["Swap sides"] == "compare coaching/C3 platform/L3 craft"


# Other answers


def test_the_same_rung_elsewhere(ladder: Ladder) -> None:
    here, coach = track(ladder), ladder.tracks[0]
    found = SameRung(here, here.levels[1], ((coach, coach.levels[0]),))
    message = shown(ladder, found)
    assert "*Coaching C3: Coach*" in text_of(message)
    assert "_I help others find their way._" in text_of(message)
    busy = replace(coach.levels[0], summary="I help & listen.")
    busy_found = replace(found, others=((coach, busy),))
    assert "_I help &amp; listen._" in str(shown(ladder, busy_found)["blocks"])
    assert asks(message)["Read it"] == "coaching/C3"
    assert asks(message)["Compare with Coaching C3"] == "compare platform/L4 coaching/C3"
    assert asks(message)["All of Platform Engineer L4"] == "platform/L4"
    assert "No other track" in said(ladder, SameRung(here, here.levels[0], ()))


def hit(ladder: Ladder, text: str, kind: Found = Found.STATEMENT) -> Hit:
    here = track(ladder)
    return Hit(kind, text, here, here.levels[0], ladder.competencies[0])


def test_a_search_groups_by_level_and_sets_the_words_in_bold(ladder: Ladder) -> None:
    found = SearchAnswer(
        "migration",
        (
            hit(ladder, "I plan a migration & say <so>."),
            hit(ladder, "Two migrations, done.", Found.EXAMPLE),
            Hit(Found.STATEMENT, "I say early when I am stuck."),
        ),
    )
    message = shown(ladder, found)
    raw = str(message["blocks"])
    assert "I plan a *migration* &amp; say &lt;so&gt;." in raw
    assert "_Craft, Example_: Two *migrations*, done." in text_of(message)
    assert text_of(message).count("*Platform Engineer L3: Senior Platform Engineer*") == 1
    assert asks(message)["Read it there"] in ("platform/L3 craft", "shared everyone")
    assert "“migration” is in 3 places" in message["text"]


def test_hits_about_several_competencies_are_read_at_the_whole_level(ladder: Ladder) -> None:
    one = hit(ladder, "I plan a migration.")
    other = replace(one, competency=ladder.competencies[1])
    found = SearchAnswer("mig", (one, other))
    assert asks(shown(ladder, found))["Read it at L3"] == "platform/L3"
    assert asks(shown(ladder, SearchAnswer("mig", (one,))))["Read it at L3"] == "platform/L3 craft"
    assert "I plan a migration." in said(ladder, found), "three letters are no stem to mark"


@pytest.mark.parametrize(
    ("typed", "text", "drawn"),
    [
        ("risk", "*risk* and risky_thing", "*risk* and risky_thing"),
        ("amp", "R&D amp & lt", "R&amp;D *amp* &amp; lt"),
        ("a", "a*b a", "a*b *a*"),
        ("*", "5 * 3", "5 * 3"),
        ("résumé", "a resume.", "a *resume*."),
        ("organizing", "Organising, organised", "*Organising*, organised"),
        ("behavior", "my behaviours", "my *behaviours*"),
        ("!channel", "<!channel> now", "&lt;!channel&gt; now"),
    ],
)
def test_bold_never_breaks_what_is_escaped(
    ladder: Ladder, typed: str, text: str, drawn: str
) -> None:
    message = shown(ladder, SearchAnswer(typed, (hit(ladder, text),)))
    lines = "".join(b["text"]["text"] for b in message["blocks"] if b["type"] == "section")
    assert lines.endswith(f"• _Craft_: {drawn}")


def test_a_search_without_words_invites_and_without_hits_says_so(ladder: Ladder) -> None:
    assert "[Ask the ladder]" in said(ladder, SearchAnswer(""))
    nothing = said(ladder, SearchAnswer("<quokka>"))
    assert "Nothing in the ladder holds “<quokka>”." in nothing
    assert "[Ask the ladder]" in nothing


def test_maturity_says_plainly_what_the_ladder_does_not_say(ladder: Ladder) -> None:
    words = (Maturity("Maturing", "Growing into it."), Maturity("Exceeding"))
    text = said(ladder, MaturityAnswer(words))
    assert "*Maturing*\nGrowing into it." in text
    assert "*Exceeding*\n_This ladder does not say what it means._" in text
    assert "has no words" in said(ladder, MaturityAnswer(()))


def test_shared_statements_are_read_whole(ladder: Ladder) -> None:
    text = said(ladder, SharedAnswer(ladder.shared[0], (track(ladder),)))
    assert "Counts at every level of Platform Engineer" in text
    assert "• I say early when I am stuck." in text
    assert "No track includes these" in said(ladder, SharedAnswer(ladder.shared[0], ()))


def test_a_placeholder_never_looks_like_a_statement(ladder: Ladder) -> None:
    here = track(ladder)
    unwritten = replace(here.levels[0].expects[0], statements=(Statement("x", "TBD", True),))
    text = said(ladder, CompetencyAnswer(here, here.levels[0], unwritten))
    assert "Not written yet." in text
    assert "TBD" not in text


def test_somebody_whose_level_left_the_ladder_is_told_and_keeps_reading(ladder: Ladder) -> None:
    gone = Standing("platform", "L9")
    text = said(ladder, answer(ladder, gone, ""), gone)
    assert "platform L9, where you stood, is not in it any more" in text
    assert "L3: Senior Platform Engineer" in text
    assert "do not know yet" in said(ladder, NotPlaced("my level"))


def test_who_stands_nowhere_reads_any_level_from_one_menu_and_hears_how_to_compare(
    ladder: Ladder,
) -> None:
    message = shown(ladder, NotPlaced("compare"), words="compare")
    assert len(list(interactive(message["blocks"]))) == 1
    assert asks(message)["C3: Coach"] == "coaching/C3"
    assert "`/ladder compare L3 L4`" in text_of(message)


def test_a_choice_says_what_is_chosen(ladder: Ladder) -> None:
    here, coach = track(ladder), ladder.tracks[0]
    over_all = ChooseTrack(
        "", tuple(Choice(t, t.levels[0], f"all craft {t.id}") for t in (here, coach))
    )
    message = shown(ladder, over_all)
    assert "Craft over all levels: of which track?" in text_of(message)
    assert asks(message) == {
        "Platform Engineer": "all craft platform",
        "Coaching": "all craft coaching",
    }
    levels = ChooseTrack(
        "", tuple(Choice(here, lv, f"platform/{lv.id} craft") for lv in here.levels)
    )
    message = shown(ladder, levels, words="craft")
    assert "Craft: at which level?" in text_of(message)
    assert asks(message)["Over all levels"] == "craft all levels"
    after = ChooseTrack("", tuple(Choice(here, lv, f"platform/{lv.id}") for lv in here.levels))
    assert "More than one level can come next." in said(ladder, after, words="next L2")


def test_choices_name_their_track_where_they_need_to(ladder: Ladder) -> None:
    here, coach = track(ladder), ladder.tracks[0]
    both = ChooseTrack("", tuple(Choice(t, t.levels[0], f"words {t.id}") for t in (here, coach)))
    ways = asks(shown(ladder, both))
    assert ways["Platform Engineer L3: Senior Platform Engineer"] == "words platform"
    alone = ChooseTrack("", tuple(Choice(here, lv, f"words {lv.id}") for lv in here.levels))
    assert asks(shown(ladder, alone))["L4: Lead Platform Engineer"] == "words L4"


def test_the_top_of_a_track_is_no_dead_end(ladder: Ladder) -> None:
    here = track(ladder)
    message = shown(ladder, TopRung(here, here.levels[1]))
    assert "last level of its track" in text_of(message)
    assert asks(message)["Read L4"] == "platform/L4"
    assert asks(message)["Same rung on other tracks"] == "same platform/L4"


def test_nothing_found_offers_the_nearest(ladder: Ladder) -> None:
    message = shown(ladder, NotFound("<crft>", ("Craft", "Care")))
    assert "nothing for “<crft>”" in text_of(message)
    assert asks(message)["Craft"] == "Craft"
    assert "[Ask the ladder]" in text_of(message)


def test_a_title_longer_than_slacks_large_lines_is_kept_whole(ladder: Ladder) -> None:
    long = Level("L7", "A very senior " + "x" * 150, 7, attributes=MappingProxyType({}))
    here = replace(track(ladder), levels=(long,))
    assert f"L7: {long.title}" in said(replace(ladder, tracks=(here,)), LevelAnswer(here, long))


def test_each_answer_says_what_it_is_in_a_notification(ladder: Ladder) -> None:
    here = track(ladder)
    first, second = here.levels
    for found, text in (
        (LevelAnswer(here, first), "Platform Engineer L3: Senior Platform Engineer"),
        (CompetencyAnswer(here, first, first.expects[0]), "Craft at L3: Senior Platform Engineer"),
        (CompareAnswer(here, first, here, second), "L3 compared with L4"),
        (CompareAnswer(here, first, here, second, "craft"), "L3 compared with L4: Craft"),
        (SharedAnswer(ladder.shared[0], ()), "Everyone"),
        (
            MaturityAnswer(ladder.maturity),
            "How far along within a level: Maturing, Performing, Exceeding",
        ),
    ):
        assert draw(found, Scene(ladder, None, Ask())).headline == text
        assert shown(ladder, found)["text"] == text


# Through Slack, from every surface


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    sqlite_bench.place("UADA", "L3")
    return sqlite_bench


def wait(bench: Bench, words: str) -> str:
    assert bench.slack.wait_for(lambda: words in text_of(bench.slack.modal("UADA"))), words
    return text_of(bench.slack.modal("UADA"))


def test_from_home_an_answer_opens_in_a_modal_that_goes_on(bench: Bench) -> None:
    bench.slack.press("UADA", bench.slack.open_home("UADA"), "What comes next")
    view = bench.modal("UADA", "Career ladder")
    assert "L4: Technical Lead" in text_of(view)
    bench.slack.press("UADA", view, "Compare with L3")
    wait(bench, "L3 compared with L4")
    bench.slack.select(
        "UADA", bench.modal("UADA"), "Only one competency…", "🌱 Teaching and Mentoring"
    )
    wait(bench, "[All competencies]")
    assert len(bench.slack.workspace.modals["UADA"]) == 1, "it stays the same modal"
    assert bench.slack.dm("UADA") == []


def test_in_a_modal_pages_are_turned_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ladder.showing.paging.PAGE_CHARS", 3_000)
    bench.slack.press("UADA", bench.slack.open_home("UADA"), "What comes next")
    bench.slack.press("UADA", bench.modal("UADA"), "Read on")
    wait(bench, "Page 2 of 2")
    bench.slack.press("UADA", bench.modal("UADA"), "Back")
    wait(bench, "Page 1 of 2")


def test_asking_in_a_field_is_answered_in_its_place(bench: Bench) -> None:
    bench.slack.press("UADA", bench.slack.open_home("UADA"), "Ask the ladder")
    bench.modal("UADA", "Career ladder")
    bench.slack.submit("UADA", {"What would you like to read?": "L4 teaching"})
    assert "🌱 Teaching and Mentoring" in wait(bench, "L4: Technical Lead")
    bench.slack.press("UADA", bench.modal("UADA"), "All of L4")
    assert "Domain expertise" in wait(bench, "Next: L5")


def test_somebody_new_reads_any_level_from_home(bench: Bench) -> None:
    home = bench.slack.open_home("UBEN")
    assert "What comes next" not in text_of(home)
    bench.slack.select("UBEN", home, "Read any level…", "L4: Technical Lead")
    assert "L4: Technical Lead" in text_of(bench.modal("UBEN", "Career ladder"))


def test_a_newcomer_finds_how_to_compare_and_how_to_share_one_competency(bench: Bench) -> None:
    answered = bench.slack.command("UBEN", "/ladder L4 security", "sec-ops").message
    assert answered

    def see(words: str) -> None:
        assert bench.slack.wait_for(lambda: words in text_of(answered)), text_of(answered)

    bench.slack.select("UBEN", answered, "Compare with…", "L2: Security Analyst")
    see("L2 compared with L4")
    bench.slack.press("UBEN", answered, "All of L4")
    see("One competency…")
    bench.slack.select("UBEN", answered, "One competency…", "🌱 Teaching and Mentoring")
    see("Share in this channel")
    bench.slack.press("UBEN", answered, "Share in this channel")
    see("Post it here")
    bench.slack.press("UBEN", answered, "Post it here")
    everybody = bench.slack.channel
    assert bench.slack.wait_for(lambda: len(everybody("sec-ops")) == 1)
    assert "Teaching and Mentoring" in text_of(everybody("sec-ops")[0])
