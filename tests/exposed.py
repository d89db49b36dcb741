"""What stands under /metrics, as Prometheus reads it."""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping

from prometheus_client.parser import text_string_to_metric_families

Counts = Mapping[str, float]


def scrape(url: str) -> str:
    """The page as it is."""
    with urllib.request.urlopen(f"{url}/metrics", timeout=10) as answer:
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/plain")
        return str(answer.read().decode())


def counts(url: str) -> Counts:
    """Every sample by its name and labels, as in `rung_parcels_sent_total kind=nudge`."""
    return {
        " ".join([sample.name, *(f"{key}={value}" for key, value in sample.labels.items())]):
            sample.value
        for family in text_string_to_metric_families(scrape(url))
        for sample in family.samples
    }  # fmt: skip


def names(url: str) -> set[str]:
    """What Prometheus offers to ask for; a histogram by its plain name."""
    return {
        family.name + ("_total" if family.type == "counter" else "")
        for family in text_string_to_metric_families(scrape(url))
    }
