"""`python -m benchmarks.slash`: what one signed slash command costs, side by side in one run.

Every round asks each contestant in turn, so that whatever else the machine does meets all of them.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

if not __package__:  # run as a file, not as a module: the project's root is where things are
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.contestants import PERSON, Contestant, Server, contestants, running
from benchmarks.load import Load, WrongAnswer, commands
from playground.local_slack import LocalSlack, read_manifest
from playground.local_slack.model import TEAM_ID

REQUESTS = 2_401  # at least as many as there are new questions, so that none comes back soon
MANIFEST = Path(__file__).resolve().parents[1] / "app.yaml"


@dataclass(frozen=True)
class Measured:
    """One contestant in one round."""

    per_second: float
    cpu_micros: float
    p50_ms: float
    p99_ms: float


Results = Mapping[str, Sequence[Measured]]


def main() -> int:
    """Runs all rounds and prints the tables; 1 when an answer was wrong."""
    options = _options()
    with LocalSlack(manifest=read_manifest(MANIFEST)) as slack:
        slack.add_user(PERSON, "bench", "Bench", "bench@example.com")
        with tempfile.TemporaryDirectory(prefix="rung-bench-") as folder:
            try:
                results = _run(slack, Path(folder), options)
            except WrongAnswer as wrong:
                print(f"A wrong answer, so nothing was measured: {wrong}", file=sys.stderr)
                return 1
    _report(results, options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.slash", description=__doc__)
    parser.add_argument("--seconds", type=float, default=1, help="of each measurement (default 1)")
    parser.add_argument(
        "--rounds", type=int, default=11, help="how often each is measured (default 11)"
    )
    return parser.parse_args()


def _run(slack: LocalSlack, folder: Path, options: argparse.Namespace) -> Results:
    taking_part = contestants()
    results: dict[str, list[Measured]] = {each.name: [] for each in taking_part}
    with running(slack, folder) as servers:
        for each in taking_part:
            _measure(each, servers[each.server], slack.signing_secret, options.seconds / 2)
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
            turn = number % len(taking_part)
            for each in (*taking_part[turn:], *taking_part[:turn]):
                measured = _measure(
                    each, servers[each.server], slack.signing_secret, options.seconds
                )
                results[each.name].append(measured)
    return results


def _measure(each: Contestant, server: Server, secret: str, seconds: float) -> Measured:
    load = Load(server.port, each.marker)
    try:
        requests = commands(secret, _fields(), each.texts, REQUESTS)
        cpu = server.cpu_seconds()
        flood = load.flood(requests, seconds)
        cpu = server.cpu_seconds() - cpu
        drip = load.drip(requests, flood.per_second / 2, seconds)
    finally:
        load.close()
    return Measured(
        flood.per_second, cpu / flood.number * 1e6, drip.percentile(50), drip.percentile(99)
    )


def _fields() -> dict[str, str]:
    """What Slack sends along with a slash command (docs.slack.dev, 2026)."""
    return {
        "token": "gIkuvaNzQIHg97ATvDxqgjtO",
        "team_id": TEAM_ID,
        "team_domain": "northwind",
        "channel_id": "C0123456789",
        "channel_name": "directmessage",
        "user_id": PERSON,
        "user_name": "bench",
        "command": "/ladder",
        "api_app_id": "A0123456789",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T01234567/1234567890123/abcdefghijklmn",
    }


def _report(results: Results, options: argparse.Namespace) -> None:
    rung, bare, _, _, tutorial = results
    print(
        f"{options.rounds} rounds of {options.seconds:g} s for each figure, taken in turns; "
        f"{os.cpu_count()} cores for servers and load together; "
        f"Python {platform.python_version()}, {platform.machine()}; "
        f"load average at the end {os.getloadavg()[0]:.1f}. Median (lowest – highest round).\n"
    )
    print("| one signed slash command over HTTP | requests/s | against bare Bolt |", end="")
    print(" CPU per request | p50 at half load | p99 at half load |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, rounds in results.items():
        print(_row(name, rounds, results[bare]))
    against_bare = median(_ratios(results[rung], results[bare]))
    against_tutorial = median(_ratios(results[rung], results[tutorial]))
    p99 = median(each.p99_ms for each in results[rung])
    print(f"\nRung against bare Bolt: {against_bare:.2f} {_verdict(against_bare >= 0.9, '≥ 0.9')}")
    print(f"Rung, p99 at half load: {p99:.1f} ms {_verdict(p99 <= 5, '≤ 5 ms')}")
    print(
        f"Rung against the tutorial: {against_tutorial:.1f} × "
        f"{_verdict(against_tutorial >= 5, '≥ 5 ×')}"
    )


def _row(name: str, rounds: Sequence[Measured], bare: Sequence[Measured]) -> str:
    cells = [
        name,
        _spread([each.per_second for each in rounds], "{:,.0f}"),
        _spread(_ratios(rounds, bare), "{:.2f}"),
        _spread([each.cpu_micros for each in rounds], "{:.0f}") + " µs",
        _spread([each.p50_ms for each in rounds], "{:.1f}") + " ms",
        _spread([each.p99_ms for each in rounds], "{:.1f}") + " ms",
    ]
    return f"| {' | '.join(cells)} |"


def _ratios(ours: Sequence[Measured], theirs: Sequence[Measured]) -> list[float]:
    """Throughput against throughput, round by round."""
    pairs = zip(ours, theirs, strict=True)
    return [one.per_second / other.per_second for one, other in pairs]


def _spread(values: Sequence[float], form: str) -> str:
    low, middle, high = (form.format(f(values)) for f in (min, median, max))
    return f"{middle} ({low} – {high})"


def _verdict(met: bool, target: str) -> str:
    return f"(target {target}: {'met' if met else 'MISSED'})"


if __name__ == "__main__":
    sys.exit(main())
