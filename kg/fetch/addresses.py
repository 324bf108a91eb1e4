"""Which address a name means, and whether it may be asked: never one of this machine or its networks (CWE-918)."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from kg.errors import InputError

_NAT64: Final = ip_network("64:ff9b::/96")
_PORTS: Final = {"http": 80, "https": 443}


def split_url(url: str) -> SplitResult:
    """Return the parts of an http(s) URL. Raises InputError where it is none, or carries a user's name or password.

    >>> split_url("https://bao.example/tin?id=1").hostname
    'bao.example'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(url, None, f"not a URL: {error}") from None
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise InputError(url, None, "not a web address; give one that begins with http:// or https://")
    if parts.username or parts.password:
        raise InputError(url, None, "an address with a user's name or password in it is not fetched")
    return parts


def port_of(parts: SplitResult) -> int:
    """Return the port of a URL, its scheme's own where it names none."""
    return parts.port or _PORTS[parts.scheme]


def checked_address(parts: SplitResult, *, allow_private: bool) -> str:
    """Return the address to connect to; whoever connects to it and not to the name can't be led elsewhere by a second answer of DNS.

    Raises InputError where the name is unknown, or where any address that it stands for is of this machine, a private network, or otherwise not public.
    """
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, port_of(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(parts.geturl(), None, f"no address for {host}: {error}") from None
    addresses = [str(entry[4][0]) for entry in found]
    refused = [] if allow_private else [one for one in addresses if not is_public(one)]
    if refused:
        reason = f"{host} is {refused[0]}, an address that is not public; --allow-private fetches it all the same"
        raise InputError(parts.geturl(), None, reason)
    if not addresses:
        raise InputError(parts.geturl(), None, f"no address for {host}")
    return addresses[0]


def is_public(address: str) -> bool:
    """Say whether an IP address is a public one; addresses of IPv4 inside of IPv6 count as what they lead to.

    >>> [is_public(a) for a in ("192.0.2.1", "10.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "1.1.1.1")]
    [False, False, False, False, True]
    """
    ip = ip_address(address.partition("%")[0])
    inner = _inside(ip) if isinstance(ip, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def _inside(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped:
        return ip.ipv4_mapped
    if ip.sixtofour:
        return ip.sixtofour
    if ip.teredo:
        return ip.teredo[1]
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
