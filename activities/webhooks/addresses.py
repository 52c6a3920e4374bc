"""Whom a delivery may reach: the world, and of the network inside only hosts that the operator lists.

A name is resolved once, every address it stands for is looked at, and the connection goes to one of these: a
name that is answered otherwise a moment later leads nowhere else.
"""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from models.vocabulary.web import host_named

LONGEST: Final = 2_000
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# What carries an IPv4 address within: it is that one that is reached.
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


class NotPermitted(Exception):
    """It stands for an address inside, and nobody permitted it."""


class NoSuchHost(Exception):
    """Nothing is known under this name."""


class UnusableAddress(ValueError):
    """It is not an address that events could be delivered to."""


@dataclass(frozen=True)
class Target:
    """An address of a system, taken apart."""

    url: str
    host: str
    port: int
    inside: bool  # the operator lists its host

    @property
    def path(self) -> str:
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    @property
    def scheme(self) -> str:
        return urlsplit(self.url).scheme

    @property
    def authority(self) -> str:
        """As the `Host` header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def target_of(url: str, permitted: frozenset[str]) -> Target:
    """Without asking anybody: https, but for a listed host; no name and password, no fragment, none inside.

    Raises UnusableAddress, NotPermitted.
    """
    try:
        parts = urlsplit(url)
        host, port = host_named(parts.hostname or ""), parts.port
    except ValueError:
        raise UnusableAddress from None
    inside = host in permitted
    if not host or len(url) > LONGEST or not _plain(url, parts) or parts.scheme not in {"https", "http"}:
        raise UnusableAddress
    if parts.scheme == "http" and not inside:
        raise UnusableAddress
    literal = _literal(host)
    if literal is not None and not inside and not is_of_the_world(literal):
        raise NotPermitted
    return Target(url, host, port or {"https": 443, "http": 80}[parts.scheme], inside)


def _plain(url: str, parts: SplitResult) -> bool:
    named = parts.username or parts.password or parts.fragment
    return not named and url.isascii() and url.isprintable() and " " not in url


async def resolved(target: Target) -> tuple[str, ...]:
    """The addresses to connect to, in order. Raises NoSuchHost, NotPermitted where one of them is inside."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NoSuchHost from None
    addresses = tuple(dict.fromkeys(str(each[4][0]) for each in found))
    if not addresses:
        raise NoSuchHost
    if not target.inside and not all(is_of_the_world(_literal(each)) for each in addresses):
        raise NotPermitted
    return addresses


def is_of_the_world(address: _Address | None) -> bool:
    """Whether an address is reached over the Internet: none of this machine, this link, a private network, a
    group, or an address of these within another one."""
    if address is None:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped or address.sixtofour
        if within is None and address in _NAT64:
            within = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if within is not None:
            return is_of_the_world(within)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _literal(host: str) -> _Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
