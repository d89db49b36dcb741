"""Examples over some months, and the ways to their picture, in one line each."""

from __future__ import annotations

from datetime import date, datetime

from bot.coverage.model import Coverage, Row, months_until
from bot.journal.model import Draft, Intake, Mark, Source
from bot.ladder.model import Competency
from playground.local_slack.model import Json, Message
from tests.bench import Bench

TODAY = date(2026, 11, 29)
NOON = "2026-11-29T12:00:00+01:00"
TEACHING, CRAFT = "teaching-and-mentoring", "domain-expertise"
MONTHS = months_until(TODAY, 6)
SOME_MOMENT = datetime.fromisoformat(NOON)


def mark(competency_id: str, day: str) -> Mark:
    """That there is an example of that day."""
    return Mark(f"{competency_id} {day}", competency_id, date.fromisoformat(day), SOME_MOMENT)


def coverage(*rows: tuple[str, tuple[int, ...]]) -> Coverage:
    """Six months, by label and counts."""
    named = [
        (Competency(f"competency-{n}", label), counts) for n, (label, counts) in enumerate(rows)
    ]
    last = {True: TODAY, False: None}
    return Coverage(MONTHS, tuple(Row(c, n, last[any(n)]) for c, n in named), TODAY)


def add(bench: Bench, day: str, competency: str = TEACHING, user: str = "UADA") -> str:
    """An example of that day."""
    owner = bench.member(user)
    entry_id = f"{competency}-{day}-{user}"
    draft = Draft(competency, f"Something happened on {day}.", "", date.fromisoformat(day))
    intake = Intake(entry_id, owner, draft, Source.COMMAND)
    return bench.bot.journal.log(intake, bench.bot.people.find(owner), now=bench.bot.now()).id


def with_months(bench: Bench) -> Bench:
    """Ada, placed, with four examples of five months."""
    bench.set_clock(NOON)
    bench.place("UADA")
    for day in ("2026-07-03", "2026-11-02", "2026-11-20"):
        add(bench, day)
    add(bench, "2026-03-03", CRAFT)
    return bench


def answered(bench: Bench, user: str = "UADA") -> Message:
    """The message that answers `/ladder coverage`."""
    answer = bench.slack.command(user, "/ladder coverage")
    assert answer.ok
    assert answer.message
    return answer.message


def ask_for_picture(bench: Bench, number: int = 1) -> Json:
    """Ada presses the button, and gets her file number so many; as Slack describes it."""
    bench.slack.press("UADA", answered(bench), "As a picture")
    return wait_for_file(bench, number)


def wait_for_file(bench: Bench, number: int = 1) -> Json:
    """The latest of the files in Ada's messages with the bot."""
    there = bench.slack.wait_for(lambda: len(files(bench)) >= number and remembered(bench))
    assert there, files(bench)
    return files(bench)[-1]


def files(bench: Bench, user: str = "UADA") -> list[Json]:
    return [file for message in bench.slack.dm(user) for file in message.files]


def remembered(bench: Bench) -> bool:
    """Whether the bot knows the latest file as the latest picture."""
    known = {row["file_id"] for row in bench.rows("coverage_pictures")}
    return bool(files(bench)) and files(bench)[-1]["id"] in known
