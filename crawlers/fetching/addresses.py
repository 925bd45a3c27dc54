"""Which addresses a crawl may ask: pure rules on URLs and on the IP addresses behind them."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

MAX_URL = 2000
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# Ranges that carry an IPv4 address inside: whoever routes them decides where they lead.
_TUNNELS = (
    (IPv6Network("64:ff9b::/96"), "NAT64"),
    (IPv6Network("64:ff9b:1::/48"), "NAT64"),
    (IPv6Network("2002::/16"), "6to4"),
    (IPv6Network("2001::/32"), "Teredo"),
)


def find_url_refusal(url: str) -> str | None:
    """Return why `url` must not be asked, or None; what it resolves to is judged later."""
    if len(url) > MAX_URL:
        return f"the address is longer than {MAX_URL} characters"
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        return f"not a valid address ({error})"
    if parts.scheme not in ("http", "https"):
        return f"only http and https are crawled, not {parts.scheme or 'a path'}"
    if "@" in parts.netloc:
        return "it contains credentials"
    if not host or port == 0:
        return "it names no host"
    return None


def find_address_refusal(
    address: str, port: int, allow_loopback: bool = False, loopback_ports: Sequence[int] = ()
) -> str | None:
    """Return why no connection to `address` may be made, or None for a global unicast one."""
    try:
        ip = ip_address(address.split("%")[0])
    except ValueError:
        return f"{address} is not an IP address"
    if ip.is_loopback and allow_loopback and (not loopback_ports or port in loopback_ports):
        return None
    why = _name_range(ip)
    return None if why is None else f"{ip} is {why}"


def _name_range(ip: IPv4Address | IPv6Address) -> str | None:
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return "an IPv4-mapped address"
        for network, name in _TUNNELS:
            if ip in network:
                return f"a {name} address"
    named = (
        (ip.is_loopback, "a loopback address"),
        (ip.is_unspecified, "the unspecified address"),
        (ip.is_link_local, "a link-local address"),
        (ip.is_multicast, "a multicast address"),
        (ip.is_private, "a private address"),
        (ip.is_reserved or not ip.is_global, "a reserved address"),
        (isinstance(ip, IPv6Address) and ip not in _GLOBAL_UNICAST, "not a global unicast address"),
    )
    return next((words for holds, words in named if holds), None)
