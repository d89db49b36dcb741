"""From what people type after `/ladder` to what the ladder has to say about it.

`answer` is a pure function: the ladder, where the asker stands, and the words. Where several
rungs fit, each choice carries words that fit only it, so that picking one is asking again.
What is typed is read as it stands first; only then are typing errors undone.
"""

from __future__ import annotations

from dataclasses import replace

from bot.ladder.asking.answers import (
    AcrossLevels,
    Answer,
    Choice,
    ChooseTrack,
    LevelAnswer,
    MaturityAnswer,
    NotPlaced,
    SameRung,
    SearchAnswer,
    SharedAnswer,
    Standing,
    TopRung,
)
from bot.ladder.asking.button_words import (
    ALL,
    COMPARE,
    NEXT,
    SAME,
    Exact,
    exact,
    next_after,
    over_levels,
    same_as,
)
from bot.ladder.asking.comparing import best_pair, nearest_pairs, pair_named
from bot.ladder.asking.hearing import Ear, Heard
from bot.ladder.asking.index import Index, index_of
from bot.ladder.asking.names import LEVEL_WORD, Places
from bot.ladder.asking.query import (
    COMMANDS,
    Across,
    Compare,
    MyLevel,
    Next,
    Query,
    Same,
    Scale,
    Search,
    Shared,
    ShowLevel,
    parse,
    searched,
    tokens,
)
from bot.ladder.asking.rungs import Rungs
from bot.ladder.asking.spelling import Words, telling
from bot.ladder.asking.suggesting import not_found
from bot.ladder.model import Competency, Ladder, SharedStatements, Track
from bot.ladder.wording import fold

_MOST_CHARS = 500
_NEVER_NAMES = frozenset(["compare", "level", "me", "mine", "my", "next"])


def answer(ladder: Ladder, standing: Standing | None, text: str) -> Answer:
    """What the ladder says to these words, of which it reads the first 500 characters.

    `log`, `1on1` and the like belong to others.
    """
    index = index_of(ladder)
    own = index.names.place(standing.track_id, standing.level_id) if standing else None
    return _Asker(index, own, lost=standing is not None and own is None).answer(text[:_MOST_CHARS])


def prepare(ladder: Ladder) -> None:
    """Makes ready what answering needs, so that nobody's first question waits for it."""
    index_of(ladder)


class _Asker:
    """One question, by somebody who stands somewhere or nowhere; rungs are places in `Names`."""

    def __init__(self, index: Index, own: int | None, *, lost: bool) -> None:
        self.index = index
        self.names = index.names
        self.ladder = index.names.ladder
        self.own = own
        self.lost = lost
        self.rungs = Rungs(self.names, own)
        self.ear = Ear(self.names, own, self.rungs.following(own) if own is not None else ())

    def answer(self, text: str) -> Answer:
        """As it stands, else with the words found in the texts, else typing errors undone."""
        pressed = exact(self.names, text)
        found = self._pressed(pressed) if pressed else self._asked(text)
        return found or self._forgiven(text) or not_found(self.index, self.ear, text, self._leads)

    def _pressed(self, asked: Exact) -> Answer:
        if asked.verb == NEXT:
            return self._after(asked.rungs[0], asked.competency)
        if asked.verb == COMPARE:
            return self.rungs.compared([(asked.rungs[0], asked.rungs[1])], asked.competency)
        if asked.verb == SAME:
            return self._same_rung(asked.rungs[0])
        if asked.verb == ALL and asked.competency and asked.track:
            return _across(asked.track, asked.competency)
        return self.rungs.at(asked.rungs[0], asked.competency)

    def _asked(self, text: str) -> Answer | None:
        """The answer to the words as they stand; None when they were not understood."""
        words = self.names.terms(tokens(text))
        if rungs := self.names.by_id.get(fold(text).strip()):
            return self._told(Heard(tuple(rungs), level=True))
        if (named := self._named(words)) is not None:
            return named
        if search := searched(text):
            return self._search(search)
        query = parse(words, self.index.scale)
        found = self._of_kind(query)
        if isinstance(query, Compare):
            return found
        levels = query.words if isinstance(query, ShowLevel) else words
        return found or self._show(words) or self._two_levels(levels)

    def _named(self, words: Words) -> Answer | None:
        """What is called so, whatever else the words could mean."""
        if set(words) <= _NEVER_NAMES:
            return None
        if len(words) == 1 and (rungs := self.names.by_id.get(words[0])):
            return self._told(Heard(tuple(rungs), level=True))
        if group := self.names.group(words):
            return self._shared_by(group)
        heard = self.ear.whole(words)
        if heard is None and COMMANDS & set(words):
            heard = self.ear.one_name(words)
        return self._told(heard) if heard else None

    def _of_kind(self, query: Query) -> Answer | None:
        match query:
            case MyLevel():
                return self._told(Heard((self.own,))) if self.own is not None else self._lacks()
            case ShowLevel(words):
                return self._show(words)
            case Next(words):
                return self._next(words)
            case Compare():
                return self._compare(query)
            case Across(words):
                return self._over_levels(words)
            case Same(words):
                return self._elsewhere(words)
            case Scale():
                return MaturityAnswer(self.ladder.maturity)
            case Shared(words):
                return self._shared(words)
            case Search():
                return self._search(query)

    def _lacks(self, wanted: str = "my level") -> NotPlaced:
        return NotPlaced(wanted, self.lost)

    # One level, or one competency of it.

    def _show(self, words: Words) -> Answer | None:
        if heard := self.ear.hear(words):
            return self._told(heard)
        group = self.ear.group(words)
        return None if group is None else self._shared_by(self.ladder.shared[group])

    def _told(self, heard: Heard) -> Answer:
        competency = self._competency(heard)
        if heard.rungs is not None:
            return self.rungs.one_of(self.rungs.near_me(heard.rungs), competency)
        if self.own is not None:
            return self.rungs.at(self.own, competency)
        return self.rungs.one_of(range(len(self.names.rungs)), competency)

    def _competency(self, heard: Heard) -> Competency | None:
        return None if heard.competency is None else self.ladder.competencies[heard.competency]

    # What comes next.

    def _next(self, words: Words) -> Answer | None:
        heard = self.ear.hear(words) if words else Heard()
        if heard is None:
            return None
        start: Places = () if self.own is None else (self.own,)
        if heard.rungs is not None:
            start = self.rungs.near_me(heard.rungs)
        if not start:
            return self._lacks("next")
        competency = self._competency(heard)
        if len(start) > 1:
            return self.rungs.choose(
                start, lambda rung: next_after(self.names.rungs[rung], competency)
            )
        return self._after(start[0], competency)

    def _after(self, rung: int, competency: Competency | None) -> Answer:
        following = self.rungs.following(rung)
        if not following:
            return TopRung(*self.names.rungs[rung])
        found = self.rungs.one_of(following, competency)
        level = self.names.rungs[rung][1]
        return replace(found, reached_from=level) if isinstance(found, LevelAnswer) else found

    # Two levels side by side.

    def _compare(self, query: Compare) -> Answer | None:
        if not query.words:
            return self._with_next(None)
        whole = self.ear.hear(query.words)
        pair = best_pair(self.ear, query)
        if pair and (whole is None or whole.score < min(side.score for side in pair) - 10):
            return self._best_pair(pair)
        return self._with_mine(whole) if whole else self._asks_for_place(query.words)

    def _two_levels(self, words: Words) -> Answer | None:
        """Two levels, where nobody said that they are to be compared."""
        pair = pair_named(self.ear, words)
        return self._best_pair(pair) if pair else None

    def _with_next(self, competency: Competency | None) -> Answer:
        if self.own is None:
            return self._lacks("compare")
        following = self.rungs.following(self.own)
        if not following:
            return TopRung(*self.names.rungs[self.own])
        return self.rungs.compared([(self.own, each) for each in following], competency)

    def _with_mine(self, heard: Heard) -> Answer:
        competency = self._competency(heard)
        if heard.rungs is None:
            return self._with_next(competency)
        if self.own is None:
            return self._lacks("compare")
        others = [rung for rung in self.rungs.near_me(heard.rungs) if rung != self.own]
        if not others:
            return self._with_next(competency)
        return self.rungs.compared([(self.own, each) for each in others], competency)

    def _asks_for_place(self, words: Words) -> Answer | None:
        """Words such as `next` or `mine` mean something only to somebody who stands somewhere."""
        if not {"next", "me", "mine"} & set(words):
            return None
        if self.own is None:
            return self._lacks("compare")
        return None if self.ear.following else TopRung(*self.names.rungs[self.own])

    def _best_pair(self, sides: tuple[Heard, Heard]) -> Answer:
        competency = self._competency(sides[0]) or self._competency(sides[1])
        return self.rungs.compared(nearest_pairs(self.names, self.own, sides), competency)

    # Beyond one level.

    def _over_levels(self, words: Words) -> Answer | None:
        heard = self.ear.hear(words) if words else Heard()
        if heard is None:
            return None
        competency = self._competency(heard)
        if heard.rungs is not None and heard.level:
            return self.rungs.one_of(self.rungs.near_me(heard.rungs), competency)
        if competency is None:
            every = tuple(range(len(self.names.rungs)))
            there = tuple(rung for rung in every if self.names.track_of[rung] in heard.tracks)
            return self.rungs.one_of(there or self.rungs.near_me(every), None)
        tracks = self._tracks_about(heard)
        if len(tracks) == 1:
            return _across(tracks[0], competency)
        return ChooseTrack("", tuple(
            Choice(track, track.levels[0], over_levels(track, competency)) for track in tracks
        ))  # fmt: skip

    def _tracks_about(self, heard: Heard) -> list[Track]:
        """The tracks that were named, else the asker's own if it speaks of it, else all that do."""
        places = heard.tracks or tuple(dict.fromkeys(self.names.track_of))
        speaking = {
            self.names.track_of[rung]
            for rung, said in self.names.spoken
            if said == heard.competency
        }
        mine = None if self.own is None else self.names.track_of[self.own]
        if not heard.tracks and mine in speaking:
            places = (mine,)
        having_levels = [n for n in places if self.ladder.tracks[n].levels]
        chosen = [n for n in having_levels if n in speaking] or having_levels or places[:1]
        return [self.ladder.tracks[n] for n in chosen]

    def _elsewhere(self, words: Words) -> Answer | None:
        heard = self.ear.hear(words) if words else Heard()
        if heard is None:
            return self._same_on_track(words)
        if heard.rungs is None or not heard.level:
            if self.own is None:
                return self._lacks()
            if heard.rungs is None and heard.competency is None:
                return self._same_rung(self.own)
        if heard.tracks or heard.rungs is None:
            return self._told(heard)
        start = self.rungs.near_me(heard.rungs)
        if len(start) == 1:
            return self._same_rung(start[0])
        return self.rungs.choose(start, lambda rung: same_as(self.names.rungs[rung]))

    def _same_on_track(self, words: Words) -> Answer | None:
        """A rung and a track that does not have it under that id, but has another as high."""
        for sides in Compare(words).sides():
            for one, other in (sides, sides[::-1]):
                track, level = self.ear.hear(one), self.ear.hear(other)
                if track and level and track.tracks and level.level and level.rungs:
                    like = self.rungs.near_me(level.rungs)[0]
                    there = self.names.on_tracks(track.tracks)
                    return self.rungs.one_of(self.ear.same_rank(there, like) or there, None)
        return None

    def _same_rung(self, rung: int) -> SameRung:
        every = range(len(self.names.rungs))
        others = (o for o in every if not self.names.together(o, rung))
        same = self.ear.same_rank(tuple(others), rung)
        return SameRung(*self.names.rungs[rung], tuple(self.names.rungs[each] for each in same))

    def _shared(self, words: Words) -> Answer | None:
        if words:
            place = self.ear.group(words)
            return None if place is None else self._shared_by(self.ladder.shared[place])
        track = None if self.own is None else self.names.rungs[self.own][0]
        groups = (self.ladder.included(track) if track else ()) or self.ladder.shared
        return self._shared_by(groups[0]) if len(groups) == 1 else None

    def _shared_by(self, group: SharedStatements) -> SharedAnswer:
        tracks = (track for track in self.ladder.tracks if group.id in track.includes)
        return SharedAnswer(group, tuple(tracks))

    def _search(self, search: Search) -> SearchAnswer:
        hits = self.index.texts.search(search.words, self._own_track(), phrase=search.phrase)
        return SearchAnswer(search.words, hits)

    def _own_track(self) -> str | None:
        return None if self.own is None else self.names.rungs[self.own][0].id

    # Where nothing was understood.

    def _forgiven(self, text: str) -> Answer | None:
        """The words in the ladder's texts, else a name with typing errors, else texts with them."""
        typed = self.names.terms(tokens(text))
        searching = not isinstance(parse(typed), Compare) and not all(
            map(LEVEL_WORD.fullmatch, typed)
        )
        texts, own = self.index.texts, self._own_track()
        if searching and (hits := texts.exactly(text, own)):
            return SearchAnswer(text.strip(), hits)
        for words in self.index.corrections(typed):
            if found := self._asked(" ".join(words)):
                return found
        if searching and telling(text) and (hits := texts.search(text, own)):
            return SearchAnswer(text.strip(), hits)
        return None

    def _leads(self, words: str) -> bool:
        """Whether these words, offered in place of others, would show something."""
        found = self._asked(words)
        if isinstance(found, SearchAnswer):
            return bool(found.hits)
        return found is not None and not isinstance(found, NotPlaced)


def _across(track: Track, competency: Competency) -> AcrossLevels:
    levels = tuple((level, level.expectation(competency.id)) for level in track.levels)
    return AcrossLevels(track, competency, levels)
