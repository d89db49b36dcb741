"""Ids that vanished without a word, or came back as something else, and what to do about it.

What people logged hangs on these ids. So an id that was given stays in use, or is retired, or is
given up in `ids.yaml`, where a reviewer sees it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process, utils

from bot.ladder.files.dumping import as_line
from bot.ladder.files.parts import HEAD, UNNAMED
from bot.ladder.files.record import RECORD, Given, GivenStatement, given_by
from bot.ladder.files.references import Places, named_statements, nearest
from bot.ladder.model import Ladder, Problem, Statement
from bot.ladder.wording import counted, is_placeholder, short, telling_words

_MOST_AT_A_LEVEL = 5
_MOST_IN_A_TRACK = 20
_ALIKE = 66
"""Of 9,000 pairs of different statements in our own ladder none is as much alike, out of 100."""
_ALIKE_IN_ONE_PLACE = 60
"""Within one competency of a level a guess may be bolder; one of 1,000 such pairs gets here."""
_UTTERLY_DIFFERENT = 55

_Placed = tuple[tuple[str, ...], Statement]


def vanished(before: Ladder, after: Ladder, places: Places) -> tuple[Problem, ...]:
    """The ids of one ladder that a later one neither uses nor retires; all are fatal.

    `places` may belong to either ladder: each problem stands at the nearest place that it knows.
    """
    return tuple(_gone(given_by(before), after, places))


def id_problems(given: Given, ladder: Ladder, places: Places) -> Iterator[Problem]:
    """What vanished of the ids given, and what is used again for something else."""
    yield from _gone(given, ladder, places)
    yield from _used_for_something_else(given, ladder, places)


def _gone(given: Given, ladder: Ladder, places: Places) -> Iterator[Problem]:
    known = given_by(ladder)
    gone = given.without(known)
    if gone.competencies:
        yield from _gone_competencies(gone, given, ladder, places)
    given_up = {each.id for each in ladder.retired} | gone.competencies.keys()
    by_track: dict[str, list[GivenStatement]] = defaultdict(list)
    for each in gone.statements.values():
        if not (len(each.path) == 3 and each.path[2] in given_up):
            by_track[each.path[0] if len(each.path) == 3 else ""].append(each)
    new = [
        (path, statement)
        for path, statement in (named_statements(ladder) if by_track else ())
        if statement.id not in given.statements
    ]
    until = given.version or ladder.version
    for track_id, lost in by_track.items():
        if track_id and ladder.track(track_id) is None:
            yield _track_gone(track_id, lost, places)
        else:
            own = [each for each in new if each[0][0] == (track_id or "shared")]
            yield from _gone_from_track(track_id, lost, Advice(until, own, places), ladder)


def _gone_competencies(
    gone: Given, given: Given, ladder: Ladder, places: Places
) -> Iterator[Problem]:
    with_them: dict[str, int] = defaultdict(int)
    for each in gone.statements.values():
        with_them[each.path[-1]] += 1
    new = {c.id: c.name for c in ladder.competencies if c.id not in given.competencies}
    for number, (competency_id, name) in enumerate(gone.competencies.items()):
        place = nearest(places, ("competencies", competency_id))
        if number == _MOST_AT_A_LEVEL:
            more = len(gone.competencies) - number
            yield Problem(*place, f"{more} more competencies are gone.", "Look at these first.")
            return
        lost = with_them[competency_id]
        also = f", and {counted(lost, 'statement')} with it" if lost else ""
        message = f"The competency `{competency_id}` is gone{also}; its name was “{short(name)}”."
        found = process.extractOne(name, new, processor=utils.default_process, score_cutoff=60)
        line = {"id": competency_id, "was": name, "until": given.version or ladder.version}
        remedy = "Put it back."
        if found:
            remedy = f"`{found[2]}` looks like it: give it its old id back."
        line_to_paste = as_line(line | ({"replaced_by": [found[2]]} if found else {}))
        yield Problem(*place, message, f"{remedy} {_or_retire(HEAD, line_to_paste)}")


def _track_gone(track_id: str, lost: Sequence[GivenStatement], places: Places) -> Problem:
    message = f"The track `{track_id}` is gone with its {counted(len(lost), 'statement')}."
    remedy = (
        "Put its file back. To give it up for good, keep the file with `levels: []` and its ids"
        f" under `retired`, or take the track out of {RECORD} in the same change."
    )
    return Problem(*nearest(places, ()), message, remedy)


class Advice:
    """What to say about one id: where it should be, and which new statement looks like it."""

    def __init__(self, until: str, new: Sequence[_Placed], places: Places) -> None:
        self.places = places
        self._until = until
        self._new = dict(enumerate(new))

    def about(self, lost: GivenStatement) -> Problem:
        """The problem of one id that is gone."""
        place = nearest(self.places, (*lost.path, lost.id))
        message = f"The id `{lost.id}` is gone; it was “{short(lost.text)}”."
        found = self.likely(lost)
        remedy = self._looks_like_it(lost, *found) if found else "Put it back."
        if len(lost.path) == 2:
            return Problem(*place, message, f"{remedy} Or take it out of {RECORD}, for good.")
        _, level, competency = lost.path
        line = {"id": lost.id, "was": lost.text, "competency": competency, "level": level}
        line |= {"until": self._until}
        replaced = found and not found[1].id.startswith(UNNAMED)
        paste = as_line(line | ({"replaced_by": [found[1].id]} if found and replaced else {}))
        return Problem(*place, message, f"{remedy} {_or_retire('this file', paste)}")

    def likely(self, lost: GivenStatement) -> _Placed | None:
        """The new statement that says nearly the same, or something like it in the same place."""
        beside = {key: each for key, each in self._new.items() if each[0] == lost.path}
        key = _most_alike(lost.text, self._new, _ALIKE)
        if key is None:
            key = _most_alike(lost.text, beside, _ALIKE_IN_ONE_PLACE)
        return None if key is None else self._new[key]

    def _looks_like_it(
        self, lost: GivenStatement, path: tuple[str, ...], statement: Statement
    ) -> str:
        place = self.places.get((*path, statement.id))
        where = f"on line {place[1]}" if place else f"at {path[1]}"
        if statement.id.startswith(UNNAMED):
            return f"The statement {where} looks like it: write `{lost.id}: ` before its text."
        return f"`{statement.id}` {where} looks like it: give it its old id back."


def _gone_from_track(
    track_id: str, lost: Sequence[GivenStatement], advice: Advice, ladder: Ladder
) -> Iterator[Problem]:
    if len(lost) > _MOST_IN_A_TRACK:
        yield _many(lost, (track_id,) if track_id else ("shared",), "this track", advice.places)
        return
    track = ladder.track(track_id)
    by_level: dict[str, list[GivenStatement]] = defaultdict(list)
    for each in lost:
        by_level[each.path[1]].append(each)
    for level_id, missing in by_level.items():
        level_gone = track is not None and track.level(level_id) is None and len(missing) > 1
        if level_gone or len(missing) > _MOST_AT_A_LEVEL:
            yield _many(missing, missing[0].path[:2], level_id, advice.places, gone=level_gone)
        else:
            yield from map(advice.about, missing)


def _many(
    lost: Sequence[GivenStatement],
    path: tuple[str, ...],
    name: str,
    places: Places,
    *,
    gone: bool = False,
) -> Problem:
    if gone:
        message = f"{name} is gone with its {counted(len(lost), 'statement')}."
    else:
        some = ", ".join(f"`{each.id}`" for each in lost[:3])
        message = f"{len(lost)} ids are gone from {name}, among them {some}."
    remedy = (
        "Put them back. To give them up for good, list them under `retired`, or take them out of"
        f" {RECORD} in the same change."
    )
    return Problem(*nearest(places, path), message, remedy)


def _or_retire(where: str, line: str) -> str:
    return f"If it is given up, add this under `retired:` in {where}: - {line}"


def _most_alike(text: str, new: Mapping[int, _Placed], cutoff: float) -> int | None:
    texts = {key: statement.text for key, (_, statement) in new.items()}
    found = process.extractOne(
        text, texts, scorer=fuzz.token_sort_ratio, processor=utils.default_process,
        score_cutoff=cutoff,
    )  # fmt: skip
    return found[2] if found else None


def _used_for_something_else(given: Given, ladder: Ladder, places: Places) -> Iterator[Problem]:
    """A known id in another competency with other words: a rewording keeps one of the two."""
    for path, statement in named_statements(ladder):
        was = given.statements.get(statement.id)
        if was is None or was.path[-1] == path[-1] or len(was.path) != len(path):
            continue
        if _utterly_different(was.text, statement.text):
            message = f"The id `{statement.id}` was given to “{short(was.text)}”."
            remedy = (
                "Give this statement an id of its own, and put the old one back or retire it."
                f" If it is the same one, take it out of {RECORD}."
            )
            yield Problem(*nearest(places, (*path, statement.id)), message, remedy)


def _utterly_different(one: str, other: str) -> bool:
    if is_placeholder(one) or is_placeholder(other):
        return False
    if set(telling_words(one)) & set(telling_words(other)):
        return False
    alike = fuzz.token_sort_ratio(one, other, processor=utils.default_process)
    return alike < _UTTERLY_DIFFERENT
