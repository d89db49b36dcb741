"""The Slack app manifest: app.yaml as it is, turned to HTTP, or with optional features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.settings import Refusal

FILE = Path(__file__).resolve().parents[2] / "app.yaml"
PATH = "/slack/events"

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Feature:
    """What an optional feature needs of Slack beyond app.yaml; without it, it is off."""

    scopes: tuple[str, ...]
    events: tuple[str, ...]

    def lacks(self, granted: Iterable[str]) -> list[str]:
        """The scopes that are missing; none when the feature is on."""
        return [scope for scope in self.scopes if scope not in set(granted)]


FEATURES: Mapping[str, Feature] = {
    # an emoji on a message brings its reactor, and nobody else, a form for an example
    "reactions": Feature(scopes=("reactions:read",), events=("reaction_added",)),
    # somebody may give the file of a calendar, and not only its address
    "calendar-files": Feature(scopes=("files:read",), events=()),
}


class ManifestError(Refusal):
    """The manifest cannot be made; the text says why."""


def read_manifest(file: Path = FILE) -> Manifest:
    """The manifest for Socket Mode; raises ManifestError when app.yaml is not at hand."""
    try:
        manifest: Manifest = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestError(f"{file} cannot be read ({error.strerror}).") from None
    return manifest


def with_features(manifest: Manifest, names: Iterable[str]) -> Manifest:
    """With the scopes and events of optional features; raises ManifestError for an unknown name."""
    for name in dict.fromkeys(names):
        if name not in FEATURES:
            known = ", ".join(FEATURES)
            raise ManifestError(f"There is no optional feature {name!r}. Known: {known}.")
        manifest = _with(manifest, FEATURES[name])
    return manifest


def bot_scopes(manifest: Manifest) -> list[str]:
    """What the app asks for, in the manifest's order."""
    scopes: list[str] = manifest["oauth_config"]["scopes"]["bot"]
    return scopes


def _with(manifest: Manifest, feature: Feature) -> Manifest:
    settings = manifest["settings"]
    sent = settings["event_subscriptions"]
    events = {"bot_events": [*sent["bot_events"], *feature.events]}
    return manifest | {
        "oauth_config": manifest["oauth_config"]
        | {"scopes": {"bot": [*bot_scopes(manifest), *feature.scopes]}},
        "settings": settings | {"event_subscriptions": sent | events},
    }


def for_http(manifest: Manifest, url: str) -> Manifest:
    """The same app reached by HTTP at `url`; raises ManifestError unless that is https."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ManifestError(f"{url} will not do: Slack needs an address that starts with https://.")
    base = url.rstrip("/")
    address = base if base.endswith(PATH) else base + PATH
    features, settings = manifest["features"], manifest["settings"]
    commands = [command | {"url": address} for command in features["slash_commands"]]
    return manifest | {
        "features": features | {"slash_commands": commands},
        "settings": settings
        | {
            "socket_mode_enabled": False,
            "interactivity": settings["interactivity"] | {"request_url": address},
            "event_subscriptions": settings["event_subscriptions"] | {"request_url": address},
        },
    }


def as_yaml(manifest: Manifest) -> str:
    """The text to paste into Slack's "Create an app from a manifest"."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)
