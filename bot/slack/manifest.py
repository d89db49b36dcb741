"""The Slack app manifest: as it lies in app.yaml for Socket Mode, or turned to HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.settings import Refusal

FILE = Path(__file__).resolve().parents[2] / "app.yaml"
PATH = "/slack/events"

Manifest = dict[str, Any]


class ManifestError(Refusal):
    """The manifest cannot be made; the text says why."""


def read_manifest(file: Path = FILE) -> Manifest:
    """The manifest for Socket Mode; raises ManifestError when app.yaml is not at hand."""
    try:
        manifest: Manifest = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestError(f"{file} cannot be read ({error.strerror}).") from None
    return manifest


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
