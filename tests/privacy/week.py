"""A week in which somebody writes the canary word wherever a person can write."""

from __future__ import annotations

from pathlib import Path

from tests.bench import Bench

CANARY = "quokkasaurus"
LINK = f"https://example.com/{CANARY}"


def on_disk(folder: Path) -> bytes:
    """Every byte of the database, its side files, the key file and whatever else lies there."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def live_a_week(bench: Bench) -> None:
    """Every path that a text takes: logged, refused, edited, read ahead, shared, deleted."""
    slack = bench.slack
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place("UADA", manager="UMIA")
    slack.command("UADA", f"/ladder log {CANARY}")
    bench.modal("UADA", "Log an example")
    slack.submit("UADA", {"Competency": "🌱 Teaching and Mentoring", "Link": f"bad {CANARY}"})
    slack.submit("UADA", {"Link": LINK})
    slack.press("UADA", bench.modal("UADA", "Saved"), "Edit")
    bench.modal("UADA", "Change an example")
    slack.submit("UADA", {"What happened": f"again {CANARY}"})
    slack.close_modal("UADA")
    bench.hears("UADA", f"again {CANARY}")
    slack.press("UADA", bench.modal("UADA", "My example"), "Earlier versions (1)")
    slack.press("UADA", bench.modal("UADA", "Earlier versions"), "Bring this one back")
    assert slack.wait_for(lambda: bench.sees("UADA").count("Bring this one back") == 2)
    slack.close_modal("UADA")
    bench.hears("UADA", "Earlier versions (2)")
    slack.close_modal("UADA", whole_stack=True)
    slack.command("UADA", f"/ladder examples {CANARY}")
    bench.modal("UADA", "My examples")
    slack.press("UADA", slack.command("UADA", "/ladder 1on1"), "Share with my manager")
    bench.modal("UADA", "Share with your manager")
    slack.submit("UADA")
    bench.dm("UMIA", 1)
    slack.command("UADA", f"/ladder {CANARY}")
    slack.write("UADA", f"dear bot, {CANARY}")
