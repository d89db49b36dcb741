"""A calendar is read from a public https address, and from nowhere else, whatever is tried."""

from __future__ import annotations

import gzip
import logging
import socket
import ssl

import pytest

from bot.one_on_ones.calendars.addresses import Address, may_be_reached
from bot.one_on_ones.calendars.fetching import Fetching
from bot.one_on_ones.calendars.lines import MOST_BYTES
from bot.one_on_ones.calendars.model import CalendarProblem, Marks, Trouble
from tests.one_on_ones.calendars.server import HERE, NAME, Calendars, drips, gives, leads_to
from tests.one_on_ones.calendars.texts import GOOGLE

PRIVATE = """
0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
168.63.129.16 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2002:7f00:1:: 2002:a9fe:a9fe::1 3fff::1 5f00::1
fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 4000::1 not-a-number
"""
PUBLIC = """
8.8.8.8 142.250.74.14 2606:4700::1111 2a00:1450:4001::e 64:ff9b::808:808 2002:808:808::1
"""
PATH = "/private-canary/basic.ics"


def refused(fetching: Fetching, address: str) -> Trouble:
    with pytest.raises(CalendarProblem) as caught:
        fetching.read(address)
    error = caught.value
    told = f"{error!r} {error} {error.trouble.sentence} {error.__cause__!r}"
    assert "canary" not in told
    assert error.__suppress_context__ or error.__context__ is None, "or a log would quote it"
    return error.trouble


def test_it_is_read_by_its_name_and_with_nothing_else_of_us(server: Calendars) -> None:
    server.answers[PATH] = gives(GOOGLE)
    assert server.fetching().read(server.address).content == GOOGLE
    _, headers = server.asked[0]
    assert headers["Host"] == f"{NAME}:{server.port}"
    assert headers["Accept-Encoding"] == "identity"
    assert not headers.keys() & {"Cookie", "Authorization", "Referer"}


def test_what_has_not_changed_is_not_sent_again(server: Calendars) -> None:
    server.answers[PATH] = gives(GOOGLE, ETag='"7"', Last_Modified="Sun, 29 Nov 2026 10:00:00 GMT")
    first = server.fetching().read(server.address)
    server.answers[PATH] = gives(b"", 304, ETag='"7"')
    again = server.fetching().read(server.address, first.marks)
    assert again.content is None
    _, headers = server.asked[1]
    assert headers["If-None-Match"] == '"7"'
    assert headers["If-Modified-Since"] == "Sun, 29 Nov 2026 10:00:00 GMT"


def test_a_redirect_is_followed_a_few_times(server: Calendars) -> None:
    server.answers[PATH] = leads_to("/b")
    server.answers["/b"] = leads_to("c?x=1", 307)
    server.answers["/c?x=1"] = gives(GOOGLE)
    assert server.fetching().read(server.address).content == GOOGLE
    server.answers["/c?x=1"] = leads_to(PATH)
    assert refused(server.fetching(), server.address) is Trouble.TOO_MANY_TURNS
    assert len(server.asked) == 3 + 4


@pytest.mark.parametrize(
    "location",
    ["https://169.254.169.254{}/latest", "https://[fd00:ec2::254]{}/", "https://localhost{}/",
     "//10.0.0.1{}/x", "https://2130706434{}/"],
)  # fmt: skip
def test_a_redirect_into_a_private_network_is_refused(server: Calendars, location: str) -> None:
    server.answers[PATH] = leads_to(location.format(f":{server.port}"))
    for host in ("169.254.169.254", "fd00:ec2::254", "10.0.0.1"):
        server.numbers[host] = [host]
    server.numbers["localhost"] = ["::1"]
    server.numbers["2130706434"] = ["127.0.0.2"]
    assert refused(server.fetching(), server.address) is Trouble.NOT_PUBLIC
    assert len(server.asked) == 1


@pytest.mark.parametrize("location", ["http://calendar.example:{}/x", "ftp://calendar.example:{}/",
                                      "file:///etc/passwd", "https://a:b@calendar.example:{}/",
                                      "https://calendar.example:8443/", "https://["])  # fmt: skip
def test_a_redirect_to_something_else_is_refused(server: Calendars, location: str) -> None:
    server.answers[PATH] = leads_to(location.format(server.port))
    assert refused(server.fetching(), server.address) is Trouble.NOT_HTTPS
    assert len(server.asked) == 1


def test_one_private_number_among_public_ones_is_enough_to_refuse(server: Calendars) -> None:
    fetching = Fetching(lambda *_: ["8.8.8.8", "10.0.0.1"], port=server.port)
    assert refused(fetching, server.address) is Trouble.NOT_PUBLIC


def test_a_name_is_resolved_once_for_each_connection(server: Calendars) -> None:
    """A name that answers with a public number when asked first, and with a private one then."""
    server.answers[PATH] = gives(GOOGLE)
    server.numbers[NAME] = [HERE, "10.0.0.1"]
    assert server.fetching().read(server.address).content == GOOGLE
    assert server.resolved == [NAME]


def test_a_name_that_turns_private_after_a_redirect_is_refused(server: Calendars) -> None:
    server.answers[PATH] = leads_to("/b")
    server.numbers[NAME] = [HERE, "10.0.0.1"]
    assert refused(server.fetching(), server.address) is Trouble.NOT_PUBLIC
    assert [path for path, _ in server.asked] == [PATH]


def test_nothing_but_the_checked_number_is_ever_looked_up(
    server: Calendars, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwanted(*_: object, **__: object) -> None:
        raise AssertionError("a second resolution")

    server.answers[PATH] = gives(GOOGLE)
    monkeypatch.setattr(socket, "getaddrinfo", unwanted)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert server.fetching().read(server.address).content == GOOGLE


def test_by_itself_it_reaches_nothing_on_this_machine(server: Calendars) -> None:
    fetching = Fetching(port=server.port, trusted=server.trusted)
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1",
                 "[::1]", "[::ffff:127.0.0.1]", "0", "１２７.0.0.1"):  # fmt: skip
        assert refused(fetching, f"https://{host}:{server.port}/canary") is Trouble.NOT_PUBLIC
    assert not server.asked


def test_a_server_has_to_prove_its_name(server: Calendars) -> None:
    server.answers["/x"] = gives(GOOGLE)
    other = f"https://another.example:{server.port}/x"
    assert refused(server.fetching(), other) is Trouble.NOT_TRUSTED
    server.trusted = ssl.create_default_context()
    assert refused(server.fetching(), server.address) is Trouble.NOT_TRUSTED
    assert not server.asked


def test_a_number_may_prove_itself_too(server: Calendars) -> None:
    server.answers["/x"] = gives(GOOGLE)
    assert server.fetching().read(f"https://{HERE}:{server.port}/x").content == GOOGLE


def test_too_large_is_not_read_to_its_end(server: Calendars) -> None:
    server.answers[PATH] = gives(b"x" * (MOST_BYTES + 1))
    assert refused(server.fetching(), server.address) is Trouble.TOO_LARGE
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.answers[PATH] = drips(head + chunk * 161, chunk)
    assert refused(server.fetching(), server.address) is Trouble.TOO_LARGE


def test_what_is_packed_is_never_unpacked(server: Calendars) -> None:
    bomb = gzip.compress(b"x" * 50_000_000)
    for encoding in ("gzip", "br", "GZIP, identity", "deflate"):
        server.answers[PATH] = gives(bomb, Content_Encoding=encoding)
        assert refused(server.fetching(), server.address) is Trouble.ENCODED


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
        (b"HTTP/1.1 200 ", b"O"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "headers", "first line", "continue"],
)
def test_a_slow_drip_is_ended(server: Calendars, first: bytes, piece: bytes) -> None:
    server.answers[PATH] = drips(first, piece)
    assert refused(server.fetching(seconds=0.6), server.address) is Trouble.TOO_SLOW


def test_a_server_that_says_nothing_is_left(server: Calendars) -> None:
    with socket.create_server((HERE, 0)) as silent:
        server.port = silent.getsockname()[1]
        assert refused(server.fetching(seconds=0.3), server.address) is Trouble.TOO_SLOW


def test_what_breaks_off_is_nothing(server: Calendars) -> None:
    server.answers[PATH] = gives(GOOGLE, Content_Length=str(len(GOOGLE) + 1))
    assert refused(server.fetching(), server.address) is Trouble.NOT_ANSWERING


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(404, Trouble.NOT_THERE), (401, Trouble.NOT_THERE), (410, Trouble.NOT_THERE),
     (500, Trouble.NOT_ANSWERING), (206, Trouble.NOT_ANSWERING), (302, Trouble.NOT_ANSWERING)],
)  # fmt: skip
def test_other_answers(server: Calendars, status: int, trouble: Trouble) -> None:
    server.answers[PATH] = gives(b"canary", status)
    assert refused(server.fetching(), server.address) is trouble


def test_a_port_where_nobody_listens(server: Calendars) -> None:
    with socket.create_server((HERE, 0)) as closed:
        server.port = closed.getsockname()[1]
    assert refused(server.fetching(), server.address) is Trouble.NOT_ANSWERING


def test_nothing_of_an_address_is_logged(
    server: Calendars, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers[PATH] = gives(GOOGLE)
    server.fetching().read(server.address)
    server.answers[PATH] = leads_to("https://another.example/canary")
    refused(server.fetching(), server.address)
    assert "canary" not in caplog.text
    assert "canary" not in repr((Address.of(server.address, server.port), Marks("canary")))


@pytest.mark.parametrize(
    "text",
    [
        "http://calendar.example/a.ics",
        "ftp://calendar.example/",
        "calendar.example/a.ics",
        "https://ada@calendar.example/",
        "https://ada:secret@calendar.example/",
        "https://calendar.example@10.0.0.1/",
        "https://calendar.example:8443/",
        "https://calendar.example:99999/",
        "https://calendar.example\\@10.0.0.1/",
        "https://[fe80::1%25eth0]/",
        "https://[::1",
        "https:///a.ics",
        "https://./",
        "https://calendar.example/a\r\nHost: x",
        "https://" + "a" * 70 + ".example/",
        "https://calendar.example/" + "a" * 3000,
        "javascript:alert(1)",
        "",
    ],
)
def test_not_an_address_for_us(text: str) -> None:
    with pytest.raises(CalendarProblem) as caught:
        Address.of(text)
    assert caught.value.trouble is Trouble.NOT_HTTPS


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("webcal://calendar.example/a.ics", "https://calendar.example/a.ics"),
        ("WEBCAL://Calendar.Example./a.ics", "https://calendar.example/a.ics"),
        (" https://calendar.example:443 ", "https://calendar.example/"),
        ("https://calendar.example/a b?x=ü#part", "https://calendar.example/a%20b?x=%C3%BC"),
        ("https://münchen.example/%41", "https://xn--mnchen-3ya.example/%41"),
        ("https://[2606:4700::1111]/a", "https://[2606:4700::1111]/a"),
    ],
)
def test_an_address_as_it_is_followed(text: str, whole: str) -> None:
    assert Address.of(text).whole == whole


@pytest.mark.parametrize(
    "number",
    PRIVATE.split(),
)
def test_a_number_that_may_not_be_reached(number: str) -> None:
    assert not may_be_reached(number)


@pytest.mark.parametrize(
    "number", PUBLIC.split()
)  # fmt: skip
def test_a_number_that_may(number: str) -> None:
    assert may_be_reached(number)
