"""A calendar's server on this machine, with a certificate of our own, and every bad manner."""

from __future__ import annotations

import ipaddress
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.one_on_ones.calendars.addresses import may_be_reached
from bot.one_on_ones.calendars.fetching import Fetching

NAME = "calendar.example"
HERE = "127.0.0.1"

Answer = Callable[[BaseHTTPRequestHandler], None]


class Calendars:
    """What the server was asked, and what it answers next."""

    def __init__(self, port: int, trusted: ssl.SSLContext) -> None:
        self.port = port
        self.trusted = trusted
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, Answer] = {}
        self.numbers: dict[str, list[str]] = {}
        self.resolved: list[str] = []
        self.secret = "private-canary"

    @property
    def address(self) -> str:
        """Of a calendar there; a secret, as they are."""
        return f"https://{NAME}:{self.port}{self.path}"

    @property
    def path(self) -> str:
        """Where the calendar lies on the server."""
        return f"/{self.secret}/basic.ics"

    def resolve(self, host: str, _port: int) -> list[str]:
        """Each name leads here, unless `numbers` has others: one after the other, then the last."""
        self.resolved.append(host)
        known = self.numbers.get(host)
        if known is None:
            return [HERE]
        return [known.pop(0)] if len(known) > 1 else list(known)

    def fetching(self, seconds: float = 10) -> Fetching:
        """Reads as always, but may reach this one server."""
        return Fetching(
            self.resolve,
            lambda number: number == HERE or may_be_reached(number),
            self.trusted,
            self.port,
            seconds,
        )


def gives(content: bytes, status: int = 200, **headers: str) -> Answer:
    """Answers with that, in the manner of a good server."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        with suppress(OSError):
            request.wfile.write(content)

    return answer


def leads_to(location: str, status: int = 302) -> Answer:
    """Sends whoever asks on to there."""
    return gives(b"", status, Location=location)


def drips(first: bytes, piece: bytes) -> Answer:
    """Sends a little, and then a little more, for ever."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            request.wfile.write(first)
            while True:
                request.wfile.write(piece)
                time.sleep(0.05)

    return answer


@contextmanager
def served(folder: Path) -> Iterator[Calendars]:
    """A server for as long as the block lasts."""
    certificate, key = _certificate(folder)
    trusted = ssl.create_default_context(cafile=str(certificate))
    server = ThreadingHTTPServer((HERE, 0), _Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    calendars = Calendars(server.server_address[1], trusted)
    _Handler.calendars = calendars
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield calendars
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    calendars: Calendars

    def do_GET(self) -> None:
        self.calendars.asked.append((self.path, dict(self.headers)))
        self.calendars.answers.get(self.path, gives(b"", 404))(self)

    def log_message(self, *_: object) -> None:
        """Not here."""


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    names: list[x509.GeneralName] = [x509.DNSName(NAME), x509.DNSName("xn--mnchen-3ya.example")]
    names.append(x509.IPAddress(ipaddress.ip_address(HERE)))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(private)
    return folder / "certificate.pem", folder / "key.pem"
