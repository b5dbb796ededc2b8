"""Try whether web addresses open, if somebody asks. Only this module and `delivery` use the network.

Each address is requested once, without its fragment, name or password. Addresses in a private network or of this
computer are refused, also after a redirect: an issue that somebody sent you must not reach what only you can reach.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from newsletter import __version__

_MOST_AT_A_TIME = 4
_SILENCE_S = 5.0
"""How long a website may be silent."""
_LIMIT_S = 10.0
"""How long one request may take, even if the website sends a byte now and then."""
_MOST_REDIRECTS = 5
_SIGNS_TO_KEEP = "%/:=&?#~+!$,;'@()*[]"
"""The signs that have a meaning in an address. All others outside ASCII's letters and digits are encoded."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""The addresses by which a network without IPv4 reaches computers that have nothing else (RFC 6052)."""
_GONE_STATUSES = (404, 410)
_HEADERS = {"User-Agent": f"newsletter/{__version__} (tries links)", "Accept": "*/*", "Connection": "close"}


@dataclass(frozen=True)
class LinkResult:
    """Whether an address opens, and one sentence about it; empty if there is nothing to say."""

    verdict: Literal["opens", "broken", "unsure"]
    detail: str = ""


class _RefusedError(Exception):
    """The address is not requested."""


def reach(addresses: Iterable[str], named_hosts: Collection[str] = ()) -> dict[str, LinkResult]:
    """Request web addresses, a few at a time.

    Args:
        addresses: http and https addresses. Those that differ only in their fragment are requested once.
        named_hosts: hosts that may be requested although they are private.

    Returns:
        The result for each address.
    """
    pages = {address: urldefrag(address).url for address in addresses}
    unique = list(dict.fromkeys(pages.values()))
    with ThreadPoolExecutor(_MOST_AT_A_TIME) as pool:
        results = dict(zip(unique, pool.map(lambda page: _follow(page, named_hosts), unique), strict=True))
    return {address: results[page] for address, page in pages.items()}


def _follow(address: str, named_hosts: Collection[str]) -> LinkResult:
    page = address
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            status, location = _ask(page, named_hosts)
        except (_RefusedError, OSError, http.client.HTTPException, ValueError) as error:
            return _failure(error)
        if not (location and status in (301, 302, 303, 307, 308)):
            return _result(status, "" if page == address else page)
        page = urldefrag(urljoin(page, location)).url
    return LinkResult("broken", "It leads from one address to the next without end.")


def _result(status: int, redirect: str) -> LinkResult:
    leads = f"It leads on to {redirect}." if redirect else ""
    if status in _GONE_STATUSES:
        return LinkResult("broken", f"There is no such page ({status}). {leads}".strip())
    if status >= 400:
        return LinkResult("unsure", f"The website does not show it to a program ({status}). {leads}".strip())
    return LinkResult("opens", leads)


def _failure(error: Exception) -> LinkResult:
    match error:
        case _RefusedError():
            return LinkResult("unsure", str(error))
        case socket.gaierror() if error.errno != socket.EAI_AGAIN:
            return LinkResult("broken", "There is no website with this name.")
        case ssl.SSLCertVerificationError():
            return LinkResult("broken", f"Browsers warn about its certificate: {error.verify_message}.")
        case ConnectionRefusedError():
            return LinkResult("broken", "No website answers there.")
        case TimeoutError():
            return LinkResult("unsure", "The website did not answer in time.")
    return LinkResult("unsure", "The website could not be reached, or gave no proper answer.")


def _ask(address: str, named_hosts: Collection[str]) -> tuple[int, str]:
    """Request a page with HEAD, then with GET if that is refused. Return the status and where it redirects to."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _RefusedError("It leads to something that is not a web page.")
    places = _addresses_of(parts, named_hosts)
    status, location = _request("HEAD", parts, places)
    return _request("GET", parts, places) if status >= 400 else (status, location)


def _addresses_of(parts: SplitResult, named_hosts: Collection[str]) -> list[tuple[str, int]]:
    """Return the network addresses of a host. The connection goes to one of these, so that none can be exchanged."""
    host, port = f"{parts.hostname}", parts.port or (443 if parts.scheme == "https" else 80)
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    places = list(dict.fromkeys((str(entry[4][0]), port) for entry in entries))
    if host not in named_hosts and not all(_is_public(place) for place, _ in places):
        raise _RefusedError("It is in a private network or on this computer, so it was not tried.")
    return places


def _is_public(place: str) -> bool:
    address = ipaddress.ip_address(place.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        address = inner or address
    return address.is_global and not address.is_multicast and not address.is_reserved


def _request(method: str, parts: SplitResult, places: list[tuple[str, int]]) -> tuple[int, str]:
    host, port = f"{parts.hostname}", parts.port
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    target = quote(parts._replace(scheme="", netloc="", path=parts.path or "/").geturl(), safe=_SIGNS_TO_KEEP)
    with _connected(places) as plain, contextlib.ExitStack() as stack:
        end = plain
        if parts.scheme == "https":
            context = ssl.create_default_context()
            end = stack.enter_context(context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False))
        timer = threading.Timer(_LIMIT_S, _shut, [end])
        timer.daemon = True
        timer.start()
        stack.callback(timer.cancel)
        if isinstance(end, ssl.SSLSocket):
            end.do_handshake()
        connection = kind(host, port, timeout=_SILENCE_S)
        # A socket that is connected already: http.client would look the name up again.
        connection.sock = end
        connection.request(method, target, headers=_HEADERS)
        answer = connection.getresponse()
        # It is printed later, so a website must not write to a terminal with it.
        location = answer.headers.get("Location", "").encode("latin-1", "replace")
        return answer.status, quote(location, safe=_SIGNS_TO_KEEP)


@contextlib.contextmanager
def _connected(places: list[tuple[str, int]]) -> Iterator[socket.socket]:
    for number, place in enumerate(places, 1):
        try:
            connection = socket.create_connection(place, timeout=_SILENCE_S)
        except OSError:
            if number == len(places):
                raise
        else:
            with connection:
                yield connection
            return


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
