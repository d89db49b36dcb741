"""Who may see which words, told from the history alone and from the table in PRIVACY.md. Pure.

It is written down a second time on purpose, and knows nothing of the bot: only ids of people
and of examples, and the words that stand in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

Words = frozenset[str]
NOTHING: Words = frozenset()


@dataclass(frozen=True)
class Example:
    """The words of an example as it is now; `quote` is apart, for it is shared only if wished."""

    id: str
    owner: str
    text: Words
    quote: Words = NOTHING


@dataclass(frozen=True)
class Page:
    """What one person was shown of another, as it was when it was shared."""

    number: int
    owner: str
    reader: str
    words: Words
    examples: tuple[str, ...]
    shared_at: int
    ended: bool = False


@dataclass(frozen=True)
class Meeting:
    """Two people who meet, with one page: `confirmed` once the one who was asked said yes."""

    number: int
    engineer: str
    partner: str
    proposer: str
    confirmed: bool = False

    @property
    def sides(self) -> tuple[str, ...]:
        """Who fills the page: the engineer, and the other once it is confirmed."""
        return (self.engineer, self.partner) if self.confirmed else (self.engineer,)

    @property
    def asked(self) -> str:
        """Whose answer is awaited, or was."""
        return self.partner if self.proposer == self.engineer else self.engineer


@dataclass(frozen=True)
class Line:
    """Something on the page of those who meet; one that `lasts` outlives whoever wrote it."""

    meeting: Meeting
    author: str
    words: Words
    lasts: bool = False


@dataclass
class Model:
    """What happened so far. `former` says when somebody last stopped being somebody's manager."""

    moment: int = 0
    examples: dict[str, Example] = field(default_factory=dict)
    written: dict[str, Words] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    manager: dict[str, str] = field(default_factory=dict)
    asked: dict[str, tuple[str, str]] = field(default_factory=dict)
    former: dict[tuple[str, str], int] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    read: dict[str, Words] = field(default_factory=dict)
    began: int = 0

    # what somebody may see

    def may_see(self, person: str) -> Words:
        """All that they ever wrote, and what stands on pages that are open to them now."""
        return self.own(person) | self.opened_to(person) | self.between(person)

    def own(self, person: str) -> Words:
        """All that they ever wrote."""
        return self.written.get(person, NOTHING)

    def opened_to(self, reader: str) -> Words:
        """What stands on the pages that others have opened for them and not closed."""
        pages = [page for page in self.pages if page.reader == reader and not page.ended]
        return NOTHING.union(*(page.words for page in pages))

    def between(self, person: str) -> Words:
        """What stands on the pages of those whom they meet; what stood on their own they know."""
        mine = {meeting.number for meeting in self.meetings if person in meeting.sides}
        found = (line.words for line in self.lines if line.meeting.number in mine)
        return self.read.get(person, NOTHING).union(*found)

    def kept(self, owner: str) -> list[Example]:
        """Their examples, the oldest first."""
        return [each for each in self.examples.values() if each.owner == owner]

    def shared(self, owner: str) -> list[Page]:
        """What they share now."""
        return [page for page in self.pages if page.owner == owner and not page.ended]

    def readers(self, owner: str) -> list[str]:
        """Whom they may name: manager, theirs, who meets them, and who was manager before."""
        near = {self.manager.get(owner, ""), self._skip_level(owner), *self._leads(owner)}
        were = {manager for engineer, manager in self.former if engineer == owner}
        return sorted((near | were) - {"", owner})

    # what happens

    def passes(self) -> None:
        """A moment goes by."""
        self.moment += 1

    def writes(self, owner: str, *words: str) -> None:
        """Words that are the owner's, wherever they are kept."""
        self.written[owner] = self.own(owner) | frozenset(words)

    def logs(self, example: Example) -> None:
        """A new example, or an old one with other words."""
        self.examples[example.id] = example
        self.writes(example.owner, *example.text, *example.quote)

    def deletes(self, example_id: str, *, back: bool) -> None:
        """Pages stay as they are, unless they were to be taken back along with it."""
        for page in list(self.pages):
            if back and example_id in page.examples:
                self.takes_back(page)
        del self.examples[example_id]

    def shares(
        self, owner: str, reader: str, example_ids: tuple[str, ...], *, quotes: bool
    ) -> None:
        """These examples as they are now."""
        chosen = [self.examples[each] for each in example_ids]
        words = NOTHING.union(*(each.text for each in chosen))
        if quotes:
            words = words.union(*(each.quote for each in chosen))
        page = Page(len(self.pages), owner, reader, words, example_ids, self.moment)
        self.pages.append(page)

    def takes_back(self, page: Page) -> None:
        """It is over for good."""
        self.pages[page.number] = replace(self.pages[page.number], ended=True)

    def manages(self, engineer: str, manager: str) -> None:
        """Another manager, or none (""): whoever it was keeps nothing that was open to them."""
        before = self.manager.pop(engineer, "")
        self.asked.pop(engineer, None)
        if manager:
            self.manager[engineer] = manager
        if before in ("", manager):
            return
        self.former[engineer, before] = self.moment
        for page in self.shared(engineer):
            if page.reader == before:
                self.takes_back(page)
        self.ends(engineer, before)
        self._close_what_lost_its_ground()

    def ends(self, engineer: str, partner: str) -> None:
        """They do not meet any more."""
        self.meetings = [m for m in self.meetings if (m.engineer, m.partner) != (engineer, partner)]
        self._close_what_lost_its_ground()

    def meets(self, meeting: Meeting) -> None:
        """A one-on-one as it is from now on."""
        others = [each for each in self.meetings if each.number != meeting.number]
        self.meetings = [*others, meeting]
        self.began = max(self.began, meeting.number)

    def adds(self, line: Line) -> None:
        """Another line on a page; the engineer's pre-read may tell it, and Slack keeps that."""
        engineer = line.meeting.engineer
        self.lines.append(line)
        self.read[engineer] = self.read.get(engineer, NOTHING) | line.words
        self.writes(line.author, *line.words)

    def erases(self, person: str) -> None:
        """Nothing is left of them; what they wrote in Slack themselves is still theirs to see."""
        self.examples = {n: e for n, e in self.examples.items() if e.owner != person}
        for page in list(self.pages):
            if person in (page.owner, page.reader):
                self.takes_back(page)
        self.manager = {e: m for e, m in self.manager.items() if person not in (e, m)}
        self.asked = {e: q for e, q in self.asked.items() if person not in (e, q[0])}
        self.former = {both: at for both, at in self.former.items() if person not in both}
        self.meetings = [m for m in self.meetings if person not in (m.engineer, m.partner)]
        self.lines = [
            line
            for line in self.lines
            if line.meeting.engineer != person and (line.author != person or line.lasts)
        ]
        self._close_what_lost_its_ground()

    # inside

    def _skip_level(self, owner: str) -> str:
        return self.manager.get(self.manager.get(owner, ""), "")

    def _leads(self, owner: str) -> Iterator[str]:
        return (m.partner for m in self.meetings if m.engineer == owner and m.confirmed)

    def _close_what_lost_its_ground(self) -> None:
        """A page lasts only while its reader is one to whom it could be given."""
        for page in list(self.pages):
            if not page.ended and not self._stands(page):
                self.takes_back(page)

    def _stands(self, page: Page) -> bool:
        owner, reader = page.owner, page.reader
        stopped = self.former.get((owner, reader))
        if reader == self.manager.get(owner):
            return True
        if stopped is not None and page.shared_at < stopped:
            return False
        near = (self._skip_level(owner), *self._leads(owner))
        return stopped is not None or reader in near
