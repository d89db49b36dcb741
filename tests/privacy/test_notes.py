"""A private note is its author's: on no screen of the other side, in no file, in no log."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from tests.bench import Bench
from tests.one_on_ones.page.scenes import meet, past, see, with_pair
from tests.one_on_ones.page.test_conversation import opened, press, submit
from tests.one_on_ones.page.test_own_data import told
from tests.privacy.week import CANARY, on_disk


def test_a_note_is_on_no_screen_of_the_other_in_no_file_and_in_no_log(
    sqlite_bench: Bench, tmp_path: Path, whole_log: StringIO
) -> None:
    pair = with_pair(sqlite_bench)
    opened(sqlite_bench)
    press(sqlite_bench, "UADA", "My private notes", "My private notes")
    submit(sqlite_bench, "UADA", Notes=f"{CANARY} one")
    sqlite_bench.modal("UADA", "Our page")
    meet(sqlite_bench)
    seen: list[Any] = [opened(sqlite_bench, "UMIA").body]
    titles = {"Earlier": "Earlier one-on-ones"}
    for button in ("My private notes", "What we agreed", "Earlier"):
        seen.append(press(sqlite_bench, "UMIA", button, titles.get(button, button)).body)
        sqlite_bench.slack.close_modal("UMIA")
    seen += [see(sqlite_bench, pair, "UMIA"), past(sqlite_bench, pair, "UMIA")]
    seen.append(told(sqlite_bench, "UMIA"))
    assert CANARY not in str(seen)
    assert CANARY not in str([message.blocks for message in sqlite_bench.slack.dm("UMIA")])
    assert CANARY in told(sqlite_bench, "UADA")
    assert CANARY.encode() not in on_disk(tmp_path)
    assert CANARY not in whole_log.getvalue()
