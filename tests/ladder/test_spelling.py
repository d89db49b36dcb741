"""One key for a word's plural, and for its British and American spellings."""

import pytest

from bot.ladder.asking.spelling import key, slips, telling, words

ALIKE = """
organisation organization, organisations organization, organising organizing, behaviour behavior,
behaviours behavior, centre center, centres centers, centred centered, catalogue catalog,
catalogues catalogs, licence license, licences licenses, licensed licenced, analyse analyze,
analyses analysis, analysed analyzed, modelling modeling, modelled modeled, judgement judgment,
judgements judgment, programme program, programmes programs, defence defense, offences offense,
practise practice, practising practicing, mentors mentor, stories story, processes process,
caches cache, releases release, boxes box, cases case, uses use, crises crisis, statuses status,
houses house, sizes size, lenses lens, heroes hero, teams team, apis api, prs pr, ids id,
companies company, labelled labeled, cancelled canceled, fulfil fulfill, enrol enroll,
skilful skillful, instalment installment, prioritise prioritize, favourite favorite,
colours color, honour honor, theatre theater, dialogue dialogs, grey gray, towards toward,
learnt learned, sceptical skeptical, manoeuvre maneuver, focussed focused, ageing aging,
acknowledgement acknowledgment, enquiries inquiry, ties tie, movies movie, bases basis,
counsellor counselor, travelling traveling, organisers organizer, neighbours neighbor,
children child, people person, women woman, indices indexes, matrices matrix, cookies cookie,
choices choice, bridges bridge, lives life, fibre fiber, analogue analog, moulds mold,
artefacts artifact, specialities specialty, shelves shelf, quizzes quiz, likeable likable
"""
DIFFERENT = """
care car, mourning morning, fourth forth, use us, class clause, past paste, on one, note not,
human humane, filling filing, planning planing, desk disk, lead led, customer custom, business busy,
user use, plan plane, review revenue, code cod, does do, four for, test text, store story
"""


def pairs(text: str) -> list[tuple[str, ...]]:
    """The pairs of words in a list with commas."""
    return [tuple(pair.split()) for pair in text.split(",")]


@pytest.mark.parametrize(("one", "other"), pairs(ALIKE))
def test_these_are_one_word(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_these_are_two(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_words_are_folded_and_apostrophes_belong_to_them() -> None:
    assert words("The TEAM’s on-call café, v1.2!") == ("the", "teams", "on", "call", "cafe", "v1.2")
    assert telling("Head of the Team") == ("head", "team")


@pytest.mark.parametrize(
    ("word", "forgiven"), [("led", 0), ("lead", 1), ("analyst", 1), ("mentoring", 2), ("level4", 0)]
)
def test_longer_words_forgive_more_typing_errors(word: str, forgiven: int) -> None:
    assert slips(word) == forgiven
