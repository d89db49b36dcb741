"""Who is who: which competency and which attribute a name in the source means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from rapidfuzz import fuzz

from bot.ladder.importers.report import ImportedCompetency, ImportedLevel
from bot.ladder.model import Competency, Ladder, Level, RetiredCompetency
from bot.ladder.wording import fold, name_slug, unique

_ALIKE = 75.0

Joined = tuple[tuple[str, str], ...]
"""Pairs of names, the older first, that somebody has said mean one competency."""


def same(one: str, other: str) -> bool:
    """Whether two names differ by capitals and spaces at most."""
    return _key(one) == _key(other)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def with_attributes(ladder: Ladder, levels: Iterable[ImportedLevel]) -> Ladder:
    """The ladder knowing every attribute of the levels."""
    names = dict(ladder.attributes)
    for level in levels:
        for name, _ in level.attributes:
            if shown_name(names, name) is None:
                names[unique(name_slug(name) or "attribute", names)] = name
    return replace(ladder, attributes=MappingProxyType(names))


def shown_name(names: Mapping[str, str], name: str) -> str | None:
    """The name the ladder already has for this attribute, whatever its capitals."""
    return next((known for known in names.values() if same(known, name)), None)


@dataclass
class Names:
    """Recognises competencies while a source is merged, and makes the new ones.

    A competency is known by its name, a name on some level, its id or an alias, whatever the
    capitals; names that differ by more stay apart unless they were joined.
    """

    ladder: Ladder
    joined: Joined = ()
    new: list[Competency] = field(default_factory=list)

    def competency(self, section: ImportedCompetency) -> Competency:
        """The competency that the section is about, in the section's own words."""
        older = next((old for old, newer in self.joined if same(newer, section.name)), None)
        known = self.recognised(older or section.name)
        if known is None:
            known = self._made(section, older or section.name)
        if older and not same(section.name, known.name):
            known = self._with_alias(known, section.name)
        return replace(
            known,
            name=section.name,
            emoji=section.emoji or known.emoji,
            description=section.description or known.description,
        )

    def recognised(self, name: str) -> Competency | None:
        """The competency that already has this name, under the ladder's own name for it."""
        for way in ("name", "own name", "id", "alias"):
            for competency in self.ladder.competencies:
                if any(same(known, name) for known in self._known_by(competency, way)):
                    return competency
        return None

    def _known_by(self, competency: Competency, way: str) -> Iterable[str]:
        if way == "own name":
            return _names_on_levels(self.ladder, competency)
        if way == "alias":
            return competency.aliases
        return [competency.name if way == "name" else competency.id]

    def _made(self, section: ImportedCompetency, name: str) -> Competency:
        taken = {each.id for each in self.ladder.competencies}
        taken |= {each.id for each in self.ladder.retired}
        made_id = unique(name_slug(name) or "competency", taken)
        made = Competency(made_id, name, section.emoji, section.description)
        self.ladder = replace(self.ladder, competencies=(*self.ladder.competencies, made))
        self.new.append(made)
        return made

    def _with_alias(self, known: Competency, name: str) -> Competency:
        if any(same(alias, name) for alias in known.aliases):
            return known
        named = replace(known, aliases=(*known.aliases, name))
        kept = tuple(named if c.id == known.id else c for c in self.ladder.competencies)
        self.ladder = replace(self.ladder, competencies=kept)
        return named


def _names_on_levels(ladder: Ladder, competency: Competency) -> set[str]:
    return {
        expectation.competency.name
        for track in ladder.tracks
        for level in track.levels
        for expectation in level.expects
        if expectation.competency.id == competency.id
    }


def settle_names(ladder: Ladder, joined: Joined) -> Ladder:
    """The ladder after joining: newer names in front, and competencies that were joined retired."""
    for older, newer in joined:
        kept = Names(ladder).recognised(older)
        if kept is None:
            continue
        ladder = _without_double(ladder, kept, newer)
        ladder = _with_newer_name(ladder, kept, newer)
    return _with_aliases_everywhere(ladder) if joined else ladder


def _without_double(ladder: Ladder, kept: Competency, name: str) -> Ladder:
    """Retire a competency of that name that no level speaks about any more."""
    used = used_competencies(ladder)
    doubles = {
        each.id
        for each in ladder.competencies
        if same(each.name, name) and each.id != kept.id and each.id not in used
    }
    gone = [each for each in ladder.competencies if each.id in doubles]
    retired = tuple(RetiredCompetency(c.id, c.name, ladder.version, (kept.id,)) for c in gone)
    return replace(
        ladder,
        competencies=tuple(c for c in ladder.competencies if c.id not in doubles),
        retired=ladder.retired + retired,
    )


def _with_newer_name(ladder: Ladder, kept: Competency, name: str) -> Ladder:
    """The newer name in front where no level uses the older; the older stays as an alias."""
    names = {_key(n) for n in _names_on_levels(ladder, kept)}
    if _key(kept.name) in names or _key(name) not in names:
        return ladder
    aliases = (*(a for a in kept.aliases if not same(a, name)), kept.name)
    renamed = replace(kept, name=name, aliases=aliases)
    return replace(
        ladder,
        competencies=tuple(renamed if c.id == kept.id else c for c in ladder.competencies),
    )


def _with_aliases_everywhere(ladder: Ladder) -> Ladder:
    """Aliases belong to the competency, so every level that speaks of it knows the same ones."""
    aliases = {each.id: each.aliases for each in ladder.competencies}
    tracks = tuple(
        replace(track, levels=tuple(_with_aliases(level, aliases) for level in track.levels))
        for track in ladder.tracks
    )
    return replace(ladder, tracks=tracks)


def _with_aliases(level: Level, aliases: Mapping[str, tuple[str, ...]]) -> Level:
    expects = tuple(
        replace(each, competency=replace(each.competency, aliases=aliases[each.competency.id]))
        for each in level.expects
    )
    return replace(level, expects=expects)


def used_competencies(ladder: Ladder) -> set[str]:
    """The ids of the competencies that some level speaks about."""
    return {
        expectation.competency.id
        for track in ladder.tracks
        for level in track.levels
        for expectation in level.expects
    }


def unknown_names(ladder: Ladder, sections: Iterable[str], joined: Joined) -> Iterator[str]:
    """The joined names that neither the ladder nor the source has."""
    names, written = Names(ladder), list(sections)
    for name in (name for pair in joined for name in pair):
        if names.recognised(name) is None and not any(same(name, each) for each in written):
            yield name


def likely_same(before: Ladder, after: Ladder, new: Iterable[Competency]) -> Iterator[str]:
    """A sentence for each new competency that may be an older one under another name."""
    lost = used_competencies(before) - used_competencies(after)
    fresh = list(new)
    for competency in fresh:
        earlier = fresh[: fresh.index(competency)]
        older = _likeliest(competency, [*before.competencies, *earlier], lost)
        if older:
            yield (
                f"“{competency.name}” was kept apart from “{older.name}”. If they are the same,"
                f' import again with --same "{older.name}={competency.name}"'
            )


def _likeliest(new: Competency, known: Iterable[Competency], lost: set[str]) -> Competency | None:
    """The competency with the likest name; one that just lost its last level may differ more."""
    scored = [
        (fuzz.token_sort_ratio(fold(new.name), fold(each.name)), each.id in lost, each)
        for each in known
    ]
    alike = [(score, gone, each) for score, gone, each in scored if score >= _ALIKE]
    alike = alike or [found for found in scored if found[1]]
    best = max(alike, key=lambda found: found[:2], default=None)
    return best[2] if best else None
