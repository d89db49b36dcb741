"""The app as the playground installs it: `app.yaml`, and what reactions need besides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .local_slack import Manifest, read_manifest

REACTION_SCOPE, REACTION_EVENT = "reactions:read", "reaction_added"


def playground_manifest(file: Path) -> Manifest:
    """Everything the app can be granted; without the file, whatever Slack has."""
    if not file.exists():
        return Manifest()
    manifest = read_manifest(file)
    return replace(
        manifest,
        scopes=manifest.granted() | {REACTION_SCOPE},
        events=manifest.events | {REACTION_EVENT},
    )
