"""What both remember is the same for both, it can be taken along, and it is theirs alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from markdown_it import MarkdownIt

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Rhythm
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.sharing.scenes import add, share, was_always

ADA, MIA, EVE = "UADA", "UMIA", "UEVE"
FIRST, SECOND = "2026-12-03T16:00:00+01:00", "2026-12-10T16:00:00+01:00"
NOTE_OF_ADA, NOTE_OF_MIA = "I want to lead the drill.", "Ask her about the drill."


@pytest.fixture
def met(bench: Bench) -> Iterator[tuple[Bench, Pair]]:
    """Ada and Mia met twice: one promise was kept, one dropped, one is open."""
    bench.slack.add_user(EVE, "eve", "Eve Stranger", "eve@example.com", "Europe/Berlin")
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place(ADA)
    was_always(bench, ADA, MIA)
    ada, mia, now = bench.member(ADA), bench.member(MIA), bench.bot.now()
    rhythm = Rhythm(date(2026, 12, 3), time(14), zone="Europe/Berlin")
    pair = bench.bot.pairs.propose(ada, ada, mia, rhythm, now)
    bench.bot.pairs.answer(mia, pair.id, yes=True, now=now)
    pages = bench.bot.pages
    topic = pages.add_agenda(ada, pair.id, "The <drill> & the rota", "d1", now)
    pages.discussed(mia, topic.id, now)
    kept = pages.promise(ada, pair.id, mia, "I book the room", date(2026, 12, 9), "d2", now)
    dropped = pages.promise(mia, pair.id, ada, "I write the guide", None, "d3", now)
    bench.tick(FIRST)
    (past,), _ = pages.history(ada, pair.id, 0, bench.bot.now())
    pages.agree(mia, past.talk.id, "Ada leads the next drill.", "d4", bench.bot.now())
    now = bench.set_clock("2026-12-09T12:00:00+01:00")
    pages.done(ada, kept.id, now)
    pages.drop(ada, dropped.id, "The team wrote one", now)
    pages.write_note(ada, pair.id, NOTE_OF_ADA, "d5", now)
    pages.write_note(mia, pair.id, NOTE_OF_MIA, "d6", now)
    bench.tick(SECOND)
    pages.promise(ada, pair.id, ada, "I invite support", None, "d7", bench.bot.now())
    yield bench, pair


def opened(bench: Bench, user: str) -> str:
    bench.slack.command(user, "/ladder history")
    return text_of(bench.modal(user, "Earlier one-on-ones"))


def taken(bench: Bench, user: str, **fields: object) -> dict[str, str]:
    """The files that the form makes, by their endings."""
    opened(bench, user)
    bench.slack.press(user, bench.modal(user), "Take it along")
    bench.modal(user, "Take it along")
    before = len(bench.slack.files(user))
    chosen = {"File": ["html", "markdown"]} | fields
    answer = bench.slack.submit(user, chosen)
    assert not answer.errors, answer.errors
    assert bench.slack.wait_for(lambda: len(bench.slack.files(user)) == before + 2)
    bench.slack.close_modal(user, whole_stack=True)
    new = bench.slack.files(user)[before:]
    return {name.rpartition(".")[2]: content.decode() for name, _, content in new}


def neutral(text: str) -> str:
    """What one side reads, with the other's words for who is who."""
    for said in ("you: ", "@UADA: ", "@UMIA: ", "*With @UADA*", "*With @UMIA*"):
        text = text.replace(said, "")
    return text


def test_both_sides_read_the_same_past(met: tuple[Bench, Pair]) -> None:
    bench, _ = met
    ada, mia = opened(bench, ADA), opened(bench, MIA)
    assert neutral(ada) == neutral(mia)
    for words in ("3 Dec 2026", "10 Dec 2026", "Ada leads the next drill.", "I invite support"):
        assert words in ada
    assert "✅ @UMIA: I book the room" in ada
    assert "➖ you: I write the guide – dropped: The team wrote one" in ada
    assert ada.index("10 Dec 2026") < ada.index("3 Dec 2026")


def test_nobody_else_reads_it_and_a_partner_only_while_it_lasts(met: tuple[Bench, Pair]) -> None:
    bench, pair = met
    bench.slack.command(EVE, "/ladder history")
    view = bench.modal(EVE, "One-on-ones")
    bench.forge(EVE, view, "history.open", f'{{"v":1,"pair":"{pair.id}"}}')
    bench.hears(EVE, "not there")
    bench.bot.pairs.end(bench.member(MIA), pair.id, bench.bot.now())
    assert "They have ended." in opened(bench, ADA)
    bench.slack.command(MIA, "/ladder history")
    assert "nothing to look back on" in text_of(bench.modal(MIA, "One-on-ones"))
    assert "drill" not in text_of(bench.modal(MIA))


def test_it_can_be_taken_along_with_or_without_ones_own_note(met: tuple[Bench, Pair]) -> None:
    bench, _ = met
    plain = taken(bench, MIA)
    for page in (plain["html"], MarkdownIt().render(plain["md"])):
        for words in ("The &lt;drill&gt; &amp; the rota", "Ada leads the next drill.", "due 9 Dec"):
            assert words in page
        assert "Mia Lindqvist promised on 1 Dec 2026" in page
        assert "done on 9 Dec 2026" in page
        assert "dropped on 9 Dec 2026: The team wrote one" in page
        assert NOTE_OF_ADA not in page
        assert NOTE_OF_MIA not in page
        assert "UADA" not in page
    with_note = taken(bench, MIA, Private=["note"])
    assert NOTE_OF_MIA in with_note["html"]
    assert NOTE_OF_ADA not in with_note["html"] + with_note["md"]


@on_sqlite
def test_a_period_holds_its_days_and_nothing_else(met: tuple[Bench, Pair]) -> None:
    bench, _ = met
    page = taken(bench, ADA, From="2026-12-04", To="2026-12-10")["md"]
    assert "From 4 Dec 2026 to 10 Dec 2026" in page
    assert "## Past one-on-ones\n\n\n### 10 Dec 2026" in page
    assert "Ada leads" not in page
    assert "Agenda for the next one" not in page
    opened(bench, ADA)
    bench.slack.press(ADA, bench.modal(ADA), "Take it along")
    bench.modal(ADA, "Take it along")
    wrong = bench.slack.submit(ADA, {"From": "2026-12-10", "To": "2026-12-04"})
    assert "before the first day" in str(wrong.errors)


@on_sqlite
def test_shared_examples_go_along_and_taking_them_is_told_to_their_owner(
    met: tuple[Bench, Pair],
) -> None:
    bench, _ = met
    add(bench, "e1", "I taught the rota.")
    add(bench, "e2", "PRIVATE stays here.")
    share(bench, "e1")
    read = lambda: [r["how"] for r in bench.rows("readings") if r["how"] == "opened"]  # noqa: E731
    assert "I taught the rota." in taken(bench, ADA)["md"]
    assert read() == []
    page = taken(bench, MIA)["md"]
    assert "I taught the rota." in page
    assert "PRIVATE" not in page
    assert read() == ["opened"]


@on_sqlite
def test_a_form_with_a_wrong_day_makes_no_file_and_says_so_in_the_form_alone(
    met: tuple[Bench, Pair],
) -> None:
    bench, _ = met
    opened(bench, MIA)
    bench.slack.press(MIA, bench.modal(MIA), "Take it along")
    bench.modal(MIA, "Take it along")
    assert bench.slack.submit(MIA, {"From": "2026-12-10", "To": "2026-12-01"}).errors
    assert not bench.slack.submit(MIA, {"From": "2026-12-01", "To": "2026-12-10"}).errors
    assert bench.slack.wait_for(lambda: bench.slack.files(MIA))
    assert "not there any more" not in bench.sees(MIA)


@on_sqlite
def test_a_question_that_was_withdrawn_left_nothing_to_look_back_on(
    met: tuple[Bench, Pair],
) -> None:
    bench, _ = met
    ada, eve, now = bench.member(ADA), bench.member(EVE), bench.bot.now()
    asked = bench.bot.pairs.propose(ada, ada, eve, None, now)
    bench.bot.pairs.end(ada, asked.id, now)
    assert "@UEVE" not in opened(bench, ADA)
