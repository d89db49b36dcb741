"""One example by itself: all of it, how it stood before, and what deleting it means."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.journal.model import Draft, EntryNotFound
from bot.slack.member import Member
from playground.local_slack import View, text_of
from tests.bench import Bench
from tests.journal.shelf import shelf_of

TEACHING, CRAFT = "🌱 Teaching and Mentoring", "🦉 Domain expertise"
LINKS = "https://a.example/1 https://a.example/2\nhttps://a.example/3"


@pytest.fixture
def one(bench: Bench) -> Bench:
    """Ada, at L3, has one example, about a canal, of the first of December."""
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place("UADA", "L3")
    bench.log("UADA", "I drew the canal plan.", Link=LINKS)
    return bench


def entry_id(bench: Bench) -> str:
    (row,) = bench.rows("entries")
    return str(row["id"])


def opened(bench: Bench) -> View:
    if bench.slack.modal("UADA"):
        bench.slack.close_modal("UADA", whole_stack=True)
    bench.slack.command("UADA", "/ladder examples")
    bench.slack.press("UADA", bench.modal("UADA", "My examples"), "Open")
    return bench.modal("UADA", "My example")


@contextmanager
def updated(bench: Bench, views: int) -> Iterator[None]:
    """Waits until so many views were drawn anew by what is done meanwhile."""
    wanted = len(bench.slack.called("views.update")) + views
    yield
    assert bench.slack.wait_for(lambda: len(bench.slack.called("views.update")) >= wanted)


def change(bench: Bench, fields: dict[str, str]) -> None:
    bench.slack.press("UADA", opened(bench), "Edit")
    bench.modal("UADA", "Change an example")
    with updated(bench, 2):
        assert not bench.slack.submit("UADA", fields).errors
    bench.slack.close_modal("UADA")
    assert fields.get("What happened", "") in text_of(bench.modal("UADA", "My example"))


def earlier(bench: Bench) -> View:
    bench.slack.press("UADA", opened(bench), next_label(bench))
    return bench.modal("UADA", "Earlier versions")


def next_label(bench: Bench) -> str:
    return f"Earlier versions ({len(bench.rows('entry_versions'))})"


def test_it_shows_all_of_it_and_who_can_read_it(one: Bench) -> None:
    shown = text_of(opened(one))
    assert all(link in shown for link in LINKS.split())
    assert "Only you can read this" in shown
    assert "1 Dec 2026" in shown
    assert "Logged" in shown
    assert "Earlier versions" not in shown
    shelf_of(one).share(entry_id(one), one.member("UMIA"))
    shown = text_of(opened(one))
    assert "Shared with" in shown
    assert "Only you can read this" not in shown


def test_what_was_expected_then_is_one_button_away(one: Bench) -> None:
    one.slack.press("UADA", opened(one), "What was expected then")
    assert "Security Operations L3" in text_of(one.modal("UADA", "What was expected then"))


@pytest.mark.parametrize(
    ("links", "problem"),
    [
        ("https://a.example javascript:alert(1)", "one a line"),
        ("see below", "one a line"),
        ("nowhere", "a whole web address"),
        (" ".join(f"https://a.example/{n}" for n in range(6)), "5 links"),
    ],
)
def test_every_link_is_checked(one: Bench, links: str, problem: str) -> None:
    one.slack.press("UADA", opened(one), "Edit")
    one.modal("UADA", "Change an example")
    (sentence,) = one.slack.submit("UADA", {"Link": links}).errors.values()
    assert problem in sentence


def test_an_edit_keeps_what_stood_there_and_bringing_it_back_is_one_too(one: Bench) -> None:
    change(one, {"What happened": "I drew the harbour plan."})
    one.set_clock("2026-12-02T10:00:00+01:00")
    change(one, {"Competency": CRAFT, "Date": "2026-11-03"})
    shown = text_of(earlier(one))
    assert shown.index("harbour") < shown.index("canal"), "the newest first"
    assert "the day, to 3 Nov 2026, the competency" in shown
    assert "then changed: the words" in shown
    with updated(one, 3):
        one.slack.press("UADA", one.modal("UADA"), "Bring this one back", index=1)
    assert len(one.rows("entry_versions")) == 3
    assert "canal" in text_of(opened(one))
    back = one.bot.journal.get(one.member("UADA"), entry_id(one))
    assert (back.happened_on, back.competency_id) == (date(2026, 12, 1), "teaching-and-mentoring")
    assert back.pin.competency == "Teaching and Mentoring"


def test_an_edit_that_changes_nothing_leaves_no_version(one: Bench) -> None:
    before = one.rows("entries")
    change(one, {})
    assert one.rows("entry_versions") == []
    assert one.rows("entries") == before


def test_backdating_changes_the_day_and_nothing_else(one: Bench) -> None:
    one.log("UADA", "Later.")
    (before,) = (row for row in one.rows("entries") if row["link"])
    draft = Draft("teaching-and-mentoring", "I drew the canal plan.", LINKS, date(2019, 2, 28))
    one.bot.journal.edit(one.member("UADA"), before["id"], draft, now=one.bot.now())
    (after,) = (row for row in one.rows("entries") if row["link"])
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"happened_on", "updated_at", "text", "link"}, "sealed anew, and the day"
    page = one.bot.journal.page(one.member("UADA"))
    assert [entry.happened_on.year for entry in page.entries] == [2026, 2019]


def test_of_two_edits_at_once_none_is_lost(one: Bench) -> None:
    ada, entry, now = one.member("UADA"), entry_id(one), one.bot.now()
    drafts = [
        Draft("teaching-and-mentoring", f"Edit {number}.", "", date(2026, 12, 1))
        for number in range(6)
    ]
    threads = [
        threading.Thread(target=lambda d=d: one.bot.journal.edit(ada, entry, d, now=now))
        for d in drafts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stands, versions = one.bot.journal.versions(ada, entry)
    texts = {stands.text, *(version.was.text for version in versions)}
    assert texts == {"I drew the canal plan.", *(draft.text for draft in drafts)}
    assert len(versions) == len(drafts)


def test_deleting_takes_its_versions_along_and_leaves_nothing_in_the_file(
    sqlite_bench: Bench,
) -> None:
    bench, ada = sqlite_bench, sqlite_bench.member("UADA")
    bench.log("UADA", "I drew the canal plan.")
    draft = Draft("teaching-and-mentoring", "Reworded.", "", date(2026, 11, 1))
    bench.bot.journal.edit(ada, entry_id(bench), draft, now=bench.bot.now())
    sealed = [row["text"] for table in ("entries", "entry_versions") for row in bench.rows(table)]
    assert all(text in on_disk(bench) for text in sealed)
    with updated(bench, 2):
        bench.slack.press("UADA", opened(bench), "Delete")
    assert "deleted for good" in text_of(bench.modal("UADA", "Deleted"))
    assert bench.rows("entries") == bench.rows("entry_versions") == []
    assert not any(text in on_disk(bench) for text in sealed)


def on_disk(bench: Bench) -> bytes:
    """The live pages, once the write-ahead log has gone into the file."""
    with bench.bot.database.engine.connect() as connection:
        connection.commit()
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert bench.bot.database.file
    return bench.bot.database.file.read_bytes()


@pytest.mark.parametrize(
    ("choice", "still_live"),
    [("Delete, and take it back", False), ("Delete, leave the page", True)],
)
def test_deleting_what_somebody_can_read_asks_what_becomes_of_the_page(
    one: Bench, choice: str, still_live: bool
) -> None:
    shelf, entry = shelf_of(one), entry_id(one)
    shelf.share(entry, one.member("UMIA"))
    one.slack.press("UADA", opened(one), "Delete")
    assert "keep the page" in text_of(one.modal("UADA", "Delete"))
    assert len(one.rows("entries")) == 1
    with updated(one, 3):
        one.slack.press("UADA", one.modal("UADA"), choice)
    assert "deleted for good" in text_of(one.modal("UADA", "Deleted"))
    assert one.rows("entries") == []
    (shared,) = shelf.shared_with(one.member("UADA"), [entry])[entry]
    assert shared.live is still_live


def test_shared_while_the_list_was_open_it_is_asked_once_more(one: Bench) -> None:
    view = opened(one)
    shelf_of(one).share(entry_id(one), one.member("UMIA"))
    one.slack.press("UADA", view, "Delete")
    one.modal("UADA", "Delete")
    assert len(one.rows("entries")) == 1


def test_nobody_else_gets_at_an_entry_or_its_versions(one: Bench) -> None:
    journal, now = one.bot.journal, one.bot.now()
    draft = Draft("teaching-and-mentoring", "Mine now.", "", date(2026, 12, 1))
    journal.edit(one.member("UADA"), entry_id(one), draft, now=now)
    (version,) = one.rows("entry_versions")
    before = one.rows("entries")
    for other in (one.member("UBEN"), Member("T0ELSE", "UADA")):
        for entry in (entry_id(one), "never"):
            for deed in (
                lambda m, e: journal.get(m, e),
                lambda m, e: journal.open(m, e),
                lambda m, e: journal.versions(m, e),
                lambda m, e: journal.edit(m, e, draft, now=now + timedelta(days=1)),
                lambda m, e: journal.bring_back(m, e, version["id"], now=now),
                lambda m, e: journal.delete(m, e),
                lambda m, e: journal.take_back(m, e, now=now),
            ):
                with pytest.raises(EntryNotFound) as refused:
                    deed(other, entry)
                assert refused.value.args == ()
            assert journal.find(other, entry) is None
        assert journal.these(other, [entry_id(one)]).entries == ()
    assert one.rows("entries") == before


def test_all_that_is_kept_is_told_and_erased(one: Bench) -> None:
    journal, ada = one.bot.journal, one.member("UADA")
    one.log("UMIA", "Not hers.")
    entry = next(row["id"] for row in one.rows("entries") if row["owner_id"] == "UADA")
    draft = Draft("domain-expertise", "Reworded.", "", date(2026, 11, 1), quote="Well done.")
    journal.edit(ada, entry, draft, now=datetime(2026, 12, 2, tzinfo=UTC))
    now, then = journal.records_of(ada)
    (told,) = (dict(zip(now.columns, row, strict=True)) for row in now.rows)
    (was,) = (dict(zip(then.columns, row, strict=True)) for row in then.rows)
    assert (told["text"], told["quote"], told["competency_id"]) == (
        "Reworded.", "Well done.", "domain-expertise",
    )  # fmt: skip
    assert (was["text"], was["links"]) == ("I drew the canal plan.", "\n".join(LINKS.split()))
    assert was["replaced_at"] == told["changed_at"]
    with one.bot.database.write() as tx:
        journal.erase(tx, ada)
    assert [row["owner_id"] for row in one.rows("entries")] == ["UMIA"]
    assert one.rows("entry_versions") == []
