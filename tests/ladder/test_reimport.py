"""Importing again: ids live on, and nothing that people logged is left without its place."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ladder.files.loading import load
from bot.ladder.importers.importing import ImportOutcome, import_source
from bot.ladder.importers.keeping_ids import Held, Sentence, keep_ids, likeness
from bot.ladder.importers.merging import Choices, merge
from bot.ladder.importers.report import ImportedCompetency, ImportedLevel, ImportedTrack
from bot.ladder.model import Competency, Ladder, Retired, RetiredCompetency, Statement

TABLE = """\
Competency,L1: Junior,L2: Senior
🔑 Keys,"- I count the keys every night.
- I oil the locks before winter.",I know who holds which key and why.
Doors,I close the doors behind me.,I plan new doors with the builders.
"""
OLD, NEW = "I oil the locks before winter.", "I oil all the locks before each winter."


def imported(
    folder: Path, text: str, choices: Choices | None = None, *, dry_run: bool = False
) -> ImportOutcome:
    path = folder / "keepers.csv"
    path.write_text(text, encoding="utf-8")
    outcome = import_source(path, folder / "ladder", choices=choices, dry_run=dry_run)
    assert outcome.problems == ()
    return outcome


def ladder_in(folder: Path) -> Ladder:
    ladder, problems = load(folder / "ladder")
    assert ladder, problems
    return ladder


def texts(ladder: Ladder) -> dict[str, str]:
    """Every statement's text by its id."""
    return {
        statement.id: statement.text
        for track in ladder.tracks
        for level in track.levels
        for expectation in level.expects
        for statement in expectation.statements
    }


def retired(ladder: Ladder) -> dict[str, Retired]:
    return {each.id: each for track in ladder.tracks for each in track.retired}


def test_a_reworded_statement_keeps_its_id_and_is_shown(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    outcome = imported(tmp_path, TABLE.replace(OLD, NEW))
    ladder = ladder_in(tmp_path)
    assert texts(ladder)["oil-locks-before-winter"] == NEW
    assert retired(ladder) == {}
    ((level, change),) = outcome.change.tracks[0].reworded()
    assert (level.id, change.id, change.was) == ("L1", "oil-locks-before-winter", OLD)


def test_reworded_statements_get_new_ids_on_request(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    changed = TABLE.replace(OLD, NEW).replace("I count the keys every night.",
                                              "I count the keys, every night")  # fmt: skip
    imported(tmp_path, changed, Choices(reworded_keep=False))
    ladder = ladder_in(tmp_path)
    gone = retired(ladder)["oil-locks-before-winter"]
    assert (gone.was, gone.competency, gone.level, gone.until) == (OLD, "keys", "L1", "1")
    (successor,) = gone.replaced_by
    assert texts(ladder)[successor] == NEW
    assert texts(ladder)["count-keys-every-night"] == "I count the keys, every night"


def test_a_statement_keeps_its_id_where_it_moves_to(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    before = texts(ladder_in(tmp_path))
    moved = TABLE.replace(f"\n- {OLD}", "").replace(
        "I plan new doors", f"- {OLD}\n- I plan new doors"
    )
    moved = moved.replace("I close the doors behind me.,", 'I close the doors behind me.,"')
    imported(tmp_path, moved.replace("builders.", 'builders."'))
    after = ladder_in(tmp_path)
    assert texts(after) == before
    doors = after.tracks[0].levels[1].expectation("doors")
    assert doors
    assert [each.id for each in doors.statements] == [
        "oil-locks-before-winter", "plan-new-doors-builders",
    ]  # fmt: skip


def test_capitals_and_a_renamed_title_change_no_id(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    before = texts(ladder_in(tmp_path))
    changed = TABLE.replace("L1: Junior", "l1: Apprentice").replace("🔑 Keys", "🗝️ KEYS")
    imported(tmp_path, changed)
    ladder = ladder_in(tmp_path)
    assert texts(ladder) == before
    assert [each.id for each in ladder.competencies] == ["keys", "doors"]
    assert (ladder.tracks[0].levels[0].id, ladder.tracks[0].levels[0].title) == ("L1", "Apprentice")


def test_what_went_is_retired_with_the_likest_to_follow(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    imported(
        tmp_path, TABLE.replace(OLD, "I oil and grease the locks when it gets cold in winter.")
    )
    gone = retired(ladder_in(tmp_path))["oil-locks-before-winter"]
    assert len(gone.replaced_by) == 1
    imported(tmp_path, TABLE.replace("I close the doors behind me.", "I greet whoever comes."))
    assert retired(ladder_in(tmp_path))["close-doors-behind"].replaced_by == ()


def test_an_id_never_comes_back_for_something_else(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    without = TABLE.replace(f"\n- {OLD}", "")
    imported(tmp_path, without)
    imported(tmp_path, TABLE)
    ladder = ladder_in(tmp_path)
    assert "oil-locks-before-winter" in retired(ladder)
    assert texts(ladder)["oil-locks-before-winter-2"] == OLD


def test_a_renamed_competency_stays_and_is_pointed_out(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    before = texts(ladder_in(tmp_path))
    renamed = TABLE.replace("Doors", "Gates")
    outcome = imported(tmp_path, renamed)
    assert outcome.notes == (
        "“Gates” was kept apart from “Doors”. If they are the same,"
        ' import again with --same "Doors=Gates"',
    )
    ladder = ladder_in(tmp_path)
    assert [each.id for each in ladder.competencies] == ["keys", "doors", "gates"]
    assert texts(ladder) == before


def test_names_that_are_said_to_be_the_same_are_one_competency(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    renamed = TABLE.replace("Doors", "Gates")
    imported(tmp_path, renamed, Choices(joined=(("Doors", "Gates"),)))
    ladder = ladder_in(tmp_path)
    doors = ladder.competency("doors")
    assert doors
    assert (doors.name, doors.aliases) == ("Gates", ("Doors",))
    assert [each.id for each in ladder.competencies] == ["keys", "doors"]
    assert imported(tmp_path, renamed).files == ()


def test_joining_after_the_fact_retires_the_double() -> None:
    ladder, track = Ladder("n", "N", "1"), levels_of(random.Random(1))
    first, _ = merge(ladder, [track])
    renamed = with_competency(track, track.levels[0].competencies[0].name, "Quite another")
    apart, notes = merge(first, [renamed])
    assert "kept apart" in notes[0]
    old = track.levels[0].competencies[0].name
    joined, _ = merge(apart, [renamed], choices=Choices(joined=((old, "Quite another"),)))
    (gone,) = joined.retired
    assert (gone.id, gone.replaced_by) == ("quite-another", (first.competencies[0].id,))
    assert joined.current("quite-another") == joined.competencies[0]
    assert texts(joined).keys() == texts(first).keys()


def test_a_name_in_same_that_nobody_has_is_refused(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    choices = Choices(joined=(("Dors", "Doors"),))
    outcome = import_source(tmp_path / "keepers.csv", tmp_path / "ladder", choices=choices)
    assert "“Dors”, which is neither" in outcome.problems[0].message


def told_of(*names: str, level: str = "L1") -> ImportedTrack:
    sections = tuple(
        ImportedCompetency(n, "", "", (f"I do {n} here.",), (f"Once {n}.",)) for n in names
    )
    return ImportedTrack("t", "T", (ImportedLevel(level, "One", competencies=sections),))


def ids_at(ladder: Ladder, level: int = 0) -> list[str]:
    return [each.competency.id for each in ladder.tracks[0].levels[level].expects]


def test_a_name_is_known_before_an_id_and_an_id_before_an_alias() -> None:
    known = (
        Competency("one", "First", aliases=("Second", "two")),
        Competency("two", "Second"),
    )
    merged, _ = merge(Ladder("n", "N", "1", known), [told_of("second", "TWO", "ONE")])
    assert ids_at(merged) == ["two", "one"]
    assert merged.competencies == known


def test_the_name_that_one_level_uses_is_known_on_another() -> None:
    first, _ = merge(Ladder("n", "N", "1"), [told_of("First")])
    level = first.tracks[0].levels[0]
    named = replace(level.expects[0].competency, name="Uno")
    level = replace(level, expects=(replace(level.expects[0], competency=named),))
    ladder = replace(first, tracks=(replace(first.tracks[0], levels=(level,)),))
    merged, _ = merge(ladder, [told_of("uno", level="L2")])
    assert ids_at(merged, 1) == ["first"]
    assert len(merged.competencies) == 1


def test_two_names_of_one_competency_are_one_section_with_all_that_both_say() -> None:
    known = (Competency("one", "First", aliases=("Second",)),)
    merged, _ = merge(Ladder("n", "N", "1", known), [told_of("First", "Second")])
    (only,) = merged.tracks[0].levels[0].expects
    assert [each.text for each in only.statements] == ["I do First here.", "I do Second here."]
    assert only.examples == ("Once First.", "Once Second.")


def test_a_retired_competency_does_not_come_back_as_something_else() -> None:
    gone = RetiredCompetency("doors", "Doors", "1")
    merged, _ = merge(Ladder("n", "N", "1", retired=(gone,)), [told_of("Doors")])
    assert ids_at(merged) == ["doors-2"]


def test_what_a_source_does_not_say_of_a_competency_stays() -> None:
    known = Competency("keys", "Keys", "🔑", "What opens doors.")
    merged, _ = merge(Ladder("n", "N", "1", (known,)), [told_of("Keys")])
    here = merged.tracks[0].levels[0].expects[0].competency
    assert (here.emoji, here.description) == ("🔑", "What opens doors.")


def test_while_a_level_uses_the_older_name_it_stays_in_front() -> None:
    first, _ = merge(Ladder("n", "N", "1"), [told_of("Doors"), told_of("Doors", level="L2")])
    same = Choices(joined=(("Doors", "Gates"),))
    joined, _ = merge(first, [told_of("Gates", level="L2")], choices=same)
    (doors,) = joined.competencies
    assert (doors.name, doors.aliases) == ("Doors", ("Gates",))
    again, _ = merge(joined, [told_of("Gates", level="L2")])
    assert again.competencies == joined.competencies, "known from now on, without being told"
    assert merge(joined, [told_of("Gates", level="L2")], choices=same)[0] == joined


def test_a_double_that_another_level_still_uses_is_not_retired() -> None:
    first, _ = merge(Ladder("n", "N", "1"), [told_of("Doors"), told_of("Gates", level="L2")])
    same = Choices(joined=(("Doors", "Gates"),))
    joined, _ = merge(first, [told_of("Gates")], choices=same)
    assert joined.retired == ()
    assert (ids_at(joined), ids_at(joined, 1)) == (["doors"], ["gates"])


def test_levels_that_the_source_leaves_out_stay_and_are_named(tmp_path: Path) -> None:
    imported(tmp_path, TABLE.replace("L1: Junior", "L0: Trainee"))
    outcome = imported(tmp_path, TABLE)
    assert outcome.notes == ("keepers: L0 not in this source, left as they were",)
    assert [level.id for level in ladder_in(tmp_path).tracks[0].levels] == ["L0", "L1", "L2"]


def test_a_dry_run_writes_nothing_and_says_the_same(tmp_path: Path) -> None:
    dry = imported(tmp_path, TABLE, dry_run=True)
    assert not (tmp_path / "ladder").exists()
    wet = imported(tmp_path, TABLE)
    assert (dry.change, dry.notes) == (wet.change, wet.notes)
    assert set(dry.files) == set(wet.files)


def test_likeness_reads_words_not_marks() -> None:
    assert likeness("I oil the locks.", "i OIL the  locks") == 100
    assert likeness("TBD", "I oil the locks.") == 0
    assert likeness("守る", "守る!") == 100


def test_the_likest_pair_goes_first() -> None:
    place = ("l1", "keys")
    held = [Held(place, Statement("one", "I count the keys at night")),
            Held(place, Statement("two", "I count the keys at night and at noon"))]  # fmt: skip
    sentences = [Sentence(place, "I count the keys at night and at dawn")]
    keeping = keep_ids(held, sentences, {"one", "two"})
    assert keeping.ids == {0: "two"}
    assert keeping.followed == {"one": ("two",)}


# Rewording most of a ladder orphans nothing.

WORDS = [
    "plan", "ship", "guide", "risk", "team", "users", "quiet", "release", "write", "review",
    "teach", "measure", "ask", "decide", "estimate", "repair", "listen", "draw", "test", "explain",
    "service", "deadline", "budget", "question", "trade", "early", "kindly", "safely", "often",
]  # fmt: skip


def levels_of(chance: random.Random) -> ImportedTrack:
    """A track of three levels with sentences of six to fourteen words."""
    names = chance.sample(["Craft", "Care", "Teaching", "Customers", "Delivery"], 3)
    levels = []
    for number in range(1, 4):
        sections = tuple(
            ImportedCompetency(name, "🦉", "", tuple(sentence(chance) for _ in range(4)))
            for name in names
        )
        levels.append(ImportedLevel(f"L{number}", f"Title {number}", competencies=sections))
    return ImportedTrack("platform", "Platform", tuple(levels))


def sentence(chance: random.Random) -> str:
    return "I " + " ".join(chance.choices(WORDS, k=chance.randint(6, 14)))


def with_competency(track: ImportedTrack, old: str, new: str) -> ImportedTrack:
    return changed(track, lambda c: replace(c, name=new) if c.name == old else c)


def changed(
    track: ImportedTrack, change: Callable[[ImportedCompetency], ImportedCompetency]
) -> ImportedTrack:
    levels = tuple(
        replace(level, competencies=tuple(change(each) for each in level.competencies))
        for level in track.levels
    )
    return replace(track, levels=levels)


def reworded(track: ImportedTrack, chance: random.Random, depth: float) -> ImportedTrack:
    """Four sentences of five in other words, bullets shuffled, other titles and emoji."""

    def rewrite(section: ImportedCompetency) -> ImportedCompetency:
        new = [worded(each, chance, depth) if chance.random() < 0.8 else each
               for each in section.statements]  # fmt: skip
        chance.shuffle(new)
        return replace(section, emoji="🐢", statements=tuple(new))

    track = changed(track, rewrite)
    first, *others = track.levels
    return replace(track, levels=(replace(first, title="Quite another title"), *others))


def worded(text: str, chance: random.Random, depth: float) -> str:
    words = text.split()
    for _ in range(max(1, round(len(words) * depth))):
        place = chance.randrange(len(words))
        how = chance.choice(["replace", "insert", "drop", "swap"])
        if how == "replace":
            words[place] = chance.choice(WORDS)
        elif how == "insert":
            words.insert(place, chance.choice(WORDS))
        elif how == "drop" and len(words) > 3:
            words.pop(place)
        else:
            words.append(words.pop(place))
    return " ".join(words)


def present_ids(ladder: Ladder, ids: Iterable[str]) -> set[str]:
    """Where these ids lead to, through the replacements of those that are retired."""
    gone, here = retired(ladder), texts(ladder)
    waiting, found = list(ids), set()
    while waiting:
        each = waiting.pop()
        if each in here:
            found.add(each)
        else:
            waiting += gone[each].replaced_by
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.sampled_from([0.1, 0.3, 0.6, 0.9]), st.booleans())
def test_rewording_most_of_a_ladder_orphans_nothing(seed: int, depth: float, keep: bool) -> None:
    chance = random.Random(seed)
    track = levels_of(chance)
    first, _ = merge(Ladder("n", "N", "1"), [track])
    given_ids, competencies = texts(first), {each.id for each in first.competencies}
    ladder = first
    for _ in range(3):
        track = reworded(track, chance, depth)
        ladder, _ = merge(ladder, [track], choices=Choices(reworded_keep=keep))
        here, gone = texts(ladder), retired(ladder)
        assert not here.keys() & gone.keys()
        assert given_ids.keys() <= here.keys() | gone.keys()
        assert competencies == {each.id for each in ladder.competencies}
        assert len(gone) == sum(len(each.retired) for each in ladder.tracks)
        assert len(here) == 3 * 3 * 4
        present_ids(ladder, gone)
        given_ids = {**given_ids, **here}
        assert merge(ladder, [track])[0] == ladder


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000))
def test_light_rewording_keeps_every_id_on_its_own_sentence(seed: int) -> None:
    chance = random.Random(seed)
    track = levels_of(chance)
    first, _ = merge(Ladder("n", "N", "1"), [track])
    light = changed(
        track,
        lambda c: replace(c, statements=tuple(worded(s, chance, 0.1) for s in c.statements)),
    )
    second, _ = merge(first, [light])
    before, after = texts(first), texts(second)
    assert list(before) == list(after)
