"""Home, settings and help as Block Kit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.coverage.blocks import home_blocks
from bot.coverage.model import Coverage
from bot.journal.blocks import list_button, log_button
from bot.ladder.asking.answers import Standing as LadderStanding
from bot.ladder.blocks import Ask, ask_button, levels_menu, look_up_button, lost_words, sample
from bot.ladder.model import Ladder
from bot.nudges.blocks import next_words, settings_button
from bot.nudges.model import Coming
from bot.one_on_ones.pairs.blocks import list_button as pairs_button
from bot.one_on_ones.pairs.blocks import set_up_button
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.preread.blocks import open_button
from bot.own_data.blocks import privacy_button
from bot.people.blocks import (
    first_step,
    manager_words,
    my_manager_choices,
    place_button,
    propose_button,
)
from bot.people.model import Person
from bot.people.standing import level_of, rung_of
from bot.sharing.blocks import list_button as shared_button
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    divider,
    header,
    home_tab,
    message,
    modal,
    paragraphs,
    section,
)
from bot.slack.text import escape, show_instant

Words = tuple[str, str]
GROWING = (
    ("/ladder log", "log an example of my work"),
    ("/ladder examples", "my examples: read, change, delete"),
    ("/ladder coverage", "my examples by competency and month, as text or picture"),
    ("/ladder 1on1", "prepare my one-on-one, and choose what to share"),
    ("/ladder one-on-ones", "whom I meet and when: set up, move, skip, end"),
    ("/ladder history", "my past one-on-ones; take them along as a file"),
    ("/ladder page", "the page of my one-on-one: agenda, promises, notes"),
    ("/ladder share", "share some examples, with a preview first"),
    ("/ladder shared", "what I shared and who opened it; what is shared with me"),
    ("/ladder nudges", "when you ask me, and about what; pause, skip or stop it"),
    ("/ladder settings", "my level, my manager, nudges and one-on-ones"),
    ("/ladder privacy", "who sees what; export or erase everything about me"),
)
KEPT = "🔒 Only you can read your examples. Each stays with you until you share it."
SHARING = (
    "Answers are for you alone. In a channel, *Share in this channel* shows you first what others "
    "would see."
)


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    SETTINGS = "home.settings"


@dataclass(frozen=True, slots=True)
class Standing:
    """All that Home and settings show of one person to that person.

    `picture` is Slack's id of a file that shows just this coverage, where there is one.
    """

    person: Person | None
    ladder: Ladder
    coming: Coming
    one_on_one: Pair | None
    examples: int
    reaction: str = ""
    may_propose: bool = False
    coverage: Coverage | None = None
    picture: str = ""


def settings_menu_button() -> Block:
    """The button that opens all settings."""
    return button("Settings", Act.SETTINGS)


def home(standing: Standing) -> View:
    """The Home tab of one person, useful also to somebody not placed yet."""
    return home_tab(
        [
            header("Your growth, in your words"),
            *_placed(standing),
            divider(),
            *_ladder(standing),
            divider(),
            section(f"*Your examples* · {_count(standing.examples)}\n{KEPT}"),
            actions(
                log_button(style="primary"), list_button(), open_button(), shared_button("Shared")
            ),
            context(ways_in(standing.reaction)),
            *(home_blocks(standing.coverage, standing.picture) if standing.coverage else []),
            divider(),
            section(
                "*What you can type, anywhere in Slack*\n"
                f"{_word_lines([*reading(standing.ladder), *GROWING])}"
            ),
            actions(privacy_button()),
            context("Questions about Rung? Whoever runs it in your workspace can help."),
        ]
    )


def settings(standing: Standing) -> View:
    """Everything that a person decides, with the way to change it."""
    person = standing.person
    if person is None:
        proposing = [actions(propose_button())] if standing.may_propose else []
        return modal("Settings", [*first_step(), *proposing])
    rhythm = standing.coming.schedule.manners.rhythm
    return modal(
        "Settings",
        [
            section(f"*Where you stand*\n{escape(rung_of(person, standing.ladder))}"),
            context(manager_words(person)),
            *my_manager_choices(person),
            actions(
                place_button("Change level or manager"),
                *([propose_button()] if standing.may_propose else []),
            ),
            divider(),
            section(f"*When I ask you*\n{rhythm.words[0].upper()}{rhythm.words[1:]}."),
            context(next_words(standing.coming)),
            actions(settings_button("Change or stop nudges")),
            divider(),
            section(f"*Your one-on-one*\n{_meeting(standing)}"),
            actions(set_up_button("Change" if standing.one_on_one else "Set up"), pairs_button()),
        ],
    )


def reading(ladder: Ladder) -> list[Words]:
    """What can be typed to read this ladder, in words that it has."""
    some = sample(ladder)
    same = [(f"/ladder same {some.higher}", "the same rung on other tracks")]
    maturity = [("/ladder maturity", "how far along one can be within a level")]
    return [
        ("/ladder", "what my level expects"),
        (f"/ladder {some.higher}", "another level; a title works too"),
        (f"/ladder {some.higher} {some.competency}", "one competency of a level"),
        (f"/ladder {some.competency} all levels", "one competency, level by level"),
        ("/ladder next", "what comes next for me"),
        (f"/ladder compare {some.lower} {some.higher}", "what changes between two levels"),
        *(same if len(ladder.tracks) > 1 else []),
        ("/ladder search incident", "every place that speaks of it"),
        *(maturity if ladder.maturity else []),
    ]


def ways_in(reaction: str) -> str:
    """How else an example is logged; `reaction` is the emoji that marks a message, if it is on."""
    marked = f", or react to it with :{reaction}:" if reaction else ""
    return (
        "*Without a command:* write to me in my Messages tab, or use the shortcut *Log an "
        f"example*. A message is worth keeping? *Save as example* is in its menu{marked}: its "
        "link is kept, and your own words about it."
    )


def help_message(ladder: Ladder, reaction: str = "") -> Message:
    """What `/ladder help` says."""
    return message(
        "What Rung can do",
        [
            section(f"*Read the ladder*\n{_word_lines(reading(ladder))}"),
            context(SHARING),
            section(f"*Your growth*\n{_word_lines(GROWING)}"),
            section(ways_in(reaction)),
            context(KEPT),
            actions(look_up_button(), log_button(), open_button(), settings_menu_button()),
        ],
    )


def _placed(standing: Standing) -> list[Block]:
    person = standing.person
    if person is None:
        return first_step()
    if level_of(person, standing.ladder) is None:
        return _lost_level(person.track_id, person.level_id)
    lines = [
        f"*Where you stand* · {escape(rung_of(person, standing.ladder))}",
        manager_words(person),
        next_words(standing.coming),
        f"*Your one-on-one* · {_meeting(standing)}",
    ]
    return [*paragraphs(lines), actions(settings_menu_button())]


def _lost_level(track_id: str, level_id: str) -> list[Block]:
    """What somebody finds whose level was taken out of the ladder."""
    said = lost_words(LadderStanding(track_id, level_id))
    return [section(escape(said)), actions(place_button(style="primary"), settings_menu_button())]


def _ladder(standing: Standing) -> list[Block]:
    """The ways into the ladder; what needs a level only for those who have one."""
    person, ladder = standing.person, standing.ladder
    ways = [look_up_button()]
    if person and level_of(person, ladder):
        ways = [
            ask_button("My level", Ask("my level"), name="mine"),
            ask_button("What comes next", Ask("next"), name="next"),
            ask_button("Compare the two", Ask("compare"), name="compare"),
            *ways,
        ]
    return [section("*The career ladder*"), actions(*ways, *levels_menu(ladder))]


def _meeting(standing: Standing) -> str:
    one = standing.one_on_one
    if one is None:
        return "Not set up yet."
    words = one.rhythm.words if one.rhythm else "as your calendar says"
    upcoming = f"; next: {show_instant(one.meeting.starts_at)}" if one.meeting else ""
    return f"{words[0].upper()}{words[1:]}{upcoming}."


def _count(number: int) -> str:
    return "none yet" if not number else f"{number} so far"


def _word_lines(words: Iterable[Words]) -> str:
    return "\n".join(f"`{word}` – {meaning}" for word, meaning in words)
