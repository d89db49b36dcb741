"""Files, uploaded by slack_sdk's own client the way a bot does it."""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.local_slack import LocalSlack, Manifest, text_of
from tests.playground.workspace import ADA, people

WORDS = "Pairing with Ben — 3 alerts a day.\n"


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return WebClient(slack.tokens.bot, base_url=slack.api_url, retry_handlers=[])


def upload(client: WebClient, name: str, size: int, content: bytes) -> str:
    """A file id, its bytes sent."""
    ticket = client.files_getUploadURLExternal(filename=name, length=size)
    with urlopen(Request(ticket["upload_url"], content, method="POST")) as answer:
        assert answer.status == 200
    return str(ticket["file_id"])


def refusal(call: Any, **args: Any) -> Any:
    with pytest.raises(SlackApiError) as raised:
        call(**args)
    return raised.value.response


def test_one_file_comes_as_a_message(slack: LocalSlack, client: WebClient) -> None:
    dm = client.conversations_open(users=ADA)["channel"]["id"]
    answer = client.files_upload_v2(
        filename="journal.md", content=WORDS, title="Your journal", channel=dm,
        initial_comment="All of it, as Markdown.",
    )  # fmt: skip
    assert slack.files(ADA) == [("journal.md", "Your journal", WORDS.encode())]
    message = client.conversations_history(channel=dm)["messages"][0]
    assert message["text"] == "All of it, as Markdown."
    assert text_of(slack.dm(ADA)[-1]) == "All of it, as Markdown.\n📎 journal.md"
    file = message["files"][0]
    assert file == answer["file"]
    assert (file["mimetype"], file["filetype"]) == ("text/markdown", "markdown")
    assert file["pretty_type"] == "Markdown"
    assert file["size"] == len(WORDS.encode())
    with urlopen(file["url_private_download"]) as download:
        assert download.read().decode() == WORDS
        assert "journal.md" in download.headers["content-disposition"]


def test_several_files_come_in_one_message(slack: LocalSlack, client: WebClient) -> None:
    dm = client.conversations_open(users=ADA)["channel"]["id"]
    names = ["journal.md", "journal.json", "journal.csv"]
    files = [{"filename": name, "content": name, "title": name} for name in names]
    assert len(client.files_upload_v2(file_uploads=files, channel=dm)["files"]) == 3
    assert [name for name, _, _ in slack.files(ADA)] == names
    assert len(slack.dm(ADA)) == 1


def test_the_scope_for_files() -> None:
    with LocalSlack(manifest=Manifest(scopes=frozenset({"chat:write"}))) as slack:
        people(slack)
        client = WebClient(slack.tokens.bot, base_url=slack.api_url)
        answer = refusal(client.files_upload_v2, filename="a.md", content="a")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "files:write")


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"length": 0}, "invalid_arguments"),
        ({"filename": ""}, "invalid_arguments"),
        ({"alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"snippet_type": "text", "length": 1_000_001}, "snippet_too_large"),
    ],
)
def test_announcements_slack_refuses(client: WebClient, args: Any, error: str) -> None:
    whole = {"filename": "a.md", "length": 1} | args
    assert refusal(client.files_getUploadURLExternal, **whole)["error"] == error


def test_an_upload_takes_what_was_announced_once(client: WebClient) -> None:
    ticket = client.files_getUploadURLExternal(filename="a.md", length=3)
    for content in (b"four", b"now"):
        with pytest.raises(HTTPError, match="400"):
            urlopen(Request(ticket["upload_url"], content, method="POST"))
    missing = refusal(client.files_completeUploadExternal, files=[{"id": ticket["file_id"]}])
    assert missing["error"] == "file_not_found"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        (ADA, "invalid_arguments"),
        ("C0000000NONE", "channel_not_found"),
        ("general", "invalid_arguments"),
    ],
)
def test_places_that_take_no_file(
    slack: LocalSlack, client: WebClient, channel: str, error: str
) -> None:
    file = upload(client, "a.md", 1, b"a")
    completed = client.files_completeUploadExternal
    assert refusal(completed, files=[{"id": file}], channel_id=channel)["error"] == error
    room = slack.workspace.channel_named("general").id
    assert refusal(completed, files=[{"id": file}], channel_id=room)["error"] == "not_in_channel"
    dm = slack.workspace.dm_of(ADA).id
    completed(files=[{"id": file}], channel_id=dm)
    assert refusal(completed, files=[{"id": file}], channel_id=dm)["error"] == "file_not_found"


def test_one_missing_file_shares_none(slack: LocalSlack, client: WebClient) -> None:
    both: list[dict[str, str | None]] = [
        {"id": upload(client, "a.md", 1, b"a")},
        {"id": "F0NOSUCH"},
    ]
    dm = slack.workspace.dm_of(ADA).id
    refused = refusal(client.files_completeUploadExternal, files=both, channel_id=dm)
    assert refused["error"] == "file_not_found"
    assert slack.dm(ADA) == []
    client.files_completeUploadExternal(files=both[:1], channel_id=dm)
    assert [content for _, _, content in slack.files(ADA)] == [b"a"]


def test_a_removed_file_is_gone(slack: LocalSlack, client: WebClient) -> None:
    dm = slack.workspace.dm_of(ADA).id
    file = client.files_upload_v2(filename="a.md", content="a", channel=dm)["file"]
    client.files_delete(file=file["id"])
    assert (slack.files(ADA), slack.dm(ADA)) == ([], [])
    with pytest.raises(HTTPError, match="404"):
        urlopen(file["url_private"])
    assert refusal(client.files_delete, file=file["id"])["error"] == "file_not_found"


def test_an_upload_can_fail(slack: LocalSlack, client: WebClient) -> None:
    slack.fail_next("upload", status=500)
    with pytest.raises(HTTPError, match="500"):
        client.files_upload_v2(filename="a.md", content="a", channel=slack.workspace.dm_of(ADA).id)
    assert slack.files(ADA) == []


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360"
    "60600000000400015e0a2db40000000049454e44ae426082"
)


def shown(file: dict[str, str]) -> dict[str, Any]:
    return {"type": "image", "alt_text": "A picture.", "slack_file": file}


def test_a_picture_is_described_and_can_be_shown_in_blocks(
    slack: LocalSlack, client: WebClient
) -> None:
    dm = client.conversations_open(users=ADA)["channel"]["id"]
    file = client.files_upload_v2(
        filename="a.png", content=PIXEL, alt_txt="One pixel.", channel=dm
    )["file"]
    assert file["alt_txt"] == "One pixel."
    for source in ({"id": file["id"]}, {"url": file["url_private"]}):
        client.chat_postMessage(channel=dm, text="Look", blocks=[shown(source)])
    home = {"type": "home", "blocks": [shown({"id": file["id"]})]}
    client.views_publish(user_id=ADA, view=home)
    assert text_of(slack.home(ADA)) == "(A picture.)"
    client.files_delete(file=file["id"])
    answer = refusal(client.views_publish, user_id=ADA, view=home)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] invalid slack file [json-pointer:/view/blocks/0/slack_file]"
    ]


def test_what_cannot_be_shown_in_blocks(client: WebClient) -> None:
    """Unknown files, what is no picture, what was shared nowhere, and both or neither source."""
    dm = client.conversations_open(users=ADA)["channel"]["id"]
    words = client.files_upload_v2(filename="a.md", content=WORDS, channel=dm)["file"]["id"]
    private = client.files_upload_v2(filename="a.png", content=PIXEL)["file"]["id"]
    for file in ({"id": "F0000000000"}, {"id": words}, {"id": private}, {"id": "no"}, {}):
        asked = {"channel": dm, "text": "Look", "blocks": [shown(file)]}
        assert refusal(client.chat_postMessage, **asked)["error"] == "invalid_blocks"
    both = {"id": words, "url": "https://files.example/F1"}
    asked = {"channel": dm, "text": "Look", "blocks": [shown(both)]}
    assert refusal(client.chat_postMessage, **asked)["error"] == "invalid_blocks"


def test_a_description_has_a_limit(client: WebClient) -> None:
    asked = {"filename": "a.png", "length": 1}
    assert client.files_getUploadURLExternal(**asked, alt_txt="x" * 1000)["ok"]
    answer = refusal(client.files_getUploadURLExternal, **asked, alt_txt="x" * 1001)
    assert answer["error"] == "alt_txt_too_large"
