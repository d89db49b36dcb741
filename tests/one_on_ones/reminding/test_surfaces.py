"""Whatever is drawn keeps Slack's limits, shows what people wrote as it stands, and is answered."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

from bot.one_on_ones.pairs.model import Pair, State
from bot.one_on_ones.pairs.rhythm import Cadence, Rhythm
from bot.slack.member import Member
from playground.local_slack.limits import problems, view_problems
from tests.one_on_ones.reminding.surfaces import surfaces

NOW = datetime(2026, 12, 1, 14, tzinfo=UTC)
ADA, MIA = Member("T1", "UADA"), Member("T1", "UMIA")
RHYTHM = Rhythm(date(2026, 12, 1), time(14), Cadence.WEEKLY, "Europe/Berlin")
BOTH = Pair("p" * 32, ADA, MIA, State.CONFIRMED, ADA, RHYTHM, NOW)


def drawn() -> list[dict[str, Any]]:
    return list(surfaces(BOTH, MIA, NOW))


def test_nothing_is_more_than_slack_takes() -> None:
    for each in drawn():
        is_modal = each.get("type") == "modal"
        refused = view_problems(each) if is_modal else problems(each["blocks"])
        assert refused == []


def test_what_people_wrote_comes_alive_nowhere() -> None:
    for each in drawn():
        assert "<!here>" not in json.dumps(each, ensure_ascii=False)
