"""What the operator decides, read once from the environment (and `.env`) and never changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
EMOJI_NAME = re.compile(r"[a-z0-9_+'-]{1,100}")
DEFAULT_API = "https://slack.com/api/"
GUESTS_READ = "ladder"


RANGES = {
    "PORT": "it has to be a whole number from 1 to 65535.",
    "RUNG_HEARTBEAT_S": "it has to be a number of seconds, more than 0 and at most 3600.",
    **dict.fromkeys(
        ("RUNG_LEASE_S", "RUNG_GUARD_S"),
        "it has to be a number of seconds, more than 0 and at most 3600.",
    ),
    **dict.fromkeys(
        ("RUNG_SETTLE_S", "RUNG_RECHECK_S"), "it has to be a number of seconds, 0 to 3600."
    ),
    "RUNG_SENDS_PER_MINUTE": "it has to be a number, more than 0 and at most 100000.",
    "RUNG_HTTP_TIMEOUT_S": "it has to be a number of seconds, more than 0 and at most 300.",
}


class Refusal(Exception):
    """The bot cannot go on; the text tells the operator why and what to do."""


class SettingsError(Refusal):
    """Every problem that the environment has, one sentence each, ready to be printed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """The environment as frozen values; an empty variable counts as one that is not set."""

    model_config = SettingsConfigDict(
        frozen=True, env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    bot_token: str = Field("", alias="SLACK_BOT_TOKEN", repr=False)
    app_token: str = Field("", alias="SLACK_APP_TOKEN", repr=False)
    signing_secret: str = Field("", alias="SLACK_SIGNING_SECRET", repr=False)
    api_url: str = Field(DEFAULT_API, alias="SLACK_API_URL")
    port: int = Field(3000, ge=1, le=65535, alias="PORT")
    host: str = Field("0.0.0.0", alias="RUNG_HOST")
    database_url: str = Field("sqlite:///data/rung.db", alias="DATABASE_URL", repr=False)
    ladder_dir: Path = Field(PROJECT / "ladder_data", alias="LADDER_DIR")
    keys: Annotated[tuple[str, ...], NoDecode] = Field((), alias="RUNG_KEYS", repr=False)
    admins: Annotated[frozenset[str], NoDecode] = Field(frozenset(), alias="RUNG_ADMINS")
    guests: str = Field("", alias="RUNG_GUESTS")
    reaction: str = Field("seedling", alias="RUNG_REACTION")
    clock_file: Path | None = Field(None, alias="RUNG_CLOCK_FILE")
    heartbeat_seconds: float = Field(10, gt=0, le=3600, alias="RUNG_HEARTBEAT_S")
    http_timeout_seconds: float = Field(10, gt=0, le=300, alias="RUNG_HTTP_TIMEOUT_S")
    lease_seconds: float = Field(120, gt=0, le=3600, alias="RUNG_LEASE_S")
    guard_seconds: float = Field(90, gt=0, le=3600, alias="RUNG_GUARD_S")
    settle_seconds: float = Field(120, ge=0, le=3600, alias="RUNG_SETTLE_S")
    recheck_seconds: float = Field(60, ge=0, le=3600, alias="RUNG_RECHECK_S")
    sends_per_minute: float = Field(600, gt=0, le=100_000, alias="RUNG_SENDS_PER_MINUTE")

    @field_validator("keys", "admins", mode="before")
    @classmethod
    def _split_on_commas(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(",") if part.strip())

    @field_validator("guests")
    @classmethod
    def _known_right(cls, value: str) -> str:
        if value not in ("", GUESTS_READ):
            raise ValueError(
                f"is {value!r}, which will not do: put {GUESTS_READ} to let guests read the "
                "ladder, or leave it out."
            )
        return value

    @field_validator("bot_token", "app_token", "signing_secret")
    @classmethod
    def _one_plain_word(cls, value: str) -> str:
        word = value.strip()
        if not word.isascii() or any(ch.isspace() or not ch.isprintable() for ch in word):
            raise ValueError("holds a space, a line break or a curly quote. Copy it again.")
        return word

    @field_validator("reaction")
    @classmethod
    def _emoji_name(cls, value: str) -> str:
        name = value.strip().strip(":").casefold()
        if not EMOJI_NAME.fullmatch(name):
            raise ValueError(f"is {value!r}, which is no emoji's name; write seedling, or :star:.")
        return name

    @field_validator("api_url")
    @classmethod
    def _api_base(cls, value: str) -> str:
        parts = _parts(value)
        if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"is {value!r}, which is not a web address; it ends in /api/.")
        return value if value.endswith("/") else value + "/"

    @model_validator(mode="after")
    def _clock_only_beside_a_local_slack(self) -> Settings:
        if self.clock_file and urlsplit(self.api_url).hostname not in LOOPBACK:
            raise ValueError(
                "RUNG_CLOCK_FILE moves the bot's clock and is for the playground only: "
                "unset it, or point SLACK_API_URL at a loopback address."
            )
        return self

    @model_validator(mode="after")
    def _lease_outlives_an_attempt(self) -> Settings:
        shortest = self.guard_seconds + self.http_timeout_seconds
        if self.lease_seconds <= shortest:
            raise ValueError(
                f"RUNG_LEASE_S is {self.lease_seconds:g}, and has to be more than RUNG_GUARD_S and "
                f"RUNG_HTTP_TIMEOUT_S together ({shortest:g}): otherwise two bots might send the "
                "same message."
            )
        return self

    @property
    def socket_mode(self) -> bool:
        """True when Slack is reached through a WebSocket that the bot opens itself."""
        return bool(self.app_token)

    def slack_problems(self, *, to_serve: bool) -> list[str]:
        """What is missing to call Slack, and `to_serve` its people, one sentence each."""
        problems = []
        if not self.bot_token:
            problems.append(
                "SLACK_BOT_TOKEN is missing. Copy it from your Slack app under "
                "OAuth & Permissions (it starts with xoxb-) into .env."
            )
        if to_serve and not (self.app_token or self.signing_secret):
            problems.append(
                "Put SLACK_APP_TOKEN (Socket Mode, starts with xapp-) or "
                "SLACK_SIGNING_SECRET (HTTP) into .env, so that Slack can reach the bot."
            )
        return problems


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        return parts if parts.port != 0 else None  # reading the port is what checks it
    except ValueError:
        return None


def load_settings() -> Settings:
    """Reads the environment and `.env`; raises SettingsError naming every problem at once."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError([_sentence(problem) for problem in error.errors()]) from None


def _sentence(error: ErrorDetails) -> str:
    text = str(error["msg"]).removeprefix("Value error, ")
    if not error["loc"]:
        return text
    name = error["loc"][0]
    if error["type"].startswith(("int_", "float_", "greater_", "less_", "finite_")):
        return f"{name} is {error['input']!r}, which will not do: {RANGES[str(name)]}"
    return f"{name} {text}"
