"""What an export tells of a page, and what erasing removes of it."""

from __future__ import annotations

from bot.one_on_ones.pairs.model import Pair
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.page.scenes import (
    add,
    agenda,
    meet,
    pages,
    past,
    promise,
    promised,
    see,
    with_pair,
)


def told(bench: Bench, user: str) -> str:
    return str(pages(bench).records_of(bench.member(user)))


def written(bench: Bench) -> Pair:
    """Each side has written one of everything; the promises are owed crosswise."""
    pair = with_pair(bench)
    meet(bench)
    talk = past(bench, pair)[0].talk
    for user, other in (("UADA", "UMIA"), ("UMIA", "UADA")):
        member, now = bench.member(user), bench.bot.now()
        add(bench, pair, f"line of {user}", user)
        promise(bench, pair, f"own of {user}", user, user)
        promise(bench, pair, f"by {user} for the other", other, user)
        pages(bench).write_note(member, pair.id, f"note of {user}", "", now)
        pages(bench).agree(member, talk.id, f"agreed by {user}", "", now)
    return pair


def erase(bench: Bench, user: str) -> None:
    with bench.bot.database.write() as tx:
        pages(bench).erase(tx, bench.member(user))


def test_the_engineers_export_has_what_both_wrote_and_no_note_of_the_other(bench: Bench) -> None:
    written(bench)
    found = told(bench, "UADA")
    for words in ("line of UMIA", "own of UMIA", "agreed by UMIA", "note of UADA"):
        assert words in found
    assert "note of UMIA" not in found


@on_sqlite
def test_the_partners_export_has_what_they_wrote_owe_and_noted_also_afterwards(
    bench: Bench,
) -> None:
    pair = written(bench)
    bench.bot.pairs.end(bench.member("UADA"), pair.id, bench.bot.now())
    found = told(bench, "UMIA")
    for words in ("line of UMIA", "by UADA for the other", "agreed by UMIA", "note of UMIA"):
        assert words in found
    for words in ("line of UADA", "own of UADA", "note of UADA"):
        assert words not in found


def test_erasing_the_engineer_removes_the_page_whole(bench: Bench) -> None:
    written(bench)
    erase(bench, "UADA")
    for table in ("talks", "agenda_items", "action_items", "private_notes"):
        assert bench.rows(table) == []


def test_erasing_the_partner_leaves_the_engineers_own_words_and_names_nobody(
    bench: Bench,
) -> None:
    pair = written(bench)
    ada, mia, now = bench.member("UADA"), bench.member("UMIA"), bench.bot.now()
    item = next(each for each in see(bench, pair).promises if each.text == "own of UADA")
    pages(bench).drop(mia, item.id, "Mia says no", now)
    erase(bench, "UMIA")
    assert agenda(bench, pair) == ["line of UADA"]
    assert promised(bench, pair) == []
    _, kept = pages(bench).action_item(ada, item.id, now)
    assert (kept.reason, kept.closed_by) == ("", None)
    assert see(bench, pair).note
    tables = ("talks", "agenda_items", "action_items", "private_notes")
    assert "UMIA" not in str([bench.rows(table) for table in tables])
