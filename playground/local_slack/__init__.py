"""A local Slack that speaks Slack's own protocol, for tests and for the playground.

    with LocalSlack(manifest=read_manifest(Path("app.yaml"))) as slack:
        slack.add_user("UADA", "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
        # the bot gets slack.api_url, slack.tokens.bot (and .app), slack.signing_secret
        slack.connect_http("http://127.0.0.1:3000/slack/events")   # or slack.wait_for_socket()
        answer = slack.command("UADA", "/ladder log")
        assert answer.ok and answer.elapsed_s < 1
        done = slack.submit("UADA", {"Competency": "Teaching", "What happened": "…"})
        assert not done.errors
        assert "Saved" in text_of(slack.dm("UADA")[-1])
        assert not slack.refusals

Acts are synchronous: each returns once the bot has acked, or Slack has given up on it after
`slack.ack_timeout_s` (3 s), with an `Answer`. What a lazy listener does comes later: look at it
through `slack.wait_for(...)`. All of it may be called from any thread.

Looking: `dm`, `channel`, `modal`, `home`, `calls`, `refusals` (what Slack would not take, in API
calls, acks and response URLs alike), `text_of`. The truth about what was sent: `posted`, and
`lost_answers` of it. Bad days: `fail_next`, `faults.mix` (drawn by chance from a seed),
`faults.history_lag_s`, `faults.calm`, `faults.met`, `disconnect_sockets`,
`slack.ack_timeout_s`, `slack.trigger_lifetime_s`, `slack.event_retry_after_s`; `again` delivers
the last payload twice, `connect_replicas` each one to several bots at once, and `forge` sends what
no client would (whole payloads by `forging`). Time: `advance`
moves the workspace's clock, never the real one that signatures and timeouts go by.
Limits alone, without a server: `problems(blocks, surface)` and `view_problems(view)`.
"""

from . import forging
from .limits import problems, text_length, texts_in, view_problems
from .manifest import Command, Manifest, Shortcut, read_manifest
from .model import (
    APP_ID,
    BOT_USER_ID,
    TEAM_DOMAIN,
    TEAM_ID,
    Answer,
    Call,
    Channel,
    Message,
    Person,
    Posted,
    Refusal,
    View,
)
from .reading import text_of
from .slack import LocalSlack
from .transports import Delivery, signature

__all__ = [
    "APP_ID",
    "BOT_USER_ID",
    "TEAM_DOMAIN",
    "TEAM_ID",
    "Answer",
    "Call",
    "Channel",
    "Command",
    "Delivery",
    "LocalSlack",
    "Manifest",
    "Message",
    "Person",
    "Posted",
    "Refusal",
    "Shortcut",
    "View",
    "forging",
    "problems",
    "read_manifest",
    "signature",
    "text_length",
    "text_of",
    "texts_in",
    "view_problems",
]
