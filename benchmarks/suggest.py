"""`python -m benchmarks.suggest`: how often the suggested competency is the right one.

The ladder's examples are asked for, each with its whole level taken out of the ladder and its words
out of all other places.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb, sqrt
from pathlib import Path
from statistics import median

if not __package__:  # run as a file, not as a module: the project's root is where things are
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.labelled import Labelled, each_level, informal_halves

try:
    from benchmarks.guessers import CENTROID, GUESSERS, MAJORITY, RUNG, Guesser, Ours
except ModuleNotFoundError as missing:
    sys.exit(f"{missing.name} is not installed: pip install -r requirements/bench.txt")

from bot.journal.suggesting.suggester import Suggester
from bot.ladder.files.loading import load
from bot.ladder.model import Ladder

STARTER = Path(__file__).resolve().parents[1] / "ladder_data"
DRAWS = 3
OWN_OF_LEVEL = (0, 1, 2, 4, 8)
OWN_OF_HALF = (0, 4, 8, 16, 32)
OWN_TIMED = (0, 20, 100)


@dataclass(frozen=True)
class Asked:
    """One sentence, a guesser that was not taught it, and what the same person may have logged."""

    sentence: Labelled
    guesser: Guesser
    others: tuple[Labelled, ...] = ()

    def place(self, own: Sequence[Labelled] = ()) -> int:
        """Where the right competency stands in the ranking, from 0."""
        ranking = self.guesser.rank(self.sentence.text, own)
        return ranking.index(self.sentence.competency_id)

    def shown(self, own: Sequence[Labelled] = ()) -> bool | None:
        """Whether what Rung shows is right; None where it shows nothing."""
        assert isinstance(self.guesser, Ours)
        found = self.guesser.suggest(self.sentence.text, own)
        return None if found is None else found == self.sentence.competency_id


def main() -> int:
    """Prints all tables; 1 when the ladder cannot be read or has no examples."""
    options = _options()
    ladder, problems = load(options.dir)
    if ladder is None:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    held_out = _held_out(ladder)
    if not held_out[RUNG]:
        print(f"{options.dir} has no examples to try.", file=sys.stderr)
        return 1
    _introduce(ladder, held_out[RUNG])
    _table("ladder examples, their level left out", held_out)
    _curve("own past: other examples of the level", held_out, OWN_OF_LEVEL)
    halves = {name: _all_taught(ladder, *half) for name, half in informal_halves(ladder)}
    for name, asked in halves.items():
        _table(f"informal sentences, {name}", asked)
        _curve("own past: sentences of the other half", asked, OWN_OF_HALF)
    _times(ladder, [each.sentence for each in held_out[RUNG]])
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggest", description=__doc__)
    parser.add_argument("--dir", type=Path, default=STARTER, help="a ladder (default: ladder_data)")
    return parser.parse_args()


def _held_out(ladder: Ladder) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {name: [] for name in GUESSERS}
    for level in each_level(ladder):
        for name, guesser in GUESSERS.items():
            taught = guesser(ladder if name == MAJORITY else level.rest)
            for each in level.examples:
                others = tuple(other for other in level.examples if other != each)
                found[name].append(Asked(each, taught, others))
    return found


def _all_taught(
    ladder: Ladder, sentences: Sequence[Labelled], others: Sequence[Labelled]
) -> dict[str, list[Asked]]:
    taught = {name: guesser(ladder) for name, guesser in GUESSERS.items()}
    return {
        name: [Asked(each, taught[name], tuple(others)) for each in sentences] for name in taught
    }


def _introduce(ladder: Ladder, asked: Sequence[Asked]) -> None:
    levels = sum(1 for _ in each_level(ladder))
    print(
        f"{ladder.name}: {len(asked)} examples on {levels} levels, "
        f"{len(ladder.competencies)} competencies; {os.cpu_count()} cores; "
        f"Python {platform.python_version()}, {platform.machine()}. In brackets: 95 % intervals."
    )


def _table(title: str, asked: dict[str, list[Asked]]) -> None:
    print(f"\n| {title} ({len(asked[RUNG])}) | first is right | among the first two |")
    print("| --- | --- | --- |")
    places = {name: [each.place() for each in its] for name, its in asked.items()}
    for name, found in places.items():
        first, two = ([place < most for place in found] for most in (1, 2))
        print(f"| {name} | {_share(first)} | {_share(two)} |")
    print()
    for name, found in places.items():
        if name != RUNG:
            print(f"- Rung against {name}: {_paired(places[RUNG], found)}")
    print(f"- {_shown(asked[RUNG])}")


def _share(right: Sequence[bool]) -> str:
    """A share with its 95 % interval (Wilson's)."""
    if not right:
        return "none"
    z, n, p = 1.96, len(right), sum(right) / len(right)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    around = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return f"{p:.0%} ({middle - around:.0%} – {middle + around:.0%}), {sum(right)} of {n}"


def _paired(ours: Sequence[int], theirs: Sequence[int]) -> str:
    """Where only one of the two was right, and how likely so uneven a split is by chance."""
    both = list(zip(ours, theirs, strict=True))
    won = sum(our == 0 < their for our, their in both)
    lost = sum(their == 0 < our for our, their in both)
    tail = sum(comb(won + lost, k) for k in range(max(won, lost), won + lost + 1))
    chance = min(1.0, 2 * tail / 2 ** (won + lost))
    return f"only Rung right {won} times, only the other {lost} times (sign test p = {chance:.3f})"


def _shown(asked: Sequence[Asked]) -> str:
    found = [each.shown() for each in asked]
    right = [each for each in found if each is not None]
    return f"Rung shows a suggestion for {len(right)} of {len(found)}; right: {_share(right)}"


def _curve(title: str, asked: dict[str, list[Asked]], sizes: Sequence[int]) -> None:
    """How the first guess gets better the more the person has logged."""
    print(f"\n| {title} | {' | '.join(map(str, sizes))} |")
    print(f"| --- |{' --- |' * len(sizes)}")
    for name in (RUNG, CENTROID):
        cells = [f"{_mean(_drawn(asked[name], size)):.0%}" for size in sizes]
        print(f"| {name}, first is right | {' | '.join(cells)} |")
    cells = [_shown_with(asked[RUNG], size) for size in sizes]
    print(f"| Rung, shown, and right when shown | {' | '.join(cells)} |")


def _drawn(asked: Sequence[Asked], size: int) -> list[bool]:
    return [each.place(own) == 0 for each, own in _with_own(asked, size)]


def _with_own(asked: Sequence[Asked], size: int) -> Iterator[tuple[Asked, list[Labelled]]]:
    """Each sentence with that many earlier choices, drawn several times, the same for everybody."""
    for draw in range(DRAWS if size else 1):
        chance = random.Random(draw)
        for each in asked:
            yield each, chance.sample(each.others, min(size, len(each.others)))


def _shown_with(asked: Sequence[Asked], size: int) -> str:
    found = [each.shown(own) for each, own in _with_own(asked, size)]
    right = [each for each in found if each is not None]
    return f"{len(right) / len(found):.0%}, {_mean(right):.0%}"


def _mean(right: Sequence[bool]) -> float:
    return sum(right) / max(1, len(right))


def _times(ladder: Ladder, sentences: Sequence[Labelled]) -> None:
    own = [(each.competency_id, each.text) for each in sentences]
    started = time.process_time()
    suggester = Suggester(ladder)
    suggester.suggest(sentences[0].text)
    made = time.process_time() - started
    print(f"\nCPU time: {made * 1000:.0f} ms once for this ladder; a suggestion (median) ", end="")
    cells = []
    for size in OWN_TIMED:
        past = (own * max(OWN_TIMED))[:size]
        taken = [_timed(suggester, each.text, past) for each in sentences]
        cells.append(f"{median(taken) * 1000:.1f} ms with {size} own examples")
    print(f"{', '.join(cells)}.")


def _timed(suggester: Suggester, text: str, own: Sequence[tuple[str, str]]) -> float:
    started = time.process_time()
    suggester.suggest(text, own)
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
