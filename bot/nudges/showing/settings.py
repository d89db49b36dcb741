"""The form for one's own schedule: what matters most stands first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.ladder.model import Competency
from bot.nudges.model import MOST_FOCUS, Coming, Wishes
from bot.nudges.showing.refs import Act, Field, bring_back_button
from bot.nudges.when.country import countries, country_of
from bot.nudges.when.manners import WEEKDAYS, Away, Cadence, Manners
from bot.nudges.wording import next_words
from bot.slack.blocks import (
    OPTION_CHARS,
    Block,
    View,
    actions,
    context,
    date_input,
    divider,
    field,
    grouped_select,
    modal,
    multi_select,
    option,
    section,
    select,
    time_input,
)
from bot.slack.text import escape, show_date

CADENCES = {
    Cadence.WEEKLY: "Once a week",
    Cadence.FORTNIGHTLY: "Every second week",
    Cadence.MONTHLY: "Once a month",
    Cadence.BEFORE_ONE_ON_ONE: "Before each one-on-one only",
    Cadence.OFF: "Never",
}
BY_ZONE, NO_HOLIDAYS = "zone", "none"
MOST_ASIDE = 5
LETTERS = ("A to C", "D to H", "I to M", "N to S", "T to Z")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the form shows: the zone, today there, and the competencies of one's level."""

    zone: str
    today: date
    expected: Sequence[Competency]
    everything: Sequence[Competency]


def settings(coming: Coming, around: Surroundings) -> View:
    """The form for one's own schedule."""
    manners = coming.schedule.manners
    return modal(
        "When to ask you",
        [
            context(next_words(coming)),
            *_rhythm(manners, around.zone),
            *_focus(coming.wishes, around.expected),
            divider(),
            *_working(manners),
            _country(manners, around.zone),
            *_time_off(manners, around.today),
            *_aside(coming.wishes, around.everything),
            context("Nobody but you sees or changes this."),
        ],
        callback_id=Act.SAVE,
        submit="Save",
        close="Cancel",
    )


def settings_saved(coming: Coming) -> View:
    """The confirmation, with what happens next."""
    words = coming.schedule.manners.rhythm.words
    return modal("Saved", [section(f"✅ *Saved:* {words}."), context(next_words(coming))])


def _rhythm(manners: Manners, zone: str) -> list[Block]:
    rhythm = manners.rhythm
    cadences = [option(name, each) for each, name in CADENCES.items()]
    days = [option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    return [
        field(Field.CADENCE, "How often", select("choose", cadences, chosen=rhythm.cadence)),
        field(Field.WEEKDAY, "Day", select("choose", days, chosen=str(rhythm.weekday))),
        field(
            Field.AT,
            "Time",
            time_input("pick", f"{rhythm.at:%H:%M}"),
            hint=f"In your time zone, {zone}, as your Slack profile has it.",
        ),
    ]


def _focus(wishes: Wishes, expected: Sequence[Competency]) -> list[Block]:
    if not expected:
        return []
    options = [option(each.label, each.id) for each in expected[:100]]
    menu = multi_select("choose", options, wishes.focus, most=MOST_FOCUS)
    hint = "Up to three. I ask about them more often."
    return [field(Field.FOCUS, "Focus", menu, hint=hint, optional=True)]


def _working(manners: Manners) -> list[Block]:
    days = [option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    chosen = {str(day) for day in manners.days}
    opens, closes = (f"{each:%H:%M}" for each in manners.hours)
    return [
        field(Field.DAYS, "Days you work", multi_select("choose", days, chosen, most=7)),
        field(Field.OPENS, "Working hours from", time_input("pick", opens)),
        field(Field.CLOSES, "Working hours until", time_input("pick", closes)),
    ]


def _country(manners: Manners, zone: str) -> Block:
    """All countries, the likely ones first; a part of a country is there once it was chosen."""
    names = dict(countries())
    own = country_of(zone)
    by_zone = f"Those of {names.get(own, own)}, by my time zone" if own else "By my time zone"
    likely = [option(by_zone, BY_ZONE), option("No public holidays", NO_HOLIDAYS)]
    code = manners.country
    if code and code not in names:
        likely.append(option(code, code))
    chosen = BY_ZONE if code is None else code or NO_HOLIDAYS
    menu = grouped_select(
        "choose", [("Likely", likely), *_by_letter(names)], chosen=chosen, with_names=True
    )
    return field(
        Field.COUNTRY,
        "Public holidays",
        menu,
        hint="I ask nothing on them. For a part of a country: /ladder nudges country DE-BY.",
    )


def _by_letter(names: Mapping[str, str]) -> list[tuple[str, list[Block]]]:
    """A menu's group holds a hundred at most."""
    groups: dict[str, list[Block]] = {letters: [] for letters in LETTERS}
    for code, name in sorted(names.items(), key=lambda each: each[1]):
        first = next((each for each in LETTERS if name[:1].upper() <= each[-1]), LETTERS[-1])
        groups[first].append(option(name[:OPTION_CHARS], code))
    return [(letters, options) for letters, options in groups.items() if options]


def _time_off(manners: Manners, today: date) -> list[Block]:
    away = next_away(manners, today)
    back = date.fromordinal(away.last.toordinal() + 1) if away else None
    first = away.first if away else None
    hint = "The first day on which I may ask again."
    return [
        field(Field.AWAY, "Time off from", date_input("pick", first), optional=True),
        field(Field.BACK, "Back on", date_input("pick", back), hint=hint, optional=True),
    ]


def next_away(manners: Manners, today: date) -> Away | None:
    """The time off that the form is about: the one that ends next."""
    to_come = [each for each in manners.away if each.last >= today]
    return min(to_come, key=lambda each: each.first, default=None)


def _aside(wishes: Wishes, everything: Sequence[Competency]) -> list[Block]:
    names = {each.id: each.name for each in everything}
    aside = sorted(wishes.aside.items(), key=lambda each: each[1])[:MOST_ASIDE]
    if not aside:
        return []
    lines = [f"• {escape(names.get(each, each))}, until {show_date(day)}" for each, day in aside]
    buttons = [
        bring_back_button(each, f"Bring back {names.get(each, each)}", number)
        for number, (each, _) in enumerate(aside)
    ]
    return [section("*Not asked about*\n" + "\n".join(lines)), actions(*buttons)]
