"""What Slack says about the app: its token, its scopes, its optional features, its admins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.doctor.clocks import check_slack_clock
from bot.doctor.model import Finding, Verdict, fine, note, wrong
from bot.settings import Settings
from bot.slack.client import Identity, SlackStartError, refusals_told, web_client, who_are_we
from bot.slack.manifest import FEATURES, Feature, bot_scopes, read_manifest
from bot.slack.profiles import Profile, Profiles
from bot.slack.socket_mode import check_app_token

REINSTALL = (
    "Put what `python -m bot manifest` prints into the app's settings (App Manifest), and install "
    "the app again."
)
LOST_WITHOUT = {
    "commands": "nobody can type `/ladder`",
    "chat:write": "nothing can be sent",
    "dnd:read": "nudges also come while somebody wants no disturbance",
    "files:write": "nobody gets their export as a file",
    "im:history": "what people write to the bot is not heard, and a message whose answer was lost "
    "is not looked for",
    "im:write": "the messages with a person cannot be opened, so one whose answer was lost is not "
    "looked for",
    "users:read": "time zones, and who has left, are not known",
    "users:read.email": "`people import` finds nobody by e-mail address",
}


def check_slack(settings: Settings) -> Iterator[Finding]:
    """Everything that needs a token that works."""
    client = web_client(settings.bot_token, settings.api_url, settings.http_timeout_seconds)
    try:
        identity = who_are_we(client)
    except SlackStartError as error:
        yield wrong("Slack token", str(error))
        return
    yield fine("Slack token", f"It works in the workspace {identity.workspace}.")
    yield from check_slack_clock(client)
    yield from _socket_mode(settings)
    yield from check_scopes(identity)
    yield from check_features(identity)
    yield from check_admins(settings.admins, Profiles(client, identity.team_id))


def _socket_mode(settings: Settings) -> Iterator[Finding]:
    if not settings.socket_mode:
        return
    try:
        check_app_token(
            web_client(settings.app_token, settings.api_url, settings.http_timeout_seconds)
        )
    except SlackStartError as error:
        yield wrong("Socket Mode", str(error))
    else:
        yield fine("Socket Mode", "Slack would open a connection.")


def check_scopes(identity: Identity) -> Iterator[Finding]:
    """What was granted, beside what app.yaml and the optional features ask for."""
    if not identity.scopes:
        yield note("scopes", "Slack did not say which scopes the app was granted.")
        return
    asked = bot_scopes(read_manifest())
    known = {*asked, *(scope for each in FEATURES.values() for scope in each.scopes)}
    missing = [scope for scope in asked if scope not in identity.scopes]
    for scope in missing:
        yield wrong("scopes", f"The app lacks {scope}: {LOST_WITHOUT[scope]}.", REINSTALL)
    if not missing:
        yield fine("scopes", "The app has all that it needs.")
    if spare := sorted(identity.scopes - known):
        yield note("scopes", f"The app may do more than it needs: {', '.join(spare)}.", REINSTALL)


def check_features(identity: Identity) -> Iterator[Finding]:
    """Which optional features are on, and why the others are off."""
    for name, feature in FEATURES.items():
        yield _feature(name, feature, identity.scopes)


def _feature(name: str, feature: Feature, granted: Iterable[str]) -> Finding:
    said = name.capitalize()
    lacks = feature.lacks(granted)
    if not lacks:
        return fine(name, f"{said} are on.")
    why = f"{said} are off: the app lacks {', '.join(lacks)}."
    how = f"`python -m bot manifest --with {name}` prints the manifest that has it."
    return Finding(name, Verdict.OFF, why, how)


def check_admins(admins: Iterable[str], profiles: Profiles) -> Iterator[Finding]:
    """Whether RUNG_ADMINS are people whom Slack knows."""
    name, admins = "RUNG_ADMINS", sorted(admins)
    if not admins:
        yield note(name, "It names nobody, so nobody is told in Slack when the ladder breaks.")
        return
    try:
        with refusals_told():
            odd = {each: why for each in admins if (why := _odd(profiles.by_id(each)))}
    except SlackStartError as error:
        yield wrong(name, str(error))
        return
    for each, why in odd.items():
        yield wrong(name, f"{each} {why}.", "Copy the member ID from that person's Slack profile.")
    if not odd:
        yield fine(name, f"Slack knows all {len(admins)}." if admins[1:] else "Slack knows them.")


def _odd(profile: Profile | None) -> str:
    if profile is None:
        return "is nobody in this workspace"
    if profile.is_bot:
        return "is a bot"
    if profile.is_guest or profile.is_stranger:
        return "is a guest"
    return "was deactivated" if profile.deactivated else ""
