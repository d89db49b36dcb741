"""Which addresses may be read at all: https, and numbers that everybody can reach. No network."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from bot.one_on_ones.calendars.model import CalendarProblem, Trouble

HTTPS = 443
MOST_CHARS = 2_000
Number = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

FORBIDDEN: tuple[Network, ...] = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # the metadata of one cloud has a number that looks public
        "::/96", "::ffff:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
        "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""What IANA's registries set aside for private, local, test and other special use."""

GLOBAL_V6 = ip_network("2000::/3")
NAT64 = ip_network("64:ff9b::/96")
SIX_TO_FOUR = ip_network("2002::/16")


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """An https address, taken apart; it never shows itself, for whoever has it reads a calendar."""

    host: str
    port: int
    target: str

    @classmethod
    def of(cls, text: str, port: int = HTTPS) -> Address:
        """From what somebody wrote; raises CalendarProblem. Only `port` may be named in it."""
        words = text.strip()
        if words.lower().startswith(("webcal://", "webcals://")):
            words = f"https://{words.partition('://')[2]}"
        if len(words) > MOST_CHARS or not words.isprintable() or "\\" in words:
            raise CalendarProblem(Trouble.NOT_HTTPS)
        try:
            split = urlsplit(words)
            host, named = _host(split.hostname or ""), split.port
        except (ValueError, UnicodeError):
            raise CalendarProblem(Trouble.NOT_HTTPS) from None
        plain = split.scheme.lower() == "https" and "@" not in split.netloc
        if not plain or not host or (named or HTTPS) != port:
            raise CalendarProblem(Trouble.NOT_HTTPS)
        query = f"?{split.query}" if split.query else ""
        return cls(host, port, quote((split.path or "/") + query, safe="/%?&=+:@!$'()*,;~-._"))

    @property
    def whole(self) -> str:
        """All of it, to be sealed or to be followed."""
        return f"https://{self.name}{self.target}"

    @property
    def name(self) -> str:
        """The host as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS else f"{host}:{self.port}"

    def leads_to(self, location: str) -> Address:
        """Where a redirect goes from here; the same is asked of it as of the first."""
        try:
            joined = urljoin(self.whole, location)
        except ValueError:
            raise CalendarProblem(Trouble.NOT_HTTPS) from None
        return Address.of(joined, self.port)


def _host(name: str) -> str:
    """A name in ASCII letters; a number stays one, and odd ways to write one are names."""
    name = name.rstrip(".")
    if not name or "%" in name:
        return ""
    return name if ":" in name else name.encode("idna").decode("ascii").lower()


def may_be_reached(number: str) -> bool:
    """Whether it is a number of the public internet; what is hidden within one counts as well."""
    try:
        found = ip_address(number)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and not (found in GLOBAL_V6 or found in NAT64):
        return False
    return not any(_is_set_aside(each) for each in _hidden(found))


def _is_set_aside(number: Number) -> bool:
    known = not number.is_global or number.is_multicast
    return (known and number not in NAT64) or any(number in network for network in FORBIDDEN)


def _hidden(number: Number) -> list[Number]:
    """The number, and the one of the old internet that it stands for."""
    if isinstance(number, IPv4Address):
        return [number]
    inner: list[Number] = [number]
    if number in NAT64:
        inner.append(IPv4Address(int(number) & 0xFFFFFFFF))
    if number in SIX_TO_FOUR:
        inner.append(IPv4Address((int(number) >> 80) & 0xFFFFFFFF))
    return inner
