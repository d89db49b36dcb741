"""The app with reactions switched on, as `manifest --with reactions` prints it."""

from __future__ import annotations

from dataclasses import replace

from bot.slack.manifest import read_manifest as app_manifest
from bot.slack.manifest import with_features
from playground.local_slack import read_manifest
from playground.local_slack.manifest import Manifest
from tests.bench import ROOT


def reacting_manifest() -> Manifest:
    """The scopes and events that the feature adds, beside those of app.yaml."""
    made = with_features(app_manifest(), ["reactions"])
    events = frozenset(made["settings"]["event_subscriptions"]["bot_events"])
    scopes = frozenset(made["oauth_config"]["scopes"]["bot"])
    return replace(read_manifest(ROOT / "app.yaml"), events=events, scopes=scopes)
