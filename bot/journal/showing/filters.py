"""The head of the list: the field to search in, and the menus that leave things out."""

from __future__ import annotations

from bot.journal.looking import SPANS
from bot.journal.model import Page
from bot.journal.showing.refs import Act, PageRef
from bot.ladder.model import Competency, Ladder
from bot.slack.blocks import Block, actions, field, grouped_select, option, select, text_input

ANY = "all"
SHARED = {ANY: "Shared or not", "yes": "Shared now", "no": "Not shared"}


def search_field(ref: PageRef) -> str:
    """The name of the field at that moment."""
    return f"search-{ref.filled}"


def filters(page: Page, ladder: Ladder, ref: PageRef, words: str) -> list[Block]:
    """The search field, which is heard on Enter, and three menus."""
    typed = text_input(Act.LOOK, words, placeholder="A word you wrote, a link, a competency")
    typed |= {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
    search = field(search_field(ref), "Search", typed, optional=True)
    menus = actions(
        _competencies(page, ladder, ref.competency),
        _menu("span", SPANS, ref.span),
        _menu("shared", SHARED, ref.shared),
    )
    return [search | {"dispatch_action": True}, menus | {"block_id": f"filters-{ref.filled}"}]


def _menu(name: str, choices: dict[str, str], chosen: str) -> Block:
    options = [option(label, value) for value, label in choices.items()]
    return select(f"{Act.FILTER}:{name}", options, chosen=chosen or ANY)


def _competencies(page: Page, ladder: Ladder, chosen: str) -> Block:
    """Those with an example at all, in the ladder's order, and those that it lost."""
    wanted = {*page.competencies, *([chosen] if chosen else [])}
    living = [each for each in ladder.competencies if each.id in wanted]
    lost = sorted(wanted - {each.id for each in living})
    groups = [
        ("Your examples", [option("All competencies", ANY)]),
        ("On the ladder", _options(living)),
        ("Not on the ladder any more", [option(page.competencies.get(e, e), e) for e in lost]),
    ]
    some = [(name, options) for name, options in groups if options]
    name = f"{Act.FILTER}:competency"
    return grouped_select(name, some, chosen=chosen or ANY, with_names=bool(lost))


def _options(competencies: list[Competency]) -> list[Block]:
    return [option(each.label, each.id) for each in competencies]
